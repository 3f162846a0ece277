import { byteAt, integerAt, numberAt } from '../number-at.js';
import type { Gate } from './impact-redundancy.js';
import { ALL_HARM, STATE_BITS, passIndexOf } from './impact-states.js';
import type { NeedVisitor, NeedWalk } from './needs.js';
import { isRedundant } from './relation-traits.js';
import { takeScratch } from './walk-scratch.js';

/** How a state spreads. */
export interface SpreadRules {
  /** Length for arrays indexed by seq. */
  readonly bound: number;
  readonly follow: NeedWalk;
  /** Whether the walk goes from what is needed to what needs it; else the other way. */
  readonly withTheHarm: boolean;
  /** `passesOf` */
  readonly passes: Uint8Array;
  /** Whether an element may be entered that the walk leads to. */
  readonly admits: (seq: number) => boolean;
  readonly gate: Gate;
  readonly maxDepth: number;
}

/** One step that gave an element new bits. */
export type StepListener = (from: number, to: number, relation: number, bits: number) => void;

/** What was reached, the origin left out; the three arrays belong together. */
export interface Spread {
  /** seqs, nearest first, then by seq. */
  readonly elements: Int32Array;
  /** Steps of a shortest way from the origin. */
  readonly depths: Int32Array;
  /** Bits as in impact-states. */
  readonly states: Uint8Array;
  /** Whether a step more would have changed something. */
  readonly isCut: boolean;
}

/**
 * Spreads bits from an origin over needs, one step of everything at a time.
 *
 * What holds in the end is the least set of bits that the rules allow: an element has a bit where a relation passes it
 * on from an element that has it, or where so many members of a redundancy group do as the group can not do without.
 * Both conditions are monotone (more bits never take one away), so by Knaster and Tarski there is exactly one least set,
 * whatever the circles. The walk reaches it: it begins with the origin's bits and adds only what a condition demands, so
 * it never leaves the least set, and it ends where no condition demands more. It ends: each entry of the queue brings at
 * least one new bit, of which there are STATE_BITS an element, and each is followed over the relations of its element
 * once. An element therefore gets each bit after as few steps as there can be, and from an element that had it before:
 * going back along the steps that gave a bit leads to the origin and meets no element twice.
 */
export function spread(origin: number, rules: SpreadRules, start = ALL_HARM, listener?: StepListener): Spread {
  const { follow, withTheHarm, passes, admits, gate, maxDepth } = rules;
  const scratch = takeScratch(rules.bound);
  const { stamp, marks, slots, queue, pending, found } = scratch;
  const layers = [0];
  let count = 0;
  let end = 1;
  let layerStart = 1;
  let from = origin;
  let bits = start;
  let isLast = false;
  let isCut = false;
  marks[origin] = stamp | ALL_STATES;
  queue[0] = origin;
  pending[0] = start;
  const visit: NeedVisitor = (other, relation, _forward, traits) => {
    const mark = integerAt(marks, other);
    const known = mark >= stamp ? mark & ALL_STATES : 0;
    let fresh = bits & byteAt(passes, passIndexOf(traits)) & ~known;
    if (fresh === 0 || !admits(other)) return;
    if (isRedundant(traits)) {
      fresh = (withTheHarm ? gate(other, from, relation, fresh) : gate(from, other, relation, fresh)) & ~known;
      if (fresh === 0) return;
    }
    if (isLast) {
      isCut = true;
      return;
    }
    marks[other] = stamp | known | fresh;
    if (known === 0) found[count++] = other;
    const slot = known === 0 ? -1 : integerAt(slots, other);
    if (slot >= layerStart) pending[slot] = byteAt(pending, slot) | fresh;
    else {
      slots[other] = end;
      queue[end] = other;
      pending[end] = fresh;
      end += 1;
    }
    listener?.(from, other, relation, fresh);
  };
  for (let at = 0; at < end; layerStart = end) {
    if (isCut) break;
    isLast = layers.length > maxDepth;
    for (const layerEnd = end; at < layerEnd; at += 1) {
      from = integerAt(queue, at);
      bits = byteAt(pending, at);
      follow(from, visit);
      if (isCut) break;
    }
    layers.push(count);
  }
  const answer = { ...settle(found, layers, marks), isCut };
  scratch.release();
  return answer;
}

const ALL_STATES = (1 << STATE_BITS) - 1;

/** Copies what was found out of the scratch, each layer in order of seq. */
function settle(
  found: Int32Array,
  layers: readonly number[],
  marks: Int32Array,
): Pick<Spread, 'elements' | 'depths' | 'states'> {
  const elements = found.slice(0, layers.at(-1));
  const depths = new Int32Array(elements.length);
  for (let depth = 1; depth < layers.length; depth += 1) {
    const [start, end] = [numberAt(layers, depth - 1), numberAt(layers, depth)];
    elements.subarray(start, end).sort();
    depths.fill(depth, start, end);
  }
  const states = new Uint8Array(elements.length);
  for (let at = 0; at < elements.length; at += 1) states[at] = integerAt(marks, integerAt(elements, at)) & ALL_STATES;
  return { elements, depths, states };
}
