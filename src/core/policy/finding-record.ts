import type { AttributeDefinitions } from '../landscape/attribute.js';
import type { Landscape } from '../landscape/landscape.js';
import type { Json, PartialDate } from '../landscape/model.js';
import { factsOfElement } from './element-facts.js';
import type { EvidenceCover } from './evidence-cover.js';
import { findingsOf } from './finding.js';
import { contextOfElement } from './report.js';
import { ruleGraphOf } from './rule-graph.js';
import { FINDING_OUTCOMES, kindsOf } from './rule.js';
import type { FindingOutcome } from './rule.js';
import type { CheckedRulePack } from './rule-pack.js';
import type { World } from './world.js';

/**
 * Of which answers this engine gives: raised whenever the same landscape, rules and day may give another finding, so
 * that a run of before is known to be of another engine.
 */
export const RULE_ENGINE = '1';

/** What findings are worked out from. */
export interface RunInput {
  readonly landscape: Landscape;
  readonly pack: CheckedRulePack;
  readonly definitions: AttributeDefinitions;
  readonly today: PartialDate;
  /** What evidence showed on that day. */
  readonly evidence: EvidenceCover;
}

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
export function* findingRecords(input: RunInput): Generator<readonly FindingRecord[]> {
  const { landscape, pack, definitions, today, evidence } = input;
  const world: World = { ...pack.reference, today, graph: ruleGraphOf(landscape) };
  const kinds = new Set(pack.rules.flatMap(({ rule }) => kindsOf(rule)));
  for (const element of landscape.elements()) {
    if (!kinds.has(element.kind)) continue;
    const facts = factsOfElement(landscape, element, definitions);
    yield findingsOf(pack, evidence.around(facts), contextOfElement(element, world)).map((finding) => ({
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
