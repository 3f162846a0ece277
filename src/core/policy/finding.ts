import type { ElementKind, Json, PartialDate, Urn } from '../landscape/model.js';
import { decide, explanationOf, truthOfCompiled, valueOfCompiled } from './compile.js';
import type { Compiled, Evaluation, Explanation } from './compile.js';
import { isWithin, isWithinAny } from './partial-date.js';
import { outcomeOf } from './checked-case.js';
import { questionOf } from './rule-pack.js';
import type { CheckedCase } from './checked-case.js';
import type { CheckedRule, CheckedRulePack } from './rule-pack.js';
import type { FindingOutcome, Rule, Text } from './rule.js';
import type { SubjectFacts } from './subject.js';
import type { MissingPath } from './value.js';
import type { CalendarDay } from './working-calendar.js';
import type { WayLimits } from './ways-to-pass.js';
import { worldOf } from './world.js';
import type { Asked, World } from './world.js';

/** The day whose law is applied, and the day that "today" means. */
export interface DecisionContext {
  /** Day of the investment or lease decision; today for a draft and for what is in operation. */
  readonly decisionDate: PartialDate;
  /** The decision has not been taken: its day, and so the law, may still change. */
  readonly provisional: boolean;
  /** What rules may ask besides the facts, today among it. */
  readonly world: World;
}

/** The context of a subject whose decision is dated, or not yet taken (null). */
export function contextOf(decidedOn: PartialDate | null, asked: Asked): DecisionContext {
  const world = worldOf(asked);
  return { decisionDate: decidedOn ?? world.today, provisional: decidedOn === null, world };
}

/** A fact that nobody has told, the question that fills it, and whom to ask. */
export interface MissingFact {
  /** The way to the fact: `flows[2].channels`. */
  readonly path: string;
  /** The same without indexes, as questions are keyed: `flows.channels`. */
  readonly field: string;
  /** Name of the list item it belongs to; null outside lists. */
  readonly item: string | null;
  /** null where neither the pack nor a definition asks for it. */
  readonly question: Text | null;
  /** Urn of the agency that can answer; null where nobody is known. */
  readonly askedFrom: Urn | null;
  /** Urn of the element whose fact it is, where that is not the subject; else null. */
  readonly element: string | null;
}

/** What one rule says of one subject, with everything needed to defend it. */
export interface Finding {
  readonly rule: Rule;
  /** null for a proposal without a record. */
  readonly subject: Urn | null;
  readonly subjectName: string;
  readonly outcome: FindingOutcome;
  /** The template of the sentence; undefined for ERROR, which has one sentence for all rules. */
  readonly message: Text | undefined;
  /** Named values for the template; a missing name is unknown, null is declared absent. */
  readonly values: Readonly<Record<string, Json>>;
  readonly missingFacts: readonly MissingFact[];
  /** Why it is so; computed when somebody asks. */
  readonly explanation: Explanation;
  /** Days of the calendar that were counted, and of which no source says what they are: to be verified. */
  readonly unverifiedDays: readonly CalendarDay[];
  /** Judged by a law that may not be the one in the end: no decision yet, or dates known too roughly. */
  readonly provisional: boolean;
}

/** The case of a rule that is asked about a kind by the law of a day. */
export interface CaseInEffect {
  readonly rule: Rule;
  readonly checked: CheckedCase;
  /** Whether the rule is sure to be in effect; where days are known only to the year or month it may be. */
  readonly isCertain: boolean;
}

/** The cases of a pack for a kind that are, or may be, in effect on a day, in the order of the pack. */
export function casesInEffect(pack: CheckedRulePack, kind: ElementKind, decisionDate: PartialDate): CaseInEffect[] {
  return pack.rules.flatMap((rule) => caseInEffect(rule, kind, decisionDate) ?? []);
}

function caseInEffect(
  { rule, cases, regimes }: CheckedRule,
  kind: ElementKind,
  decisionDate: PartialDate,
): CaseInEffect | undefined {
  const checked = cases.get(kind);
  const inEffect = isWithin(decisionDate, { from: rule.effectiveFrom, to: rule.effectiveTo });
  const underLaw = regimes === null ? true : isWithinAny(decisionDate, regimes);
  if (checked === undefined || inEffect === false || underLaw === false) return undefined;
  return { rule, checked, isCertain: inEffect === true && underLaw === true };
}

/**
 * Asks one rule about one subject.
 * @returns undefined where the rule has no case for that kind, or was not in effect on the decision date. A rule that may
 *   have been in effect (dates known only to the year or month) is asked, and its finding is provisional.
 */
export function evaluateRule(
  checkedRule: CheckedRule,
  subject: SubjectFacts,
  context: DecisionContext,
  questions: CheckedRulePack['questions'],
): Finding | undefined {
  const inEffect = caseInEffect(checkedRule, subject.kind, context.decisionDate);
  if (inEffect === undefined) return undefined;
  const { checked, isCertain } = inEffect;
  const outcome = outcomeOf(checked, subject.values, context.world);
  const deciding = decidingExpression(checked, subject, context);
  const evaluation = decide(deciding, subject.values, context.world);
  return {
    rule: checkedRule.rule,
    subject: subject.urn,
    subjectName: subject.name,
    outcome,
    message: checked.messages[outcome],
    values: valuesOf(checked, subject, context),
    missingFacts: outcome === 'NEEDS_EVIDENCE' ? missingFacts(evaluation, subject, { questions, context }) : [],
    explanation: explanationOf(deciding, subject.values, context.world, limitsOf(checked, deciding)),
    unverifiedDays: evaluation.unverifiedDays,
    provisional: context.provisional || !isCertain,
  };
}

/** Whether the rule applies decides alone, unless it does. */
function decidingExpression(checked: CheckedCase, subject: SubjectFacts, context: DecisionContext): Compiled {
  const { appliesWhen, expression } = checked;
  if (appliesWhen === null) return expression;
  return truthOfCompiled(appliesWhen, subject.values, context.world) === 'TRUE' ? expression : appliesWhen;
}

/** Whether a rule applies is no question of how to pass it. */
function limitsOf({ appliesWhen, expression, given }: CheckedCase, deciding: Compiled): WayLimits | undefined {
  return deciding === expression ? { given, appliesWhen: appliesWhen?.run ?? null } : undefined;
}

function valuesOf(checked: CheckedCase, subject: SubjectFacts, context: DecisionContext): Finding['values'] {
  const values = [...checked.values].flatMap(([name, compiled]) => {
    const value = valueOfCompiled(compiled, subject.values, context.world);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}

function missingFacts(
  { missing }: Pick<Evaluation, 'missing'>,
  subject: SubjectFacts,
  { questions, context }: { readonly questions: CheckedRulePack['questions']; readonly context: DecisionContext },
): MissingFact[] {
  return missing.map(({ path, field, item, ...whose }: MissingPath) => {
    const element = whose.element ?? null;
    const question = questionOf(questions, field);
    const respondents = element === null ? subject.respondents : context.world.graph?.respondents(element);
    return {
      path,
      field,
      item,
      question: question === undefined ? null : { vi: question.vi, en: question.en },
      askedFrom: question === undefined ? null : (respondents?.[question.askedFrom] ?? null),
      element,
    };
  });
}

/** All findings on one subject, in the order of the pack. */
export function findingsOf(pack: CheckedRulePack, subject: SubjectFacts, context: DecisionContext): Finding[] {
  return pack.rules.flatMap((rule) => evaluateRule(rule, subject, context, pack.questions) ?? []);
}
