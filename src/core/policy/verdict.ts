import type { Json } from '../landscape/model.js';
import type { Finding } from './finding.js';
import type { Text } from './rule.js';
import { listOf, objectOf, text } from './shape.js';
import type { ShapeProblem } from './shape.js';

export const LIGHTS = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'] as const;
export type Light = (typeof LIGHTS)[number];

/** One question that an agency asks itself before it submits, and what answers it. */
export interface SelfCheckCriterion {
  readonly code: string;
  readonly title: Text;
  /** Codes of the rules that decide it. */
  readonly rules: readonly string[];
  /** Attributes that must be answered, and not with "no", before the light is green. */
  readonly answers: readonly string[];
}

/** What became of one criterion. */
export interface SelfCheck {
  readonly criterion: SelfCheckCriterion;
  readonly light: Light;
  /** The findings that decided, in the order of the criterion's rules, then those that a change introduces. */
  readonly findings: readonly Finding[];
  /** Attributes that are not answered, or answered with "no". */
  readonly unanswered: readonly string[];
}

/**
 * The light of each criterion. RED: a rule is not met. GREEN: every rule is met or does not apply, and every answer is
 * there. UNKNOWN: nothing is decided. YELLOW: something is, something is not.
 * A rule that gave no finding (not in effect, no case for projects) leaves its criterion undecided: silence is no pass.
 * What a proposal says of itself makes no light green that is red or open by what its own change introduces.
 * @param introduced - findings on the landscape that its change introduces.
 */
export function selfCheck(
  criteria: readonly SelfCheckCriterion[],
  findings: readonly Finding[],
  answers: Readonly<Record<string, Json>>,
  introduced: readonly Finding[] = [],
): SelfCheck[] {
  return criteria.map((criterion) => {
    const deciding = criterion.rules.flatMap((code) => findings.find(({ rule }) => rule.code === code) ?? []);
    const wrong = introduced.filter(({ rule, outcome }) => criterion.rules.includes(rule.code) && !isMet(outcome));
    const unanswered = criterion.answers.filter((key) => !isAffirmed(answers[key]));
    const met = deciding.filter(({ outcome }) => isMet(outcome)).length;
    const open = criterion.rules.length - met + wrong.length + unanswered.length;
    const answered = criterion.answers.length - unanswered.length;
    const decided = [...deciding, ...wrong];
    const failed = decided.some(({ outcome }) => outcome === 'FAIL');
    return { criterion, light: lightOf({ failed, open, settled: met + answered }), findings: decided, unanswered };
  });
}

function isMet(outcome: Finding['outcome']): boolean {
  return outcome === 'PASS' || outcome === 'NOT_APPLICABLE';
}

function isAffirmed(answer: Json | undefined): boolean {
  return answer !== undefined && answer !== null && answer !== false;
}

function lightOf({ failed, open, settled }: { failed: boolean; open: number; settled: number }): Light {
  if (failed) return 'RED';
  if (open === 0) return 'GREEN';
  return settled === 0 ? 'UNKNOWN' : 'YELLOW';
}

export const PROPOSAL_VERDICTS = [
  'CONFORMS',
  'CONFORMS_WITH_CONDITIONS',
  'DOES_NOT_CONFORM',
  'OUTSIDE_FRAMEWORK',
  'NOT_ENOUGH_EVIDENCE',
] as const;
export type ProposalVerdict = (typeof PROPOSAL_VERDICTS)[number];

/** What tells that a proposal lies outside the framework. It is data: nothing here is law. */
export interface OutsideFramework {
  /** Codes of the rules whose failure says so. */
  readonly rules: readonly string[];
  /** Answers that say so, each with the codes of the rules that fail for that very answer, and so say nothing more. */
  readonly answers: readonly { readonly field: string; readonly value: string; readonly rules: readonly string[] }[];
}

/** What is so of one proposal. */
interface Outside {
  readonly isAnswered: boolean;
  /** Codes of the rules whose failure says that it lies outside the framework. */
  readonly rules: ReadonlySet<string>;
}

const WITHIN: Outside = { isAnswered: false, rules: new Set() };

/** What its answers tell of where a proposal lies, and which failures would. */
export function outsideOf({ rules, answers }: OutsideFramework, given: Readonly<Record<string, Json>>): Outside {
  const said = answers.filter(({ field, value }) => given[field] === value);
  return { isAnswered: said.length > 0, rules: new Set([...rules, ...said.flatMap((each) => each.rules)]) };
}

/** The sum of a check, and whether anybody may be held to it. */
export interface Verdict {
  readonly verdict: ProposalVerdict;
  /** A rule that may block fails by the law of a decision that is taken, on a citation verified against the signed text. */
  readonly isBinding: boolean;
}

/**
 * The verdict on a proposal: it does not conform where a serious rule fails; where facts are missing nothing better is
 * said; it conforms with conditions where conditions are suggested or a lesser rule fails. Rules under AUDIT are shown
 * and never counted. A failure that is waived is not serious, and no pass either: it leaves a condition.
 *
 * Outside the framework is what nothing in the proposal mends: the framework has to be amended first. Where another serious
 * rule fails it does not conform instead, for nobody amends the framework for what has to be drafted anew anyway. Facts that
 * are missing do not stand before it: whatever they turn out to be, it is not within.
 * @param findings - on the proposal itself, and those on the landscape that its operations introduce; never older debt.
 * @param conditions - number of conditions suggested.
 * @param isWaived - whether a failure is waived; none is where it is not given.
 * @param outside - as `outsideOf` says; within the framework where it is not given.
 */
export function verdictOf(
  findings: readonly Finding[],
  conditions: number,
  isWaived: (finding: Finding) => boolean = nothingIsWaived,
  { isAnswered, rules }: Outside = WITHIN,
): Verdict {
  const counted = findings.filter(({ rule }) => rule.enforcement !== 'AUDIT');
  const failed = counted.filter(({ outcome }) => outcome === 'FAIL');
  const held = failed.filter((finding) => !isWaived(finding));
  const outside = held.filter(({ rule }) => rules.has(rule.code));
  const serious = held.filter((finding) => isSerious(finding) && !rules.has(finding.rule.code));
  const open = counted.some(({ outcome }) => outcome === 'NEEDS_EVIDENCE' || outcome === 'ERROR');
  if (serious.length > 0) return { verdict: 'DOES_NOT_CONFORM', isBinding: [...serious, ...outside].some(binds) };
  if (isAnswered || outside.length > 0) return { verdict: 'OUTSIDE_FRAMEWORK', isBinding: outside.some(binds) };
  if (open) return { verdict: 'NOT_ENOUGH_EVIDENCE', isBinding: false };
  const conditional = failed.length > 0 || conditions > 0;
  return { verdict: conditional ? 'CONFORMS_WITH_CONDITIONS' : 'CONFORMS', isBinding: false };
}

function nothingIsWaived(): boolean {
  return false;
}

/** Whether a failure may block, by a law that can not change any more. */
function binds(finding: Finding): boolean {
  return isSerious(finding) && finding.rule.enforcement === 'ENFORCE' && !finding.provisional;
}

function isSerious({ rule: { severity } }: Finding): boolean {
  return severity === 'MAJOR' || severity === 'CRITICAL';
}

const bilingual = objectOf<Text>({ vi: text, en: text });
const criterionShape = objectOf<SelfCheckCriterion>({
  code: text,
  title: bilingual,
  rules: listOf(text),
  answers: listOf(text),
});

/** Reads the criteria out of a JSON document, and says where it is wrong. */
export function readSelfCheckCriteria(document: unknown): {
  readonly criteria: readonly SelfCheckCriterion[];
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  return { criteria: listOf(criterionShape)(document, '', problems), problems };
}

const outsideShape = objectOf<OutsideFramework>({
  rules: listOf(text),
  answers: listOf(objectOf<OutsideFramework['answers'][number]>({ field: text, value: text, rules: listOf(text) })),
});

/** Reads what tells that a proposal lies outside the framework out of a JSON document, and says where it is wrong. */
export function readOutsideFramework(document: unknown): {
  readonly outside: OutsideFramework;
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  return { outside: outsideShape(document, '', problems), problems };
}
