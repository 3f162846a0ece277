import type { MatchSignalName } from './match-signal.js';
import { cosineOf, sharedSum } from './sparse-vector.js';
import type { WeighedNeed, WeighedText } from './weighed-need.js';

/**
 * What is measured on a pair, each with the signal that it counts for. What can not be measured is a measure of its own:
 * silence is no disagreement.
 */
export const MEASURES = [
  ['NAME', 'cosine of the names'],
  ['NAME', 'part of the longer name that the other has'],
  ['NAME', 'words that both names have'],
  ['NAME', 'cosine of the names where a capability is not known'],
  ['FUNCTION_TEXT', 'what one is called in what the other does'],
  ['CAPABILITY', 'likeness of the capabilities'],
  ['CAPABILITY', 'both name capabilities, and none in common'],
  ['CAPABILITY', 'likeness of what both resemble in the catalogue'],
  ['CAPABILITY_UNKNOWN', 'sides that name no capability'],
  ['WORK_TYPE', 'another kind of work'],
  ['WORK_TYPE', 'another kind of work, by the cosine of the names'],
  ['WORK_TYPE', 'another kind of work, by the likeness of the capabilities'],
] as const satisfies readonly (readonly [MatchSignalName, string])[];

/** Places of measures that more than the model asks for. */
export const NAME_COSINE = 0;
export const CAPABILITY_CONFLICT = 6;

/** Version of the measures: a model knows the one that it was trained on. */
export const MEASURES_VERSION = 'pairs-1';

/** What two names have in common. */
interface NameLikeness {
  readonly cosine: number;
  readonly containment: number;
  readonly shared: number;
}

const NOTHING: NameLikeness = { cosine: 0, containment: 0, shared: 0 };

/** Measures a pair, in the order of MEASURES. The same whichever side comes first. */
export function measurePair(left: WeighedNeed, right: WeighedNeed): Float64Array {
  const measured = new Float64Array(MEASURES.length);
  measureInto(measured, left, right);
  return measured;
}

/** The same into an array that is there: for millions of pairs a new one each takes as long as measuring. */
export function measureInto(measured: Float64Array, left: WeighedNeed, right: WeighedNeed): void {
  const name = bestNames(left, right);
  const capability = capabilityLikeness(left, right);
  const unknown = Number(!left.isCovered) + Number(!right.isCovered);
  const conflict = Number(unknown === 0 && capability === 0);
  const otherWork = Number(left.workKind !== right.workKind);
  measured[0] = name.cosine;
  measured[1] = name.containment;
  measured[2] = Math.log1p(name.shared);
  measured[3] = unknown > 0 ? name.cosine : 0;
  measured[4] = functionLikeness(left, right);
  measured[5] = capability;
  measured[6] = conflict;
  measured[7] = cosineOf(left.concepts, right.concepts);
  measured[8] = unknown;
  measured[9] = otherWork;
  measured[10] = otherWork * name.cosine;
  measured[11] = otherWork * capability;
}

/** Of all names of both sides the two that are most alike. */
function bestNames(left: WeighedNeed, right: WeighedNeed): NameLikeness {
  let best = NOTHING;
  for (const mine of left.names) {
    for (const theirs of right.names) {
      const likeness = nameLikeness(mine, theirs);
      if (isCloser(likeness, best)) best = likeness;
    }
  }
  return best;
}

function nameLikeness(left: WeighedText, right: WeighedText): NameLikeness {
  const shared = sharedSum(left.content, right.content);
  const longer = Math.max(left.contentTotal, right.contentTotal);
  return {
    cosine: cosineOf(left.words, right.words),
    containment: longer === 0 ? 0 : shared / longer,
    shared,
  };
}

function isCloser(one: NameLikeness, other: NameLikeness): boolean {
  const difference = one.cosine - other.cosine || one.containment - other.containment || one.shared - other.shared;
  return difference > 0;
}

/** What one is called in what the other is said to do, the better of both directions; 0 where nothing is described. */
function functionLikeness(left: WeighedNeed, right: WeighedNeed): number {
  return Math.max(saidBy(left, right), saidBy(right, left));
}

function saidBy({ description }: WeighedNeed, { names }: WeighedNeed): number {
  if (description === undefined) return 0;
  let best = 0;
  for (const { words } of names) best = Math.max(best, cosineOf(description.words, words));
  return best;
}

/** Twice what both have over what each has, each capability by its rarity; 0 where a side has none. */
function capabilityLikeness(left: WeighedNeed, right: WeighedNeed): number {
  const all = left.capabilityTotal + right.capabilityTotal;
  return all === 0 ? 0 : (2 * sharedSum(left.capabilities, right.capabilities)) / all;
}
