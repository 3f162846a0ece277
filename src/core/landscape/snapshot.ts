import { Adjacency } from './adjacency.js';
import type { AdjacencyChange } from './adjacency.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import type { Element, Relation } from './model.js';
import { PagedArray } from './paged-array.js';

/** One object's new state; `after` is undefined where it was removed. */
export interface Change<T> {
  readonly seq: number;
  readonly urn: string;
  readonly after: T | undefined;
}

/** What one commit does to the landscape. */
export interface LandscapeDelta {
  readonly revision: number;
  /** Moment of the commit by the database's clock, ISO 8601 in UTC. */
  readonly at: string;
  readonly elements: readonly Change<Element>[];
  readonly relations: readonly Change<Relation>[];
}

/**
 * The whole landscape at one revision, immutable. `with` makes the next revision and shares all that did not change.
 *
 * The two urn tables are shared by all snapshots of a lineage and only ever grow: a urn is never reused and keeps its
 * seq, so an entry that a later revision added is harmless in an older one (the paged arrays answer undefined there).
 */
export class LandscapeSnapshot implements Landscape {
  private constructor(
    readonly revision: number,
    /** Moment of the last commit, ISO 8601; null for the empty landscape. */
    readonly at: string | null,
    private readonly tables: {
      readonly elements: PagedArray<Element>;
      readonly relations: PagedArray<Relation>;
      readonly outgoing: Adjacency;
      readonly incoming: Adjacency;
    },
    private readonly seqs: { readonly elements: Map<string, number>; readonly relations: Map<string, number> },
  ) {}

  /** The landscape before its first commit. Begins a new lineage. */
  static empty(): LandscapeSnapshot {
    const tables = {
      elements: PagedArray.empty<Element>(),
      relations: PagedArray.empty<Relation>(),
      outgoing: Adjacency.empty,
      incoming: Adjacency.empty,
    };
    return new LandscapeSnapshot(0, null, tables, { elements: new Map(), relations: new Map() });
  }

  /** A landscape of just these records, for tests and generated data. */
  static of(
    elements: Iterable<Element>,
    relations: Iterable<Relation>,
    stamp: { readonly revision: number; readonly at: string } = { revision: 1, at: '2026-01-01T00:00:00.000Z' },
  ): LandscapeSnapshot {
    return LandscapeSnapshot.empty().with({
      ...stamp,
      elements: Array.from(elements, (after) => ({ seq: after.seq, urn: after.urn, after })),
      relations: Array.from(relations, (after) => ({ seq: after.seq, urn: after.urn, after })),
    });
  }

  get elementBound(): number {
    return this.tables.elements.bound;
  }
  get elementCount(): number {
    return this.tables.elements.size;
  }
  get relationCount(): number {
    return this.tables.relations.size;
  }

  elementByUrn(urn: string): Element | undefined {
    const seq = this.seqs.elements.get(urn);
    return seq === undefined ? undefined : this.tables.elements.get(seq);
  }
  elementAt(seq: number): Element | undefined {
    return this.tables.elements.get(seq);
  }
  relationByUrn(urn: string): Relation | undefined {
    const seq = this.seqs.relations.get(urn);
    return seq === undefined ? undefined : this.tables.relations.get(seq);
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

  /** Whether a urn names or ever named an object of this lineage; removed ones count, for urns are never reused. */
  isTaken(urn: string): boolean {
    return this.seqs.elements.has(urn) || this.seqs.relations.has(urn);
  }

  /** The next revision. This snapshot stays as it is. */
  with(delta: LandscapeDelta): LandscapeSnapshot {
    const outgoing: AdjacencyChange[] = [];
    const incoming: AdjacencyChange[] = [];
    for (const { seq, after } of delta.relations) {
      const before = this.tables.relations.get(seq);
      if (before !== undefined) noteEnds(before, 'REMOVE', outgoing, incoming);
      if (after !== undefined) noteEnds(after, 'ADD', outgoing, incoming);
    }
    for (const { urn, seq } of delta.elements) this.seqs.elements.set(urn, seq);
    for (const { urn, seq } of delta.relations) this.seqs.relations.set(urn, seq);
    const tables = {
      elements: this.tables.elements.with(delta.elements.map(({ seq, after }) => [seq, after] as const)),
      relations: this.tables.relations.with(delta.relations.map(({ seq, after }) => [seq, after] as const)),
      outgoing: this.tables.outgoing.with(outgoing),
      incoming: this.tables.incoming.with(incoming),
    };
    return new LandscapeSnapshot(delta.revision, delta.at, tables, this.seqs);
  }
}

function noteEnds(
  relation: Relation,
  action: AdjacencyChange['action'],
  outgoing: AdjacencyChange[],
  incoming: AdjacencyChange[],
): void {
  const { kind, source, target, seq } = relation;
  outgoing.push({ element: source, action, entry: { kind, other: target, relation: seq } });
  incoming.push({ element: target, action, entry: { kind, other: source, relation: seq } });
}
