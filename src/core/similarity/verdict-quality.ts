import type { PartialDate } from '../landscape/model.js';
import { decisionOf, labelOf } from './duplicate-case.js';
import type { DuplicateCase } from './duplicate-case.js';
import type { MatchBand, PairBand } from './match-band.js';

/** Bands that a decision can prove right or wrong. */
export const JUDGED_BANDS = ['DUPLICATE', 'OVERLAP', 'RELATED', 'DISTINCT'] as const;

/** How the pairs of one band were decided. */
export interface BandQuality {
  readonly band: PairBand;
  /** Pairs that had this band when they were decided. */
  readonly called: number;
  /** Of these, those that people found to be so. */
  readonly right: number;
  /** Pairs that people found to be so, whatever they were called. */
  readonly decided: number;
  /** Share of the called that were right, 0 to 1; null where none was called. */
  readonly precision: number | null;
  /** Share of the decided that were called so, 0 to 1; null where none was decided so. */
  readonly recall: number | null;
}

/** What was decided in one quarter of a year. */
export interface QuarterQuality {
  /** Such as 2026-Q4. */
  readonly quarter: string;
  /** Cases whose decision is of this quarter. */
  readonly decided: number;
  /** One for each band, in their order. */
  readonly bands: readonly BandQuality[];
}

interface Decided {
  readonly called: MatchBand;
  readonly found: PairBand;
}

/**
 * How well the bands foretold what people decided, by quarter of the decision, newest first. A case counts once, by the
 * decision that stands. A pair that was dismissed is no duplicate: RELATED and DISTINCT were both right about it.
 */
export function qualityByQuarter(cases: readonly DuplicateCase[]): QuarterQuality[] {
  const quarters = new Map<string, Decided[]>();
  for (const each of cases) {
    const decision = decisionOf(each);
    if (decision === undefined) continue;
    const quarter = quarterOf(decision.on);
    const decided = { called: decision.standing.band, found: labelOf(decision.state) };
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), decided]);
  }
  return Array.from(quarters, ([quarter, decided]) => ({
    quarter,
    decided: decided.length,
    bands: JUDGED_BANDS.map((band) => bandQuality(band, decided)),
  })).toSorted((one, other) => (one.quarter < other.quarter ? 1 : -1));
}

function quarterOf(day: PartialDate): string {
  const [year = '', month = ''] = day.split('-');
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

function bandQuality(band: PairBand, all: readonly Decided[]): BandQuality {
  const provenBy = band === 'RELATED' ? 'DISTINCT' : band;
  const called = all.filter((each) => each.called === band);
  const right = called.filter(({ found }) => found === provenBy).length;
  const decided = all.filter(({ found }) => found === provenBy).length;
  return {
    band,
    called: called.length,
    right,
    decided,
    precision: called.length === 0 ? null : right / called.length,
    recall: decided === 0 ? null : right / decided,
  };
}
