import type { PairBand } from './match-band.js';
import {
  CAPABILITY_CONFLICT,
  CAPABILITY_LIKENESS,
  MEASURES,
  MEASURES_VERSION,
  NAME_COSINE,
  isWhole,
  measureInto,
} from './pair-measure.js';
import type { MatchSignalName, WeighedSignal } from './match-signal.js';
import { isCovered } from './weighed-need.js';
import type { WeighedNeed } from './weighed-need.js';

/** Weights by place in MEASURES, and the log-odds of a pair of which nothing is measured. */
export interface MeasureWeights {
  readonly baseline: number;
  readonly weights: readonly number[];
}

/** Whether the catalogue has capabilities for both titles of a pair. */
export type Coverage = 'covered' | 'uncovered';

/** What the catalogue has for a pair. */
export function coverageOf(left: WeighedNeed, right: WeighedNeed): Coverage {
  return isCovered(left) && isCovered(right) ? 'covered' : 'uncovered';
}

/** How the sum of a pair becomes log-odds that can be believed, learned apart for pairs whose capabilities are known. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** A model that was trained: weights are read from data, never set by hand. */
export interface PairModel {
  readonly version: string;
  readonly measures: string;
  /** Whether a reviewer would call the two a duplicate or an overlap. */
  readonly match: MeasureWeights;
  /** Whether they have to do with each other at all: the same thing, or parts of one, whatever the work. */
  readonly concern: MeasureWeights;
  readonly calibration: { readonly covered: Calibration; readonly uncovered: Calibration };
  readonly thresholds: {
    /** Score from which two wants are one, where the catalogue has capabilities for both titles, and where it has not. */
    readonly duplicate: { readonly covered: number; readonly uncovered: number };
    /** Score from which they have a part in common. */
    readonly overlap: number;
    /** Probability of having to do with each other from which they are told as related. */
    readonly related: number;
  };
  /** What it was trained on, for whoever trains it again. */
  readonly trained: {
    readonly data: string;
    readonly titles: number;
    readonly pairs: number;
    readonly seed: number;
    readonly catalogue: string;
  };
}

/** A pair as a model sees it. */
export interface ModelledPair {
  /** 0 to 1: how likely it is that a reviewer calls the two a duplicate or an overlap. */
  readonly score: number;
  /** The log-odds of the score; the baseline and all contributions add up to it. */
  readonly logOdds: number;
  readonly baseline: number;
  readonly signals: readonly WeighedSignal[];
  readonly band: PairBand;
  /** Score from which a pair such as this one can be a duplicate. */
  readonly duplicateFrom: number;
  /** Cosine of the two names that are most alike, 0 to 1. */
  readonly nameLikeness: number;
  /** Both name capabilities, and none in common. */
  readonly capabilityConflict: boolean;
}

/** @throws RangeError for a model of other measures: its weights would be read as something else. */
export function checkModel(model: PairModel): PairModel {
  if (model.measures !== MEASURES_VERSION || model.match.weights.length !== MEASURES.length) {
    throw new RangeError(`model ${model.version} is of measures ${model.measures}, not ${MEASURES_VERSION}`);
  }
  return model;
}

/** The signals that measures count for, and by place in MEASURES the place of its signal. */
const SIGNALS: readonly MatchSignalName[] = [...new Set(MEASURES.map(([signal]) => signal))];
const SIGNAL_OF_MEASURE = MEASURES.map(([signal]) => SIGNALS.indexOf(signal));

/** What is asked of most pairs: how likely it is, and what that is called. */
export type JudgedPair = Pick<ModelledPair, 'score' | 'band'>;

type Pair = readonly [left: WeighedNeed, right: WeighedNeed];

/** Judges one pair after the other, in arrays that are used again. Both ways give the same to the last bit. */
export class PairJudge {
  private readonly measured = new Float64Array(MEASURES.length);
  private readonly contributions = new Float64Array(SIGNALS.length);
  /** Of the pair that was read last: what the reading that does not count makes of it counts here. */
  private leastConcern = 0;

  constructor(private readonly model: PairModel) {}

  /** The same whichever side comes first. */
  judge(left: WeighedNeed, right: WeighedNeed): JudgedPair {
    const [mine, theirs] = this.reading(left, right);
    const score = probabilityOf(this.logOdds(mine, theirs));
    return { score, band: this.band(score, [left, right], [mine, theirs]) };
  }

  /** The same with what speaks for it and against it. */
  explain(left: WeighedNeed, right: WeighedNeed): ModelledPair {
    const [mine, theirs] = this.reading(left, right);
    const logOdds = this.logOdds(mine, theirs);
    const score = probabilityOf(logOdds);
    const signals = SIGNALS.map((name, at) => ({ name, contribution: this.contributions[at] ?? 0 }));
    return {
      score,
      logOdds,
      baseline: this.baseline(mine, theirs),
      signals,
      band: this.band(score, [left, right], [mine, theirs]),
      duplicateFrom: this.model.thresholds.duplicate[coverageOf(left, right)],
      nameLikeness: this.measured[NAME_COSINE] ?? 0,
      // Declarations that have one in common end a conflict of texts, whichever reading counts.
      capabilityConflict: mine === left && theirs === right && this.measured[CAPABILITY_CONFLICT] === 1,
    };
  }

  /**
   * How a pair is read: with what is declared, or by the texts alone where these are more alike and the two have a capability
   * in common. What both declare so never makes them less alike, and who declares more than the other side tells is not
   * punished for its silence; that they have nothing in common counts as it is declared.
   */
  private reading(left: WeighedNeed, right: WeighedNeed): Pair {
    this.leastConcern = 0;
    if (left.byTexts === undefined && right.byTexts === undefined) return [left, right];
    const declared = this.logOdds(left, right);
    if (this.measured[CAPABILITY_LIKENESS] === 0) return [left, right];
    const concern = this.concern();
    const [mine, theirs] = [left.byTexts ?? left, right.byTexts ?? right];
    const said = this.logOdds(mine, theirs);
    this.leastConcern = Math.max(concern, this.concern());
    return said > declared ? [mine, theirs] : [left, right];
  }

  private logOdds(left: WeighedNeed, right: WeighedNeed): number {
    const { measured, contributions } = this;
    const { weights } = this.model.match;
    const { slope } = this.calibration(left, right);
    measureInto(measured, left, right);
    contributions.fill(0);
    for (let at = 0; at < measured.length; at++) {
      const signal = SIGNAL_OF_MEASURE[at] ?? 0;
      contributions[signal] = (contributions[signal] ?? 0) + slope * (weights[at] ?? 0) * (measured[at] ?? 0);
    }
    let sum = this.baseline(left, right);
    for (let at = 0; at < contributions.length; at++) sum += contributions[at] ?? 0;
    return sum;
  }

  private baseline(left: WeighedNeed, right: WeighedNeed): number {
    const { slope, intercept } = this.calibration(left, right);
    return slope * this.model.match.baseline + intercept;
  }

  private calibration(left: WeighedNeed, right: WeighedNeed): Calibration {
    return this.model.calibration[coverageOf(left, right)];
  }

  /** Of the pair as it was measured last. */
  private concern(): number {
    return probabilityOf(weighedSum(this.model.concern, this.measured));
  }

  /**
   * @param told - the two with all that is declared of them.
   * @param read - the two as they were read, and measured last.
   */
  private band(score: number, told: Pair, read: Pair): JudgedPair['band'] {
    return bandOf(this.model.thresholds, {
      score,
      concern: Math.max(this.leastConcern, this.concern()),
      isWhole: isWhole(...told) || isWhole(...read),
      coverage: coverageOf(...told),
    });
  }
}

/** Judges a pair. The same whichever side comes first. */
export function modelPair(model: PairModel, left: WeighedNeed, right: WeighedNeed): ModelledPair {
  return new PairJudge(model).explain(left, right);
}

/** What the band of a pair hangs on. */
export interface BandBasis {
  /** Probability of a match, and of having to do with each other. */
  readonly score: number;
  readonly concern: number;
  /** Each would do all that the other does: without that they overlap at most. */
  readonly isWhole: boolean;
  readonly coverage: Coverage;
}

/** Band of a pair. */
export function bandOf(thresholds: PairModel['thresholds'], basis: BandBasis): PairBand {
  const { score, concern, isWhole: whole, coverage } = basis;
  if (score >= thresholds.duplicate[coverage] && whole) return 'DUPLICATE';
  if (score >= thresholds.overlap) return 'OVERLAP';
  return concern >= thresholds.related ? 'RELATED' : 'DISTINCT';
}

/** Log-odds that weights give to what was measured. */
export function weighedSum({ baseline, weights }: MeasureWeights, measured: ArrayLike<number>): number {
  let sum = baseline;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (measured[at] ?? 0);
  return sum;
}

/** The logistic function: log-odds to a probability. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The other way round: a probability between 0 and 1 to log-odds. */
export function logOddsOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}
