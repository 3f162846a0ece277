import { publicOwnerOf } from '../landscape/landscape.js';
import type { Element } from '../landscape/model.js';
import { judgePair } from './duplicate-answer.js';
import type { MatchBand } from './match-band.js';
import type { WeighedSignal } from './match-signal.js';
import type { PairModel } from './pair-model.js';
import { subjectByOwnTexts } from './registered-subject.js';
import type { SimilarityIndex } from './similarity-index.js';

/** How a pair of registered elements is judged at a moment, with what it is judged by. */
export interface PairStanding {
  readonly band: MatchBand;
  /** 0 to 1; null where a side says too little to be compared. */
  readonly score: number | null;
  /** Those that speak for or against, in the order of the model. */
  readonly signals: readonly WeighedSignal[];
  readonly modelVersion: string;
}

/**
 * How one registered element stands to another, as if the first were proposed today. It is kept and told to whoever sees the
 * two, so it is worked out from what all of them see: from the texts of the two and not from what they deliver, which may be
 * hidden, and with none but public agencies for owners. The signals are the same from both sides; the band may differ, for
 * one of the two may serve only a part of the other, or be the later phase of it.
 */
export function pairStanding(
  index: SimilarityIndex,
  [subject, match]: readonly [subject: Element, match: Element],
  model: PairModel,
): PairStanding {
  const { proposal, otherNames } = subjectByOwnTexts(index.landscape, subject, publicOwnerOf);
  const judged = judgePair(index, { proposal, otherNames, match, owners: publicOwnerOf }, model);
  if (judged === undefined) {
    return { band: 'TOO_LITTLE_TO_JUDGE', score: null, signals: [], modelVersion: model.version };
  }
  const { band, score, signals } = judged;
  return { band, score, signals, modelVersion: model.version };
}
