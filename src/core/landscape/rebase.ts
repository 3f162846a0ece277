import { sameJson } from '../same-json.js';
import { DEFINITION_URN_PREFIX, definitionValue } from './attribute-record.js';
import type { Conflict } from './conflict.js';
import { addedOtherwise, conflictsBetween, deedsOf, isAnotherThing, wholeOf } from './conflicts-between.js';
import type { Deed } from './conflicts-between.js';
import type { ChangeBase, Landscape } from './landscape.js';
import { differenceBetween } from './difference.js';
import type { LandscapeDifference } from './difference.js';
import type { Json } from './model.js';
import type { Operation } from './operation.js';
import { isDecided, placeOf } from './rebase-decision.js';
import type { Resolution } from './rebase-decision.js';
import { isRelation, recordValue } from './record-values.js';
import { makingRoom, restoring, setting } from './undoing-steps.js';

export interface RebaseRequest {
  /** Where the scenario began. */
  readonly base: Landscape;
  /** The base with the scenario's operations. */
  readonly scenario: Landscape;
  /** Where it is to stand. */
  readonly current: ChangeBase;
  readonly operations: readonly Operation[];
  readonly resolutions?: readonly Resolution[];
}

export interface Rebased {
  /**
   * What is left to do on the current landscape: operations whose effect is there already are gone. Of conflicts that
   * nobody decided, the current side is kept.
   */
  readonly operations: readonly Operation[];
  /** Every place where both sides went different ways, in order of urn and field. */
  readonly conflicts: readonly Conflict[];
  /** Those of them that no resolution decides. A urn that names another thing by now can only be given up. */
  readonly unresolved: readonly Conflict[];
  /** Resolutions of places where there is no conflict. */
  readonly unused: readonly Resolution[];
}

/**
 * Moves a scenario to another landscape: a three-way diff of its base, the current landscape and itself, field by field.
 * What only one side changed is taken from that side; the same change on both is done already; lists are compared as
 * whole values. Whether the outcome is legal is for whoever plans it to say.
 */
export function rebase(request: RebaseRequest): Rebased {
  const { base, scenario, current, operations, resolutions = [] } = request;
  if (base === current) return { operations, conflicts: [], unresolved: [], unused: resolutions };
  const ours = differenceBetween(base, scenario);
  const theirs = differenceBetween(base, current);
  const conflicts = [...conflictsBetween(ours, theirs), ...takenAway(request, ours)];
  const places = new Set(conflicts.map(({ urn, path }) => placeOf(urn, path)));
  const given = new Map(resolutions.map((each) => [placeOf(each.urn, each.path), each]));
  const unresolved = conflicts.filter((each) => !isDecided(given, each));
  const open = new Set(unresolved.map(({ urn, path }) => placeOf(urn, path)));
  const chosen = new Map([...given].filter(([place]) => !open.has(place)));
  const rebasing = new Rebasing(request, { ours, theirs, conflicts, chosen });
  return {
    operations: rebasing.operations(),
    conflicts,
    unresolved,
    unused: resolutions.filter(({ urn, path }) => !places.has(placeOf(urn, path))),
  };
}

/** urns that the scenario gives to something new and that were given and taken away since. */
function takenAway({ current, operations }: RebaseRequest, ours: LandscapeDifference): Conflict[] {
  const restored = new Set(operations.flatMap(({ op, urn, restore }) => (op === 'ADD' && restore === true ? urn : [])));
  return Array.from(deedsOf(ours)).flatMap(([urn, { way, record }]): Conflict[] => {
    if (way !== 'added' || restored.has(urn) || current.removedNumber(urn) === undefined) return [];
    const scenario = wholeOf(ours.after, record.after);
    return [{ urn, path: null, cause: 'URN_TAKEN', base: undefined, current: undefined, scenario }];
  });
}

interface Compared {
  readonly ours: LandscapeDifference;
  readonly theirs: LandscapeDifference;
  readonly conflicts: readonly Conflict[];
  readonly chosen: ReadonlyMap<string, Resolution>;
}

function note<T>(lists: Map<string, T[]>, urn: string, item: T): void {
  const list = lists.get(urn);
  if (list === undefined) lists.set(urn, [item]);
  else list.push(item);
}

/** Works out what is left to do, object by object. */
class Rebasing {
  private readonly theirDeeds: ReadonlyMap<string, Deed>;
  private readonly conflicts = new Map<string, Conflict[]>();
  private readonly told = new Map<string, Operation[]>();
  /** Removed elements that the scenario needs again, by urn. */
  private readonly restored = new Map<string, Operation>();
  /** New objects whose operations stay as their author wrote them. */
  private readonly kept = new Set<string>();
  /** What is set, and before it what is set of attribute definitions: values need them. */
  private readonly defined: Operation[] = [];
  private readonly set: Operation[] = [];
  private readonly removedRelations = new Map<string, Operation>();
  private readonly removed: Operation[] = [];
  private readonly undefinedKeys: Operation[] = [];

  constructor(
    private readonly request: RebaseRequest,
    private readonly compared: Compared,
  ) {
    this.theirDeeds = deedsOf(compared.theirs);
    for (const conflict of compared.conflicts) note(this.conflicts, conflict.urn, conflict);
    for (const operation of request.operations) note(this.told, operation.urn, operation);
  }

  operations(): Operation[] {
    for (const [urn, deed] of deedsOf(this.compared.ours)) {
      if (deed.way === 'added') this.add(urn, deed);
      else if (deed.way === 'removed') this.remove(urn, deed);
      else this.change(urn, deed);
    }
    const kept = this.request.operations.filter(({ urn }) => this.kept.has(urn));
    const coming = [...this.defined, ...kept];
    const [first, last] = makingRoom(this.undefinedKeys, coming, this.request.current.definitions);
    return [
      ...first,
      ...this.defined,
      ...this.restored.values(),
      ...kept,
      ...this.set,
      ...this.removedRelations.values(),
      ...this.removed,
      ...last,
    ];
  }

  private choiceAt(urn: string, path: string | null): Resolution | undefined {
    return this.compared.chosen.get(placeOf(urn, path));
  }

  /** Whether every conflict of an object is decided for the scenario. */
  private isInsistedOn(urn: string): boolean {
    const conflicts = this.conflicts.get(urn) ?? [];
    return conflicts.every(({ path }) => this.choiceAt(urn, path)?.choose === 'SCENARIO');
  }

  private add(urn: string, deed: Deed): void {
    const other = this.theirDeeds.get(urn);
    if (other?.way === 'added') {
      if (!isAnotherThing({ deed, other })) this.complete(urn, deed, other);
    } else if (this.isInsistedOn(urn)) {
      this.kept.add(urn);
      for (const { scenario: end } of this.conflicts.get(urn) ?? []) if (typeof end === 'string') this.giveBack(end);
    }
  }

  /** Sets on what the other side added what only the scenario says of it, or what was decided. */
  private complete(urn: string, deed: Deed, other: Deed): void {
    for (const { path, before: current, after: scenario } of addedOtherwise({ ...this.compared, deed, other })) {
      if (current === undefined) this.setField(urn, path, scenario);
      else if (scenario !== undefined) this.decideField(urn, path, scenario);
    }
  }

  private change(urn: string, { record }: Deed): void {
    const other = this.theirDeeds.get(urn);
    if (other?.way === 'removed') {
      if (!this.isInsistedOn(urn)) return;
      this.giveBack(urn);
    }
    const there = new Map(other?.record.fields.map((field) => [field.path, field]));
    for (const { path, after } of record.fields) {
      const field = there.get(path);
      if (field === undefined) this.setField(urn, path, after);
      else if (!sameJson(field.after, after)) this.decideField(urn, path, after);
    }
  }

  private remove(urn: string, { record }: Deed): void {
    if (this.theirDeeds.get(urn)?.way === 'removed' || !this.isInsistedOn(urn)) return;
    this.takeAway(urn, record.before);
    for (const { cause, current } of this.conflicts.get(urn) ?? []) {
      if (cause !== 'STILL_RELATED' || !Array.isArray(current)) continue;
      for (const relation of current) this.removedRelations.set(`${relation}`, { op: 'REMOVE', urn: `${relation}` });
    }
  }

  private takeAway(urn: string, before: Deed['record']['before']): void {
    const operation: Operation = { op: 'REMOVE', urn };
    if (before === undefined) return;
    if ('definition' in before) this.undefinedKeys.push(operation);
    else if (isRelation(before)) this.removedRelations.set(urn, operation);
    else this.removed.push(operation);
  }

  private decideField(urn: string, path: string, scenario: Json | undefined): void {
    const resolution = this.choiceAt(urn, path);
    if (resolution?.choose === 'SCENARIO') this.setField(urn, path, scenario);
    else if (resolution?.choose === 'VALUE') this.listOf(urn).push(setting(urn, path, resolution.value));
  }

  /** Sets a field with the source that its author gave for it. */
  private setField(urn: string, path: string, value: Json | undefined): void {
    const told = this.told.get(urn) ?? [];
    const author = told.findLast((each) => each.path === path) ?? told.findLast(({ op }) => op === 'ADD');
    const { source = null, confidence = null } = author ?? {};
    this.listOf(urn).push({ ...setting(urn, path, value), source, confidence });
  }

  private listOf(urn: string): Operation[] {
    return urn.startsWith(DEFINITION_URN_PREFIX) ? this.defined : this.set;
  }

  /** What the other side removed comes back as it was where the scenario began. */
  private giveBack(urn: string): void {
    const { base } = this.request;
    const definition = base.definitions.made.get(urn);
    if (definition !== undefined) this.defined.push(restoring(urn, definitionValue(definition)));
    const record = base.elementByUrn(urn) ?? base.relationByUrn(urn);
    if (record === undefined) return;
    const value = recordValue(base, record);
    // Its ends come back before it.
    for (const end of isRelation(record) ? [value['source'], value['target']] : []) {
      if (typeof end === 'string' && this.theirDeeds.get(end)?.way === 'removed') this.giveBack(end);
    }
    this.restored.set(urn, restoring(urn, value));
  }
}
