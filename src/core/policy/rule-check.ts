import type { PartialDate, Urn } from '../landscape/model.js';
import { isWritableText } from '../landscape/record-fields.js';
import { parseExpression } from './cel-syntax.js';
import { PROBLEM_REASONS } from './expression.js';
import type { Expression, Position, Problem } from './expression.js';
import { nameOfType } from './fact-type.js';
import { BUDGET } from './limits.js';
import { partsOf } from './parts.js';
import { fieldsRead } from './reads.js';
import { PACK_PROBLEM_REASONS, checkRuleOfPack } from './rule-pack.js';
import type { CheckedRule, ExampleOutcome, PackProblemReason, PackSetting } from './rule-pack.js';
import { readRule } from './rule-pack-shape.js';
import type { Citation, Rule, RuleCase, RulePack } from './rule.js';
import { narrowedEnds } from './rule-acts.js';
import { asPublished, citationKey } from './rule-version.js';
import type { RuleEvent } from './rule-version.js';

/** What can be wrong with a rule that somebody writes here, beside what can be wrong with one of a pack. */
const DRAFT_PROBLEM_REASONS = [
  /** params: limit, actual */
  'DOCUMENT_TOO_LONG',
  /** Some text holds characters that can not be kept. */
  'TEXT_UNWRITABLE',
  /** Letters, digits, dots and hyphens. params: code, limit */
  'CODE_MALFORMED',
  /** params: field, limit, actual */
  'TOO_MANY',
  /** To try the examples would take too much work. params: limit, actual */
  'EXAMPLES_TOO_COSTLY',
  /** A citation is verified by an action of its own, and not by whoever writes the rule. params: citation */
  'VERIFICATION_CLAIMED',
  /** A citation names an instrument that has no record. params: urn */
  'INSTRUMENT_UNKNOWN',
  /**
   * It would be in effect on fewer days than the version whose place it takes, which has begun: the law of those days would
   * be asked of nobody. params: code, replaced, replacing
   */
  'EFFECT_NARROWED',
] as const;
export type RuleProblemReason = (typeof DRAFT_PROBLEM_REASONS)[number] | PackProblemReason;

/** Everything that can be wrong with a rule. */
export const RULE_PROBLEM_REASONS: readonly RuleProblemReason[] = [
  ...DRAFT_PROBLEM_REASONS,
  ...PACK_PROBLEM_REASONS,
  ...PROBLEM_REASONS,
];

/** One thing that is wrong with a rule. */
export interface RuleProblem {
  /** The way to it in the document: `cases[0].expression`; empty for the rule as a whole. */
  readonly where: string;
  /** Where in the expression; null where it is in none. */
  readonly at: Position | null;
  readonly reason: RuleProblemReason;
  readonly params: Problem['params'];
}

/** What is known of one expression that compiles. */
export interface ExpressionFact {
  /** `cases[0].expression SYSTEM` */
  readonly where: string;
  /** INT, BOOLEAN, LIST of TEXT. */
  readonly type: string;
  /** The most units of work that it takes. */
  readonly cost: number;
  /** The facts that it reads: `flows.channels`. */
  readonly fields: readonly string[];
}

/** What a rule is, as far as it can be read, and all that is wrong with it. */
export interface RuleCheck {
  /** As it is kept; undefined where the document is none. */
  readonly rule: Rule | undefined;
  /** As it would be asked; undefined where anything is wrong. */
  readonly checked: CheckedRule | undefined;
  /** In the order of the document's parts. */
  readonly problems: readonly RuleProblem[];
  readonly expressions: readonly ExpressionFact[];
  readonly examples: readonly ExampleOutcome[];
}

/** By what a rule is judged. */
export interface RuleSetting extends PackSetting {
  /** The pack in use. */
  readonly pack: RulePack;
  /** What happened so far. */
  readonly events: readonly RuleEvent[];
  readonly today: PartialDate;
  /** Whether the record of an instrument is there. */
  readonly isInstrument: (urn: Urn) => boolean;
}

/** Most characters of a rule as JSON. */
export const RULE_MAXIMUM = 65_536;
const CODE_MAXIMUM = 40;
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u;
/** Most units of work that all examples of a rule take together, were each as costly as its facts allow. */
const EXAMPLES_WORK_MAXIMUM = 20_000_000;

/** Checks a rule that somebody writes: everything that would keep it from being published, each at its place. */
export function checkRule(document: unknown, setting: RuleSetting): RuleCheck {
  const length = JSON.stringify(document)?.length ?? 0;
  if (length > RULE_MAXIMUM) {
    return refused([problem('', 'DOCUMENT_TOO_LONG', { limit: RULE_MAXIMUM, actual: length })]);
  }
  if (!isWritable(document)) return refused([problem('', 'TEXT_UNWRITABLE')]);
  const { rule, problems: shapes } = readRule(document);
  if (shapes.length > 0) {
    return refused(shapes.map(({ path, expected }) => problem(path, 'WRONG_SHAPE', { expected })));
  }
  const sizes = sizeProblems(rule);
  if (sizes.length > 0) return { ...refused(sizes), rule };
  const asked = asPublished(rule, setting.events, setting.today).rule;
  const { checked, problems: found, examples } = checkRuleOfPack(asked, setting.pack, setting);
  const problems = [
    ...citationProblems(rule, setting),
    ...effectProblems(rule, setting),
    ...found.map(({ where, at, ...rest }) => ({ ...rest, where: within(where, rule.code, at), at: at ?? null })),
  ];
  return {
    rule,
    checked: problems.length > 0 ? undefined : checked,
    problems,
    expressions: expressionsOf(checked),
    examples: examples.map((each) => ({ ...each, where: within(each.where, rule.code, undefined) })),
  };
}

function refused(problems: readonly RuleProblem[]): RuleCheck {
  return { rule: undefined, checked: undefined, problems, expressions: [], examples: [] };
}

function problem(where: string, reason: RuleProblemReason, params: Problem['params'] = {}): RuleProblem {
  return { where, at: null, reason, params };
}

/** The place without the code of the rule, which is the same for all, and without the position, which is told apart. */
function within(where: string, code: string, at: Position | undefined): string {
  const place = where === code ? '' : where.slice(code.length + 1);
  return at === undefined ? place : place.slice(0, -` ${at.line}:${at.column}`.length);
}

/** Whether every text and key of a JSON value can be kept. */
function isWritable(value: unknown): boolean {
  if (typeof value === 'string') return isWritableText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, each]) => isWritableText(key) && isWritable(each));
}

/** A rule is small: what is larger costs others the time in which it is checked. */
function sizeProblems(rule: Rule): RuleProblem[] {
  const { code, cases, citations, parameters, regimes } = rule;
  const isCode = code.length <= CODE_MAXIMUM && CODE.test(code);
  const kinds = cases.reduce((sum, { appliesTo }) => sum + appliesTo.length, 0);
  return [
    ...(isCode ? [] : [problem('code', 'CODE_MALFORMED', { code: code.slice(0, CODE_MAXIMUM), limit: CODE_MAXIMUM })]),
    ...tooMany('citations', citations.length, 20),
    ...tooMany('parameters', Object.keys(parameters).length, 50),
    ...tooMany('regimes', regimes?.length ?? 0, 20),
    ...tooMany('cases.appliesTo', kinds, 30),
    ...cases.flatMap(({ values, examples }, index) => [
      ...tooMany(`cases[${index}].values`, Object.keys(values).length, 20),
      ...tooMany(`cases[${index}].examples`, examples.length, 100),
    ]),
    ...exampleProblems(cases),
  ];
}

function tooMany(field: string, actual: number, limit: number): RuleProblem[] {
  return actual <= limit ? [] : [problem(field, 'TOO_MANY', { field, limit, actual })];
}

/**
 * Each example is tried for each kind, once as it is and once without each of its facts. Each of these is stopped by the
 * budget of an evaluation; all of them together would still take long.
 */
function exampleProblems(cases: readonly RuleCase[]): RuleProblem[] {
  let actual = 0;
  for (const { appliesTo, appliesWhen, expression, examples } of cases) {
    const sources = appliesWhen === null ? [expression] : [appliesWhen, expression];
    const trees = sources.flatMap((source) => {
      const parsed = parseExpression(source);
      return 'expression' in parsed ? [parsed.expression] : [];
    });
    for (const { facts } of examples) {
      const items = Math.max(1, valuesIn(facts));
      const once = trees.reduce((sum, tree) => sum + Math.min(BUDGET, workOf(tree, items)), 0);
      actual += once * appliesTo.length * (1 + Object.keys(facts).length);
    }
  }
  if (actual <= EXAMPLES_WORK_MAXIMUM) return [];
  return [problem('cases', 'EXAMPLES_TOO_COSTLY', { limit: EXAMPLES_WORK_MAXIMUM, actual })];
}

/** Values of a JSON value, itself included: no list in it has more items. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + valuesIn(each), 1);
}

/** Nodes that are evaluated at most, were every list so long. */
function workOf(expression: Expression, items: number): number {
  if (expression.type === 'MACRO') return 1 + workOf(expression.range, items) + items * workOf(expression.body, items);
  const own = expression.type === 'IN' ? items : 1;
  return partsOf(expression).reduce((sum, part) => sum + workOf(part, items), own);
}

/** Who writes a rule says what it rests on; whether that is so is for somebody else to say. */
function citationProblems({ code, citations }: Rule, { pack, isInstrument }: RuleSetting): RuleProblem[] {
  const known = pack.rules.find((each) => each.code === code)?.citations ?? [];
  return citations.flatMap((citation, index) => {
    const where = `citations[${index}]`;
    const { instrument } = citation;
    const isThere = instrument === null || isInstrument(instrument);
    return [
      ...(isThere ? [] : [problem(`${where}.instrument`, 'INSTRUMENT_UNKNOWN', { urn: instrument })]),
      ...(isClaimed(citation, known)
        ? [problem(`${where}.verification`, 'VERIFICATION_CLAIMED', { citation: index })]
        : []),
    ];
  });
}

function effectProblems(rule: Rule, { pack, today }: RuleSetting): RuleProblem[] {
  const { code } = rule;
  const replaced = pack.rules.find((each) => each.code === code);
  if (replaced === undefined) return [];
  const params = { code, replaced: spanOf(replaced), replacing: spanOf(rule) };
  return narrowedEnds(rule, replaced, today).map((end) => problem(end, 'EFFECT_NARROWED', params));
}

function spanOf({ effectiveFrom, effectiveTo }: Rule): string {
  return `${effectiveFrom ?? '…'} – ${effectiveTo ?? '…'}`;
}

/** Whether a citation says more of its verification than is known. */
function isClaimed(citation: Citation, known: readonly Citation[]): boolean {
  const { verification, verifiedBy, verifiedOn } = citation;
  if (verification === 'UNVERIFIED' && verifiedBy === null && verifiedOn === null) return false;
  const key = citationKey(citation);
  return !known.some(
    (each) =>
      citationKey(each) === key &&
      each.verification === verification &&
      each.verifiedBy === verifiedBy &&
      each.verifiedOn === verifiedOn,
  );
}

function expressionsOf({ rule, cases }: CheckedRule): ExpressionFact[] {
  return [...cases.values()].flatMap(({ kind, appliesWhen, expression, values }) => {
    const place = `cases[${rule.cases.findIndex(({ appliesTo }) => appliesTo.includes(kind))}]`;
    const named = [
      ...(appliesWhen === null ? [] : [['appliesWhen', appliesWhen] as const]),
      ['expression', expression] as const,
      ...[...values].map(([name, value]) => [`values.${name}`, value] as const),
    ];
    return named.map(([name, { type, cost, expression: tree }]) => ({
      where: `${place}.${name} ${kind}`,
      type: nameOfType(type),
      cost,
      fields: fieldsRead(tree),
    }));
  });
}
