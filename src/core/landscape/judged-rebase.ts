import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { Conflict } from './conflict.js';
import { placeOfIssue, valueIn } from './conflict-of-issue.js';
import { inOrder } from './conflicts-between.js';
import { holdersOf } from './definition-table.js';
import type { Operation } from './operation.js';
import { planChangeSet } from './plan-change-set.js';
import { rebase } from './rebase.js';
import type { RebaseRequest, Rebased } from './rebase.js';
import { decides, placeOf } from './rebase-decision.js';
import type { Resolution } from './rebase-decision.js';
import { isRecord } from './record-fields.js';
import { ATTRIBUTE_PREFIX } from './record-values.js';

/** A rebase of which it is known whether what is left of it can be carried out where it is to stand. */
export interface JudgedRebase extends Rebased {
  /** Operations of the scenario's author that are given up, because somebody decided for the current landscape. */
  readonly dropped: readonly Operation[];
}

/** A number above any that is given: what is only judged is never looked up by it. */
const UNNUMBERED = 2 ** 30;

/**
 * Moves a scenario to another landscape and plans there what is left of it. What the landscape does not bear is a
 * conflict too: an operation that needs what was given up, a second master, an illegal relation. Such a conflict can
 * only be given up (CURRENT), for what stands in its way is not of the scenario. They are looked for once every place
 * where both went different ways is decided, since a decision may make them or take them away.
 */
export function judgedRebase(request: RebaseRequest): JudgedRebase {
  const first = rebase(request);
  const { operations: told, resolutions = [] } = request;
  if (first.unresolved.length > 0) {
    // Of what the scenario speaks of, a conflict may come to light when those are decided that are open now.
    const later = new Set(told.map(({ urn }) => urn));
    for (const { urn } of first.conflicts) later.delete(urn);
    return { ...first, unused: first.unused.filter(({ urn }) => !later.has(urn)), dropped: [] };
  }
  if (request.base === request.current) return { ...first, dropped: [] };
  const chosen = new Map(resolutions.map((each) => [placeOf(each.urn, each.path), each]));
  const found = judged(request, first.operations, chosen);
  const conflicts = inOrder([...first.conflicts, ...found.conflicts]);
  const places = new Set(conflicts.map(({ urn, path }) => placeOf(urn, path)));
  const givenUp = conflicts.filter(({ urn, path }) => chosen.get(placeOf(urn, path))?.choose === 'CURRENT');
  return {
    operations: found.operations,
    conflicts,
    unresolved: found.unresolved,
    unused: resolutions.filter(({ urn, path }) => !places.has(placeOf(urn, path))),
    dropped: told.filter((operation) => givenUp.some((conflict) => isGivenUp(operation, conflict))),
  };
}

function isGivenUp(operation: Operation, { urn, path, cause }: Conflict): boolean {
  if (operation.urn !== urn) return false;
  return path === null || cause === 'END_GONE' || path === (operation.path ?? null);
}

/** Plans what is left, gives up what was decided so, and plans again until it is good or something is undecided. */
function judged(
  request: RebaseRequest,
  left: readonly Operation[],
  chosen: ReadonlyMap<string, Resolution>,
): Pick<Rebased, 'operations' | 'conflicts' | 'unresolved'> {
  const conflicts: Conflict[] = [];
  let operations = left;
  for (;;) {
    const found = standingInTheWay(request, operations);
    conflicts.push(...found.map(({ conflict }) => conflict));
    const unresolved = found
      .map(({ conflict }) => conflict)
      .filter((each) => !decides(chosen.get(placeOf(each.urn, each.path)), { ...each, cause: 'URN_TAKEN' }));
    if (found.length === 0 || unresolved.length > 0) return { operations, conflicts, unresolved };
    const dropped = new Set(found.flatMap((each) => each.operations));
    operations = operations.filter((operation) => !dropped.has(operation));
  }
}

interface Obstacle {
  readonly conflict: Conflict;
  /** The operations that are given up with it. */
  readonly operations: readonly Operation[];
}

function standingInTheWay(request: RebaseRequest, operations: readonly Operation[]): Obstacle[] {
  if (operations.length === 0) return [];
  const { current } = request;
  const outcome = planChangeSet(
    current,
    { operations },
    {
      definitions: current.definitions.pack,
      at: '',
      counters: { element: current.elementBound, relation: UNNUMBERED },
    },
  );
  const issues = [...otherMeanings(request, operations), ...('issues' in outcome ? outcome.issues : [])];
  const obstacles = new Map<string, Obstacle>();
  for (const found of issues) {
    const operation = operations[Number(found.path[1])];
    // What is wrong with all of it, such as its length, is for whoever plans it to say.
    if (operation === undefined) continue;
    const conflict = conflictOf(request, operation, found);
    const isWhole = operation.op === 'ADD';
    const place = placeOf(conflict.urn, conflict.path);
    if (obstacles.has(place)) continue;
    obstacles.set(place, {
      conflict,
      operations: isWhole ? operations.filter(({ urn }) => urn === operation.urn) : [operation],
    });
  }
  return withoutConsequences([...obstacles.values()]);
}

/** Values that would say something else: their key has another definition by now than in the scenario. */
function otherMeanings({ scenario, current }: RebaseRequest, operations: readonly Operation[]): Issue[] {
  if (scenario.definitions.made.size === 0) return [];
  const [there, here] = [holdersOf(current.definitions), holdersOf(scenario.definitions)];
  // A key that the scenario itself gives to another definition is not taken by what it removes.
  const given = new Set(operations.flatMap(({ op, urn }) => (op === 'ADD' ? urn : [])));
  const isTaken = (key: string, holder: string): boolean =>
    there.has(key) && there.get(key) !== holder && !given.has(holder);
  const taken = new Set(Array.from(here).flatMap(([key, holder]) => (isTaken(key, holder) ? key : [])));
  if (taken.size === 0) return [];
  return operations.flatMap((operation, index) =>
    keysSetBy(operation)
      .filter((key) => taken.has(key))
      .map((key) => issue('ATTRIBUTE_KEY_TAKEN', ['operations', `${index}`], { key, holder: there.get(key) ?? '' })),
  );
}

function keysSetBy({ path, value }: Operation): string[] {
  if (path?.startsWith(ATTRIBUTE_PREFIX) === true) return [path.slice(ATTRIBUTE_PREFIX.length)];
  return isRecord(value) && isRecord(value['attributes']) ? Object.keys(value['attributes']) : [];
}

/** What is set on an object that can not be there goes with it, and is no conflict of its own. */
function withoutConsequences(obstacles: readonly Obstacle[]): Obstacle[] {
  const absent = new Set(
    obstacles.flatMap(({ conflict, operations }) => (operations.some(({ op }) => op === 'ADD') ? conflict.urn : [])),
  );
  return obstacles.filter(({ conflict, operations }) => {
    return !absent.has(conflict.urn) || operations.some(({ op }) => op === 'ADD');
  });
}

function conflictOf({ base, scenario, current }: RebaseRequest, operation: Operation, because: Issue): Conflict {
  const place = placeOfIssue(operation, because);
  const { urn, path, cause } = place;
  return {
    ...place,
    base: valueIn(base, urn, path),
    current: cause === 'END_GONE' ? undefined : valueIn(current, urn, path),
    scenario: valueIn(scenario, urn, path),
  };
}
