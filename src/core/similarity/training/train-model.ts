import { MEASURES, MEASURES_VERSION, isWhole, measurePair } from '../pair-measure.js';
import { coverageOf, probabilityOf, weighedSum } from '../pair-model.js';
import type { BandBasis, Calibration, Coverage, MeasureWeights, PairModel } from '../pair-model.js';
import type { WeighedNeed } from '../weighed-need.js';
import { isMatch, tellsConcern } from './labelled-pairs.js';
import type { KnownPair, KnownPairs, PairLabel } from './labelled-pairs.js';
import { fitLogistic } from './logistic-regression.js';
import type { Observation } from './logistic-regression.js';
import { bestF, precisionAndRecall } from './quality.js';
import type { ScoredLabel } from './quality.js';

/**
 * A pair that a model judged which had never seen a title of its function; where the two are of two parts of the functions
 * it is the mean of two models, each of which had not seen one of them.
 */
export interface UnseenPair extends KnownPair {
  /** The pair in which the catalogue covers what it covers, and the same with every alias hidden. */
  readonly covered: BandBasis;
  readonly masked: BandBasis;
}

/** What training gives: the model, and how it does on functions that it was not trained on. */
export interface Training {
  readonly model: Omit<PairModel, 'version' | 'trained'>;
  /** All known pairs, in their order. */
  readonly unseen: readonly UnseenPair[];
}

/** A title as it is read, and as somebody reads it whose catalogue has no capability for its function. */
export interface TrainingNeed {
  readonly covered: WeighedNeed;
  /** Of the same measure. */
  readonly masked: WeighedNeed;
}

export interface TrainingOptions {
  /** Penalty on the standardised weights. */
  readonly ridge: number;
  /** Number of parts that the functions are divided into; each is judged by a model of the others. */
  readonly folds: number;
}

/** How the model that ships is trained. */
export const TRAINING: TrainingOptions = { ridge: 10, folds: 5 };

/** Share of the pairs called duplicates that must be some: what stops a project must be right. */
const DUPLICATE_PRECISION = 0.9;
/** An overlap is called one where it is more likely than not; what is less likely is listed, to be looked at. */
const EVEN = 0.5;
/** A duplicate is at least so likely a match, however precise a lower score were on the pairs at hand. */
const LIKELY = 0.7;
/** How much more it counts to miss what is related, and not to talk to each other, than to read one line too many. */
const RECALL_OF_RELATED = 2;
/** The threshold of duplicates where no score promises enough. */
const SUREST = 0.99;

/** A pair as one reader measured it. */
interface MeasuredSide {
  readonly measures: Float64Array;
  readonly coverage: Coverage;
  readonly isWhole: boolean;
}

interface MeasuredPair extends KnownPair {
  readonly full: MeasuredSide;
  readonly masked: MeasuredSide;
}

/**
 * Trains a model on known pairs. Each pair is learned twice, as it is and as a catalogue sees it that has no capability for
 * the functions of either, so that the model does not lean on a catalogue that will not cover the next function.
 * Calibration and thresholds come from scores of models that had not seen the function. Same input, same model.
 * @param needs - by place of the title.
 */
export function trainModel(
  needs: readonly TrainingNeed[],
  known: KnownPairs,
  { ridge, folds }: TrainingOptions,
): Training {
  const measured = known.pairs.map((pair) => measuredPair(needs, pair));
  const foldOf = foldsOf(known.groups, folds);
  const isIn = ({ left, right }: KnownPair, fold: number): boolean => foldOf[left] === fold || foldOf[right] === fold;
  const models = Array.from({ length: folds }, (_, fold) =>
    fitBoth(
      measured.filter((pair) => !isIn(pair, fold)),
      ridge,
    ),
  );
  const whole = fitBoth(measured, ridge);
  const modelOf = (title: number): BothWeights => models[foldOf[title] ?? 0] ?? whole;
  const scored = measured.map((pair) => ({ pair, models: [modelOf(pair.left), modelOf(pair.right)] }));
  // What a calibration is tried on it was not made from.
  const calibrations = models.map((_, fold) => calibrationFrom(scored.filter(({ pair }) => !isIn(pair, fold))));
  const unseen = scored.map(({ pair, models: judges }): UnseenPair => {
    const { full, masked, ...label } = pair;
    const calibrated = [pair.left, pair.right].flatMap((title) => calibrations[foldOf[title] ?? 0] ?? []);
    return { ...label, covered: basisOf(full, judges, calibrated), masked: basisOf(masked, judges, calibrated) };
  });
  return {
    model: {
      measures: MEASURES_VERSION,
      ...whole,
      calibration: calibrationFrom(scored),
      thresholds: thresholdsFrom(unseen),
    },
    unseen,
  };
}

function measuredPair(needs: readonly TrainingNeed[], pair: KnownPair): MeasuredPair {
  const [left, right] = [needs[pair.left], needs[pair.right]];
  if (left === undefined || right === undefined) throw new RangeError(`pair of ${pair.left} and ${pair.right}`);
  return { ...pair, full: measuredSide(left.covered, right.covered), masked: measuredSide(left.masked, right.masked) };
}

function measuredSide(left: WeighedNeed, right: WeighedNeed): MeasuredSide {
  return {
    measures: measurePair(left, right),
    coverage: coverageOf(left, right),
    isWhole: isWhole(left, right),
  };
}

type BothWeights = Pick<PairModel, 'match' | 'concern'>;

function fitBoth(pairs: readonly MeasuredPair[], ridge: number): BothWeights {
  const observations = (of: readonly MeasuredPair[], isTrue: (label: PairLabel) => boolean): Observation[] =>
    of.flatMap(({ full, masked, label, weight }) =>
      [full, masked].map(({ measures }) => ({ measures, isMatch: isTrue(label), weight: weight / 2 })),
    );
  const telling = pairs.filter(({ label }) => tellsConcern(label));
  return {
    match: fitDirected(observations(pairs, isMatch), ridge),
    // What differs speaks for having to do with each other as what is alike does.
    concern: fitLogistic(observations(telling, isConcerned), ridge),
  };
}

function isConcerned(label: PairLabel): boolean {
  return label !== 'DISTINCT';
}

/**
 * Fits weights of which none speaks the wrong way: as long as one does, the worst is left out and the others are fitted anew.
 * That two titles are the same would else speak against them, where few of the pairs at hand are.
 */
function fitDirected(observations: readonly Observation[], ridge: number): MeasureWeights {
  const kept = new Set(MEASURES.keys());
  for (;;) {
    const weights = fitLogistic(
      observations.map((each) => onlyOf(each, kept)),
      ridge,
    );
    const wrong = MEASURES.flatMap(([, , direction], at) => {
      const against = -direction * (weights.weights[at] ?? 0);
      return against > 0 ? [{ at, against }] : [];
    }).toSorted((one, other) => other.against - one.against);
    const [worst] = wrong;
    if (worst === undefined) return weights;
    kept.delete(worst.at);
  }
}

function onlyOf({ measures, ...observed }: Observation, kept: ReadonlySet<number>): Observation {
  return { ...observed, measures: Array.from(measures, (measure, at) => (kept.has(at) ? measure : 0)) };
}

/** By title, the fold that its group is in: the largest groups first, each into the fold that has the fewest pairs so far. */
export function foldsOf(groups: readonly string[], folds: number): number[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const load = Array.from({ length: folds }, () => 0);
  const foldOf = new Map<string, number>();
  for (const [group, size] of Array.from(sizes).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))) {
    const fold = load.indexOf(Math.min(...load));
    load[fold] = (load[fold] ?? 0) + size * size;
    foldOf.set(group, fold);
  }
  return groups.map((group) => foldOf.get(group) ?? 0);
}

interface FoldedPair {
  readonly pair: MeasuredPair;
  readonly models: readonly BothWeights[];
}

function calibrationFrom(scored: readonly FoldedPair[]): PairModel['calibration'] {
  const of = (coverage: Coverage): Calibration =>
    calibrated(
      scored.flatMap(({ pair: { full, masked, label, weight }, models }) =>
        [full, masked]
          .filter((side) => side.coverage === coverage)
          .map(({ measures }) => ({ measures: [matchSum(models, measures)], isMatch: isMatch(label), weight })),
      ),
    );
  return { covered: of('covered'), uncovered: of('uncovered') };
}

/** Platt's way: a logistic regression of what is true on the log-odds that were given. */
function calibrated(observations: readonly Observation[]): Calibration {
  const { baseline, weights } = fitLogistic(observations, 0);
  return { slope: weights[0] ?? 1, intercept: baseline };
}

function basisOf(
  { measures, ...side }: MeasuredSide,
  models: readonly BothWeights[],
  calibrations: readonly PairModel['calibration'][],
): BandBasis {
  const sum = matchSum(models, measures);
  return {
    score: probabilityOf(meanOf(calibrations, ({ [side.coverage]: { slope, intercept } }) => slope * sum + intercept)),
    concern: probabilityOf(meanOf(models, ({ concern }) => weighedSum(concern, measures))),
    ...side,
  };
}

function matchSum(models: readonly BothWeights[], measures: Float64Array): number {
  return meanOf(models, ({ match }) => weighedSum(match, measures));
}

function meanOf<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0) / all.length;
}

/** Pairs with the score of the model that had not seen them. */
export function scoredLabels(unseen: readonly UnseenPair[], side: 'covered' | 'masked'): ScoredLabel[] {
  return unseen.map((pair) => ({
    score: pair[side].score,
    isMatch: isMatch(pair.label),
    weight: pair.weight,
  }));
}

function thresholdsFrom(unseen: readonly UnseenPair[]): PairModel['thresholds'] {
  const overlap = EVEN;
  const rest = unseen.filter(({ covered, label }) => covered.score < overlap && tellsConcern(label));
  const related = bestF(
    rest.map((pair) => ({
      score: pair.covered.concern,
      isMatch: pair.label !== 'DISTINCT',
      weight: pair.weight,
    })),
    RECALL_OF_RELATED,
  ).threshold;
  const duplicateOf = (side: 'covered' | 'masked', coverage: Coverage): number =>
    preciseFrom(
      scoredLabels(
        unseen.filter(({ [side]: basis }) => basis.isWhole && basis.coverage === coverage),
        side,
      ),
    );
  return {
    duplicate: { covered: duplicateOf('covered', 'covered'), uncovered: duplicateOf('masked', 'uncovered') },
    overlap,
    related,
  };
}

/** The lowest score, likely or above, from which on as many are matches as a duplicate must promise. */
function preciseFrom(scored: readonly ScoredLabel[]): number {
  const hundredths = Array.from({ length: 100 }, (_, at) => at / 100).filter((threshold) => threshold >= LIKELY);
  return (
    hundredths.find((threshold) => precisionAndRecall(scored, threshold).precision >= DUPLICATE_PRECISION) ?? SUREST
  );
}
