import type { AttributeDefinitions } from '../landscape/attribute.js';
import { ownerOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import { isPartialDate } from '../landscape/model.js';
import type { Element, PartialDate } from '../landscape/model.js';
import { factsOfElement } from './element-facts.js';
import { contextOf, outcomesOf } from './finding.js';
import type { DecisionContext } from './finding.js';
import type { CheckedRulePack } from './rule-pack.js';
import { ruleGraphOf } from './rule-graph.js';
import { FINDING_OUTCOMES, kindsOf } from './rule.js';
import type { FindingOutcome, Rule } from './rule.js';
import type { EvidenceCover } from './evidence-cover.js';
import type { WaiverCover } from './waiver-cover.js';
import { effectiveOutcome } from './waiver.js';
import type { EffectiveOutcome } from './waiver.js';
import { worldOf } from './world.js';
import type { Asked, World } from './world.js';

/** How many findings have each outcome; a failure that is waived is counted apart. */
export type OutcomeCounts = Readonly<Record<FindingOutcome, number>>;

/** Findings on one agency's subjects, or of one rule. */
export interface ComplianceRow {
  /** Owner of the subjects; null where the owner is unknown, and in a report by rule. */
  readonly agency: Element | null;
  /** null in a report by agency. */
  readonly rule: Rule | null;
  readonly counts: OutcomeCounts;
  /** A dated overlay on FAIL, counted apart from it; waived findings are not among the failures. */
  readonly waived: number;
  /** Share of the applicable findings that are decided, 0 to 1; 1 where nothing applies. */
  readonly coverage: number;
}

export type ReportBy = 'AGENCY' | 'RULE';

/** What a report is made of. */
export interface ReportInput {
  readonly landscape: Landscape;
  readonly pack: CheckedRulePack;
  readonly definitions: AttributeDefinitions;
  readonly today: PartialDate;
  /** What evidence shows today; nothing where it is not given. */
  readonly evidence?: EvidenceCover | undefined;
  /** What is waived today; nothing where it is not given. */
  readonly cover?: WaiverCover | undefined;
}

/** The day whose law an element is judged by: a project's decision, else today. */
export function contextOfElement(element: Element, asked: Asked): DecisionContext {
  const world = worldOf(asked);
  if (element.kind !== 'PROJECT') return { decisionDate: world.today, provisional: false, world };
  const { decidedOn } = element.attributes;
  return contextOf(typeof decidedOn === 'string' && isPartialDate(decidedOn) ? decidedOn : null, world);
}

/**
 * Sums up the findings on everything that the landscape (or view of one) holds.
 *
 * By agency: one row for each owner that owns a subject, in order of urn, then one for subjects of unknown owner. An
 * agency's own findings count for itself. By rule: one row a rule in the order of the pack, also where it met nothing.
 */
export function complianceReport(input: ReportInput, by: ReportBy): ComplianceRow[] {
  const tallies = new Map<string, Tally>();
  const agencies = new Map<string, Element | null>();
  for (const { agency, element, outcomes } of outcomesByElement(input)) {
    agencies.set(agency?.urn ?? '', agency);
    for (const { rule, outcome } of outcomes) {
      const key = by === 'RULE' ? rule.code : (agency?.urn ?? '');
      const tally = tallies.get(key) ?? emptyTally();
      const isWaived = outcome === 'FAIL' && input.cover?.ofElement(rule.code, element) !== undefined;
      tally[effectiveOutcome(outcome, isWaived)] += 1;
      tallies.set(key, tally);
    }
  }
  const countsOf = (key: string): Tally => tallies.get(key) ?? emptyTally();
  if (by === 'RULE') return input.pack.rules.map(({ rule }) => rowOf(null, rule, countsOf(rule.code)));
  return [...agencies.values()]
    .toSorted(compareAgencies)
    .map((agency) => rowOf(agency, null, countsOf(agency?.urn ?? '')));
}

/** Every element that a rule of the pack was asked about, with the agency that answers for it. */
export function* outcomesByElement({ landscape, pack, definitions, evidence, today }: ReportInput): Generator<{
  readonly agency: Element | null;
  readonly element: Element;
  readonly outcomes: ReturnType<typeof outcomesOf>;
}> {
  const kinds = new Set(pack.rules.flatMap(({ rule }) => kindsOf(rule)));
  const world: World = { ...pack.reference, today, graph: ruleGraphOf(landscape) };
  for (const element of landscape.elements()) {
    if (!kinds.has(element.kind)) continue;
    const subject = factsOfElement(landscape, element, definitions);
    const context = contextOfElement(element, world);
    const outcomes = outcomesOf(pack, evidence?.around(subject) ?? subject, context);
    const agency = element.kind === 'AGENCY' ? element : (ownerOf(landscape, element.seq) ?? null);
    if (outcomes.length > 0) yield { agency, element, outcomes };
  }
}

type Tally = Record<EffectiveOutcome, number>;

function emptyTally(): Tally {
  return { PASS: 0, FAIL: 0, NOT_APPLICABLE: 0, NEEDS_EVIDENCE: 0, ERROR: 0, WAIVED: 0 };
}

function compareAgencies(a: Element | null, b: Element | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.urn < b.urn ? -1 : 1;
}

function rowOf(agency: Element | null, rule: Rule | null, { WAIVED: waived, ...counts }: Tally): ComplianceRow {
  const applicable = FINDING_OUTCOMES.filter((outcome) => outcome !== 'NOT_APPLICABLE')
    .map((outcome) => counts[outcome])
    .reduce((sum, count) => sum + count, waived);
  const decided = counts.PASS + counts.FAIL + waived;
  return { agency, rule, counts, waived, coverage: applicable === 0 ? 1 : decided / applicable };
}
