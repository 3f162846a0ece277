import { Adjacency } from './adjacency.js';
import type { AdjacencyChange } from './adjacency.js';
import type { AttributeDefinitions } from './attribute.js';
import { DefinitionTable } from './definition-table.js';
import type { DefinitionChange } from './definition-table.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { lastStateOf } from './last-state.js';
import type { LastState } from './last-state.js';
import type { Element, Relation } from './model.js';
import { traitsOf } from './relation-traits.js';
import { PagedArray } from './paged-array.js';
import { UrnTable } from './urn-table.js';
import type { Ends, UrnEntry } from './urn-table.js';

/** One object's new state; `after` is undefined where it was removed. */
export interface Change<T> {
  readonly seq: number;
  readonly urn: string;
  readonly after: T | undefined;
  /** Of a removed relation of which nothing else is told: the elements it joined. */
  readonly ends?: Ends | null;
  /** Of what is not there after it: the revision that removed it; that of the whole change by default. */
  readonly removedIn?: number;
  /**
   * Of an element that is not there after it, what it was at last, undefined where it had never been; where this is
   * absent, what it is in the landscape that the change is made on.
   */
  readonly last?: LastState | undefined;
}

/** What one commit does to the landscape. */
export interface LandscapeDelta {
  readonly revision: number;
  /** Moment of the commit by the database's clock, ISO 8601 in UTC. */
  readonly at: string;
  readonly elements: readonly Change<Element>[];
  readonly relations: readonly Change<Relation>[];
  /** Attribute definitions made at run time; absent where none changed. */
  readonly definitions?: readonly DefinitionChange[];
}

/** What leads from a landscape back to an earlier revision of it. */
export interface ReturnDelta extends LandscapeDelta {
  /** One more than the largest element seq that had been given by then. */
  readonly elementBound: number;
  readonly relationBound: number;
}

/** One object in two snapshots; undefined where a snapshot does not have it. */
export interface Unlike<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/**
 * The whole landscape at one revision, immutable. `with` makes the next revision and shares all that did not change.
 *
 * The urn table is shared by all settled snapshots of a lineage and only ever grows: a urn is never reused and keeps
 * its seq, so an entry that a later revision added is harmless in an older one (the paged arrays answer undefined
 * there). What `with` adds lies in a layer of its own until `settled`, so that a revision which is never committed
 * (a dry run, a proposal, a transaction that fails) leaves no trace.
 */
export class LandscapeSnapshot implements Landscape {
  /** A snapshot is everything that is recorded; a view looks at it on a day. */
  readonly day = null;
  readonly today = null;

  private constructor(
    readonly revision: number,
    /** Moment of the last commit, ISO 8601; null for the empty landscape. */
    readonly at: string | null,
    private readonly tables: {
      readonly elements: PagedArray<Element>;
      readonly relations: PagedArray<Relation>;
      readonly outgoing: Adjacency;
      readonly incoming: Adjacency;
      readonly definitions: DefinitionTable;
      /** What removed elements were at last, by seq. */
      readonly removed: PagedArray<LastState>;
    },
    private readonly urns: UrnTable,
  ) {}

  /**
   * The landscape before its first commit. Begins a new lineage.
   * @param pack - the attribute definitions of the reference pack: what they hide, views of this lineage hide.
   */
  static empty(pack: AttributeDefinitions = new Map()): LandscapeSnapshot {
    const tables = {
      elements: PagedArray.empty<Element>(),
      relations: PagedArray.empty<Relation>(),
      outgoing: Adjacency.empty,
      incoming: Adjacency.empty,
      definitions: DefinitionTable.of(pack),
      removed: PagedArray.empty<LastState>(),
    };
    return new LandscapeSnapshot(0, null, tables, new UrnTable(undefined));
  }

  /** A landscape of just these records, for tests and generated data. */
  static of(
    elements: Iterable<Element>,
    relations: Iterable<Relation>,
    stamp: { readonly revision: number; readonly at: string } = { revision: 1, at: '2026-01-01T00:00:00.000Z' },
  ): LandscapeSnapshot {
    return LandscapeSnapshot.empty()
      .with({
        ...stamp,
        elements: Array.from(elements, (after) => ({ seq: after.seq, urn: after.urn, after })),
        relations: Array.from(relations, (after) => ({ seq: after.seq, urn: after.urn, after })),
      })
      .settled();
  }

  /** Whether it is a revision that was committed: all its urns stand in the table of the lineage. */
  get isCommitted(): boolean {
    return this.urns.isLowest;
  }
  get elementBound(): number {
    return this.tables.elements.bound;
  }
  get elementCount(): number {
    return this.tables.elements.size;
  }
  get definitions(): DefinitionTable {
    return this.tables.definitions;
  }
  get relationCount(): number {
    return this.tables.relations.size;
  }
  /** One more than the largest relation seq ever given. */
  get relationBound(): number {
    return this.tables.relations.bound;
  }

  // What is not committed may use a number that a later revision gave to another urn: the urn found must be the one asked.
  elementByUrn(urn: string): Element | undefined {
    const found = this.urns.find(urn);
    const element = found?.table === 'ELEMENT' ? this.tables.elements.get(found.seq) : undefined;
    return element?.urn === urn ? element : undefined;
  }
  elementAt(seq: number): Element | undefined {
    return this.tables.elements.get(seq);
  }
  relationByUrn(urn: string): Relation | undefined {
    const found = this.urns.find(urn);
    const relation = found?.table === 'RELATION' ? this.tables.relations.get(found.seq) : undefined;
    return relation?.urn === urn ? relation : undefined;
  }
  relationAt(seq: number): Relation | undefined {
    return this.tables.relations.get(seq);
  }
  elements(): Iterable<Element> {
    return this.tables.elements;
  }
  relations(): Iterable<Relation> {
    return this.tables.relations;
  }
  forEachOutgoing(seq: number, visit: AdjacencyVisitor): void {
    this.tables.outgoing.forEach(seq, visit);
  }
  forEachIncoming(seq: number, visit: AdjacencyVisitor): void {
    this.tables.incoming.forEach(seq, visit);
  }

  /** Whether a urn names or ever named an object up to this revision; removed ones count, for urns are never reused. */
  isTaken(urn: string): boolean {
    return this.entryOf(urn) !== undefined;
  }

  /** The number that a urn had, where its object was removed: what it gets back when it is restored. */
  removedNumber(urn: string): UrnEntry | undefined {
    const found = this.entryOf(urn);
    if (found?.table === 'DEFINITION') return this.definitions.made.has(urn) ? undefined : found;
    return found !== undefined && this.recordAt(found) === undefined ? found : undefined;
  }

  /** What a removed element was at last; undefined for what is there, never was, or came and went within one commit. */
  lastStateOf(urn: string): LastState | undefined {
    const found = this.removedNumber(urn);
    const last = found?.table === 'ELEMENT' ? this.tables.removed.get(found.seq) : undefined;
    return last?.urn === urn ? last : undefined;
  }

  /** The entry of a urn that was given by this revision: numbers only grow, so a later one lies at or above the bound. */
  private entryOf(urn: string): UrnEntry | undefined {
    const found = this.urns.find(urn);
    if (found === undefined) return undefined;
    if (found.table === 'DEFINITION') return found.seq <= this.revision ? found : undefined;
    const { bound } = found.table === 'ELEMENT' ? this.tables.elements : this.tables.relations;
    const holder = this.recordAt(found);
    return found.seq < bound && (holder === undefined || holder.urn === urn) ? found : undefined;
  }
  private recordAt({ table, seq }: UrnEntry): Element | Relation | undefined {
    return table === 'ELEMENT' ? this.tables.elements.get(seq) : this.tables.relations.get(seq);
  }

  /**
   * The objects in which this snapshot and another hold not the same object at the same number, in order of seq. Cheap
   * within a lineage, where unchanged pages are shared.
   */
  unlike(before: LandscapeSnapshot): {
    readonly elements: readonly Unlike<Element>[];
    readonly relations: readonly Unlike<Relation>[];
  } {
    return {
      elements: this.tables.elements.differencesFrom(before.tables.elements),
      relations: this.tables.relations.differencesFrom(before.tables.relations),
    };
  }

  private relationEntry(change: Change<Relation>, revision: number): UrnEntry {
    const { urn, after, ends } = change;
    const kept = this.urns.find(urn)?.ends;
    const known = after === undefined ? (ends ?? this.relationByUrn(urn) ?? kept) : kept;
    const entry = entryOf('RELATION', change, revision);
    return known === undefined ? entry : { ...entry, ends: { source: known.source, target: known.target } };
  }

  /** The same landscape with its urns entered into the table of the lineage: to be called once it is committed. */
  settled(): LandscapeSnapshot {
    return new LandscapeSnapshot(this.revision, this.at, this.tables, this.urns.settled());
  }

  /** The next revision, or what a change not committed would make of this one. This snapshot stays as it is. */
  with(delta: LandscapeDelta): LandscapeSnapshot {
    const urns = new UrnTable(this.urns);
    const { revision } = delta;
    for (const change of delta.elements) urns.add(change.urn, entryOf('ELEMENT', change, revision));
    for (const change of delta.relations) urns.add(change.urn, this.relationEntry(change, revision));
    for (const change of delta.definitions ?? []) {
      const since = urns.find(change.urn)?.seq ?? change.since ?? revision;
      urns.add(change.urn, entryOf('DEFINITION', { ...change, seq: since }, revision));
    }
    return new LandscapeSnapshot(delta.revision, delta.at, this.tablesWith(delta), urns);
  }

  /**
   * An earlier revision of this committed one, out of the objects that changed since. Shares all that did not, and the
   * urns: those that were given later lie at or above its bounds.
   */
  earlier(delta: ReturnDelta): LandscapeSnapshot {
    // One that was removed then and is there again now: where it is not, its ends are known from here.
    for (const change of delta.relations) {
      const { urn, seq, ends } = change;
      if (!ends || seq >= delta.relationBound) continue;
      this.urns.add(urn, { ...(this.urns.find(urn) ?? { table: 'RELATION', seq }), ends });
    }
    const tables = this.tablesWith(delta);
    const cut = {
      ...tables,
      elements: tables.elements.cutTo(delta.elementBound),
      relations: tables.relations.cutTo(delta.relationBound),
    };
    return new LandscapeSnapshot(delta.revision, delta.at, cut, this.urns);
  }

  private tablesWith(delta: LandscapeDelta): LandscapeSnapshot['tables'] {
    const outgoing: AdjacencyChange[] = [];
    const incoming: AdjacencyChange[] = [];
    for (const { seq, after } of delta.relations) {
      const before = this.tables.relations.get(seq);
      if (before !== undefined) noteEnds(before, 'REMOVE', outgoing, incoming);
      if (after !== undefined) noteEnds(after, 'ADD', outgoing, incoming);
    }
    return {
      elements: this.tables.elements.with(delta.elements.map(({ seq, after }) => [seq, after] as const)),
      relations: this.tables.relations.with(delta.relations.map(({ seq, after }) => [seq, after] as const)),
      outgoing: this.tables.outgoing.with(outgoing),
      incoming: this.tables.incoming.with(incoming),
      definitions: this.tables.definitions.with(delta.definitions ?? []),
      removed: this.removedWith(delta.elements),
    };
  }

  private removedWith(changes: readonly Change<Element>[]): PagedArray<LastState> {
    const { removed } = this.tables;
    const differing = changes.flatMap((change): [number, LastState | undefined][] => {
      const last = change.after === undefined ? this.lastStateAfter(change) : undefined;
      return last === removed.get(change.seq) ? [] : [[change.seq, last]];
    });
    return differing.length === 0 ? removed : removed.with(differing);
  }
  private lastStateAfter(change: Change<Element>): LastState | undefined {
    if ('last' in change) return change.last;
    const before = this.tables.elements.get(change.seq);
    // What came and went within one change leaves what was known of it before.
    return before === undefined ? this.tables.removed.get(change.seq) : lastStateOf(this, before);
  }
}

function entryOf(
  table: UrnEntry['table'],
  { seq, after, removedIn }: Pick<Change<unknown>, 'seq' | 'after' | 'removedIn'>,
  revision: number,
): UrnEntry {
  return after === undefined ? { table, seq, removedIn: removedIn ?? revision } : { table, seq };
}

function noteEnds(
  relation: Relation,
  action: AdjacencyChange['action'],
  outgoing: AdjacencyChange[],
  incoming: AdjacencyChange[],
): void {
  const { source, target, seq } = relation;
  const traits = traitsOf(relation);
  outgoing.push({ element: source, action, entry: { traits, other: target, relation: seq } });
  incoming.push({ element: target, action, entry: { traits, other: source, relation: seq } });
}
