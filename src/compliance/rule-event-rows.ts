import { readRule } from '../core/policy/rule-pack-shape.js';
import type { Rule } from '../core/policy/rule.js';
import type { RuleEvent } from '../core/policy/rule-version.js';
import type { RuleEventRow } from './rule-event.entity.js';

/**
 * What a row says that counts for the rules.
 * @throws Error where it is none of those, or its rule is none that this release can read.
 */
export function ruleEvent(row: RuleEventRow): RuleEvent {
  const { number, on, code, kind, withdrawnFrom: from, citation, verifiedBy } = row;
  const happened = { number, on, code };
  if (kind === 'PUBLISHED') return { ...happened, kind, rule: ruleOfRow(row) };
  if (kind === 'WITHDRAWN' && from !== null) return { ...happened, kind, from };
  if (kind === 'CITATION_VERIFIED' && citation !== null && verifiedBy !== null) {
    return { ...happened, kind, citation, verifiedBy };
  }
  if (kind === 'CITATION_DISPUTED' && citation !== null) return { ...happened, kind, citation };
  throw new Error(`Event ${number} of the rules does not count for what they are.`);
}

/** The rule that was drafted or published. @throws Error where this release can not read it. */
export function ruleOfRow({ number, code, rule: document }: RuleEventRow): Rule {
  const { rule, problems } = readRule(document);
  if (problems.length === 0) return rule;
  const places = problems.map(({ path, expected }) => `${path} must be ${expected}`);
  throw new Error(`Rule ${code} of event ${number} can not be used: ${places.join('; ')}`);
}
