import type { PartialDate } from '../landscape/model.js';
import type { Regime } from './regime.js';
import type { RuleGraph } from './rule-graph.js';
import type { WorkingCalendar } from './working-calendar.js';

/** What is the same for every subject and every day: records of the reference data that rules may ask. */
export interface PolicyReference {
  /** In order of time. */
  readonly regimes: readonly Regime[];
  /** null where none is on record: no working days are counted then. */
  readonly calendar: WorkingCalendar | null;
}

export const NO_REFERENCE: PolicyReference = { regimes: [], calendar: null };

/** What an expression may ask besides the facts of its subject. */
export interface World extends PolicyReference {
  /** The day that `today` means, Asia/Ho_Chi_Minh; the caller's, for there is no clock here. */
  readonly today: PartialDate;
  /** null where no landscape is known: every question to it is unknown then. */
  readonly graph: RuleGraph | null;
}

/** A world, or a day of one of which nothing else is known. */
export type Asked = World | PartialDate;

export function worldOf(asked: Asked): World {
  return typeof asked === 'string' ? { today: asked, graph: null, ...NO_REFERENCE } : asked;
}
