import type { Element, PartialDate, Urn } from '../landscape/model.js';
import type { PairStanding } from './pair-standing.js';
import type { PairBand } from './match-band.js';

export const DUPLICATE_CASE_STATES = ['OPEN', 'CONFIRMED', 'PARTIAL', 'DISMISSED', 'MERGED'] as const;
/** Where a case stands: what people made of a pair. */
export type DuplicateCaseState = (typeof DUPLICATE_CASE_STATES)[number];

/** What somebody can decide. */
export type DuplicateVerdict = Exclude<DuplicateCaseState, 'OPEN'>;

/** What happened to a case, never changed. */
export interface DuplicateCaseEvent {
  readonly state: DuplicateCaseState;
  /** The day, in Viet Nam. */
  readonly on: PartialDate;
  /** As whom: the kind of actor, in lower case. */
  readonly by: string;
  readonly reason: string;
  /** The landscape that was looked at. */
  readonly revision: number;
  /** How the pair stood then. */
  readonly standing: PairStanding;
  /** Whole dong that need not be spent by this decision; null where nobody said. */
  readonly avoidedCost: number | null;
}

/**
 * What people say of a pair of registered elements, which has no order: `subject` is the one that was compared with the
 * other when the case was opened, and stays so that later judgements can be set beside the first.
 */
export interface DuplicateCase<E extends DuplicateCaseEvent = DuplicateCaseEvent> {
  readonly id: string;
  readonly subject: Urn;
  readonly match: Urn;
  /** In order; the first one opened it, and the last one counts. */
  readonly events: readonly [E, ...E[]];
}

const VERDICTS = ['CONFIRMED', 'PARTIAL', 'DISMISSED', 'MERGED'] as const;

/**
 * What may follow. Whatever was decided can be decided again, also as the same: a pair that is dismissed once more is
 * dismissed as it stands now. No hand makes a case open again, for nobody could tell then whether it had been decided.
 */
export const TRANSITIONS: Readonly<Record<DuplicateCaseState, readonly DuplicateVerdict[]>> = {
  OPEN: VERDICTS,
  CONFIRMED: VERDICTS,
  PARTIAL: VERDICTS,
  DISMISSED: VERDICTS,
  MERGED: VERDICTS,
};

/**
 * What may be decided of two elements in a state. MERGED is for two projects: the merging of projects happens on paper, and
 * this is the only place where the registry hears of it. Two systems that became one say so themselves, by REPLACES and the
 * end of a life; to call the pair merged as well would be a second truth about it.
 */
export function verdictsFor(
  state: DuplicateCaseState,
  kinds: readonly [Element['kind'], Element['kind']],
): readonly DuplicateVerdict[] {
  const areProjects = kinds.every((kind) => kind === 'PROJECT');
  return TRANSITIONS[state].filter((verdict) => verdict !== 'MERGED' || areProjects);
}

/** What happened last, which is what counts. */
export function newestOf<E extends DuplicateCaseEvent>({ events }: DuplicateCase<E>): E {
  return events.at(-1) ?? events[0];
}

/** The decision that counts; undefined while nobody has decided. */
export function decisionOf<E extends DuplicateCaseEvent>(
  known: DuplicateCase<E>,
): (E & { readonly state: DuplicateVerdict }) | undefined {
  const newest = newestOf(known);
  return isDecided(newest) ? newest : undefined;
}

function isDecided<E extends DuplicateCaseEvent>(event: E): event is E & { readonly state: DuplicateVerdict } {
  return event.state !== 'OPEN';
}

/** The same for both orders of a pair. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

const LABELS: Readonly<Record<DuplicateVerdict, PairBand>> = {
  CONFIRMED: 'DUPLICATE',
  MERGED: 'DUPLICATE',
  PARTIAL: 'OVERLAP',
  DISMISSED: 'DISTINCT',
};

/** What a verdict calls a pair, for whoever measures by it; of one that was dismissed it is not said whether it is related. */
export function labelOf(verdict: DuplicateVerdict): PairBand {
  return LABELS[verdict];
}
