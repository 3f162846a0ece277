import { RELATION_KINDS } from '../landscape/model.js';
import type { ElementKind, RelationKind } from '../landscape/model.js';
import type { Expression } from './expression.js';
import { GRAPH_FUNCTIONS } from './graph-functions.js';
import { partsOf } from './parts.js';
import { fieldsRead } from './reads.js';
import type { CheckedCase } from './checked-case.js';
import type { CheckedRule, CheckedRulePack } from './rule-pack.js';

/** What an answer of a rule rests on. */
export interface RuleReads {
  /** The facts of its subject, by their first name: `flows` for `flows.channels`. */
  readonly facts: ReadonlySet<string>;
  /** Whether it asks the landscape besides. */
  readonly asksLandscape: boolean;
}

/** Functions that follow a kind of relation without naming it. */
const FOLLOWED: ReadonlyMap<string, RelationKind> = new Map([
  ['mastersOf', 'MASTERS'],
  ['platformsFor', 'REALIZES'],
]);
/** Functions that list all elements of some kinds. */
const LISTING: ReadonlyMap<string, readonly ElementKind[]> = new Map([
  ['nationalDatabases', ['DATABASE']],
  ['platformsFor', ['CAPABILITY', 'PLATFORM']],
]);
const NAMES: ReadonlySet<string> = new Set(GRAPH_FUNCTIONS.map(([name]) => name));
const KINDS: ReadonlySet<unknown> = new Set(RELATION_KINDS);

const readsByCase = new WeakMap<CheckedCase, RuleReads>();
const callsByPack = new WeakMap<CheckedRulePack, readonly Call[]>();

/** What a rule reads to judge a subject of a kind; undefined where it is not asked of one. */
export function readsOf({ cases }: CheckedRule, kind: ElementKind): RuleReads | undefined {
  const asked = cases.get(kind);
  if (asked === undefined) return undefined;
  let reads = readsByCase.get(asked);
  if (reads === undefined) {
    const expressions = expressionsOf(asked);
    const fields = expressions.flatMap(fieldsRead);
    reads = {
      facts: new Set(fields.map((field) => field.split('.', 1)[0] ?? field)),
      asksLandscape: expressions.some((each) => callsIn(each).length > 0),
    };
    readsByCase.set(asked, reads);
  }
  return reads;
}

/** The kinds of relation over which the rules of a pack look farther than the facts of their subject. */
export function waysAsked(pack: CheckedRulePack): ReadonlySet<RelationKind> {
  return new Set(callsOf(pack).flatMap(kindsOf));
}

/** The kinds of element of which the rules of a pack list all that there are. */
export function kindsListed(pack: CheckedRulePack): ReadonlySet<ElementKind> {
  return new Set(callsOf(pack).flatMap(({ name }) => LISTING.get(name) ?? []));
}

function callsOf(pack: CheckedRulePack): readonly Call[] {
  let calls = callsByPack.get(pack);
  if (calls === undefined) {
    const cases = pack.rules.flatMap((rule) => [...rule.cases.values()]);
    calls = cases.flatMap(expressionsOf).flatMap(callsIn);
    callsByPack.set(pack, calls);
  }
  return calls;
}

/** The expressions that decide. */
function expressionsOf({ appliesWhen, expression }: CheckedCase): Expression[] {
  return appliesWhen === null ? [expression.expression] : [appliesWhen.expression, expression.expression];
}

type Call = Extract<Expression, { readonly type: 'CALL' }>;

/** The questions to the landscape in an expression. */
function callsIn(expression: Expression): Call[] {
  const own = expression.type === 'CALL' && NAMES.has(expression.name) ? [expression] : [];
  return [...own, ...partsOf(expression).flatMap(callsIn)];
}

/** Kinds are always written out. */
function kindsOf({ name, operands }: Call): RelationKind[] {
  const written = operands.flatMap((operand) => (operand.type === 'LIST' ? operand.items : []));
  const named = written.flatMap((item) => (item.type === 'LITERAL' && isKind(item.value) ? [item.value] : []));
  const followed = FOLLOWED.get(name);
  return followed === undefined ? named : [...named, followed];
}

function isKind(value: unknown): value is RelationKind {
  return KINDS.has(value);
}
