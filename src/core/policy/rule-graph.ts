import type { AskedFrom } from '../landscape/attribute.js';
import { isCurrent, ownerOf, phaseOf, sourcesOf } from '../landscape/landscape.js';
import type { AdjacencyVisitor, Landscape } from '../landscape/landscape.js';
import type { Element, Json, Urn } from '../landscape/model.js';
import { livingIn } from '../landscape/needs.js';
import { RelationReach } from '../landscape/relation-reach.js';
import { isOfKinds } from '../landscape/relation-traits.js';
import { respondentsOf } from './element-facts.js';
import { agencyFacts } from './subject.js';
import type { RelationKinds, Urns } from './named.js';

/** One element on a way that is shown. */
export interface WayStep {
  readonly urn: Urn;
  readonly name: string;
}

/** A list that nobody declared complete. */
export interface OpenList {
  /** Whose list it is; null where it is nobody's. */
  readonly element: WayStep | null;
  /** Key of the question that fills it. */
  readonly field: 'flows' | 'relations' | 'masters' | 'platforms' | 'nationalDatabases';
}

/** Elements as facts, and the lists by which there may be more of them. */
export interface ElementSet {
  readonly items: readonly { readonly element: WayStep; readonly facts: Json }[];
  readonly open: readonly OpenList[];
}

/** Ways over relations of some kinds, from source to target, that pass none of some elements. */
export interface WayQuestion {
  readonly from: string;
  readonly to: string;
  readonly kinds: RelationKinds;
  readonly avoiding: Urns;
}

/**
 * What rules may ask of a landscape. What is invisible in it, or has ended, carries nothing. Every urn is one that `knows`
 * has found.
 */
export interface RuleGraph {
  knows(urn: string): boolean;
  /** Whether a way is on record. */
  hasWay(question: WayQuestion): boolean;
  /** A shortest way that is on record, both ends included; undefined where there is none. */
  way(question: WayQuestion): readonly WayStep[] | undefined;
  /** Whether every list by which there could be another way was declared complete by its owner. */
  isClosed(question: Omit<WayQuestion, 'to'>): boolean;
  /** The lists that were not, the nearest first, but not more than `OPEN_LISTS_MAXIMUM`. */
  openLists(question: Omit<WayQuestion, 'to'>): readonly OpenList[];
  /** What an element leads to, or what leads to it, in so many steps; the element itself is not among it. */
  around(urn: string, side: 'DOWNSTREAM' | 'UPSTREAM', kinds: RelationKinds, depth: number): ElementSet;
  /** What holds the original of data. */
  mastersOf(data: string): ElementSet;
  /** The platforms that realise a capability; undefined where no capability has the code (urn or external id). */
  platformsFor(code: string): ElementSet | undefined;
  nationalDatabases(): ElementSet;
  /** Whom to ask about an element. */
  respondents(urn: string): Readonly<Record<AskedFrom, Urn | null>>;
}

/** Most lists that are named as not complete. */
export const OPEN_LISTS_MAXIMUM = 10;
/** Most elements that `around` gives, and relations that it looks at; beyond them its answer is open. */
export const AROUND_MAXIMUM = 500;
const LOOKS_MAXIMUM = 2000;

const graphs = new WeakMap<Landscape, RuleGraph>();

/** The landscape as rules ask it; what is worked out for it goes with it. */
export function ruleGraphOf(landscape: Landscape): RuleGraph {
  let graph = graphs.get(landscape);
  if (graph === undefined) {
    graph = new LandscapeGraph(landscape);
    graphs.set(landscape, graph);
  }
  return graph;
}

/** Ways of some kinds, and which of their beginnings are closed. */
interface Ways {
  readonly reach: RelationReach;
  readonly isClosed: (seq: number) => boolean;
}

class LandscapeGraph implements RuleGraph {
  private readonly landscape: Landscape;
  private readonly waysBy = new Map<string, Ways>();
  private readonly itemsBySeq = new Map<number, ElementSet['items'][number]>();
  private capabilities: ReadonlyMap<string, Element> | undefined;
  private national: ElementSet | undefined;

  constructor(landscape: Landscape) {
    this.landscape = landscape;
  }

  knows(urn: string): boolean {
    return this.landscape.elementByUrn(urn) !== undefined;
  }

  hasWay(question: WayQuestion): boolean {
    const { from, to } = question;
    return this.ways(question).reach.reaches(this.seqOf(from), this.seqOf(to));
  }

  way(question: WayQuestion): readonly WayStep[] | undefined {
    const { from, to } = question;
    const way = this.ways(question).reach.wayBetween(this.seqOf(from), this.seqOf(to));
    return way?.flatMap((seq) => this.stepAt(seq) ?? []);
  }

  isClosed(question: Omit<WayQuestion, 'to'>): boolean {
    return this.isAvoided(question) || this.ways(question).isClosed(this.seqOf(question.from));
  }

  openLists(question: Omit<WayQuestion, 'to'>): readonly OpenList[] {
    const found: OpenList[] = [];
    if (this.isAvoided(question)) return found;
    for (const seq of this.ways(question).reach.allFrom(this.seqOf(question.from))) {
      for (const field of this.openFieldsOf(seq, question.kinds)) {
        if (found.length === OPEN_LISTS_MAXIMUM) return found;
        found.push({ element: this.stepAt(seq) ?? null, field });
      }
    }
    return found;
  }

  around(urn: string, side: 'DOWNSTREAM' | 'UPSTREAM', kinds: RelationKinds, depth: number): ElementSet {
    const { seqs, expanded, isCut } = new Around(this.landscape, side, kinds).from(this.seqOf(urn), depth);
    const open = expanded.flatMap((seq) =>
      this.openFieldsOf(seq, kinds).map((field): OpenList => ({ element: this.stepAt(seq) ?? null, field })),
    );
    // What is too much to be looked through is not known to be all.
    if (isCut) open.push({ element: this.stepAt(this.seqOf(urn)) ?? null, field: 'relations' });
    return { items: seqs.flatMap((seq) => this.itemAt(seq) ?? []), open: open.slice(0, OPEN_LISTS_MAXIMUM) };
  }

  mastersOf(data: string): ElementSet {
    return this.sources(data, 'MASTERS', 'masters');
  }

  platformsFor(code: string): ElementSet | undefined {
    this.capabilities ??= capabilitiesOf(this.landscape);
    const capability = this.capabilities.get(code);
    if (capability === undefined) return undefined;
    const { items, open } = this.sources(capability.urn, 'REALIZES', 'platforms');
    return {
      items: items.filter(({ element }) => this.landscape.elementByUrn(element.urn)?.kind === 'PLATFORM'),
      open,
    };
  }

  nationalDatabases(): ElementSet {
    const isAlive = livingIn(this.landscape);
    this.national ??= {
      items: [...this.landscape.elements()]
        .filter(
          ({ seq, kind, attributes }) => kind === 'DATABASE' && attributes['scope'] === 'NATIONAL' && isAlive(seq),
        )
        .flatMap(({ seq }) => this.itemAt(seq) ?? []),
      open: [{ element: null, field: 'nationalDatabases' }],
    };
    return this.national;
  }

  respondents(urn: string): Readonly<Record<AskedFrom, Urn | null>> {
    const element = this.landscape.elementByUrn(urn);
    return element === undefined ? { OWNER: null, OPERATOR: null, SELF: null } : respondentsOf(this.landscape, element);
  }

  private sources(urn: string, kind: 'MASTERS' | 'REALIZES', field: OpenList['field']): ElementSet {
    const seq = this.seqOf(urn);
    const isAlive = livingIn(this.landscape);
    const sources = sourcesOf(this.landscape, seq, kind).filter((each) => isAlive(each.seq));
    return {
      items: [...new Set(sources)].flatMap((each) => this.itemAt(each.seq) ?? []),
      open: [{ element: this.stepAt(seq) ?? null, field }],
    };
  }

  /** A way from what it has to avoid is none, whatever else is told. */
  private isAvoided({ from, avoiding }: Omit<WayQuestion, 'to'>): boolean {
    return avoiding.urns.includes(from);
  }

  private ways({ kinds, avoiding }: Pick<WayQuestion, 'kinds' | 'avoiding'>): Ways {
    const key = `${kinds.bits} ${avoiding.key}`;
    let ways = this.waysBy.get(key);
    if (ways === undefined) {
      const without = new Set(avoiding.urns.map((urn) => this.seqOf(urn)));
      const reach = new RelationReach(this.landscape, kinds.bits, without);
      ways = { reach, isClosed: reach.heldByAllFrom((seq) => this.openFieldsOf(seq, kinds).length === 0) };
      this.waysBy.set(key, ways);
    }
    return ways;
  }

  /** An owner declares the list of flows complete, in both directions; of other relations nobody can. */
  private openFieldsOf(seq: number, { kinds }: RelationKinds): OpenList['field'][] {
    const isDeclared = typeof this.landscape.elementAt(seq)?.attributes['flowsDeclaredCompleteOn'] === 'string';
    const fields: OpenList['field'][] = [];
    if (!isDeclared && kinds.includes('EXCHANGES_DATA_WITH')) fields.push('flows');
    if (kinds.some((kind) => kind !== 'EXCHANGES_DATA_WITH')) fields.push('relations');
    return fields;
  }

  private seqOf(urn: string): number {
    return this.landscape.elementByUrn(urn)?.seq ?? -1;
  }

  private stepAt(seq: number): WayStep | undefined {
    const element = this.landscape.elementAt(seq);
    return element === undefined ? undefined : { urn: element.urn, name: element.name };
  }

  private itemAt(seq: number): ElementSet['items'][number] | undefined {
    const known = this.itemsBySeq.get(seq);
    const element = this.landscape.elementAt(seq);
    if (known !== undefined || element === undefined) return known;
    const item = { element: { urn: element.urn, name: element.name }, facts: referenceFacts(this.landscape, element) };
    this.itemsBySeq.set(seq, item);
    return item;
  }
}

/** What is known of an element that another one is asked about. */
function referenceFacts(landscape: Landscape, element: Element): Json {
  const phase = phaseOf(landscape, element);
  const owner = ownerOf(landscape, element.seq);
  return {
    urn: element.urn,
    name: element.name,
    kind: element.kind,
    ...(element.layer === null ? {} : { layer: element.layer }),
    ...(phase === 'UNKNOWN' ? {} : { phase }),
    ...(owner === undefined ? {} : { owner: agencyFacts(owner) }),
  };
}

/** Capabilities by urn and by each of their codes. */
function capabilitiesOf(landscape: Landscape): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  for (const element of landscape.elements()) {
    if (element.kind !== 'CAPABILITY') continue;
    for (const code of [element.urn, ...element.externalIds.map(({ value }) => value)]) found.set(code, element);
  }
  return found;
}

/** A walk of a few steps. */
class Around {
  private readonly seqs = new Set<number>();
  private looks = 0;

  constructor(
    private readonly landscape: Landscape,
    private readonly side: 'DOWNSTREAM' | 'UPSTREAM',
    private readonly kinds: RelationKinds,
  ) {}

  /** What is found, the nearest first; the elements of which the relations were looked at; whether there was too much. */
  from(
    start: number,
    depth: number,
  ): { readonly seqs: readonly number[]; readonly expanded: readonly number[]; readonly isCut: boolean } {
    const expanded: number[] = [];
    let frontier: readonly number[] = livingIn(this.landscape)(start) ? [start] : [];
    this.seqs.add(start);
    for (let step = 0; step < depth && frontier.length > 0; step += 1) {
      const before = this.seqs.size;
      for (const seq of frontier) {
        if (this.isCut) break;
        expanded.push(seq);
        if (this.side === 'DOWNSTREAM') this.landscape.forEachOutgoing(seq, this.visit);
        else this.landscape.forEachIncoming(seq, this.visit);
      }
      frontier = [...this.seqs].slice(before);
    }
    this.seqs.delete(start);
    return { seqs: [...this.seqs].slice(0, AROUND_MAXIMUM), expanded, isCut: this.isCut };
  }

  private get isCut(): boolean {
    return this.looks > LOOKS_MAXIMUM || this.seqs.size > AROUND_MAXIMUM;
  }

  private readonly visit: AdjacencyVisitor = (_kind, other, relation, traits) => {
    this.looks += 1;
    if (!isOfKinds(traits, this.kinds.bits) || !livingIn(this.landscape)(other)) return;
    if (isCurrent(this.landscape, relation, traits)) this.seqs.add(other);
  };
}
