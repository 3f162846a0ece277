import { CONFIDENCES } from '../landscape/model.js';
import type { Confidence, PartialDate, Urn } from '../landscape/model.js';
import { isWithin, lastDayOf } from './partial-date.js';
import type { Interval } from './partial-date.js';
import type { Text } from './rule.js';
import { listOf, objectOf, oneOf, orNull, partialDate, text, urn } from './shape.js';
import type { ShapeProblem } from './shape.js';

/** The law that governs what is decided on the days of an interval. */
export interface Regime extends Interval {
  readonly code: string;
  readonly name: Text;
  readonly instruments: readonly Urn[];
  readonly confidence: Confidence;
  readonly source: Text;
}

/**
 * Why a regime was chosen. DECIDED: by the day of the decision. DRAFT: nothing is decided, so by today. UNCERTAIN: the
 * day is known too roughly, and other regimes are possible. NONE: no regime covers the day.
 */
export const REGIME_REASONS = ['DECIDED', 'DRAFT', 'UNCERTAIN', 'NONE'] as const;
export type RegimeReason = (typeof REGIME_REASONS)[number];

/** The regime of a decision. */
export interface ChosenRegime {
  /** Of several possible ones the latest; null where none covers the day. */
  readonly regime: Regime | null;
  readonly reason: RegimeReason;
  /** The day that it was chosen by. */
  readonly date: PartialDate;
  /** All regimes that may govern the decision, in order of time. */
  readonly possible: readonly Regime[];
  /** It may turn out to be another one. */
  readonly provisional: boolean;
}

/**
 * Chooses the regime in force on the day of the investment or lease decision: a project goes on under the law of its
 * decision, whatever came later.
 * @param regimes - in order of time, without overlaps.
 * @param decidedOn - null for a draft, which is judged by today, provisionally.
 */
export function regimeOf(regimes: readonly Regime[], decidedOn: PartialDate | null, today: PartialDate): ChosenRegime {
  const date = decidedOn ?? today;
  const possible = regimes.filter((regime) => isWithin(date, regime) !== false);
  const regime = possible.at(-1) ?? null;
  return {
    regime,
    reason: reasonOf(possible, decidedOn),
    date,
    possible,
    provisional: decidedOn === null || possible.length > 1,
  };
}

function reasonOf(possible: readonly Regime[], decidedOn: PartialDate | null): RegimeReason {
  if (possible.length === 0) return 'NONE';
  if (possible.length > 1) return 'UNCERTAIN';
  return decidedOn === null ? 'DRAFT' : 'DECIDED';
}

const bilingual = objectOf<Text>({ vi: text, en: text });
const regimeShape = objectOf<Regime>({
  code: text,
  name: bilingual,
  from: orNull(partialDate),
  to: orNull(partialDate),
  instruments: listOf(urn),
  confidence: oneOf(CONFIDENCES),
  source: bilingual,
});

/**
 * Reads the regimes out of a JSON document.
 * @returns the regimes, and where the document is wrong: its shape, or two neighbours that overlap or are out of order.
 */
export function readRegimes(document: unknown): {
  readonly regimes: readonly Regime[];
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  const regimes = listOf(regimeShape)(document, '', problems);
  for (const [index, regime] of regimes.entries()) {
    const before = regimes[index - 1];
    if (before === undefined) continue;
    const follows = before.to !== null && regime.from !== null && lastDayOf(before.to) < regime.from;
    if (!follows) problems.push({ path: `[${index}].from`, expected: `a day after the end of ${before.code}` });
  }
  return { regimes, problems };
}
