import { daysLater, earliestDay, latestDay } from './calendar-day.js';
import { isCurrent } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { Element, PartialDate } from './model.js';

export const SUPPORT_STATES = ['SUPPORTED', 'ENDING', 'MAY_HAVE_ENDED', 'EXTENDED', 'ENDED', 'UNKNOWN'] as const;
/**
 * Whether a technology is supported on a day: SUPPORTED, also where it is declared to have no end; ENDING within the days
 * that were asked; MAY_HAVE_ENDED where the date is too coarse to say; EXTENDED where the extended support goes on;
 * ENDED; UNKNOWN where nobody has told.
 */
export type SupportState = (typeof SUPPORT_STATES)[number];

/**
 * The state of a technology's support on a day.
 * @param within - how many days ahead counts as ENDING.
 */
export function supportState({ attributes }: Pick<Element, 'attributes'>, day: PartialDate, within = 0): SupportState {
  const { endOfSupport, extendedSupportUntil } = attributes;
  if (endOfSupport === undefined) return 'UNKNOWN';
  if (typeof endOfSupport !== 'string') return 'SUPPORTED';
  if (earliestDay(endOfSupport) >= latestDay(day)) {
    return earliestDay(endOfSupport) <= daysLater(latestDay(day), within) && within > 0 ? 'ENDING' : 'SUPPORTED';
  }
  if (latestDay(endOfSupport) >= earliestDay(day)) return 'MAY_HAVE_ENDED';
  if (typeof extendedSupportUntil !== 'string' || latestDay(extendedSupportUntil) < earliestDay(day)) return 'ENDED';
  return earliestDay(extendedSupportUntil) >= latestDay(day) ? 'EXTENDED' : 'MAY_HAVE_ENDED';
}

/** A technology whose support is or may be over, or soon will be. */
export interface EndingSupport {
  readonly technology: Element;
  readonly state: SupportState;
}

export interface EndingSupports {
  /** In order of seq. */
  readonly ending: readonly EndingSupport[];
  /** Technologies of which nobody has told how long they are supported, in order of seq. */
  readonly unknown: readonly Element[];
  /** Number of all technologies. */
  readonly technologies: number;
}

/** The technologies whose support is or may be over on a day, or ends within so many days. */
export function endingSupports(landscape: Landscape, day: PartialDate, within: number): EndingSupports {
  const ending: EndingSupport[] = [];
  const unknown: Element[] = [];
  let technologies = 0;
  for (const technology of landscape.elements()) {
    if (technology.kind !== 'TECHNOLOGY') continue;
    technologies += 1;
    const state = supportState(technology, day, within);
    if (state === 'UNKNOWN') unknown.push(technology);
    else if (state !== 'SUPPORTED') ending.push({ technology, state });
  }
  return { ending, unknown, technologies };
}

/** What stands on a technology directly: what runs on it or depends on it, and does so on the day of the landscape; in order of seq. */
export function usersOf(landscape: Landscape, technology: Element): Element[] {
  const users = new Map<number, Element>();
  landscape.forEachIncoming(technology.seq, (kind, other, relation, traits) => {
    if ((kind !== 'RUNS_ON' && kind !== 'DEPENDS_ON') || !isCurrent(landscape, relation, traits)) return;
    const user = landscape.elementAt(other);
    if (user !== undefined) users.set(other, user);
  });
  return [...users.values()].toSorted((a, b) => a.seq - b.seq);
}
