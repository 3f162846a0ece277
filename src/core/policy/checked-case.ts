import type { ElementKind } from '../landscape/model.js';
import { truthIn } from './compile.js';
import type { Compiled } from './compile.js';
import { Context } from './context.js';
import type { FindingOutcome, RuleCase } from './rule.js';
import type { Facts } from './value.js';
import type { Asked } from './world.js';

/** A case of a rule for one kind of subject, compiled against the facts of that kind. */
export interface CheckedCase {
  readonly kind: ElementKind;
  readonly messages: RuleCase['messages'];
  readonly appliesWhen: Compiled | null;
  readonly expression: Compiled;
  readonly values: ReadonlyMap<string, Compiled>;
  /** The pack's given facts, which no way to pass changes. */
  readonly given: ReadonlySet<string>;
}

/** What a case answers for some facts, without reasons. */
export function outcomeOf(checked: CheckedCase, facts: Facts, asked: Asked): FindingOutcome {
  return outcomeIn(checked, new Context(facts, asked, false));
}

/** What a case answers in a context, without reasons. @param context - one that does not trace; it may be asked again. */
export function outcomeIn({ appliesWhen, expression }: CheckedCase, context: Context): FindingOutcome {
  if (appliesWhen !== null) {
    const applies = truthIn(appliesWhen, context);
    if (applies === 'FALSE') return 'NOT_APPLICABLE';
    if (applies !== 'TRUE') return OUTCOME_OF[applies];
  }
  return OUTCOME_OF[truthIn(expression, context)];
}

const OUTCOME_OF = { TRUE: 'PASS', FALSE: 'FAIL', UNKNOWN: 'NEEDS_EVIDENCE', ERROR: 'ERROR' } as const;
