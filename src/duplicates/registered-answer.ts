import type { Urn } from '../core/landscape/model.js';
import { decisionOf } from '../core/similarity/duplicate-case.js';
import type { StandingChange } from '../core/similarity/dismissal.js';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import type { PairStanding } from '../core/similarity/pair-standing.js';
import type { SeenCase } from './duplicate-case.reader.js';
import type { ComponentMatchType, DuplicateAnswerView, FoundCandidate } from './duplicates.types.js';

/** A candidate of something that is registered, with the case of the pair. */
export interface RegisteredCandidate extends FoundCandidate {
  readonly case: SeenCase | null;
  /** The signals that moved since the pair was dismissed, where it was and speaks again. */
  readonly changedSinceDismissal: readonly MatchSignalName[];
}

/** A candidate of whatever was asked about: of a draft it has no case. */
export type MaybeRegisteredCandidate = FoundCandidate & Partial<RegisteredCandidate>;

/** An answer about something that is registered, with the pairs that people dismissed. */
export interface RegisteredAnswerView extends DuplicateAnswerView {
  readonly dismissed: readonly SeenCase[];
}

/** An answer about whatever was asked: of a draft nothing was dismissed. */
export type MaybeRegisteredAnswer = DuplicateAnswerView & Partial<RegisteredAnswerView>;

/** The cases of an element, by what they have to say to an answer about it. */
export interface OwnCases {
  /** By urn of the other of the two. */
  readonly byOther: ReadonlyMap<Urn, SeenCase>;
  /** Dismissed, and nothing has changed since: nobody is told again. In the order in which they were opened. */
  readonly silent: readonly SeenCase[];
  readonly silentOthers: ReadonlySet<Urn>;
  /** Dismissed, and it is another pair now: by urn of the other, the signals that moved. */
  readonly changed: ReadonlyMap<Urn, readonly MatchSignalName[]>;
}

/**
 * Sorts the cases of an element.
 * @param changeOf - what is different of a pair since it stood as is said.
 */
export function ownCases(
  urn: Urn,
  cases: readonly SeenCase[],
  changeOf: (seen: SeenCase, then: PairStanding) => StandingChange,
): OwnCases {
  const otherOf = ({ subject, match }: SeenCase): Urn => (subject.urn === urn ? match.urn : subject.urn);
  const silent: SeenCase[] = [];
  const changed = new Map<Urn, readonly MatchSignalName[]>();
  for (const seen of cases) {
    const decision = decisionOf(seen.kept);
    if (decision?.state !== 'DISMISSED') continue;
    const { isChanged, signals } = changeOf(seen, decision.standing);
    if (isChanged) changed.set(otherOf(seen), signals);
    else silent.push(seen);
  }
  return {
    byOther: new Map(cases.map((seen) => [otherOf(seen), seen])),
    silent,
    silentOthers: new Set(silent.map(otherOf)),
    changed,
  };
}

/** An answer with the case of each candidate, and what was left out of it. */
export function withCases(
  view: DuplicateAnswerView,
  { byOther, silent: dismissed, changed }: OwnCases,
): RegisteredAnswerView {
  const byComponent = view.byComponent.map((match): ComponentMatchType => {
    const candidates = match.candidates.map((found): RegisteredCandidate => {
      const { urn } = found.match;
      return { ...found, case: byOther.get(urn) ?? null, changedSinceDismissal: changed.get(urn) ?? [] };
    });
    return Object.assign({}, match, { candidates });
  });
  return { ...view, byComponent, dismissed };
}
