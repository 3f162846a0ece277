import type { AttributeDefinitions } from '../landscape/attribute.js';
import { isCurrent, ownerOf, phaseOf, sourcesOf, targetsOf } from '../landscape/landscape.js';
import type { AdjacencyVisitor, Landscape } from '../landscape/landscape.js';
import { masterState } from '../landscape/masters.js';
import type { Element, ExchangeChannel, Json } from '../landscape/model.js';
import { EVIDENCE, agencyFacts, attributeFacts } from './subject.js';
import type { SubjectFacts } from './subject.js';
import type { Facts } from './value.js';

/**
 * What is known of one element of the landscape. What is not known is left out; nothing is concluded from silence.
 * A view in which a relation is invisible gives the facts of a landscape without it.
 */
export function factsOfElement(
  landscape: Landscape,
  element: Element,
  definitions: AttributeDefinitions,
): SubjectFacts {
  const owner = element.kind === 'AGENCY' ? element : ownerOf(landscape, element.seq);
  const operator = targetsOf(landscape, element.seq, 'OPERATED_BY')[0];
  const phase = phaseOf(landscape, element);
  return {
    kind: element.kind,
    urn: element.urn,
    name: element.name,
    values: {
      [EVIDENCE]: {},
      ...attributeFacts(element.kind, ownAttributes(element), definitions),
      urn: element.urn,
      name: element.name,
      ...(phase === 'UNKNOWN' ? {} : { phase }),
      ...derivedFacts(landscape, element, { owner, operator }),
    },
    respondents: respondentsAmong({ owner, operator }),
  };
}

/** A project's operator is told with its facts where it is known; a urn that leads nowhere is no operator. */
function ownAttributes({ kind, attributes }: Element): Element['attributes'] {
  if (kind !== 'PROJECT') return attributes;
  const { operator: _, ...others } = attributes;
  return others;
}

/** Whom to ask about an element; null where nobody is known. */
export function respondentsOf(landscape: Landscape, element: Element): SubjectFacts['respondents'] {
  const owner = element.kind === 'AGENCY' ? element : ownerOf(landscape, element.seq);
  return respondentsAmong({ owner, operator: targetsOf(landscape, element.seq, 'OPERATED_BY')[0] });
}

function respondentsAmong({ owner, operator }: Agencies): SubjectFacts['respondents'] {
  return { OWNER: owner?.urn ?? null, OPERATOR: operator?.urn ?? owner?.urn ?? null, SELF: owner?.urn ?? null };
}

interface Agencies {
  readonly owner: Element | undefined;
  readonly operator: Element | undefined;
}

function derivedFacts(landscape: Landscape, element: Element, agencies: Agencies): Facts {
  if (element.kind === 'AGENCY') return agencyFacts(element);
  const named = {
    ...(agencies.owner === undefined ? {} : { owner: agencyFacts(agencies.owner) }),
    ...(agencies.operator === undefined ? {} : { operator: agencyFacts(agencies.operator) }),
  };
  if (element.kind === 'PROJECT') return { ...named, ...projectFacts(landscape, element, agencies) };
  if (element.kind === 'DATA_OBJECT') return dataFacts(landscape, element);
  const standards = targetsOf(landscape, element.seq, 'CONFORMS_TO').map(nameOf);
  return {
    ...named,
    ...layerOf(element),
    ...operationOf(element),
    flows: flowsOf(landscape, element, agencies.owner),
    parts: {
      items: sourcesOf(landscape, element.seq, 'PART_OF').map(partFacts),
      complete: isDeclared(element, 'partsDeclaredCompleteOn'),
    },
    standards: { items: standards, complete: false },
  };
}

/** Nobody recorded who holds the original: that is unknown, and not nobody. */
function dataFacts(landscape: Landscape, data: Element): Facts {
  const state = masterState(landscape, data, landscape.day);
  const items = sourcesOf(landscape, data.seq, 'MASTERS').map(nameOf);
  const masters = { items, complete: isDeclared(data, 'mastersDeclaredCompleteOn') };
  return { masters, ...(state === 'NONE' ? {} : { masterState: state }) };
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
function operationOf({ phases }: Element): Facts {
  const begun = phases.find(({ phase }) => phase === 'PHASE_IN' || phase === 'ACTIVE');
  return typeof begun?.from === 'string' ? { operatedFrom: begun.from } : {};
}

function layerOf(element: Element): Facts {
  return element.layer === null ? {} : { layer: element.layer };
}

/**
 * Of a project that delivers nothing known, the project itself is the one component, as in a proposal. What is known to
 * be delivered is not known to be all. Its operator is an attribute, and may be declared absent.
 */
function projectFacts(landscape: Landscape, project: Element, agencies: Agencies): Facts {
  const delivered = targetsOf(landscape, project.seq, 'DELIVERS');
  const items = (delivered.length === 0 ? [project] : delivered).map((each) => ({
    name: each.name,
    ...layerOf(each),
  }));
  const { exchangeChannels: channels, flowsComplete, operator } = project.attributes;
  const declared = typeof operator === 'string' ? landscape.elementByUrn(operator) : undefined;
  return {
    effectiveness: effectivenessOf(project),
    components: { items, complete: delivered.length === 0 },
    ...(Array.isArray(channels) ? { channels: { items: channels, complete: flowsComplete === true } } : {}),
    ...(operator === null && agencies.operator === undefined ? { operator: null } : {}),
    ...(declared === undefined ? {} : { operator: agencyFacts(declared) }),
  };
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
function flowsOf(landscape: Landscape, element: Element, owner: Element | undefined): Json {
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
