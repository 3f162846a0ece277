import type { MatchSignalName, WeighedSignal } from './match-signal.js';
import { MATCH_SIGNAL_NAMES } from './match-signal.js';
import type { PairStanding } from './pair-standing.js';

/**
 * Log-odds by which a signal may differ from what stood at a dismissal without saying anything new. What else is registered
 * moves none, but for a new public agency whose name stands in one of the two, and a capability that one of them is newly
 * declared to realise; one more sentence in a description moves its signal by more, and so does another name.
 */
export const SIGNAL_TOLERANCE = 0.25;

/** What is different of a pair. */
export interface StandingChange {
  /** Whether it is another pair than the one that was judged. */
  readonly isChanged: boolean;
  /** The signals that moved by more than the tolerance; none where only the band changed. */
  readonly signals: readonly MatchSignalName[];
}

/**
 * What is different of a pair since people judged it: a signal that moved by more than the tolerance, or another band, such
 * as that of a system that was retired and is in use again.
 */
export function changeSince(then: PairStanding, now: PairStanding): StandingChange {
  const signals = MATCH_SIGNAL_NAMES.filter(
    (name) => Math.abs(contributionOf(now, name) - contributionOf(then, name)) > SIGNAL_TOLERANCE,
  );
  const isJudgedNow = (then.score === null) !== (now.score === null);
  return { isChanged: signals.length > 0 || then.band !== now.band || isJudgedNow, signals };
}

function contributionOf({ signals }: { readonly signals: readonly WeighedSignal[] }, wanted: MatchSignalName): number {
  return signals.reduce((sum, { name, contribution }) => (name === wanted ? sum + contribution : sum), 0);
}
