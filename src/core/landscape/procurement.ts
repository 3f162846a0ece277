import { textOf } from './attribute-values.js';
import { earliestDay, latestDay } from './calendar-day.js';
import type { Element, PartialDate } from './model.js';
import { tenderCodesOf } from './tender-code.js';
import type { TenderCode } from './tender-code.js';

/**
 * Whether a procured project was checked against the architecture before money was spent: what was surely not checked
 * first, what surely was last. That nobody knows of a check is never the same as that there was none.
 */
export const PROCUREMENT_STATES = [
  'NOT_CHECKED',
  'CHECKED_AFTER_TENDER',
  'CHECK_AND_TENDER_UNDATED',
  'NO_CHECK_KNOWN',
  'CHECKED_BEFORE',
] as const;
export type ProcurementState = (typeof PROCUREMENT_STATES)[number];

/** Attributes of projects: the day of the check, null where it is known that there was none; the day of the first notice. */
const CHECKED_ON = 'architectureCheckedOn';
const TENDERED_ON = 'tenderedOn';
export type ProcurementFact = typeof CHECKED_ON | typeof TENDERED_ON;

/** What is known of the check and the tender of a project. */
export interface Procurement {
  readonly project: Element;
  readonly state: ProcurementState;
  readonly codes: readonly TenderCode[];
  readonly tenderedOn: PartialDate | null;
  readonly checkedOn: PartialDate | null;
  /** What would have to be known, or known to the day, for the state to be sure. */
  readonly missing: readonly ProcurementFact[];
}

/**
 * What is known of the check and the tender of a project; one without a code may have been tendered all the same.
 * @param today - a check that is surely after it is meant and not made: of one that was made nobody has told.
 */
export function procurementOf(project: Element, today: string): Procurement {
  const { attributes } = project;
  const known = {
    project,
    codes: tenderCodesOf(project),
    tenderedOn: textOf(project, TENDERED_ON),
    checkedOn: textOf(project, CHECKED_ON),
  };
  if (attributes[CHECKED_ON] === null) return { ...known, state: 'NOT_CHECKED', missing: [] };
  const { checkedOn, tenderedOn } = known;
  if (checkedOn === null || earliestDay(checkedOn) > today) {
    const missing: ProcurementFact[] = [CHECKED_ON];
    if (attributes[TENDERED_ON] === undefined) missing.push(TENDERED_ON);
    return { ...known, state: 'NO_CHECK_KNOWN', missing };
  }
  if (tenderedOn !== null) return { ...known, ...comparison(checkedOn, tenderedOn) };
  // No notice at all is an answer, unless a notice has a number.
  const isUntendered = attributes[TENDERED_ON] === null && known.codes.every(({ kind }) => kind !== 'IB');
  if (isUntendered) return { ...known, state: 'CHECKED_BEFORE', missing: [] };
  return { ...known, state: 'CHECK_AND_TENDER_UNDATED', missing: [TENDERED_ON] };
}

/** Two days that are the same leave open which was first; nothing more can be asked of them. */
function comparison(checkedOn: PartialDate, tenderedOn: PartialDate): Pick<Procurement, 'state' | 'missing'> {
  if (latestDay(checkedOn) < earliestDay(tenderedOn)) return { state: 'CHECKED_BEFORE', missing: [] };
  if (earliestDay(checkedOn) > latestDay(tenderedOn)) return { state: 'CHECKED_AFTER_TENDER', missing: [] };
  const missing: ProcurementFact[] = [];
  if (!isWholeDay(checkedOn)) missing.push(CHECKED_ON);
  if (!isWholeDay(tenderedOn)) missing.push(TENDERED_ON);
  return { state: 'CHECK_AND_TENDER_UNDATED', missing };
}

function isWholeDay(date: PartialDate): boolean {
  return earliestDay(date) === latestDay(date);
}

/**
 * Of the projects among some elements those with a tender code: what was not checked first, else in their order.
 * @param today - as for one of them.
 */
export function procuredProjects(elements: Iterable<Element>, today: string): Procurement[] {
  const found: Procurement[] = [];
  for (const element of elements) {
    if (element.kind !== 'PROJECT') continue;
    const procurement = procurementOf(element, today);
    if (procurement.codes.length > 0) found.push(procurement);
  }
  return found.toSorted((left, right) => placeOf(left) - placeOf(right));
}

/** The place of a project in that order. */
export function placeOf({ state }: Procurement): number {
  return PROCUREMENT_STATES.indexOf(state);
}
