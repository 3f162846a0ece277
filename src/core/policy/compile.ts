import { parseExpression } from './cel-syntax.js';
import { checkExpression } from './check.js';
import type { CheckedExpression } from './check.js';
import { closuresOf } from './closures.js';
import type { Closures } from './closures.js';
import { Context } from './context.js';
import type { Run, Runs } from './context.js';
import { nodesOf, worstCase } from './cost.js';
import { explain, groundsOf, truthOf } from './explain.js';
import type { Because, Ground, Truth } from './explain.js';
import { ExplanationTree } from './explanation-tree.js';
import type { ExplanationNode } from './explanation-tree.js';
import { ExpressionWalk } from './expression-walk.js';
import type { Expression, Position, Problem } from './expression.js';
import { typesOfParameters } from './fact-type.js';
import type { FactType, FactTypes, Parameter } from './fact-type.js';
import type { Words } from './function.js';
import { COST_MAXIMUM } from './limits.js';
import type { Way } from './needed-change.js';
import { Failure, Unknown, plainValue } from './value.js';
import type { Facts, FailureDetail, MissingPath } from './value.js';
import { WaysToPass } from './ways-to-pass.js';
import type { WayLimits } from './ways-to-pass.js';
import type { CalendarDay } from './working-calendar.js';
import type { Asked } from './world.js';
import type { Json } from '../landscape/model.js';

/** An expression that was checked against the types of its facts, ready to be asked. */
export interface Compiled {
  readonly source: string;
  readonly expression: Expression;
  readonly type: FactType;
  readonly types: CheckedExpression['types'];
  /** The most units of work that it takes for facts as long as their types allow. */
  readonly cost: number;
  readonly run: Run;
  /** Each part as a function, for explanations. */
  readonly runs: Runs;
  readonly ways: Closures['ways'];
}

/** A source that was read, to be checked against the facts of more than one kind. */
export interface ReadSource {
  readonly source: string;
  readonly parsed: ReturnType<typeof parseExpression>;
}

export function readSource(source: string): ReadSource {
  return { source, parsed: parseExpression(source) };
}

/**
 * Reads and checks an expression; nothing that a rule's author can get wrong is left for a reviewer's desk.
 * @param factTypes - fields of `self`.
 * @param parameters - the rule's own values, which it reads as `params`.
 * @param words - of the closed lists that come with the reference data.
 * @returns the compiled expression, or every problem found (a syntax problem is found alone).
 */
export function compileExpression(
  written: string | ReadSource,
  factTypes: FactTypes,
  parameters: Parameters = {},
  words: Words = NO_WORDS,
): { readonly compiled: Compiled } | { readonly problems: readonly Problem[] } {
  const { source, parsed } = typeof written === 'string' ? readSource(written) : written;
  if ('problem' in parsed) return { problems: [parsed.problem] };
  const { expression } = parsed;
  const checked = checkExpression(expression, factTypes, typesOfParameters(parameters), words);
  if (checked.problems.length > 0) return { problems: checked.problems };
  const cost = worstCase(expression, checked);
  if (cost > COST_MAXIMUM) {
    return {
      problems: [{ reason: 'COST_TOO_HIGH', at: expression.at, params: { limit: COST_MAXIMUM, actual: cost } }],
    };
  }
  const { type, types } = checked;
  const { runs, ways } = closuresOf(expression, checked, valuesOf(parameters));
  const run = withinBudget(expression, runs.get(expression) ?? nothing);
  return { compiled: { source, expression, type, types, cost, run, runs, ways } };
}

type Parameters = Readonly<Record<string, Parameter>>;

function valuesOf(parameters: Parameters): Facts {
  return Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value] as const));
}

const NO_WORDS: Words = { regimes: [] };

/** As `compileExpression`, and the expression must be a truth value. */
export function compileRule(
  written: string | ReadSource,
  factTypes: FactTypes,
  parameters: Parameters = {},
  words: Words = NO_WORDS,
): { readonly compiled: Compiled } | { readonly problems: readonly Problem[] } {
  const result = compileExpression(written, factTypes, parameters, words);
  if ('problems' in result || result.compiled.type.kind === 'BOOLEAN') return result;
  const params = { expected: 'BOOLEAN', actual: result.compiled.type.kind };
  return { problems: [{ reason: 'WRONG_TYPE', at: result.compiled.expression.at, params }] };
}

/** The answer to a rule's expression. */
export interface Evaluation {
  readonly outcome: Truth;
  /** UNKNOWN: every fact that may turn it, in order of the expression; else empty. */
  readonly missing: readonly MissingPath[];
  /** ERROR: what could not be computed, and where; else null. */
  readonly failure: { readonly at: Position; readonly detail: FailureDetail } | null;
  /** The sub-expressions that decided, with the facts they read and the counterexamples. */
  readonly because: readonly Because[];
  /** Days of the calendar that were counted, and of which no source says what they are. */
  readonly unverifiedDays: readonly CalendarDay[];
}

/** What has no value; every part of an expression has a function. */
function nothing(): null {
  return null;
}

/** A whole expression pays for its nodes when it is entered; an answer that took too much work is none. */
function withinBudget(expression: Expression, run: Run): Run {
  const units = nodesOf(expression);
  return (context) => {
    context.spend(units);
    const value = run(context);
    return context.left < 0 ? new Failure(expression.at, 'BUDGET') : value;
  };
}

/**
 * The outcome alone, without what is missing: for sums over many subjects.
 */
export function truthOfCompiled(compiled: Compiled, facts: Facts, asked: Asked): Truth {
  return truthIn(compiled, new Context(facts, asked, false));
}

/** The outcome alone, in a context that may have been asked before. */
export function truthIn(compiled: Compiled, context: Context): Truth {
  context.renew();
  return truthOf(compiled.run(context));
}

/** The outcome, what is missing and what failed, without the reasons. */
export function decide(compiled: Compiled, facts: Facts, asked: Asked): Omit<Evaluation, 'because'> {
  const context = new Context(facts, asked, true);
  const value = compiled.run(context);
  return {
    outcome: truthOf(value),
    unverifiedDays: [...(context.unverified?.values() ?? [])],
    missing: value instanceof Unknown ? value.missing : [],
    failure: value instanceof Failure ? { at: value.at, detail: value.detail } : null,
  };
}

/** Why an expression has its value, as people and programs read it. Nothing of it is computed before somebody asks. */
export interface Explanation {
  /** The sub-expressions that decided, with the facts they read and the counterexamples. */
  readonly because: () => readonly Because[];
  /** As `because`, with all counterexamples. */
  readonly grounds: () => readonly Ground[];
  readonly tree: () => ExplanationNode;
  /** Ways to pass, each with all that would have to change; empty where it passes and where nobody can do anything. */
  readonly changes: () => readonly Way[];
}

/**
 * @param limits - what no way to pass may change; undefined where the expression says whether a rule applies, for there
 *   are no ways into a rule.
 */
export function explanationOf(compiled: Compiled, facts: Facts, asked: Asked, limits?: WayLimits): Explanation {
  const context = (): Context => new Context(facts, asked, true);
  const walk = (): ExpressionWalk => new ExpressionWalk(compiled, context(), limits?.given);
  return {
    because: () => explain(compiled, context()),
    grounds: () => groundsOf(compiled, context()),
    tree: () => new ExplanationTree(walk()).tree(),
    changes: () => (limits === undefined ? [] : new WaysToPass(walk(), limits).all()),
  };
}

/** Asks a compiled expression. */
export function evaluate(compiled: Compiled, facts: Facts, asked: Asked): Evaluation {
  const because = explain(compiled, new Context(facts, asked, true));
  return { ...decide(compiled, facts, asked), because };
}

/**
 * The value of a compiled expression as JSON; undefined where it is unknown or cannot be computed.
 * What belongs to something declared absent is itself absent: null.
 */
export function valueOfCompiled(compiled: Compiled, facts: Facts, asked: Asked): Json | undefined {
  const value = compiled.run(new Context(facts, asked, false));
  return value instanceof Failure && value.detail === 'ABSENT' ? null : plainValue(value, compiled.type);
}
