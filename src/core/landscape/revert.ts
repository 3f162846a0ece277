import { issue } from '../errors.js';
import { sameJson } from '../same-json.js';
import type { Conflict } from './conflict.js';
import { DEFINITION_KIND, definitionValue } from './attribute-record.js';
import { holdersOf } from './definition-table.js';
import type { DefinitionTable } from './definition-table.js';
import type { Landscape } from './landscape.js';
import { isElementKind, isRelationKind } from './model.js';
import type { Json, Urn } from './model.js';
import { netChanges } from './net-change.js';
import type { FieldSpan, NetChange } from './net-change.js';
import type { LoggedOperation, Operation } from './operation.js';
import { isRecord } from './record-fields.js';
import { ATTRIBUTE_PREFIX, recordValue, valueAt, valueChanges } from './record-values.js';
import type { RecordValue } from './record-values.js';
import { makingRoom, restoring, setting } from './undoing-steps.js';

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
 * What is undone already is left alone. A value whose key another definition has by now is not given back: it would say
 * something else.
 * @param then - the attribute definitions before and after the change set, the later first.
 */
export function revertOf(
  landscape: Landscape,
  log: readonly LoggedOperation[],
  then: readonly DefinitionTable[] = [],
): Revert {
  const changes = netChanges(landscape, log);
  const undoing = new Undoing(landscape, changes, then);
  for (const change of changes) undoing.undo(change);
  return { operations: undoing.operations(), conflicts: undoing.conflicts };
}

/** Collects what undoes one object after the other. */
class Undoing {
  readonly conflicts: Conflict[] = [];
  /** Attribute definitions that come back, and what is set on those that are there: values are judged by them. */
  private readonly defined: Operation[] = [];
  private readonly undefinedKeys: Operation[] = [];
  private readonly restored: Operation[] = [];
  private readonly restoredRelations: Operation[] = [];
  private readonly set: Operation[] = [];
  private readonly removedRelations: Operation[] = [];
  private readonly removed: Operation[] = [];
  /** urns that the change set added, and that are to go; and those that come back. */
  private readonly going = new Set<string>();
  private readonly coming = new Set<string>();
  /** Which definition each attribute key has now, and had then. */
  private readonly holders: ReadonlyMap<string, string>;
  private readonly formerHolders: readonly ReadonlyMap<string, string>[];

  constructor(
    private readonly landscape: Landscape,
    changes: readonly NetChange[],
    then: readonly DefinitionTable[],
  ) {
    this.formerHolders = then.map(holdersOf);
    this.holders = holdersOf(landscape.definitions);
    for (const { urn, before, after } of changes) {
      if (before === null && after !== null) this.going.add(urn);
      if (before !== null && after === null) this.coming.add(urn);
    }
  }

  /**
   * What comes back comes first, definitions before elements before their relations; what goes goes last, relations
   * first and definitions last, but for those whose key one that comes back has.
   */
  operations(): Operation[] {
    const [first, last] = makingRoom(this.undefinedKeys, this.defined, this.landscape.definitions);
    const coming = [...first, ...this.defined, ...this.restored, ...this.restoredRelations];
    return [...coming, ...this.set, ...this.removedRelations, ...this.removed, ...last];
  }

  undo({ urn, before, after, fields }: NetChange): void {
    const current = currentOf(this.landscape, urn);
    if (before === null) {
      if (after !== null && after !== undefined && current !== undefined) this.undoAdd(current, after);
    } else if (after === null) {
      if (before !== undefined) this.undoRemove(urn, before, current);
    } else {
      const spans = before === undefined || after === undefined ? fields : spansBetween(before, after);
      for (const [path, span] of kindFirst(spans)) this.undoField(urn, path, { span, current });
    }
  }

  private undoAdd({ urn, seq, value: now }: Current, made: RecordValue): void {
    const place = { urn, path: null, base: made, scenario: undefined };
    if (valueChanges(made, now).length > 0) {
      this.conflicts.push({ ...place, cause: 'CHANGED_THERE', current: now });
      return;
    }
    const strangers = isElementKind(now['kind']) ? this.relationsLeft(seq) : [];
    if (strangers.length > 0) this.conflicts.push({ ...place, cause: 'STILL_RELATED', current: strangers });
    else {
      const lists = [this.removed, this.removedRelations, this.undefinedKeys] as const;
      listFor(now, lists).push({ op: 'REMOVE', urn });
    }
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

  private undoRemove(urn: string, value: RecordValue, current: Current | undefined): void {
    if (current !== undefined) {
      // Somebody gave it back already: what differs now was decided since.
      for (const { path, before, after } of valueChanges(value, current.value)) {
        const cause = 'CHANGED_OTHERWISE';
        this.conflicts.push({ urn, path, cause, base: undefined, current: after, scenario: before });
      }
      return;
    }
    const ends = isRelationKind(value['kind']) ? (['source', 'target'] as const) : [];
    const gone = ends.filter((end) => !this.willBeThere(value[end]));
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
    const attributes = isRecord(value['attributes']) ? Object.keys(value['attributes']) : [];
    const strange = attributes.filter((key) => this.isOfAnother(key));
    for (const key of strange) {
      const path = `${ATTRIBUTE_PREFIX}${key}`;
      this.keyTaken({ urn, path, base: undefined, scenario: valueAt(value, path) }, undefined);
    }
    const lists = [this.restored, this.restoredRelations, this.defined] as const;
    if (gone.length + strange.length === 0) listFor(value, lists).push(restoring(urn, value));
  }

  /** Whether another definition has a key by now than when the change set was made. */
  private isOfAnother(key: string): boolean {
    const now = this.holders.get(key);
    const former = this.formerHolders.map((each) => each.get(key)).find((each) => each !== undefined);
    // Where the key has no definition now, or its own comes back with the rest, planning tells what is wrong.
    return now !== undefined && former !== undefined && now !== former && !this.coming.has(former);
  }

  private keyTaken(place: Omit<Conflict, 'cause' | 'current'>, current: Json | undefined): void {
    const key = (place.path ?? '').slice(ATTRIBUTE_PREFIX.length);
    const because = issue('ATTRIBUTE_KEY_TAKEN', [], { key, holder: this.holders.get(key) ?? '' });
    this.conflicts.push({ ...place, cause: 'NOT_POSSIBLE_THERE', current, because });
  }

  private willBeThere(urn: Json | undefined): boolean {
    return typeof urn === 'string' && (this.coming.has(urn) || this.landscape.elementByUrn(urn) !== undefined);
  }

  private undoField(
    urn: string,
    path: string,
    { span, current }: { readonly span: FieldSpan; readonly current: Current | undefined },
  ): void {
    const { before, after } = span;
    if (sameJson(before, after)) return;
    const place = { urn, path, base: after, scenario: before };
    if (current === undefined) {
      this.conflicts.push({ ...place, cause: 'REMOVED_THERE', current: undefined });
      return;
    }
    const now = valueAt(current.value, path);
    if (sameJson(now, before)) return;
    if (path.startsWith(ATTRIBUTE_PREFIX) && this.isOfAnother(path.slice(ATTRIBUTE_PREFIX.length))) {
      this.keyTaken(place, now);
      return;
    }
    const lists = [this.set, this.set, this.defined] as const;
    if (sameJson(now, after)) listFor(current.value, lists).push(setting(urn, path, before));
    else this.conflicts.push({ ...place, cause: 'CHANGED_OTHERWISE', current: now });
  }
}

/** An object that is there. */
interface Current {
  readonly urn: string;
  /** Number of an element or relation; 0 of an attribute definition. */
  readonly seq: number;
  readonly value: RecordValue;
}

function currentOf(landscape: Landscape, urn: string): Current | undefined {
  const record = landscape.elementByUrn(urn) ?? landscape.relationByUrn(urn);
  if (record !== undefined) return { urn, seq: record.seq, value: recordValue(landscape, record) };
  const definition = landscape.definitions.made.get(urn);
  return definition && { urn, seq: 0, value: definitionValue(definition) };
}

/** The list for an element, for a relation or for an attribute definition. */
function listFor(
  { kind }: RecordValue,
  [elements, relations, definitions]: readonly [
    elements: Operation[],
    relations: Operation[],
    definitions: Operation[],
  ],
): Operation[] {
  if (kind === DEFINITION_KIND) return definitions;
  return isElementKind(kind) ? elements : relations;
}

/** The kind decides which attributes there may be. */
function kindFirst<T>(spans: Iterable<readonly [path: string, span: T]>): (readonly [path: string, span: T])[] {
  return [...spans].toSorted(([a], [b]) => Number(b === 'kind') - Number(a === 'kind'));
}

function spansBetween(before: RecordValue, after: RecordValue): [path: string, span: FieldSpan][] {
  return valueChanges(before, after).map(({ path, ...span }) => [path, span]);
}
