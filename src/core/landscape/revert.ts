import { sameJson } from '../same-json.js';
import type { Conflict } from './conflict.js';
import type { Landscape } from './landscape.js';
import { isElementKind } from './model.js';
import type { Element, Json, Relation, Urn } from './model.js';
import { netChanges } from './net-change.js';
import type { FieldSpan, NetChange } from './net-change.js';
import type { LoggedOperation, Operation } from './operation.js';
import { recordValue, valueAt, valueChanges } from './record-values.js';
import type { RecordValue } from './record-values.js';

/** What undoes a change set. Where there are conflicts the operations leave those places alone. */
export interface Revert {
  /** In an order in which each finds what it names; empty where all of it is undone already. */
  readonly operations: readonly Operation[];
  /** Places where somebody went on since: `base` is what the change set left, `scenario` what undoing it would make. */
  readonly conflicts: readonly Conflict[];
}

/**
 * The operations that undo a logged change set on a landscape that may have moved on. Where nobody touched the same
 * place since, they are its exact inverse: what it removed comes back under its own urn and number, what it added goes.
 * What is undone already is left alone.
 */
export function revertOf(landscape: Landscape, log: readonly LoggedOperation[]): Revert {
  const changes = netChanges(landscape, log);
  const undoing = new Undoing(landscape, changes);
  for (const change of changes) undoing.undo(change);
  return { operations: undoing.operations(), conflicts: undoing.conflicts };
}

/** The operation that gives a removed object back. */
export function restoring(urn: string, value: RecordValue): Operation {
  return { op: 'ADD', urn, value, restore: true };
}

/** The operation that sets a field, or makes it unknown again. */
export function setting(urn: string, path: string, value: Json | undefined): Operation {
  return value === undefined ? { op: 'REMOVE', urn, path } : { op: 'UPDATE', urn, path, value };
}

/** Collects what undoes one object after the other. */
class Undoing {
  readonly conflicts: Conflict[] = [];
  private readonly restored: Operation[] = [];
  private readonly restoredRelations: Operation[] = [];
  private readonly set: Operation[] = [];
  private readonly removedRelations: Operation[] = [];
  private readonly removed: Operation[] = [];
  /** urns that the change set added, and that are to go; and those that come back. */
  private readonly going = new Set<string>();
  private readonly coming = new Set<string>();

  constructor(
    private readonly landscape: Landscape,
    changes: readonly NetChange[],
  ) {
    for (const { urn, before, after } of changes) {
      if (before === null && after !== null) this.going.add(urn);
      if (before !== null && after === null) this.coming.add(urn);
    }
  }

  /** What comes back comes first, elements before their relations; what goes goes last, relations first. */
  operations(): Operation[] {
    return [...this.restored, ...this.restoredRelations, ...this.set, ...this.removedRelations, ...this.removed];
  }

  undo({ urn, before, after, fields }: NetChange): void {
    const { landscape } = this;
    const current = landscape.elementByUrn(urn) ?? landscape.relationByUrn(urn);
    if (before === null) {
      if (after !== null && after !== undefined && current !== undefined) this.undoAdd(current, after);
    } else if (after === null) {
      if (before !== undefined) this.undoRemove(urn, before, current);
    } else {
      const spans = before === undefined || after === undefined ? fields : spansBetween(before, after);
      for (const [path, span] of kindFirst(spans)) this.undoField(urn, path, { span, current });
    }
  }

  private undoAdd(current: Element | Relation, made: RecordValue): void {
    const { urn } = current;
    const now = recordValue(this.landscape, current);
    const isElement = isElementKind(now['kind']);
    const place = { urn, path: null, base: made, scenario: undefined };
    if (valueChanges(made, now).length > 0) {
      this.conflicts.push({ ...place, cause: 'CHANGED_THERE', current: now });
      return;
    }
    const strangers = isElement ? this.relationsLeft(current.seq) : [];
    if (strangers.length > 0) this.conflicts.push({ ...place, cause: 'STILL_RELATED', current: strangers });
    else (isElement ? this.removed : this.removedRelations).push({ op: 'REMOVE', urn });
  }

  /** urns of the relations of an element that the change set did not add, in order. */
  private relationsLeft(seq: number): Urn[] {
    const left = new Set<Urn>();
    const note = (relation: number): void => {
      const urn = this.landscape.relationAt(relation)?.urn;
      if (urn !== undefined && !this.going.has(urn)) left.add(urn);
    };
    this.landscape.forEachOutgoing(seq, (_kind, _other, relation) => note(relation));
    this.landscape.forEachIncoming(seq, (_kind, _other, relation) => note(relation));
    return [...left].toSorted();
  }

  private undoRemove(urn: string, value: RecordValue, current: Element | Relation | undefined): void {
    if (current !== undefined) {
      // Somebody gave it back already: what differs now was decided since.
      for (const { path, before, after } of valueChanges(value, recordValue(this.landscape, current))) {
        const cause = 'CHANGED_OTHERWISE';
        this.conflicts.push({ urn, path, cause, base: undefined, current: after, scenario: before });
      }
      return;
    }
    const isElement = isElementKind(value['kind']);
    const gone = isElement ? [] : (['source', 'target'] as const).filter((end) => !this.willBeThere(value[end]));
    for (const path of gone) {
      this.conflicts.push({
        urn,
        path,
        cause: 'END_GONE',
        base: value[path],
        current: undefined,
        scenario: value[path],
      });
    }
    if (gone.length === 0) (isElement ? this.restored : this.restoredRelations).push(restoring(urn, value));
  }

  private willBeThere(urn: Json | undefined): boolean {
    return typeof urn === 'string' && (this.coming.has(urn) || this.landscape.elementByUrn(urn) !== undefined);
  }

  private undoField(
    urn: string,
    path: string,
    { span, current }: { readonly span: FieldSpan; readonly current: Element | Relation | undefined },
  ): void {
    const { before, after } = span;
    if (sameJson(before, after)) return;
    const place = { urn, path, base: after, scenario: before };
    if (current === undefined) {
      this.conflicts.push({ ...place, cause: 'REMOVED_THERE', current: undefined });
      return;
    }
    const now = valueAt(recordValue(this.landscape, current), path);
    if (sameJson(now, before)) return;
    if (sameJson(now, after)) this.set.push(setting(urn, path, before));
    else this.conflicts.push({ ...place, cause: 'CHANGED_OTHERWISE', current: now });
  }
}

/** The kind decides which attributes there may be. */
function kindFirst<T>(spans: Iterable<readonly [path: string, span: T]>): (readonly [path: string, span: T])[] {
  return [...spans].toSorted(([a], [b]) => Number(b === 'kind') - Number(a === 'kind'));
}

function spansBetween(before: RecordValue, after: RecordValue): [path: string, span: FieldSpan][] {
  return valueChanges(before, after).map(({ path, ...span }) => [path, span]);
}
