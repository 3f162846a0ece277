import type { AskedFrom } from '../landscape/attribute.js';
import type { Confidence, ElementKind, PartialDate, Urn } from '../landscape/model.js';
import type { ExampleGraph } from './example-graph.js';
import type { Parameter } from './fact-type.js';
import type { Facts } from './value.js';

export const SEVERITIES = ['INFO', 'MINOR', 'MAJOR', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** AUDIT: not scored. WARN: shown, does not block. ENFORCE: may block. */
export const ENFORCEMENTS = ['AUDIT', 'WARN', 'ENFORCE'] as const;
export type Enforcement = (typeof ENFORCEMENTS)[number];

export const VERIFICATIONS = ['UNVERIFIED', 'VERIFIED_AGAINST_SIGNED_TEXT', 'SUPERSEDED'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

export const FINDING_OUTCOMES = ['PASS', 'FAIL', 'NOT_APPLICABLE', 'NEEDS_EVIDENCE', 'ERROR'] as const;
export type FindingOutcome = (typeof FINDING_OUTCOMES)[number];

export const RULE_PACK_STATES = ['DRAFT', 'DRY_RUN', 'ACTIVE', 'SUPERSEDED'] as const;
export type RulePackState = (typeof RULE_PACK_STATES)[number];

/** Text for people, Vietnamese first. `{name}` in a template stands for a named value. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}

/** What a rule rests on, and who has read it in the signed text. */
export interface Citation {
  /** Urn of the instrument's record; null for an order that is no legal document, which `text` then names. */
  readonly instrument: Urn | null;
  readonly article: string | null;
  readonly text: Text;
  readonly url: string | null;
  readonly confidence: Confidence;
  readonly verification: Verification;
  readonly verifiedBy: string | null;
  readonly verifiedOn: PartialDate | null;
}

/** Facts with the outcome that the rule must give for them; run each time the pack is loaded. */
export interface RuleExample {
  readonly outcome: FindingOutcome;
  readonly facts: Facts;
  /** What the landscape holds; the fact `urn` says which of its elements is the subject. null: nothing is known of it. */
  readonly graph: ExampleGraph | null;
}

/** A named number, day, word or list that a rule compares with; it stands apart from the expression so that law can change it. */
export interface RuleParameter extends Text, Parameter {}

/** A document or link that people judge, for what no recorded fact can decide. */
export interface EvidenceKind extends FactQuestion {
  /** How many days accepted evidence counts at most; null = until it is replaced. */
  readonly validityDays: number | null;
}

/** How a rule asks its question of some kinds of subject; a project knows other facts than a system. */
export interface RuleCase {
  readonly appliesTo: readonly [ElementKind, ...ElementKind[]];
  /** Where this is false the rule is NOT_APPLICABLE; null = it always applies. */
  readonly appliesWhen: string | null;
  readonly expression: string;
  /** Named values for the messages, each an expression of its own. */
  readonly values: Readonly<Record<string, string>>;
  /** PASS, FAIL and NEEDS_EVIDENCE always; NOT_APPLICABLE where `appliesWhen` is set. */
  readonly messages: Readonly<Partial<Record<FindingOutcome, Text>>>;
  readonly examples: readonly RuleExample[];
}

/** One duty, as data. */
export interface Rule {
  readonly code: string;
  readonly title: Text;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  /** 1: criteria that every proposal meets first; higher numbers are finer. */
  readonly tier: number;
  /** The first one carries the rule; the others support it. */
  readonly citations: readonly [Citation, ...Citation[]];
  /** First and last day of effect; null = open. */
  readonly effectiveFrom: PartialDate | null;
  readonly effectiveTo: PartialDate | null;
  /** Codes of the regimes under which it is asked; null = under all. */
  readonly regimes: readonly string[] | null;
  /** What its expressions read as `params`. */
  readonly parameters: Readonly<Record<string, RuleParameter>>;
  /** What to do about a failure. */
  readonly fixHint: Text;
  readonly cases: readonly [RuleCase, ...RuleCase[]];
}

/** The question that fills a fact, and who is asked. */
export interface FactQuestion extends Text {
  readonly askedFrom: AskedFrom;
}

/** A versioned set of rules. */
export interface RulePack {
  readonly code: string;
  readonly version: string;
  readonly title: Text;
  readonly state: RulePackState;
  readonly effectiveFrom: PartialDate | null;
  readonly effectiveTo: PartialDate | null;
  /** Questions for facts that are no attribute, by field: `owner`, `flows.channels`. */
  readonly questions: Readonly<Record<string, FactQuestion>>;
  /** What its rules ask to be shown, by the name of the fact: `evidence.securityDossier`. */
  readonly evidence: Readonly<Record<string, EvidenceKind>>;
  /** What coded values are called in a sentence: `AGENCY_SERVER` -> "máy chủ của cơ quan". */
  readonly words: Readonly<Record<string, Text>>;
  /** What facts that are no attribute are called in a sentence, by field: `flows.channels` -> "kênh trao đổi". */
  readonly names: Readonly<Record<string, Text>>;
  /**
   * Facts, by field, that say what a subject is or what has happened to it. Nobody changes them to meet a rule, so no way
   * to pass does.
   */
  readonly given: readonly string[];
  readonly rules: readonly Rule[];
}

/** The kinds of subject that a rule has a case for, in the order of its cases. */
export function kindsOf(rule: Rule): ElementKind[] {
  return rule.cases.flatMap((each) => each.appliesTo);
}
