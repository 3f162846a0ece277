import type { ReuseAdvice } from '../core/similarity/advice.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { PlanLine } from '../exchange/plan-list.types.js';
import type { UserErrorShape } from '../runtime/messages.js';
import type { SelfCheckType, SuggestedConditionType } from './review.types.js';

interface Named {
  readonly urn: string;
  readonly name: string;
}

/** Something known that may already serve what a line wants. */
export interface PlanMatch extends Named {
  /** 0 to 1, not calibrated. */
  readonly score: number;
  readonly band: MatchBand;
  readonly advice: ReuseAdvice;
}

/** Another line of the list that wants the same, or a part of it. */
export interface PlanTwin extends Pick<PlanLine, 'sheet' | 'line' | 'title'> {
  readonly score: number;
  readonly band: MatchBand;
}

/** A question that nobody has answered yet. */
export interface PlanQuestion {
  readonly question: string;
  /** Null where nobody is known to ask. */
  readonly askedFrom: Named | null;
}

/** What was checked of a line. */
export interface PlanVerdict {
  readonly band: MatchBand;
  /** Null where there is too little to judge. */
  readonly advice: ReuseAdvice | null;
  /** Best first, three at most; all of them are alike at all. */
  readonly matches: readonly PlanMatch[];
  readonly selfCheck: readonly SelfCheckType[];
  readonly conditions: readonly SuggestedConditionType[];
  readonly missing: readonly PlanQuestion[];
  /** Best first. */
  readonly inList: readonly PlanTwin[];
}

/** A line and what the registry says of it. */
export interface PlanLineAnswer extends Pick<
  PlanLine,
  'sheet' | 'line' | 'number' | 'title' | 'agencyText' | 'budget' | 'year'
> {
  readonly agency: Named | null;
  /** Null where the line can not be read; the problems say why. */
  readonly verdict: PlanVerdict | null;
  /** What of the line was not taken, with the cell and the cure. */
  readonly problems: readonly UserErrorShape[];
}

/** The answer to a list of planned projects. Nothing of it is stored. */
export interface PlanListAnswer {
  /** Revision of the landscape it was answered from. */
  readonly revision: number;
  /** Among how many known objects was sought: nothing found means no more than that. */
  readonly objectsKnown: number;
  /** Lines by band. */
  readonly counts: Readonly<Record<MatchBand | 'UNREADABLE', number>>;
  readonly lines: readonly PlanLineAnswer[];
  /** Sheets and columns that were not read. */
  readonly notes: readonly UserErrorShape[];
}
