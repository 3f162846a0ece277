import { issue } from '../errors.js';
import { sameJson } from '../same-json.js';
import type { Conflict } from './conflict.js';
import { holdersOf } from './definition-table.js';
import type { DefinitionTable } from './definition-table.js';
import type { Landscape } from './landscape.js';
import { isElementKind, isRelationKind } from './model.js';
import type { Json, Urn } from './model.js';
import { netChanges } from './net-change.js';
import type { FieldSpan, NetChange } from './net-change.js';
import type { LoggedOperation, Operation } from './operation.js';
import { isRecord } from './record-fields.js';
import { ATTRIBUTE_PREFIX, valueAt, valueChanges } from './record-values.js';
import type { RecordValue } from './record-values.js';
import { sourceAt, sourcesLeft } from './sources-around.js';
import type { SourcesAround } from './sources-around.js';
import { currentOf, kindFirst, listFor, spansBetween } from './undoing-places.js';
import type { Current } from './undoing-places.js';
import { makingRoom, restoring, setting } from './undoing-steps.js';

/** What undoes a change set. Where there are conflicts the operations leave those places alone. */
export interface Revert {
  /** In an order in which each finds what it names; empty where all of it is undone already. */
  readonly operations: readonly Operation[];
  /** Places where somebody went on since: `base` is what the change set left, `scenario` what undoing it would make. */
  readonly conflicts: readonly Conflict[];
}

/** What is known of the moment of a change set beside its log. */
export interface RevertContext {
  /** The attribute definitions before and after it, the later first. */
  readonly definitions?: readonly DefinitionTable[];
  /** Left out, values come back without sources, and objects with those they had at last. */
  readonly sources?: SourcesAround;
}

/**
 * The operations that undo a logged change set on a landscape that may have moved on. Where nobody touched the same
 * place since, they are its exact inverse: what it removed comes back under its own urn and number, what it added goes,
 * and each value is known from where it was. What is undone already is left alone. A value whose key another definition
 * has by now is not given back: it would say something else.
 */
export function revertOf(landscape: Landscape, log: readonly LoggedOperation[], context: RevertContext = {}): Revert {
  const changes = netChanges(landscape, log);
  const undoing = new Undoing(landscape, changes, context);
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
    private readonly context: RevertContext,
  ) {
    this.formerHolders = (context.definitions ?? []).map(holdersOf);
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
      const left = (path: string): Json | undefined => (after ? valueAt(after, path) : fields.get(path)?.after);
      if (current !== undefined) this.undoSources(current, left, spans);
    }
  }

  /** Gives a value that is as the change set left it the source it had, where the source alone was changed. */
  private undoSources(
    { urn, value }: Current,
    left: (path: string) => Json | undefined,
    spans: ReadonlyMap<string, FieldSpan>,
  ): void {
    const { sources } = this.context;
    if (sources === undefined) return;
    for (const path of sourcesLeft(sources, urn)) {
      const [span, now] = [spans.get(path), valueAt(value, path)];
      const isOfField = span !== undefined && !sameJson(span.before, span.after);
      if (isOfField || now === undefined || !sameJson(now, left(path))) continue;
      this.set.push(setting(urn, path, now, sourceAt(sources.before, urn, path)));
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
    if (gone.length + strange.length === 0) {
      listFor(value, lists).push(restoring(urn, value, this.sourcesOf(urn)));
    }
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

  private sourcesOf(urn: string): Operation['sources'] {
    const { sources } = this.context;
    return sources && (sources.before.get(urn) ?? {});
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
    const { sources } = this.context;
    const from = sources && sourceAt(sources.before, urn, path);
    if (sameJson(now, after)) listFor(current.value, lists).push(setting(urn, path, before, from));
    else this.conflicts.push({ ...place, cause: 'CHANGED_OTHERWISE', current: now });
  }
}
