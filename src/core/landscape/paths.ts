import type { Landscape } from './landscape.js';
import type { Element, RelationKind } from './model.js';
import { NEED_KINDS, needWalk } from './needs.js';
import type { NeedWalk, PathStep } from './needs.js';

export type { PathStep } from './needs.js';

export interface PathOptions {
  /** How many paths at most. */
  readonly k: number;
  /** Take only these; by default those over which one thing needs another. */
  readonly relationKinds?: readonly RelationKind[];
}

/** What a search may not use: relations out of the spur, and elements of the root before it. */
interface Closed {
  readonly relations: ReadonlySet<number>;
  readonly elements: ReadonlySet<number>;
}
const NOTHING_CLOSED: Closed = { relations: new Set(), elements: new Set() };

/**
 * The k shortest loop-free ways in which one element needs another, shortest first, ties in order of relation seqs
 * compared from the start. No way, or an element and itself: none.
 * @see Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17 (1971), 712-716.
 */
export function shortestPaths(
  landscape: Landscape,
  from: Element,
  to: Element,
  { k, relationKinds = NEED_KINDS }: PathOptions,
): (readonly PathStep[])[] {
  const follow = needWalk(landscape, 'DEPENDENCIES', relationKinds);
  const search = (start: number, closed: Closed): PathStep[] | undefined => shortest(follow, start, to.seq, closed);
  const first = from.seq === to.seq ? undefined : search(from.seq, NOTHING_CLOSED);
  const found: (readonly PathStep[])[] = first === undefined ? [] : [first];
  const candidates = new Map<string, readonly PathStep[]>();
  while (found.length > 0 && found.length < k) {
    for (const candidate of deviations(found, search)) candidates.set(keyOf(candidate), candidate);
    for (const known of found) candidates.delete(keyOf(known));
    const [next] = [...candidates.values()].toSorted(comparePaths);
    if (next === undefined) break;
    found.push(next);
  }
  return found;
}

/** The shortest paths that leave the last found one at each of its elements. */
function* deviations(
  found: readonly (readonly PathStep[])[],
  search: (start: number, closed: Closed) => PathStep[] | undefined,
): Generator<readonly PathStep[]> {
  const last = found.at(-1) ?? [];
  for (const [index, step] of last.entries()) {
    const root = last.slice(0, index);
    const rootKey = keyOf(root);
    const relations = new Set<number>();
    for (const path of found) {
      const next = path[index];
      if (next !== undefined && keyOf(path.slice(0, index)) === rootKey) relations.add(next.relation);
    }
    const spur = search(step.from, { relations, elements: new Set(root.map(({ from }) => from)) });
    if (spur !== undefined) yield [...root, ...spur];
  }
}

function keyOf(path: readonly PathStep[]): string {
  return path.map(({ relation }) => relation).join(' ');
}

function comparePaths(a: readonly PathStep[], b: readonly PathStep[]): number {
  const shorter = a.length - b.length;
  if (shorter !== 0) return shorter;
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other !== undefined && other.relation !== step.relation) return step.relation - other.relation;
  }
  return 0;
}

/**
 * Of the shortest ways the one with the smallest relation seqs, compared from the start; undefined where there is none.
 * Breadth-first, keeping every step that leads a level down, then back from the goal along these.
 */
function shortest(follow: NeedWalk, start: number, goal: number, closed: Closed): PathStep[] | undefined {
  const levels = new Map<number, number>([[start, 0]]);
  const stepsTo = new Map<number, PathStep[]>();
  const queue = [start];
  for (const from of queue) {
    const level = (levels.get(from) ?? 0) + 1;
    if (level > (levels.get(goal) ?? level)) break;
    follow(from, (to, relation, traversedForward) => {
      if (closed.elements.has(to) || (from === start && closed.relations.has(relation))) return;
      if (!levels.has(to)) {
        levels.set(to, level);
        stepsTo.set(to, []);
        queue.push(to);
      }
      if (levels.get(to) === level) stepsTo.get(to)?.push({ relation, traversedForward, from, to });
    });
  }
  return levels.has(goal) ? smallestWay(stepsTo, start, goal) : undefined;
}

function smallestWay(stepsTo: ReadonlyMap<number, readonly PathStep[]>, start: number, goal: number): PathStep[] {
  const best = new Map<number, PathStep>();
  const queue = new Set([goal]);
  for (const element of queue) {
    for (const step of stepsTo.get(element) ?? []) {
      if (step.relation < (best.get(step.from)?.relation ?? Number.POSITIVE_INFINITY)) best.set(step.from, step);
      queue.add(step.from);
    }
  }
  const steps: PathStep[] = [];
  for (let step = best.get(start); step !== undefined; step = best.get(step.to)) steps.push(step);
  return steps;
}
