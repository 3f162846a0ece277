import { Injectable } from '@nestjs/common';
import { orderedBy } from '../core/ordering.js';
import type { Ordering } from '../core/ordering.js';
import type { Rule } from '../core/policy/rule.js';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import type { Regime } from '../core/policy/regime.js';
import { checkRulePack, packOfTier } from '../core/policy/rule-pack.js';
import type { CheckedRulePack, PackProblem } from '../core/policy/rule-pack.js';
import { readWorkingCalendar } from '../core/policy/working-calendar.js';
import type { WorkingCalendar } from '../core/policy/working-calendar.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { readReferenceJson, readReferenceRulePack } from '../runtime/reference-file.js';
import { RegimeReader } from './regime.reader.js';

const FILE = 'hcmc/rule-pack.json';
const CALENDAR_FILE = 'national/calendar.json';

/** The city's rules, checked once at start. A pack with a problem stops the start: half of the law is not the law. */
@Injectable()
export class RulePackReader {
  readonly checked: CheckedRulePack;
  /** What is told rule by rule is in the order of the pack. */
  readonly ordering: Ordering<{ readonly rule: Rule }>;

  private readonly byTier = new Map<number, CheckedRulePack>();

  constructor(definitions: AttributeDefinitionReader, { regimes }: RegimeReader) {
    this.checked = checkedPack(readReferenceRulePack(FILE), definitions.all, regimes, loadCalendar());
    const places = new Map(this.checked.rules.map(({ rule: { code } }, place) => [code, place]));
    this.ordering = orderedBy(({ rule: { code } }) => places.get(code) ?? null);
  }

  /** The rules that are asked at a tier: its own and those of all lower ones. */
  ofTier(tier: number): CheckedRulePack {
    const highest = Math.max(0, ...this.checked.pack.rules.map((rule) => rule.tier));
    const asked = Math.min(tier, highest);
    const known = this.byTier.get(asked) ?? packOfTier(this.checked, asked);
    this.byTier.set(asked, known);
    return known;
  }
}

/** @throws Error that names every problem of the pack, one a line. */
export function checkedPack(
  document: unknown,
  definitions: AttributeDefinitions,
  regimes: readonly Regime[],
  calendar: WorkingCalendar | null = null,
): CheckedRulePack {
  const result = checkRulePack(document, definitions, regimes, calendar);
  if ('checked' in result) return result.checked;
  throw new Error([`${FILE} can not be used:`, ...result.problems.map(lineOf)].join('\n'));
}

/** Which days are worked, and which are not. @throws Error that names every problem of the record. */
export function loadCalendar(): WorkingCalendar {
  const { calendar, problems } = readWorkingCalendar(readReferenceJson(CALENDAR_FILE));
  if (problems.length === 0) return calendar;
  throw new Error(
    `${CALENDAR_FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`,
  );
}

function lineOf({ where, reason, params }: PackProblem): string {
  const named = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
  return `  ${where}: ${reason}${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}
