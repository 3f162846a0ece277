import { MEASURES_VERSION, measurePair } from '../pair-measure.js';
import { probabilityOf, weighedSum } from '../pair-model.js';
import type { Calibration, MeasureWeights, PairModel } from '../pair-model.js';
import { sparseVector } from '../sparse-vector.js';
import type { WeighedNeed } from '../weighed-need.js';
import { isMatch } from './labelled-pairs.js';
import type { KnownPair, KnownPairs, PairLabel } from './labelled-pairs.js';
import { fitLogistic } from './logistic-regression.js';
import type { Observation } from './logistic-regression.js';
import { bestF1, precisionAndRecall } from './quality.js';
import type { ScoredLabel } from './quality.js';

/**
 * A pair that a model judged which had never seen a title of its function; where the two are of two parts of the functions
 * it is the mean of two models, each of which had not seen one of them.
 */
export interface UnseenPair extends KnownPair {
  /** The pair in which the catalogue covers what it covers, and the same with every alias hidden. */
  readonly covered: ScoredPair;
  readonly masked: ScoredPair;
}

/** Probabilities as the model gives them: of a match, and of having to do with each other. */
export interface ScoredPair {
  readonly score: number;
  readonly concern: number;
}

/** What training gives: the model, and how it does on functions that it was not trained on. */
export interface Training {
  readonly model: Omit<PairModel, 'version' | 'trained'>;
  /** All known pairs, in their order. */
  readonly unseen: readonly UnseenPair[];
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
/** The threshold of duplicates where no score promises enough. */
const SUREST = 0.99;

interface MeasuredPair extends KnownPair {
  readonly full: Float64Array;
  readonly masked: Float64Array;
  readonly isCovered: boolean;
}

/**
 * Trains a model on known pairs. Each pair is learned twice, as it is and with its capabilities hidden, so that the model
 * does not lean on a catalogue that will not cover the next function. Calibration and thresholds come from scores of models
 * that had not seen the function. Same input, same model.
 * @param needs - by place of the title.
 */
export function trainModel(
  needs: readonly WeighedNeed[],
  known: KnownPairs,
  { ridge, folds }: TrainingOptions,
): Training {
  const measured = known.pairs.map((pair) => measuredPair(needs, pair));
  const foldOf = foldsOf(known.groups, folds);
  const models = Array.from({ length: folds }, (_, fold) =>
    fitBoth(
      measured.filter(({ left, right }) => foldOf[left] !== fold && foldOf[right] !== fold),
      ridge,
    ),
  );
  const whole = fitBoth(measured, ridge);
  const modelOf = (title: number): BothWeights => models[foldOf[title] ?? 0] ?? whole;
  const scored = measured.map((pair) => ({ pair, models: [modelOf(pair.left), modelOf(pair.right)] }));
  const calibration = calibrationFrom(scored);
  const unseen = scored.map(({ pair, models: judges }): UnseenPair => {
    const { full, masked, isCovered, ...label } = pair;
    return {
      ...label,
      covered: scoredPair(judges, full, isCovered ? calibration.covered : calibration.uncovered),
      masked: scoredPair(judges, masked, calibration.uncovered),
    };
  });
  return {
    model: { measures: MEASURES_VERSION, ...whole, calibration, thresholds: thresholdsFrom(unseen) },
    unseen,
  };
}

/** The same need as somebody would see it whose catalogue knows none of its words. */
export function withoutCapabilities(need: WeighedNeed): WeighedNeed {
  const none = sparseVector(new Map());
  return { ...need, capabilities: none, capabilityTotal: 0, isCovered: false, concepts: none };
}

function measuredPair(needs: readonly WeighedNeed[], pair: KnownPair): MeasuredPair {
  const [left, right] = [needs[pair.left], needs[pair.right]];
  if (left === undefined || right === undefined) throw new RangeError(`pair of ${pair.left} and ${pair.right}`);
  return {
    ...pair,
    full: measurePair(left, right),
    masked: measurePair(withoutCapabilities(left), withoutCapabilities(right)),
    isCovered: left.isCovered && right.isCovered,
  };
}

type BothWeights = Pick<PairModel, 'match' | 'concern'>;

function fitBoth(pairs: readonly MeasuredPair[], ridge: number): BothWeights {
  return { match: fit(pairs, isMatch, ridge), concern: fit(pairs, isConcerned, ridge) };
}

function isConcerned(label: PairLabel): boolean {
  return label !== 'DISTINCT';
}

function fit(pairs: readonly MeasuredPair[], isTrue: (label: PairLabel) => boolean, ridge: number): MeasureWeights {
  const observations = pairs.flatMap(({ full, masked, label, weight }): Observation[] => {
    const half = { isMatch: isTrue(label), weight: weight / 2 };
    return [
      { measures: full, ...half },
      { measures: masked, ...half },
    ];
  });
  return fitLogistic(observations, ridge);
}

/** The largest groups first, each into the fold that has the fewest pairs so far. */
function foldsOf(groups: readonly string[], folds: number): number[] {
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
  const observation = ({ pair, models }: FoldedPair, measures: Float64Array): Observation => ({
    measures: [meanOf(models, ({ match }) => weighedSum(match, measures))],
    isMatch: isMatch(pair.label),
    weight: pair.weight,
  });
  const covered = scored.filter(({ pair }) => pair.isCovered).map((each) => observation(each, each.pair.full));
  const bare = scored.filter(({ pair }) => !pair.isCovered).map((each) => observation(each, each.pair.full));
  const masked = scored.map((each) => observation(each, each.pair.masked));
  return { covered: calibrated(covered), uncovered: calibrated([...bare, ...masked]) };
}

/** Platt's way: a logistic regression of what is true on the log-odds that were given. */
function calibrated(observations: readonly Observation[]): Calibration {
  const { baseline, weights } = fitLogistic(observations, 0);
  return { slope: weights[0] ?? 1, intercept: baseline };
}

function scoredPair(
  models: readonly BothWeights[],
  measures: Float64Array,
  { slope, intercept }: Calibration,
): ScoredPair {
  return {
    score: probabilityOf(slope * meanOf(models, ({ match }) => weighedSum(match, measures)) + intercept),
    concern: probabilityOf(meanOf(models, ({ concern }) => weighedSum(concern, measures))),
  };
}

function meanOf(models: readonly BothWeights[], of: (model: BothWeights) => number): number {
  return models.reduce((sum, model) => sum + of(model), 0) / models.length;
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
  const scored = scoredLabels(unseen, 'covered');
  const rest = unseen.filter(({ covered }) => covered.score < overlap);
  const related = bestF1(
    rest.map((pair) => ({
      score: pair.covered.concern,
      isMatch: pair.label !== 'DISTINCT',
      weight: pair.weight,
    })),
  ).threshold;
  return { duplicate: preciseFrom(scored, overlap), overlap, related };
}

/** The lowest score, `least` or above, from which on as many are matches as a duplicate must promise. */
function preciseFrom(scored: readonly ScoredLabel[], least: number): number {
  const hundredths = Array.from({ length: 100 }, (_, at) => at / 100).filter((threshold) => threshold > least);
  const candidates = [least, ...hundredths];
  return (
    candidates.find((threshold) => precisionAndRecall(scored, threshold).precision >= DUPLICATE_PRECISION) ??
    Math.max(least, SUREST)
  );
}
