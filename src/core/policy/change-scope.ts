import type { AdjacencyVisitor, Landscape } from '../landscape/landscape.js';
import type { ElementKind, RelationKind } from '../landscape/model.js';
import type { WorkBudget } from '../work-budget.js';
import type { ChangedRecords } from './supervision.js';

/** What operations make of a landscape. */
export interface ProposedChange {
  readonly before: Landscape;
  readonly after: Landscape;
  /** The records that are not as they were. */
  readonly changed: ChangedRecords;
  /** urns that the operations name. */
  readonly named: ReadonlySet<string>;
}

/**
 * How an element is concerned by a change set. NAMED: the change set adds or changes it, or joins it to something. END: a
 * relation of it is changed or removed. NEAR: it is joined to one of these, so that what is known of it may be otherwise.
 */
export type Concern = 'NAMED' | 'END' | 'NEAR';

/** The elements of which a rule may say something else after a change set. */
export interface ChangeScope {
  /** By seq, in the order of the operations, the near ones last. */
  readonly concerned: ReadonlyMap<number, Concern>;
  /** Whether there are, or may be, more of them than are looked at. */
  readonly truncated: boolean;
}

/** Most elements that are looked at although no operation names them or a relation of them. */
export const NEAR_MAXIMUM = 200;
/** Most elements, of kinds of which no rule is asked among them, that are met on the way to the near ones. */
export const MET_MAXIMUM = 2000;
/** So many elements are looked at in one step where all are. */
const LOOKS_A_STEP = 1000;

/** Which elements are looked at. */
export interface ScopeSetting {
  /** Kinds of element of which a rule is asked. */
  readonly kinds: ReadonlySet<ElementKind>;
  /** Kinds of relation over which rules follow ways. */
  readonly ways: ReadonlySet<RelationKind>;
  /** Kinds of element that rules list all of: who asks for such a list is joined to nothing on it. */
  readonly listed: ReadonlySet<ElementKind>;
  /** Leaves out all but what the change set adds. */
  readonly onlyAdded: boolean;
  /** Pays for each relation, and each element, that is looked at. */
  readonly work: WorkBudget;
}

/**
 * The elements of which a rule may say something else because of a change set. The facts of an element are made of its
 * record, its relations, the records at their other ends, of its flows also the owners there, and the operator that a
 * project names; so nothing else has other facts. What a rule follows ways for is looked for along these, the nearest first.
 * A step for each element whose relations are looked at.
 */
export function* changeScope(change: ProposedChange, setting: ScopeSetting): Generator<void, ChangeScope> {
  const scope = new Scope(change, setting);
  if (setting.onlyAdded) {
    scope.addAdded();
    return scope;
  }
  scope.addTouched();
  yield* scope.addNear();
  if (setting.ways.size > 0) yield* scope.addOnWays();
  return scope;
}

class Scope implements ChangeScope {
  readonly concerned = new Map<number, Concern>();
  /** Whether near ones were left out: what there are more of need not be looked for. */
  private isFull = false;
  private isListed = false;
  private near = 0;
  /** What was met, whether a rule is asked of it or not: from here ways are followed. */
  private readonly met = new Set<number>();
  private readonly sides: readonly Landscape[];

  constructor(
    private readonly change: ProposedChange,
    private readonly setting: ScopeSetting,
  ) {
    this.sides = [change.before, change.after];
  }

  get truncated(): boolean {
    return this.isFull || this.isListed;
  }

  addAdded(): void {
    for (const { before, after } of this.change.changed.elements) {
      if (before === undefined) this.touch(after?.seq, 'NAMED');
    }
    this.isListed = false;
  }

  addTouched(): void {
    const { changed, named } = this.change;
    for (const { before, after } of changed.elements) this.touch((after ?? before)?.seq, 'NAMED');
    for (const urn of named) for (const side of this.sides) this.touch(side.elementByUrn(urn)?.seq, 'NAMED');
    for (const { before, after } of changed.relations) {
      for (const relation of [before, after]) {
        this.touch(relation?.source, 'END');
        this.touch(relation?.target, 'END');
      }
    }
  }

  *addNear(): Generator<void> {
    const { elements, relations } = this.change.changed;
    for (const { before, after } of elements) {
      // What is added or removed has no relations but those that are added or removed with it.
      if (before === undefined || after === undefined) continue;
      this.addJoined(after.seq);
      yield;
    }
    if (elements.length > 0) yield* this.addOperated();
    for (const { before, after } of relations) {
      const owned = [before, after].find((each) => each?.kind === 'OWNED_BY');
      if (owned === undefined) continue;
      this.addJoined(owned.source, 'EXCHANGES_DATA_WITH');
      yield;
    }
  }

  /** What leads, over relations that rules follow, to or from what is touched or joined to it. */
  *addOnWays(): Generator<void> {
    for (const seq of this.met) {
      if (this.isFull) return;
      this.forEachJoined(seq, (kind, other) => {
        if (this.setting.ways.has(kind)) this.addIfNear(other);
      });
      yield;
    }
  }

  private touch(seq: number | undefined, concern: Concern): void {
    if (seq === undefined) return;
    this.met.add(seq);
    this.isListed ||= this.isOf(seq, this.setting.listed);
    if (!this.concerned.has(seq) && this.isAsked(seq)) this.concerned.set(seq, concern);
  }

  private addJoined(seq: number, over?: RelationKind): void {
    this.forEachJoined(seq, (kind, other) => {
      if (over === undefined || kind === over) this.addIfNear(other);
    });
  }

  /** Nothing leads back from an operator to the projects that name it in their record. */
  private *addOperated(): Generator<void> {
    const urns = new Set<unknown>(this.change.changed.elements.map(({ before, after }) => (after ?? before)?.urn));
    let looks = 0;
    for (const { seq, kind, attributes } of this.change.after.elements()) {
      if (this.isFull) return;
      looks += 1;
      if (looks % LOOKS_A_STEP === 0) {
        this.setting.work.spend(LOOKS_A_STEP);
        yield;
      }
      if (kind === 'PROJECT' && urns.has(attributes['operator'])) this.addIfNear(seq);
    }
  }

  private addIfNear(seq: number): void {
    if (this.met.has(seq)) return;
    const isAsked = this.isAsked(seq);
    if (this.near >= NEAR_MAXIMUM || this.met.size >= MET_MAXIMUM) {
      this.isFull ||= isAsked || this.setting.ways.size > 0;
      return;
    }
    this.met.add(seq);
    if (!isAsked) return;
    this.near += 1;
    this.concerned.set(seq, 'NEAR');
  }

  private forEachJoined(seq: number, visit: AdjacencyVisitor): void {
    if (this.isFull) return;
    let looks = 0;
    const counted: AdjacencyVisitor = (...each) => {
      looks += 1;
      visit(...each);
    };
    for (const side of this.sides) {
      side.forEachOutgoing(seq, counted);
      side.forEachIncoming(seq, counted);
    }
    this.setting.work.spend(looks);
  }

  private isAsked(seq: number): boolean {
    return this.isOf(seq, this.setting.kinds);
  }

  private isOf(seq: number, kinds: ReadonlySet<ElementKind>): boolean {
    return this.sides.some((side) => {
      const kind = side.elementAt(seq)?.kind;
      return kind !== undefined && kinds.has(kind);
    });
  }
}
