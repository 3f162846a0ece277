import type { AdjacencyVisitor, ChangeBase } from './landscape.js';
import type { Element, Relation, ValueSource } from './model.js';
import type { Change, LandscapeDelta } from './snapshot.js';
import type { Ends, UrnEntry } from './urn-table.js';

/** An object that a change set touches: as it was at the base (undefined: not there) and as it is to be. */
export interface Touched<T> {
  readonly seq: number;
  readonly urn: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** The next free numbers. */
export interface Counters {
  readonly element: number;
  readonly relation: number;
}

/** What is known of where an object's values come from, by field; null = the value is gone, and its source with it. */
export type SourceChanges = ReadonlyMap<string, ReadonlyMap<string, ValueSource | null>>;

/** The landscape while a change set is being carried out on it: the base, and what has been touched so far. */
export class ChangeDraft {
  private readonly elements = new Map<string, Touched<Element>>();
  private readonly relations = new Map<string, Touched<Relation>>();
  private readonly elementUrns = new Map<number, string>();
  /** urns of the relations added here, by the seq of their source and of their target. */
  private readonly addedFrom = new Map<number, string[]>();
  private readonly addedInto = new Map<number, string[]>();
  private readonly valueSources = new Map<string, Map<string, ValueSource | null>>();
  private next: { element: number; relation: number };

  constructor(
    private readonly base: ChangeBase,
    counters: Counters,
  ) {
    this.next = { ...counters };
  }

  get counters(): Counters {
    return this.next;
  }
  get sources(): SourceChanges {
    return this.valueSources;
  }

  element(urn: string): Element | undefined {
    const touched = this.elements.get(urn);
    return touched === undefined ? this.base.elementByUrn(urn) : touched.after;
  }
  elementAt(seq: number): Element | undefined {
    const urn = this.elementUrns.get(seq);
    return urn === undefined ? this.base.elementAt(seq) : this.element(urn);
  }
  relation(urn: string): Relation | undefined {
    const touched = this.relations.get(urn);
    return touched === undefined ? this.base.relationByUrn(urn) : touched.after;
  }
  /** Whether a urn names, or ever named, anything: it can not be given again. */
  isTaken(urn: string): boolean {
    return this.elements.has(urn) || this.relations.has(urn) || this.base.isTaken(urn);
  }

  /** The number of an object that was removed, here or before; undefined where the urn is free or names something. */
  removedNumber(urn: string): UrnEntry | undefined {
    const element = this.elements.get(urn);
    if (element !== undefined) return removedEntry('ELEMENT', element);
    const relation = this.relations.get(urn);
    return relation === undefined ? this.base.removedNumber(urn) : removedEntry('RELATION', relation);
  }
  /** The end at which a relation that was removed, here or before, would be given back elsewhere: ends are fixed at birth. */
  movedEnd(urn: string, ends: Ends): 'source' | 'target' | undefined {
    const before = this.relations.get(urn)?.before ?? this.base.removedNumber(urn)?.ends;
    if (before === undefined) return undefined;
    return (['source', 'target'] as const).find((end) => before[end] !== ends[end]);
  }
  /** The urn of an element that is there or was there before this change set. */
  urnAt(seq: number): string | undefined {
    return this.elementUrns.get(seq) ?? this.base.elementAt(seq)?.urn;
  }

  /** @param former - number of a removed element that is given back; undefined gives a new one. */
  addElement(urn: string, make: (seq: number) => Element, former?: number): void {
    const seq = former ?? this.next.element++;
    this.elementUrns.set(seq, urn);
    this.elements.set(urn, { seq, urn, before: this.base.elementByUrn(urn), after: make(seq) });
  }
  /** @param former - number of a removed relation that is given back; undefined gives a new one. */
  addRelation(urn: string, make: (seq: number) => Relation, former?: number): void {
    const seq = former ?? this.next.relation++;
    const after = make(seq);
    this.relations.set(urn, { seq, urn, before: this.base.relationByUrn(urn), after });
    noteUrn(this.addedFrom, after.source, urn);
    noteUrn(this.addedInto, after.target, urn);
  }
  /** Puts an element that exists into a new state; undefined removes it. */
  setElement({ urn, seq }: Element, after: Element | undefined): void {
    const before = this.base.elementByUrn(urn);
    this.elementUrns.set(seq, urn);
    this.elements.set(urn, { seq, urn, before, after });
    // What is given back later may have other values.
    if (after === undefined) this.valueSources.delete(urn);
  }
  /** Puts a relation that exists into a new state; undefined removes it. */
  setRelation({ urn, seq }: Relation, after: Relation | undefined): void {
    this.relations.set(urn, { seq, urn, before: this.base.relationByUrn(urn), after });
    if (after === undefined) this.valueSources.delete(urn);
  }
  noteSource(urn: string, field: string, source: ValueSource | null): void {
    const fields = this.valueSources.get(urn) ?? new Map<string, ValueSource | null>();
    this.valueSources.set(urn, fields.set(field, source));
  }

  touchedElements(): Iterable<Touched<Element>> {
    return this.elements.values();
  }
  touchedRelations(): Iterable<Touched<Relation>> {
    return this.relations.values();
  }

  /** The relations an element has after the change set so far, each once. */
  relationsOf(seq: number): Relation[] {
    const found = new Map<string, Relation>();
    const note = (relation: Relation): void => void found.set(relation.urn, relation);
    this.base.forEachOutgoing(seq, this.current(note));
    this.base.forEachIncoming(seq, this.current(note));
    this.added(this.addedFrom, seq).forEach(note);
    this.added(this.addedInto, seq).forEach(note);
    return [...found.values()];
  }

  /** The relations whose source an element is after the change set so far. Costs nothing for those that lead to it. */
  relationsFrom(seq: number): Relation[] {
    const found: Relation[] = [];
    this.base.forEachOutgoing(
      seq,
      this.current((relation) => found.push(relation)),
    );
    return [...found, ...this.added(this.addedFrom, seq)];
  }

  /** The relations that lead to an element after the change set so far. Costs nothing for those that lead from it. */
  relationsInto(seq: number): Relation[] {
    const found: Relation[] = [];
    this.base.forEachIncoming(
      seq,
      this.current((relation) => found.push(relation)),
    );
    return [...found, ...this.added(this.addedInto, seq)];
  }

  /** Every element and relation after the change set so far: a walk over the whole landscape. */
  *everyRecord(): Generator<Element | Relation> {
    for (const element of this.base.elements()) if (!this.elements.has(element.urn)) yield element;
    for (const { after } of this.elements.values()) if (after !== undefined) yield after;
    for (const relation of this.base.relations()) if (!this.relations.has(relation.urn)) yield relation;
    for (const { after } of this.relations.values()) if (after !== undefined) yield after;
  }

  /** Turns what the base has into what the draft has. */
  private current(visit: (relation: Relation) => void): AdjacencyVisitor {
    return (_kind, _other, seq) => {
      const before = this.base.relationAt(seq);
      const relation = before && this.relation(before.urn);
      if (relation !== undefined) visit(relation);
    };
  }
  private added(side: ReadonlyMap<number, readonly string[]>, seq: number): Relation[] {
    return (side.get(seq) ?? []).flatMap((urn) => this.relation(urn) ?? []);
  }

  /** What the change set does; an object that was added and removed again leaves only its urn taken. */
  delta(revision: number, at: string): LandscapeDelta {
    return {
      revision,
      at,
      elements: Array.from(this.elements.values(), toChange),
      relations: Array.from(this.relations.values(), toChange),
    };
  }
}

function removedEntry(table: UrnEntry['table'], { seq, after }: Touched<unknown>): UrnEntry | undefined {
  return after === undefined ? { table, seq } : undefined;
}

function noteUrn(side: Map<number, string[]>, seq: number, urn: string): void {
  const urns = side.get(seq);
  if (urns === undefined) side.set(seq, [urn]);
  else urns.push(urn);
}

function toChange<T>({ seq, urn, after }: Touched<T>): Change<T> {
  return { seq, urn, after };
}
