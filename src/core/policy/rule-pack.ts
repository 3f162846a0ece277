import type { AttributeDefinitions } from '../landscape/attribute.js';
import { ELEMENT_KINDS } from '../landscape/model.js';
import type { ElementKind, PartialDate } from '../landscape/model.js';
import { closestWord } from '../closest-word.js';
import { outcomeOf } from './checked-case.js';
import type { CheckedCase } from './checked-case.js';
import { compileExpression, compileRule, readSource } from './compile.js';
import type { Compiled, ReadSource } from './compile.js';
import type { Position, Problem, ProblemReason } from './expression.js';
import { BOOLEAN, isCollection, recordOf } from './fact-type.js';
import type { FactTypes } from './fact-type.js';
import { lastDayOf } from './partial-date.js';
import type { Interval } from './partial-date.js';
import { landscapeOfExample } from './example-graph.js';
import type { Words } from './function.js';
import { fieldsRead } from './reads.js';
import { ruleGraphOf } from './rule-graph.js';
import type { Citation, FactQuestion, FindingOutcome, Rule, RuleCase, RuleExample, RulePack } from './rule.js';
import { readRulePack } from './rule-pack-shape.js';
import { EVIDENCE, factTypesOf } from './subject.js';
import type { PolicyReference, World } from './world.js';

export const PACK_PROBLEM_REASONS = [
  /** params: expected */
  'WRONG_SHAPE',
  /** params: code */
  'CODE_REPEATED',
  /** Two cases of a rule for one kind of subject. params: kind */
  'KIND_REPEATED',
  /** A message names a value that the case does not define. params: name */
  'VALUE_UNDEFINED',
  /** params: outcome */
  'MESSAGE_MISSING',
  /** A case needs an example of this outcome. params: outcome */
  'EXAMPLE_MISSING',
  /** params: expected, actual */
  'EXAMPLE_DISAGREES',
  /** An example states a fact that its kind of subject does not have. params: field */
  'EXAMPLE_FIELD_UNKNOWN',
  /** With that fact declared absent the rule cannot be computed; compare it with null first. params: field */
  'ABSENCE_UNGUARDED',
  /** No question would fill a fact that the rule reads. params: field */
  'QUESTION_MISSING',
  /** Only what was verified against the signed text may block. */
  'ENFORCED_UNVERIFIED',
  /** What rests on weak sources is not scored. params: confidence */
  'WEAK_SOURCE_NOT_AUDIT',
  /** Verified, but nobody says by whom and when. */
  'VERIFIER_MISSING',
  /** Ends before it begins. */
  'DATES_REVERSED',
  /** It is asked under a law that nobody knows. params: regime, suggestion */
  'REGIME_UNKNOWN',
] as const;
export type PackProblemReason = (typeof PACK_PROBLEM_REASONS)[number] | ProblemReason;

/** One thing that is wrong with a pack. */
export interface PackProblem {
  /** `R-07 cases[0].expression 1:12`, or the path in the document where its shape is wrong. */
  readonly where: string;
  readonly reason: PackProblemReason;
  readonly params: Problem['params'];
  /** Where in the expression; absent where the problem is in none. */
  readonly at?: Position;
}

/** What a case gave for one of its examples. */
export interface ExampleOutcome {
  /** `R-07 cases[0] SYSTEM examples[1]` */
  readonly where: string;
  readonly expected: FindingOutcome;
  readonly actual: FindingOutcome;
}

export interface CheckedRule {
  readonly rule: Rule;
  /** When the laws were in force under which it is asked; null = it is asked under all. */
  readonly regimes: readonly Interval[] | null;
  readonly cases: ReadonlyMap<ElementKind, CheckedCase>;
}

/** A pack that can be asked: every expression compiles, every example gives its outcome, every text is there. */
export interface CheckedRulePack {
  readonly pack: RulePack;
  /** In the order of the pack. */
  readonly rules: readonly CheckedRule[];
  /** Questions by field, those of attributes included; the pack's own win. */
  readonly questions: ReadonlyMap<string, FactQuestion>;
  /** The records that its expressions may ask, and were proved with. */
  readonly reference: PolicyReference;
}

/** Values that every message may name without defining them. */
export const COMMON_VALUES = ['subject'] as const;

/**
 * Reads and checks a rule pack. A pack with any problem is not used at all: half of the law is not the law.
 * @param document - the parsed JSON.
 * @param reference - what its expressions may ask besides facts and graph.
 */
export function checkRulePack(
  document: unknown,
  definitions: AttributeDefinitions,
  reference: PolicyReference,
): { readonly checked: CheckedRulePack } | { readonly problems: readonly PackProblem[] } {
  const { pack, problems: shapes } = readRulePack(document);
  if (shapes.length > 0) {
    return {
      problems: shapes.map(({ path, expected }) => ({ where: path, reason: 'WRONG_SHAPE', params: { expected } })),
    };
  }
  const check = new PackCheck(pack, { definitions, reference });
  check.givenFacts(pack.given);
  const rules = pack.rules.map((rule) => check.rule(rule));
  check.codes(pack.rules);
  if (check.problems.length > 0) return { problems: check.problems };
  return { checked: { pack, rules, questions: check.questions, reference } };
}

/**
 * Checks one rule as one of a pack, and tells what is known of it even where something is wrong.
 * @returns the rule with those of its cases that compile.
 */
export function checkRuleOfPack(
  rule: Rule,
  pack: RulePack,
  setting: PackSetting,
): {
  readonly checked: CheckedRule;
  readonly problems: readonly PackProblem[];
  readonly examples: readonly ExampleOutcome[];
} {
  const check = new PackCheck(pack, setting);
  const checked = check.rule(rule);
  return { checked, problems: check.problems, examples: check.outcomes };
}

/** Of a pack the rules that are asked: those of finer tiers only where somebody asks for them. */
export function packOfTier(checked: CheckedRulePack, tier: number): CheckedRulePack {
  return { ...checked, rules: checked.rules.filter(({ rule }) => rule.tier <= tier) };
}

/** The tier that is asked where nobody says which. */
export const FIRST_TIER = 1;

function questionsOf(pack: RulePack, definitions: AttributeDefinitions): ReadonlyMap<string, FactQuestion> {
  const questions = new Map<string, FactQuestion>();
  for (const { key, questionVi: vi, questionEn: en, askedFrom } of definitions.values()) {
    questions.set(key, { vi, en, askedFrom });
  }
  for (const [field, question] of Object.entries(pack.questions)) questions.set(field, question);
  for (const [kind, question] of Object.entries(pack.evidence)) questions.set(`${EVIDENCE}.${kind}`, question);
  return questions;
}

/** The question of a field, or of the closest record or list that it is part of; undefined where there is none. */
export function questionOf(questions: ReadonlyMap<string, FactQuestion>, field: string): FactQuestion | undefined {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const question = questions.get(path);
    if (question !== undefined) return question;
  }
  return undefined;
}

/** What a pack is checked against. */
export interface PackSetting {
  readonly definitions: AttributeDefinitions;
  readonly reference: PolicyReference;
}

class PackCheck {
  readonly problems: PackProblem[] = [];
  readonly outcomes: ExampleOutcome[] = [];
  readonly questions: ReadonlyMap<string, FactQuestion>;
  private readonly attributes: AttributeDefinitions;
  private readonly types: ReadonlyMap<ElementKind, FactTypes>;
  private readonly reference: PolicyReference;
  private readonly words: Words;
  /** Reading takes longer than checking, and a case asks the same of five kinds. */
  private readonly sources = new Map<string, ReadSource>();
  private readonly given: ReadonlySet<string>;

  constructor(pack: RulePack, { definitions, reference }: PackSetting) {
    this.given = new Set(pack.given);
    this.reference = reference;
    this.words = { regimes: reference.regimes.map(({ code }) => code) };
    this.attributes = definitions;
    this.questions = questionsOf(pack, definitions);
    const evidence = recordOf(Object.fromEntries(Object.keys(pack.evidence).map((kind) => [kind, BOOLEAN])));
    this.types = new Map(
      ELEMENT_KINDS.map((kind) => [kind, { ...factTypesOf(kind, definitions), [EVIDENCE]: evidence }]),
    );
  }

  codes(rules: readonly Rule[]): void {
    const seen = new Set<string>();
    for (const { code } of rules) {
      if (seen.has(code)) this.note(code, 'CODE_REPEATED', { code });
      seen.add(code);
    }
  }

  givenFacts(given: readonly string[]): void {
    const known = new Set([...this.types.values()].flatMap((types) => pathsIn(types)));
    for (const name of given) {
      if (!known.has(name)) this.note('given', 'UNKNOWN_FIELD', { name, suggestion: closestWord(name, known) });
    }
  }

  rule(rule: Rule): CheckedRule {
    this.standing(rule);
    const cases = new Map<ElementKind, CheckedCase>();
    for (const [index, each] of rule.cases.entries()) {
      const where = `${rule.code} cases[${index}]`;
      this.messages(each, where);
      const { parameters } = rule;
      for (const kind of each.appliesTo) {
        if (cases.has(kind)) this.note(where, 'KIND_REPEATED', { kind });
        const checked = this.case(each, { kind, parameters }, where);
        if (checked !== undefined) cases.set(kind, checked);
      }
    }
    return { rule, cases, regimes: this.intervals(rule) };
  }

  private intervals({ code, regimes }: Rule): readonly Interval[] | null {
    if (regimes === null) return null;
    return regimes.flatMap((regime) => {
      const known = this.reference.regimes.find((each) => each.code === regime);
      const suggestion = closestWord(
        regime,
        this.reference.regimes.map((each) => each.code),
      );
      if (known === undefined) this.note(code, 'REGIME_UNKNOWN', { regime, suggestion });
      return known === undefined ? [] : [{ from: known.from, to: known.to }];
    });
  }

  /** What the rule's sources allow it to do. */
  private standing({ code, enforcement, citations, effectiveFrom, effectiveTo }: Rule): void {
    const [main] = citations;
    const isWeak = main.confidence === 'LOW' || main.confidence === 'UNSOURCED';
    if (isWeak && enforcement !== 'AUDIT') this.note(code, 'WEAK_SOURCE_NOT_AUDIT', { confidence: main.confidence });
    if (enforcement === 'ENFORCE' && main.verification !== 'VERIFIED_AGAINST_SIGNED_TEXT') {
      this.note(code, 'ENFORCED_UNVERIFIED', {});
    }
    if (citations.some(isVerifiedByNobody)) this.note(code, 'VERIFIER_MISSING', {});
    if (effectiveFrom !== null && effectiveTo !== null && lastDayOf(effectiveTo) < effectiveFrom) {
      this.note(code, 'DATES_REVERSED', {});
    }
  }

  private messages(each: RuleCase, where: string): void {
    const needed: FindingOutcome[] = ['PASS', 'FAIL', 'NEEDS_EVIDENCE'];
    if (each.appliesWhen !== null) needed.push('NOT_APPLICABLE');
    for (const outcome of needed) {
      if (each.messages[outcome] === undefined) this.note(where, 'MESSAGE_MISSING', { outcome });
    }
    const known = new Set<string>([...COMMON_VALUES, ...Object.keys(each.values)]);
    for (const { vi, en } of Object.values(each.messages)) {
      for (const name of [...namesIn(vi), ...namesIn(en)]) {
        if (!known.has(name)) this.note(where, 'VALUE_UNDEFINED', { name });
      }
    }
  }

  private case(
    each: RuleCase,
    { kind, parameters }: { readonly kind: ElementKind; readonly parameters: Rule['parameters'] },
    where: string,
  ): CheckedCase | undefined {
    const types = this.types.get(kind) ?? {};
    const { words } = this;
    const expression = this.compiled(
      compileRule(this.read(each.expression), types, parameters, words),
      `${where}.expression`,
    );
    const appliesWhen =
      each.appliesWhen === null
        ? null
        : this.compiled(compileRule(this.read(each.appliesWhen), types, parameters, words), `${where}.appliesWhen`);
    const values = new Map<string, Compiled>();
    for (const [name, source] of Object.entries(each.values)) {
      const value = this.compiled(
        compileExpression(this.read(source), types, parameters, words),
        `${where}.values.${name}`,
      );
      if (value !== undefined) values.set(name, value);
    }
    if (expression === undefined || appliesWhen === undefined) return undefined;
    const checked: CheckedCase = { kind, messages: each.messages, appliesWhen, expression, values, given: this.given };
    this.asked(checked, where);
    this.examples(each.examples, checked, `${where} ${kind}`);
    return checked;
  }

  private read(source: string): ReadSource {
    const read = this.sources.get(source) ?? readSource(source);
    this.sources.set(source, read);
    return read;
  }

  private compiled(result: ReturnType<typeof compileRule>, where: string): Compiled | undefined {
    if ('compiled' in result) return result.compiled;
    for (const { reason, at, params } of result.problems) {
      this.problems.push({ where: `${where} ${at.line}:${at.column}`, reason, params, at });
    }
    return undefined;
  }

  private asked({ expression, appliesWhen }: CheckedCase, where: string): void {
    const read = [appliesWhen, expression].flatMap((each) => (each === null ? [] : fieldsRead(each.expression)));
    for (const field of new Set(read)) {
      if (field !== EVIDENCE && questionOf(this.questions, field) === undefined)
        this.note(where, 'QUESTION_MISSING', { field });
    }
  }

  private examples(examples: readonly RuleExample[], checked: CheckedCase, where: string): void {
    for (const outcome of ['PASS', 'FAIL'] as const) {
      if (!examples.some((example) => example.outcome === outcome)) this.note(where, 'EXAMPLE_MISSING', { outcome });
    }
    const types = this.types.get(checked.kind) ?? {};
    for (const [index, { outcome, facts, graph }] of examples.entries()) {
      const place = `${where} examples[${index}]`;
      const world = worldOfExample(graph, this.reference);
      const actual = outcomeOf(checked, facts, world);
      this.outcomes.push({ where: place, expected: outcome, actual });
      if (actual !== outcome) this.note(place, 'EXAMPLE_DISAGREES', { expected: outcome, actual });
      for (const field of Object.keys(facts)) {
        if (!Object.hasOwn(types, field)) this.note(place, 'EXAMPLE_FIELD_UNKNOWN', { field });
        else if (!this.mayBeAbsent(field, types)) continue;
        else if (actual !== 'ERROR' && outcomeOf(checked, { ...facts, [field]: null }, world) === 'ERROR') {
          this.note(place, 'ABSENCE_UNGUARDED', { field });
        }
      }
    }
  }

  /** Lists and sets that are derived, and a urn, may be empty or unknown, but nobody can declare them absent. */
  private mayBeAbsent(field: string, types: FactTypes): boolean {
    if (field === EVIDENCE || field === 'urn') return false;
    const kind = types[field]?.kind;
    return kind !== 'SET' && (kind !== 'LIST' || this.attributes.has(field));
  }

  private note(where: string, reason: PackProblemReason, params: Problem['params']): void {
    this.problems.push({ where, reason, params });
  }
}

/** The paths of facts and of all their fields, without indexes. */
function pathsIn(types: FactTypes): string[] {
  return Object.entries(types).flatMap(([name, type]) => {
    const of = isCollection(type) ? type.of : type;
    return [name, ...(of.kind === 'RECORD' ? pathsIn(of.fields).map((path) => `${name}.${path}`) : [])];
  });
}

/** What `today` means in an example; examples whose outcome turns on the day state their dates around it. */
const EXAMPLE_DAY: PartialDate = '2026-12-01';

/** What an example may ask besides its facts. */
export function worldOfExample(graph: RuleExample['graph'], reference: PolicyReference): World {
  return {
    ...reference,
    today: EXAMPLE_DAY,
    graph: graph === null ? null : ruleGraphOf(landscapeOfExample(graph)),
  };
}

function isVerifiedByNobody({ verification, verifiedBy, verifiedOn }: Citation): boolean {
  return verification === 'VERIFIED_AGAINST_SIGNED_TEXT' && (verifiedBy === null || verifiedOn === null);
}

/** The names of the values that a template stands for, in order. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}
