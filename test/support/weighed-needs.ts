import { WORK_KINDS } from '../../src/core/similarity/need.js';
import * as fc from 'fast-check';
import { sparseVector, totalOf } from '../../src/core/similarity/sparse-vector.js';
import type { SparseVector } from '../../src/core/similarity/sparse-vector.js';
import type { WeighedCapabilities, WeighedNeed, WeighedText } from '../../src/core/similarity/weighed-need.js';

/** What a need says, by numbers of words and capabilities. */
export interface SaidInNumbers {
  readonly words: readonly number[];
  readonly described?: readonly number[];
  readonly capabilities?: readonly number[];
  /** Capabilities that are declared beside, none of them said. */
  readonly declared?: readonly number[];
  readonly workKind?: WeighedNeed['workKind'];
}

/** A need of one name in which the even words weigh 1 and the odd ones 2. No words are no name. */
export function weighedNeed({
  words,
  described = [],
  capabilities = [],
  declared = [],
  workKind = 'NEW',
}: SaidInNumbers): WeighedNeed {
  const byTexts: WeighedNeed = {
    names: words.length === 0 ? [] : [weighedText(words)],
    description: described.length === 0 ? undefined : weighedText(described),
    ...weighedCapabilities(capabilities),
    concepts: sharesOf(capabilities),
    workKind,
    byTexts: undefined,
  };
  return declared.length === 0
    ? byTexts
    : { ...byTexts, ...weighedCapabilities([...capabilities, ...declared]), byTexts };
}

function weighedCapabilities(numbers: readonly number[]): WeighedCapabilities {
  const shares = sharesOf(numbers);
  return {
    capabilities: shares,
    capabilityTotal: totalOf(shares),
    titleCapabilities: shares,
    nextCapabilities: sharesOf(nextTo(numbers)),
  };
}

function sharesOf(numbers: readonly number[]): SparseVector {
  return sparseVector(new Map(numbers.map((number) => [number, 1])));
}

/** Of each number the one before it and the one after it, without those that are there. */
function nextTo(numbers: readonly number[]): number[] {
  const next = numbers.flatMap((number) => [number - 1, number + 1]);
  return next.filter((number) => number >= 0 && !numbers.includes(number));
}

function weighedText(words: readonly number[]): WeighedText {
  const weights = words.map((word): [number, number] => [word, 1 + (word % 2)]);
  // Every third word carries no meaning.
  const content = sparseVector(new Map(weights.filter(([word]) => word % 3 > 0)));
  return { words: sparseVector(new Map(weights)), content };
}

const WORDS = fc.uniqueArray(fc.nat(11), { maxLength: 5 });

/** Some needs of few words, so that many have some in common. */
export const drawnNeeds: fc.Arbitrary<WeighedNeed[]> = fc.array(
  fc
    .record({
      names: fc.array(WORDS, { minLength: 1, maxLength: 2 }),
      described: WORDS,
      capabilities: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
      declared: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
      workKind: fc.constantFrom(...WORK_KINDS),
    })
    .map(({ names, described, capabilities, declared, workKind }) => {
      const unsaid = declared.filter((number) => !capabilities.includes(number));
      const need = weighedNeed({ words: [], described, capabilities, declared: unsaid, workKind });
      const named = { names: names.filter((words) => words.length > 0).map(weighedText) };
      const { byTexts } = need;
      return { ...need, ...named, byTexts: byTexts === undefined ? undefined : { ...byTexts, ...named } };
    }),
  { maxLength: 14 },
);
