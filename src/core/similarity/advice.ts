import type { MatchBand } from './match-band.js';
import type { InvestmentForm, WorkType } from '../landscape/proposal.js';
import type { Counterpart } from './counterpart.js';
import type { PairModel } from './pair-model.js';

export const REUSE_ADVICES = [
  'REUSE_AS_IS',
  'ADD_USAGE',
  'EXTEND_EXISTING',
  'INTEGRATE',
  'SHARE_DATA',
  'MERGE_PROJECTS',
  'CONTINUE',
  'BUILD_NEW',
] as const;
export type ReuseAdvice = (typeof REUSE_ADVICES)[number];

/** What a pair is judged by. */
export interface Judgement {
  readonly score: number;
  /** Score from which it can be a duplicate. */
  readonly duplicateFrom: number;
  readonly workType: WorkType;
  /** Records are to be made digital or put in order, which is no system and duplicates none. */
  readonly isRecords: boolean;
  /** The counterpart serves only a part: another layer of the framework, or capabilities that it lacks. */
  readonly partial: boolean;
  /** The two names agree, or the element is cited by its code: it is this thing, not one like it. */
  readonly sameThing: boolean;
}

/** Band of a pair, and whether the proposal carries on what the counterpart began. */
export interface Verdict {
  readonly band: MatchBand;
  readonly isContinuation: boolean;
}

/** Why a pair has its band: the first of these that holds. */
export type BandReason =
  | 'UNLIKE'
  | 'CONTINUATION'
  | 'OTHER_WORK'
  | 'RECORDS_AND_SYSTEM'
  | 'RETIRED'
  | 'ABANDONED'
  | 'PARTLY_ALIKE'
  | 'SERVES_PART'
  | 'ALIKE';

/** A verdict with what decided it. */
export interface ReasonedVerdict extends Verdict {
  readonly because: BandReason;
}

/** Kinds of work that presuppose the thing they work on. */
const FOLLOW_UP: ReadonlySet<WorkType> = new Set(['UPGRADE', 'OPERATE', 'MAINTAIN', 'RETIRE']);

type KindOfWork = 'NEW' | 'FOLLOW_UP' | 'CONSULT';

/** Of two kinds of work neither duplicates the other, whatever they are about. */
export function kindOfWork(workType: WorkType): KindOfWork {
  if (workType === 'CONSULT') return 'CONSULT';
  return FOLLOW_UP.has(workType) ? 'FOLLOW_UP' : 'NEW';
}

/**
 * Two questions: the same need, and the same kind of work? The same need with another kind of work is RELATED; a
 * follow-up by whoever owns the thing is its continuation, never a duplicate. What is retired, or whose agency is gone with
 * nobody in its place, is RELATED at best.
 */
export function judge(
  judgement: Judgement,
  counterpart: Counterpart,
  { thresholds }: Pick<PairModel, 'thresholds'>,
): ReasonedVerdict {
  const { score, duplicateFrom, workType, isRecords, partial, sameThing } = judgement;
  if (score < thresholds.overlap) return { band: 'DISTINCT', isContinuation: false, because: 'UNLIKE' };
  const followsUp = kindOfWork(workType) === 'FOLLOW_UP';
  const isContinuation = followsUp && sameThing && counterpart.ownedByProposer;
  if (isContinuation) return { band: 'RELATED', isContinuation, because: 'CONTINUATION' };
  const sameWork = kindOfWork(workType) === kindOfWork(counterpart.workType);
  if (!sameWork) return { band: 'RELATED', isContinuation, because: 'OTHER_WORK' };
  if (isRecords !== counterpart.isRecords) return { band: 'RELATED', isContinuation, because: 'RECORDS_AND_SYSTEM' };
  if (counterpart.phase === 'END_OF_LIFE') return { band: 'RELATED', isContinuation, because: 'RETIRED' };
  if (counterpart.abandoned) return { band: 'RELATED', isContinuation, because: 'ABANDONED' };
  if (score < duplicateFrom) return { band: 'OVERLAP', isContinuation, because: 'PARTLY_ALIKE' };
  if (partial) return { band: 'OVERLAP', isContinuation, because: 'SERVES_PART' };
  return { band: 'DUPLICATE', isContinuation, because: 'ALIKE' };
}

/** What else may be wanted than building: a service for one's users, or a thing of one's own. */
const FOR_USE: ReadonlySet<InvestmentForm> = new Set(['PURCHASE', 'LEASE_READY_MADE', 'LEASE_CUSTOM']);

/** What is proposed, apart from its words. */
export interface ProposedWork {
  readonly workType: WorkType;
  readonly investmentForm: InvestmentForm;
}

/** What to do about a counterpart. BUILD_NEW where there is nothing alive to use. */
export function adviseOn(verdict: Verdict, counterpart: Counterpart, proposed: ProposedWork): ReuseAdvice {
  const { element, phase, reach } = counterpart;
  if (verdict.band === 'DISTINCT' || verdict.band === 'TOO_LITTLE_TO_JUDGE') return 'BUILD_NEW';
  if (verdict.isContinuation) return 'CONTINUE';
  if (phase === 'END_OF_LIFE' || counterpart.abandoned) return 'BUILD_NEW';
  if (element.kind === 'PROJECT') return 'MERGE_PROJECTS';
  if (reach === 'NATIONAL') return 'INTEGRATE';
  if (phase === 'PLAN' || phase === 'PHASE_IN') return 'MERGE_PROJECTS';
  return adviseOnExisting(verdict, counterpart, proposed);
}

function adviseOnExisting({ band }: Verdict, counterpart: Counterpart, proposed: ProposedWork): ReuseAdvice {
  const { element, running, reach, ownedByProposer } = counterpart;
  const ofAnother = element.kind === 'DATABASE' && !ownedByProposer ? 'SHARE_DATA' : 'EXTEND_EXISTING';
  if (!running || ownedByProposer || kindOfWork(proposed.workType) === 'FOLLOW_UP') return ofAnother;
  if (proposed.workType === 'ROLL_OUT') return 'ADD_USAGE';
  if (reach !== 'CITY') return ofAnother;
  if (band === 'OVERLAP') return 'INTEGRATE';
  return FOR_USE.has(proposed.investmentForm) ? 'ADD_USAGE' : 'REUSE_AS_IS';
}
