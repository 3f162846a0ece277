import type { MatchSignalName } from './match-signal.js';
import { cosineOf, sharedSum, totalOf } from './sparse-vector.js';
import { isCovered } from './weighed-need.js';
import type { WeighedNeed, WeighedText } from './weighed-need.js';

/** What a measure can speak for: a match (1), or against it (-1). No data can make likeness speak against a match. */
export type Direction = 1 | -1;

/**
 * What is measured on a pair, each with the signal that it counts for and what it can speak for. What can not be measured is
 * a measure of its own: silence is no disagreement.
 */
export const MEASURES = [
  ['NAME', 'cosine of the names', 1],
  ['NAME', 'words that both names have', 1],
  ['NAME', 'cosine of the names where a capability is not known', 1],
  ['FUNCTION_TEXT', 'what one is called in what the other does', 1],
  ['CAPABILITY', 'likeness of the capabilities', 1],
  ['CAPABILITY', 'both name capabilities, and none in common', -1],
  ['CAPABILITY', 'none in common, but of one some next to those of the other', 1],
  ['CAPABILITY', 'likeness of what both resemble in the catalogue', 1],
  ['CAPABILITY_UNKNOWN', 'sides that name no capability', -1],
  ['WORK_TYPE', 'another kind of work', -1],
  ['WORK_TYPE', 'another kind of work, by the cosine of the names', -1],
  ['WORK_TYPE', 'another kind of work, by the likeness of the capabilities', -1],
] as const satisfies readonly (readonly [MatchSignalName, string, Direction])[];

/** Places of measures that more than the model asks for. */
export const NAME_COSINE = 0;
export const CAPABILITY_LIKENESS = 4;
export const CAPABILITY_CONFLICT = 5;

/** Version of the measures: a model knows the one that it was trained on. */
export const MEASURES_VERSION = 'pairs-2';

/** What two names have in common. */
interface NameLikeness {
  readonly cosine: number;
  readonly shared: number;
}

const NOTHING: NameLikeness = { cosine: 0, shared: 0 };

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
  const unknown = Number(!isCovered(left)) + Number(!isCovered(right));
  const conflict = Number(unknown === 0 && capability === 0);
  const otherWork = Number(left.workKind !== right.workKind);
  measured[0] = name.cosine;
  measured[1] = Math.log1p(name.shared);
  measured[2] = unknown > 0 ? name.cosine : 0;
  measured[3] = functionLikeness(left, right);
  measured[4] = capability;
  measured[5] = conflict;
  measured[6] = conflict === 0 ? 0 : nearness(left, right);
  measured[7] = cosineOf(left.concepts, right.concepts);
  measured[8] = unknown;
  measured[9] = otherWork;
  measured[10] = otherWork * name.cosine;
  measured[11] = otherWork * capability;
}

/**
 * Whether each would do all that the other does, as far as their titles say: the same kind of work, and no capability that
 * only one of the two names. Where the catalogue has none for one of them nothing speaks against it.
 */
export function isWhole(left: WeighedNeed, right: WeighedNeed): boolean {
  if (left.workKind !== right.workKind) return false;
  if (!isCovered(left) || !isCovered(right)) return true;
  const shared = sharedSum(left.titleCapabilities, right.titleCapabilities);
  return shared === totalOf(left.titleCapabilities) && shared === totalOf(right.titleCapabilities);
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
  return { cosine: cosineOf(left.words, right.words), shared: sharedSum(left.content, right.content) };
}

function isCloser(one: NameLikeness, other: NameLikeness): boolean {
  return (one.cosine - other.cosine || one.shared - other.shared) > 0;
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

/** What of either has something next to it on the other side, over what each has; both have some. */
function nearness(left: WeighedNeed, right: WeighedNeed): number {
  const next =
    sharedSum(left.nextCapabilities, right.capabilities) + sharedSum(right.nextCapabilities, left.capabilities);
  return next / (left.capabilityTotal + right.capabilityTotal);
}
