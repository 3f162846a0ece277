import type { Element, ElementKind } from '../landscape/model.js';
import type { Judged } from './judge.js';
import { outcomesByElement } from './report.js';
import type { CheckedRule } from './rule-pack.js';
import { FINDING_OUTCOMES } from './rule.js';
import type { FindingOutcome } from './rule.js';
import { waiverOn } from './waiver.js';
import type { Waiver } from './waiver.js';

/** What a rule says of something; null where it is not asked about it. */
export type OutcomeOrNone = FindingOutcome | null;

/** What a change of a rule is looked at on. Of the pack in use it takes what rules need besides themselves. */
export interface PreviewInput extends Judged {
  /** The rule as it is; undefined where there is none of its code. */
  readonly before: CheckedRule | undefined;
  /** The rule as it would be. */
  readonly after: CheckedRule;
  readonly waivers: readonly Waiver[];
}

/** An element of which the rule would say something else. */
export interface OutcomeChange {
  readonly element: Element;
  /** Who answers for it; null where nobody is known. */
  readonly agency: Element | null;
  readonly before: OutcomeOrNone;
  readonly after: OutcomeOrNone;
}

/** Of how many elements the rule says one thing and would say another; what stays as it is, is counted too. */
export interface Transition {
  readonly before: OutcomeOrNone;
  readonly after: OutcomeOrNone;
  readonly count: number;
}

/** What would change for the subjects of one agency. */
export interface AgencyPreview {
  /** null = of unknown owner. */
  readonly agency: Element | null;
  readonly newlyFailing: number;
  readonly newlyPassing: number;
  readonly changed: number;
}

/** A waiver in force that covers failures, and would cover none. */
export interface OrphanedWaiver {
  readonly waiver: Waiver;
  /** Failures that it covers now. */
  readonly failing: number;
}

/** What a rule would say in place of what it says, of everything that a landscape (or view of one) holds. */
export interface RulePreview {
  /** Elements that either version is asked about. */
  readonly subjects: number;
  /** In the order of the outcomes, not asked last. */
  readonly transitions: readonly Transition[];
  /** All that changes, in the order of the landscape. */
  readonly changes: readonly OutcomeChange[];
  /** Agencies for which something changes: by urn, unknown owners last. */
  readonly byAgency: readonly AgencyPreview[];
  /** In the order in which they were asked for. */
  readonly orphaned: readonly OrphanedWaiver[];
}

/** Whether something would fail that does not. */
export function isNewlyFailing({ before, after }: Pick<OutcomeChange, 'before' | 'after'>): boolean {
  return after === 'FAIL' && before !== 'FAIL';
}

/** Whether something would pass that does not. */
export function isNewlyPassing({ before, after }: Pick<OutcomeChange, 'before' | 'after'>): boolean {
  return after === 'PASS' && before !== 'PASS';
}

/**
 * The most units of work that a preview takes: of every subject of a version its condition and its expression, were all
 * facts as long as their types allow.
 */
export function previewCost({
  landscape,
  before,
  after,
}: Pick<PreviewInput, 'landscape' | 'before' | 'after'>): number {
  const costs = new Map<ElementKind, number>();
  for (const { cases } of before === undefined ? [after] : [before, after]) {
    for (const [kind, { appliesWhen, expression }] of cases) {
      costs.set(kind, (costs.get(kind) ?? 0) + (appliesWhen?.cost ?? 0) + expression.cost);
    }
  }
  let sum = 0;
  for (const { kind } of landscape.elements()) sum += costs.get(kind) ?? 0;
  return sum;
}

/** Asks both versions of a rule about everything, by the law of the same days; a step for each subject. */
export function* previewRule(input: PreviewInput): Generator<void, RulePreview> {
  const { before, after, pack } = input;
  const rules = before === undefined ? [after] : [before, after];
  const both = { ...pack, rules, pack: { ...pack.pack, rules: rules.map(({ rule }) => rule) } };
  const counts = new Map<string, Transition>();
  const changes: OutcomeChange[] = [];
  const covered = new CoveredFailures(input);
  let subjects = 0;
  for (const { agency, element, outcomes } of outcomesByElement({ ...input, pack: both })) {
    const said = (rule: CheckedRule | undefined): OutcomeOrNone =>
      outcomes.find((each) => each.rule === rule?.rule)?.outcome ?? null;
    const change = { element, agency, before: said(before), after: said(after) };
    subjects += 1;
    count(counts, change);
    if (change.before !== change.after) changes.push(change);
    covered.add(change);
    yield;
  }
  const transitions = [...counts.values()].toSorted((a, b) => place(a) - place(b));
  return { subjects, transitions, changes, byAgency: byAgency(changes), orphaned: covered.orphaned() };
}

function count(counts: Map<string, Transition>, { before, after }: OutcomeChange): void {
  const key = `${before} ${after}`;
  counts.set(key, { before, after, count: (counts.get(key)?.count ?? 0) + 1 });
}

const PLACES: readonly OutcomeOrNone[] = [...FINDING_OUTCOMES, null];

function place({ before, after }: Transition): number {
  return PLACES.indexOf(before) * PLACES.length + PLACES.indexOf(after);
}

function byAgency(changes: readonly OutcomeChange[]): AgencyPreview[] {
  const rows = new Map<string, AgencyPreview>();
  for (const change of changes) {
    const { agency } = change;
    const key = agency?.urn ?? '';
    const row = rows.get(key) ?? { agency, newlyFailing: 0, newlyPassing: 0, changed: 0 };
    rows.set(key, {
      agency,
      newlyFailing: row.newlyFailing + Number(isNewlyFailing(change)),
      newlyPassing: row.newlyPassing + Number(isNewlyPassing(change)),
      changed: row.changed + 1,
    });
  }
  return [...rows].toSorted(([a], [b]) => compareUrns(a, b)).map(([, row]) => row);
}

/** The empty text stands for nobody, who comes last. */
function compareUrns(a: string, b: string): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return a < b ? -1 : 1;
}

/** How many failures each waiver of the rule covers, before and after. */
class CoveredFailures {
  private readonly inForce: readonly Waiver[];
  /** By urn of a subject, or of the agency for which all is waived. */
  private readonly byScope = new Map<string, Waiver[]>();
  private readonly failing = new Map<Waiver, { before: number; after: number }>();

  constructor({ waivers, landscape, after, today }: PreviewInput) {
    this.inForce = waivers.filter(
      (waiver) =>
        waiver.terms.rule === after.rule.code &&
        landscape.elementByUrn(waiver.terms.agency) !== undefined &&
        waiverOn(waiver, today)?.state === 'IN_FORCE',
    );
    for (const waiver of this.inForce) {
      const { subjects, agency } = waiver.terms;
      for (const key of subjects ?? [wholeKey(agency)]) {
        const known = this.byScope.get(key);
        if (known === undefined) this.byScope.set(key, [waiver]);
        else known.push(waiver);
      }
    }
  }

  add({ element, agency, before, after }: OutcomeChange): void {
    if (this.byScope.size === 0 || (before !== 'FAIL' && after !== 'FAIL')) return;
    const own = this.byScope.get(element.urn) ?? [];
    const whole = agency === null ? [] : (this.byScope.get(wholeKey(agency.urn)) ?? []);
    for (const waiver of [...own, ...whole]) {
      const counts = this.failing.get(waiver) ?? { before: 0, after: 0 };
      counts.before += Number(before === 'FAIL');
      counts.after += Number(after === 'FAIL');
      this.failing.set(waiver, counts);
    }
  }

  orphaned(): OrphanedWaiver[] {
    return this.inForce.flatMap((waiver) => {
      const counts = this.failing.get(waiver);
      return counts !== undefined && counts.before > 0 && counts.after === 0
        ? [{ waiver, failing: counts.before }]
        : [];
    });
  }
}

/** No urn has a space, so that no subject has this key. */
function wholeKey(agency: string): string {
  return `all of ${agency}`;
}
