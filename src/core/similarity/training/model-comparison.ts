import type { PairBand } from '../match-band.js';
import { PairJudge } from '../pair-model.js';
import type { PairModel } from '../pair-model.js';
import type { WeighedNeed } from '../weighed-need.js';
import { isMatch, tellsConcern } from './labelled-pairs.js';
import type { KnownPair, PairLabel } from './labelled-pairs.js';
import { averagePrecision, bestF, calibrationError } from './quality.js';

/** A pair as a model judged it, and what it is. */
export interface JudgedLabel {
  readonly label: PairLabel;
  readonly score: number;
  readonly band: PairBand;
  /** How much the pair counts. */
  readonly weight: number;
}

/** How well a model does on labelled pairs, by name of the measure; null where nothing was there to measure. */
export type ModelQuality = ReadonlyMap<string, number | null>;

/** One line of the table. */
export interface ComparedMeasure {
  readonly measure: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly isWorse: boolean;
}

/** Scores below this say that nobody need look, and there are so many that they would hide an error in all others. */
const WORTH_LOOKING = 0.1;

/** A difference below this is not seen in the table, which has three places. */
const PLACES = 1_000;

/** The measure of how well likely pairs stand before unlikely ones, wherever a threshold is. */
const ORDER = 'average precision';

/** Measures of which less is better. */
const ERRORS: ReadonlySet<string> = new Set(['calibration error from 0.1 on']);

/** What a finished model makes of known pairs. It may have been trained on them, and then does better than it would in life. */
export function judgedBy(model: PairModel, needs: readonly WeighedNeed[], pairs: readonly KnownPair[]): JudgedLabel[] {
  const judge = new PairJudge(model);
  return pairs.map(({ left, right, label, weight }) => {
    const [one, other] = [needs[left], needs[right]];
    if (one === undefined || other === undefined) throw new RangeError(`pair of ${left} and ${right}`);
    return { label, weight, ...judge.judge(one, other) };
  });
}

/** Measures a model by what it made of labelled pairs. */
export function modelQuality(pairs: readonly JudgedLabel[]): ModelQuality {
  const scored = pairs.map(({ label, score, weight }) => ({ score, weight, isMatch: isMatch(label) }));
  const measures = new Map<string, number | null>([
    [ORDER, averagePrecision(scored)],
    ['best F1', bestF(scored).value],
    ['calibration error from 0.1 on', calibrationError(scored, WORTH_LOOKING)],
  ]);
  for (const band of ['DUPLICATE', 'OVERLAP', 'RELATED'] as const) {
    // A dismissed pair may be related: that it was called so is neither right nor wrong.
    const told = band === 'RELATED' ? pairs.filter(({ label }) => tellsConcern(label)) : pairs;
    const called = weightOf(told, (pair) => pair.band === band);
    const labelled = weightOf(pairs, (pair) => pair.label === band);
    const right = weightOf(pairs, (pair) => pair.band === band && pair.label === band);
    measures.set(`${band} precision`, called === 0 ? null : right / called);
    measures.set(`${band} recall`, labelled === 0 ? null : right / labelled);
  }
  return measures;
}

function weightOf(pairs: readonly JudgedLabel[], counts: (pair: JudgedLabel) => boolean): number {
  return pairs.reduce((sum, pair) => (counts(pair) ? sum + pair.weight : sum), 0);
}

/** Two models side by side, on the same pairs. */
export function compareModels(before: ModelQuality, after: ModelQuality): ComparedMeasure[] {
  return Array.from(after, ([measure, now]): ComparedMeasure => {
    const then = before.get(measure) ?? null;
    return { measure, before: then, after: now, isWorse: isWorse(measure, then, now) };
  });
}

function isWorse(measure: string, then: number | null, now: number | null): boolean {
  // What is called nothing is precise about nothing; that it finds nothing is seen in its recall.
  if (then === null || now === null) return false;
  const difference = Math.round(now * PLACES) - Math.round(then * PLACES);
  return ERRORS.has(measure) ? difference > 0 : difference < 0;
}

/**
 * Whether a new model should not take the place of the one that ships: it orders the pairs worse. One that has seen the very
 * pairs does better on them than it would in life, and says nothing against the new one.
 */
export function ordersWorse(compared: readonly ComparedMeasure[], hasSeenPairs: boolean): boolean {
  return !hasSeenPairs && compared.some(({ measure, isWorse: worse }) => worse && measure === ORDER);
}

const NAME_WIDTH = 32;
const NUMBER_WIDTH = 10;

/** The table in words, with a plain sentence where the new model is worse. */
export function formatComparison(compared: readonly ComparedMeasure[]): string {
  const worse = compared.filter((each) => each.isWorse).map(({ measure }) => measure);
  return [
    `${'measure'.padEnd(NAME_WIDTH)}${'ships'.padStart(NUMBER_WIDTH)}${'new'.padStart(NUMBER_WIDTH)}`,
    ...compared.map((each) => {
      const numbers = [each.before, each.after].map((value) => shown(value).padStart(NUMBER_WIDTH));
      return `${each.measure.padEnd(NAME_WIDTH)}${numbers.join('')}${each.isWorse ? '  worse' : ''}`;
    }),
    worse.length === 0
      ? 'The new model is worse in none of these.'
      : `THE NEW MODEL IS WORSE in ${worse.length} of ${compared.length}: ${worse.join(', ')}.`,
  ].join('\n');
}

function shown(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}
