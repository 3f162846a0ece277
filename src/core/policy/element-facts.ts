import type { AttributeDefinitions } from '../landscape/attribute.js';
import { isCurrent, ownerOf, phaseOf, sourcesOf, targetsOf } from '../landscape/landscape.js';
import type { AdjacencyVisitor, Landscape } from '../landscape/landscape.js';
import { masterState } from '../landscape/masters.js';
import { ELEMENT_KINDS } from '../landscape/model.js';
import type { Element, ElementKind, ExchangeChannel, Json, Urn } from '../landscape/model.js';
import { FactForm } from './facts-on-demand.js';
import type { FactReader } from './facts-on-demand.js';
import { EVIDENCE, agencyFacts, attributeReaders } from './subject.js';
import type { SubjectFacts } from './subject.js';
import type { Facts } from './value.js';

const NO_EVIDENCE: Facts = {};

/**
 * What is known of one element of the landscape. What is not known is left out; nothing is concluded from silence.
 * A view in which a relation is invisible gives the facts of a landscape without it. Each fact is made when it is asked
 * for, from the landscape as it was given: a revision, or a view of one.
 * @param evidence - by kind of evidence whether it shows it to be met.
 */
export function factsOfElement(
  landscape: Landscape,
  element: Element,
  definitions: AttributeDefinitions,
  evidence: Facts = NO_EVIDENCE,
): SubjectFacts {
  return new ElementFacts(new FactSource(landscape, element, evidence), formOf(element.kind, definitions));
}

class ElementFacts implements SubjectFacts {
  readonly values: Facts;
  private readonly source: FactSource;

  constructor(source: FactSource, form: FactForm<FactSource>) {
    this.source = source;
    this.values = form.of(source);
  }

  get kind(): ElementKind {
    return this.source.element.kind;
  }
  get urn(): Urn {
    return this.source.element.urn;
  }
  get name(): string {
    return this.source.element.name;
  }
  get respondents(): SubjectFacts['respondents'] {
    return respondentsOf(this.source.landscape, this.source.element);
  }
}

/** What the facts of an element are made from. What takes a walk is made once. */
class FactSource {
  readonly landscape: Landscape;
  readonly element: Element;
  readonly evidence: Facts;
  private made: Map<FactReader<FactSource>, Json | undefined> | undefined;

  constructor(landscape: Landscape, element: Element, evidence: Facts) {
    this.landscape = landscape;
    this.element = element;
    this.evidence = evidence;
  }

  /** What it gave the first time. */
  once(read: FactReader<FactSource>): Json | undefined {
    this.made ??= new Map();
    const known = this.made.get(read);
    if (known !== undefined || this.made.has(read)) return known;
    const value = read(this);
    this.made.set(read, value);
    return value;
  }
}

type Readers = Readonly<Record<string, FactReader<FactSource>>>;

/** Of each set of definitions the forms of the facts of each kind. */
const forms = new WeakMap<AttributeDefinitions, ReadonlyMap<ElementKind, FactForm<FactSource>>>();

function formOf(kind: ElementKind, definitions: AttributeDefinitions): FactForm<FactSource> {
  let byKind = forms.get(definitions);
  if (byKind === undefined) {
    byKind = new Map(ELEMENT_KINDS.map((each) => [each, new FactForm(readersOf(each, definitions))]));
    forms.set(definitions, byKind);
  }
  return byKind.get(kind) ?? new FactForm(readersOf(kind, definitions));
}

/** How each fact of a kind is made. What is derived wins over an attribute of its name. */
function readersOf(kind: ElementKind, definitions: AttributeDefinitions): ReadonlyMap<string, FactReader<FactSource>> {
  const readers = new Map<string, FactReader<FactSource>>([[EVIDENCE, ({ evidence }) => evidence]]);
  for (const [key, read] of attributeReaders(kind, definitions)) {
    // What every object has by birth was not recorded.
    const inherited = (Object.prototype as Readonly<Record<string, unknown>>)[key];
    readers.set(key, ({ element: { attributes } }) => {
      const value = attributes[key];
      return value === inherited ? undefined : read(value);
    });
  }
  for (const [name, read] of Object.entries({ ...EVERY, ...(DERIVED[kind] ?? BUILT) })) readers.set(name, read);
  return readers;
}

/** A fact that takes a walk of the landscape. */
function walked(read: FactReader<FactSource>): FactReader<FactSource> {
  return (source) => source.once(read);
}

const EVERY: Readers = {
  urn: ({ element }) => element.urn,
  name: ({ element }) => element.name,
  phase: ({ landscape, element }) => {
    const phase = phaseOf(landscape, element);
    return phase === 'UNKNOWN' ? undefined : phase;
  },
};

const AGENCIES = {
  owner: walked(({ landscape, element }) => agencyOrNone(ownerOf(landscape, element.seq))),
  operator: walked(({ landscape, element }) => agencyOrNone(operatorOf(landscape, element))),
} satisfies Readers;

const BUILT: Readers = {
  ...AGENCIES,
  layer: ({ element }) => element.layer ?? undefined,
  operatedFrom,
  flows: walked(flowsOf),
  parts: walked(({ landscape, element }) => ({
    items: sourcesOf(landscape, element.seq, 'PART_OF').map(partFacts),
    complete: isDeclared(element, 'partsDeclaredCompleteOn'),
  })),
  standards: walked(({ landscape, element }) => ({
    items: targetsOf(landscape, element.seq, 'CONFORMS_TO').map(nameOf),
    complete: false,
  })),
};

/** A kind that is not here has what is known of whatever is built. */
const DERIVED: Readonly<Partial<Record<ElementKind, Readers>>> = {
  AGENCY: {
    level: ({ element }) => element.level ?? undefined,
    identifierCode: ({ element }) => agencyFacts(element)['identifierCode'],
  },
  DATA_OBJECT: {
    masterState: ({ landscape, element }) => {
      const state = masterState(landscape, element, landscape.day);
      return state === 'NONE' ? undefined : state;
    },
    masters: walked(({ landscape, element }) => ({
      items: sourcesOf(landscape, element.seq, 'MASTERS').map(nameOf),
      complete: isDeclared(element, 'mastersDeclaredCompleteOn'),
    })),
  },
  PROJECT: {
    owner: AGENCIES.owner,
    operator: walked(operatorOfProject),
    effectiveness: ({ element }) => effectivenessOf(element),
    components: walked(componentsOf),
    channels: channelsOfProject,
  },
};

/** Whom to ask about an element; null where nobody is known. */
export function respondentsOf(landscape: Landscape, element: Element): SubjectFacts['respondents'] {
  const owner = element.kind === 'AGENCY' ? element : ownerOf(landscape, element.seq);
  const operator = operatorOf(landscape, element);
  return { OWNER: owner?.urn ?? null, OPERATOR: operator?.urn ?? owner?.urn ?? null, SELF: owner?.urn ?? null };
}

function operatorOf(landscape: Landscape, { seq }: Element): Element | undefined {
  return targetsOf(landscape, seq, 'OPERATED_BY')[0];
}

function agencyOrNone(agency: Element | undefined): Facts | undefined {
  return agency === undefined ? undefined : agencyFacts(agency);
}

function nameOf({ urn, name }: Element): Facts {
  return { urn, name };
}

/** Whether its owner said on a day that a list is complete. */
function isDeclared({ attributes }: Element, key: string): boolean {
  return typeof attributes[key] === 'string';
}

/** Of a part that is declared to have no approved level, the proposed one counts; an unknown one may be any. */
function partFacts(part: Element): Facts {
  const { securityLevelApproved, securityLevelProposed } = part.attributes;
  const level = securityLevelApproved === null ? securityLevelProposed : securityLevelApproved;
  return { ...nameOf(part), ...(typeof level === 'number' ? { securityLevel: level } : {}) };
}

/** The first day on which it was in use, where that is recorded. */
function operatedFrom({ element: { phases } }: FactSource): Json | undefined {
  return phases.find(({ phase }) => phase === 'PHASE_IN' || phase === 'ACTIVE')?.from ?? undefined;
}

/**
 * Of a project that delivers nothing known, the project itself is the one component, as in a proposal. What is known to
 * be delivered is not known to be all.
 */
function componentsOf({ landscape, element: project }: FactSource): Facts {
  const delivered = targetsOf(landscape, project.seq, 'DELIVERS');
  const items = (delivered.length === 0 ? [project] : delivered).map(({ name, layer }) => ({
    name,
    ...(layer === null ? {} : { layer }),
  }));
  return { items, complete: delivered.length === 0 };
}

function channelsOfProject({ element: { attributes } }: FactSource): Facts | undefined {
  const { exchangeChannels: items, flowsComplete } = attributes;
  return Array.isArray(items) ? { items, complete: flowsComplete === true } : undefined;
}

/**
 * A project's operator is an attribute, and may be declared absent. It is told with its facts where it is known; a urn
 * that leads nowhere is no operator.
 */
function operatorOfProject({ landscape, element }: FactSource): Facts | null | undefined {
  const { operator } = element.attributes;
  const declared = typeof operator === 'string' ? landscape.elementByUrn(operator) : undefined;
  return agencyOrNone(declared ?? operatorOf(landscape, element)) ?? (operator === null ? null : undefined);
}

/** When the yearly report is due, as far as the days of acceptance and of the last report say. */
function effectivenessOf({ attributes }: Element): Facts {
  const { acceptedOn, effectivenessReportedOn: reportedOn } = attributes;
  return {
    ...(typeof acceptedOn === 'string' ? { firstDueOn: endOfJanuaryAfter(acceptedOn) } : {}),
    ...(typeof reportedOn === 'string' ? { nextDueOn: endOfJanuaryAfter(reportedOn) } : {}),
    ...(typeof reportedOn === 'string' && reportedOn.slice(5, 7) === '01' ? { inJanuary: true } : {}),
  };
}

/** Last day of the January of the year after that of a date. */
function endOfJanuaryAfter(date: string): string {
  return `${Number(date.slice(0, 4)) + 1}-01-31`;
}

/** The flows in use, planned or of unknown status; the set is whole only if its owner declared it so, on a day. */
function flowsOf({ landscape, element }: FactSource): Json {
  const owner = ownerOf(landscape, element.seq);
  const items: Json[] = [];
  const visit = (
    direction: 'PROVIDES' | 'CONSUMES',
    ...[kind, other, seq, traits]: Parameters<AdjacencyVisitor>
  ): void => {
    const relation = landscape.relationAt(seq);
    const end = landscape.elementAt(other);
    if (kind !== 'EXCHANGES_DATA_WITH' || relation === undefined || end === undefined) return;
    if (!isCurrent(landscape, seq, traits)) return;
    const otherOwner = ownerOf(landscape, other);
    items.push({
      urn: end.urn,
      name: end.name,
      direction,
      channels: channelsOf(relation.channels),
      ...(relation.status === 'UNKNOWN' ? {} : { inUse: relation.status === 'IN_USE' }),
      ...(owner === undefined || otherOwner === undefined ? {} : { crossAgency: owner.seq !== otherOwner.seq }),
    });
  };
  landscape.forEachOutgoing(element.seq, (...each) => visit('PROVIDES', ...each));
  landscape.forEachIncoming(element.seq, (...each) => visit('CONSUMES', ...each));
  return { items, complete: isDeclared(element, 'flowsDeclaredCompleteOn') };
}

/** No channel, or one that is unknown, means that there is one nobody told. */
function channelsOf(channels: readonly ExchangeChannel[]): Json {
  const known = channels.filter((channel) => channel !== 'UNKNOWN');
  return { items: known, complete: known.length > 0 && known.length === channels.length };
}
