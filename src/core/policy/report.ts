import { ownerOf } from '../landscape/landscape.js';
import type { Element } from '../landscape/model.js';
import { Judge } from './judge.js';
import type { Judged, RuleOutcome } from './judge.js';
import type { Rule, Severity } from './rule.js';
import { SEVERITIES_DOWN, Tally } from './scoring.js';
import type { SeverityWeights, Sums } from './scoring.js';
import type { WaiverCover } from './waiver-cover.js';
import { effectiveOutcome } from './waiver.js';

/** Findings on one agency's subjects, of one rule, on one layer or of one severity: all others of these are null. */
export interface ComplianceRow extends Sums {
  /** Owner of the subjects; in a report by agency null where it is unknown. */
  readonly agency: Element | null;
  readonly rule: Rule | null;
  /** Layer of the framework, 1 to 4; in a report by layer null for what has none, or none that is known. */
  readonly layer: number | null;
  readonly severity: Severity | null;
}

export const REPORTS_BY = ['AGENCY', 'RULE', 'LAYER', 'SEVERITY'] as const;
/** What a report has one row for. */
export type ReportBy = (typeof REPORTS_BY)[number];

/** What a report is made of. */
export interface ReportInput extends Judged {
  /** How much the rules of each severity weigh in a score. */
  readonly weights: SeverityWeights;
  /** What is waived today; nothing where it is not given. */
  readonly cover?: WaiverCover | undefined;
}

/**
 * Sums up the findings on everything that the landscape (or view of one) holds.
 *
 * By agency: one row for each owner that owns a subject, in order of urn, then one for subjects of unknown owner. An
 * agency's own findings count for itself. Else one row for each rule in the order of the pack, each layer upward and then
 * what has none, or each severity downward, also where it met nothing.
 *
 * It is made in steps, a subject each.
 */
export function* complianceReport(input: ReportInput, by: ReportBy): Generator<void, ComplianceRow[]> {
  const groups = new Map<string, { readonly of: Group; readonly tally: Tally }>();
  const groupFor = (of: Group): Tally => {
    const key = keyOf(of);
    const known = groups.get(key) ?? { of, tally: new Tally(input.weights) };
    groups.set(key, known);
    return known.tally;
  };
  for (const group of groupsOf(input, by)) groupFor(group);
  for (const { agency, element, outcomes } of outcomesByElement(input)) {
    for (const { rule, outcome } of outcomes) {
      const isWaived = outcome === 'FAIL' && input.cover?.ofElement(rule.code, element) !== undefined;
      groupFor(groupOf(by, { agency, element, rule })).add(rule, effectiveOutcome(outcome, isWaived));
    }
    yield;
  }
  const rows = Array.from(groups.values(), ({ of, tally }) => ({ ...of, ...tally.sums() }));
  return by === 'AGENCY' ? rows.toSorted((a, b) => compareAgencies(a.agency, b.agency)) : rows;
}

type Group = Pick<ComplianceRow, 'agency' | 'rule' | 'layer' | 'severity'>;

const NO_GROUP: Group = { agency: null, rule: null, layer: null, severity: null };
const LAYERS: readonly (number | null)[] = [1, 2, 3, 4, null];

function keyOf({ agency, rule, layer, severity }: Group): string {
  return agency?.urn ?? rule?.code ?? severity ?? String(layer);
}

/** The rows that a report has whatever is found. */
function groupsOf({ pack }: ReportInput, by: ReportBy): Group[] {
  switch (by) {
    case 'AGENCY':
      return [];
    case 'RULE':
      return pack.rules.map(({ rule }) => ({ ...NO_GROUP, rule }));
    case 'LAYER':
      return LAYERS.map((layer) => ({ ...NO_GROUP, layer }));
    case 'SEVERITY':
      return SEVERITIES_DOWN.map((severity) => ({ ...NO_GROUP, severity }));
  }
}

/** The row that a finding belongs to. */
function groupOf(
  by: ReportBy,
  { agency, element, rule }: { readonly agency: Element | null; readonly element: Element; readonly rule: Rule },
): Group {
  switch (by) {
    case 'AGENCY':
      return { ...NO_GROUP, agency };
    case 'RULE':
      return { ...NO_GROUP, rule };
    case 'LAYER':
      return { ...NO_GROUP, layer: element.layer };
    case 'SEVERITY':
      return { ...NO_GROUP, severity: rule.severity };
  }
}

/** Every element that a rule of the pack was asked about, with the agency that answers for it. */
export function* outcomesByElement(judged: Judged): Generator<{
  readonly agency: Element | null;
  readonly element: Element;
  readonly outcomes: readonly RuleOutcome[];
}> {
  const { landscape } = judged;
  const judge = new Judge(judged);
  for (const element of landscape.elements()) {
    const outcomes = judge.outcomes(element);
    if (outcomes.length === 0) continue;
    const agency = element.kind === 'AGENCY' ? element : (ownerOf(landscape, element.seq) ?? null);
    yield { agency, element, outcomes };
  }
}

function compareAgencies(a: Element | null, b: Element | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.urn < b.urn ? -1 : 1;
}
