import type { Json } from '../landscape/model.js';
import { Judge } from './judge.js';
import type { Judged } from './judge.js';
import { FINDING_OUTCOMES, kindsOf } from './rule.js';
import type { FindingOutcome } from './rule.js';

/**
 * Of which answers this engine gives: raised whenever the same landscape, rules and day may give another finding, so
 * that a run of before is known to be of another engine.
 */
export const RULE_ENGINE = '1';

/** One finding as a run keeps it. */
export interface FindingRecord {
  readonly [key: string]: Json;
  readonly subject: string;
  readonly rule: string;
  readonly outcome: FindingOutcome;
  /** The ways to the facts that are missing. */
  readonly missing: readonly string[];
  readonly provisional: boolean;
  readonly values: { readonly [name: string]: Json };
}

/** Every finding of a landscape, by subject in order of seq and by rule in order of the pack; a subject a step. */
export function* findingRecords(input: Judged): Generator<readonly FindingRecord[]> {
  const judge = new Judge(input);
  const kinds = new Set(input.pack.rules.flatMap(({ rule }) => kindsOf(rule)));
  for (const element of input.landscape.elements()) {
    if (!kinds.has(element.kind)) continue;
    yield judge.findings(element).map((finding) => ({
      subject: element.urn,
      rule: finding.rule.code,
      outcome: finding.outcome,
      missing: finding.missingFacts.map(({ path }) => path),
      provisional: finding.provisional,
      values: finding.values,
    }));
  }
}

/** How many findings have each outcome: none so far. */
export function noFindings(): Record<FindingOutcome, number> {
  const counts = FINDING_OUTCOMES.map((outcome) => [outcome, 0] as const);
  // One entry for each outcome.
  return Object.fromEntries(counts) as Record<FindingOutcome, number>;
}
