import { numberAt } from '../number-at.js';
import type { Landscape } from './landscape.js';
import type { RelationKind } from './model.js';
import { NEED_KINDS, needWalk } from './needs.js';
import type { NeedWalk, PathStep } from './needs.js';

/** Things that all need one another, directly or through others. */
export interface Cycle {
  /** seqs, by urn. */
  readonly members: readonly number[];
  /** A shortest circle through the member with the smallest urn. */
  readonly cycle: readonly PathStep[];
}

/**
 * The circles of need: each strongly connected component of more than one element, or of one that needs itself; in
 * order of the smallest urn.
 */
export function cycles(landscape: Landscape, relationKinds: readonly RelationKind[] = NEED_KINDS): Cycle[] {
  const follow = needWalk(landscape, 'DEPENDENCIES', relationKinds);
  const urnOf = (seq: number): string => landscape.elementAt(seq)?.urn ?? '';
  const byUrn = (a: number, b: number): number => (urnOf(a) < urnOf(b) ? -1 : Number(urnOf(a) > urnOf(b)));
  const found: Cycle[] = [];
  for (const component of components(landscape, follow)) {
    const members = component.toSorted(byUrn);
    const first = numberAt(members, 0);
    const cycle = shortestCircle(follow, first, new Set(members));
    if (cycle.length > 0) found.push({ members, cycle });
  }
  return found.toSorted((a, b) => byUrn(numberAt(a.members, 0), numberAt(b.members, 0)));
}

/**
 * Strongly connected components, without recursion, so that a long chain can not exhaust the stack.
 * @see Tarjan, "Depth-First Search and Linear Graph Algorithms", SIAM Journal on Computing 1 (1972), 146-160.
 */
function* components(landscape: Landscape, follow: NeedWalk): Generator<number[]> {
  const order = new Int32Array(landscape.elementBound);
  const low = new Int32Array(landscape.elementBound);
  const onStack = new Uint8Array(landscape.elementBound);
  const stack: number[] = [];
  let next = 1;
  const open = (seq: number): Frame => {
    order[seq] = next;
    low[seq] = next;
    next += 1;
    stack.push(seq);
    onStack[seq] = 1;
    const targets: number[] = [];
    follow(seq, (other) => targets.push(other));
    return { seq, targets, at: 0 };
  };
  const lower = (seq: number, to: number): void => {
    low[seq] = Math.min(numberAt(low, seq), to);
  };
  for (const { seq: root } of landscape.elements()) {
    if (order[root] !== 0) continue;
    const frames = [open(root)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const { seq } = frame;
      const target = nextTarget(frame);
      if (target === undefined) {
        frames.pop();
        const above = frames.at(-1);
        if (above !== undefined) lower(above.seq, numberAt(low, seq));
        if (low[seq] === order[seq]) yield takeComponent(stack, onStack, seq);
      } else if (order[target] === 0) frames.push(open(target));
      else if (onStack[target] === 1) lower(seq, numberAt(order, target));
    }
  }
}

interface Frame {
  readonly seq: number;
  readonly targets: readonly number[];
  at: number;
}

function nextTarget(frame: Frame): number | undefined {
  const target = frame.targets[frame.at];
  frame.at += 1;
  return target;
}

function takeComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const members: number[] = [];
  for (let seq = stack.pop(); seq !== undefined; seq = stack.pop()) {
    onStack[seq] = 0;
    members.push(seq);
    if (seq === root) break;
  }
  return members;
}

/** A shortest circle from an element back to itself inside its component; empty where there is none. */
function shortestCircle(follow: NeedWalk, start: number, members: ReadonlySet<number>): PathStep[] {
  const cameBy = new Map<number, PathStep>();
  const queue = [start];
  for (let at = 0; at < queue.length && !cameBy.has(start); at += 1) {
    const from = numberAt(queue, at);
    follow(from, (to, relation, traversedForward) => {
      if (!members.has(to) || cameBy.has(to)) return;
      cameBy.set(to, { relation, traversedForward, from, to });
      queue.push(to);
    });
  }
  const back: PathStep[] = [];
  for (let step = cameBy.get(start); step !== undefined; step = cameBy.get(step.from)) {
    back.push(step);
    if (step.from === start) break;
  }
  return back.toReversed();
}
