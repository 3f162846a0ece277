import type { Landscape } from '../landscape/landscape.js';
import type { AgencyLevel, Element, ElementKind, PartialDate } from '../landscape/model.js';
import type { Finding } from './finding.js';
import type { Text } from './rule.js';

/** The six national answers to "what becomes of it", and that nobody can say yet. */
export const TREATMENT_OPTIONS = [
  'KEEP',
  'STANDARDISE_CONNECT',
  'UPGRADE_EXTEND',
  'MERGE_REORGANISE',
  'REPLACE_RETIRE',
  'ADD_NEW',
  'UNDECIDED',
] as const;
export type TreatmentOption = (typeof TREATMENT_OPTIONS)[number];

/** Kinds of what is run and used, of which the question is asked. */
export const TREATED_KINDS: readonly ElementKind[] = [
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'DIGITAL_SERVICE',
  'INFRASTRUCTURE',
];
const TREATED: ReadonlySet<ElementKind> = new Set(TREATED_KINDS);

/** Whether the question what becomes of it is asked of an element. */
export function isTreated({ kind }: Pick<Element, 'kind'>): boolean {
  return TREATED.has(kind);
}

/** What a proposal can rest on. What each speaks for is data. */
export const TREATMENT_SIGNS = [
  'PLANNED',
  'LIFE_ENDED',
  'LIFE_ENDING',
  'SUCCEEDED',
  'SUSPENDED',
  'OWNER_GONE',
  'DUPLICATED',
  'SERVED_NATIONALLY',
  'SUPPORT_ENDED',
  'SUPPORT_ENDING',
  'CONTRACT_ENDING',
  'RULE_FAILED',
  'RULE_OPEN',
  'NEEDED',
  'IN_USE',
  'ALONE',
  'SUPPORTED',
  'CONFIRMED',
] as const;
export type TreatmentSign = (typeof TREATMENT_SIGNS)[number];

/** Facts without which nobody can say that a thing may stay as it is, by their fields. */
export const TREATMENT_FACTS = [
  'phases',
  'OWNED_BY',
  'description',
  'technologies',
  'endOfSupport',
  'endsOn',
  'flowsDeclaredCompleteOn',
  'attestedOn',
] as const;
export type TreatmentFact = (typeof TREATMENT_FACTS)[number];

/** One thing that speaks for an answer, and what it rests on. */
export interface TreatmentEvidence {
  readonly sign: TreatmentSign;
  /** What it speaks for; UNDECIDED: that nobody can say that it may stay as it is; null: it is only to be minded. */
  readonly option: TreatmentOption | null;
  /** What it rests on, the first where there are very many. */
  readonly elements: readonly Element[];
  /** Number of all it rests on, or among which was looked. */
  readonly count: number;
  /** The day that matters, as far as known. */
  readonly date: PartialDate | null;
  /** RULE_FAILED, RULE_OPEN: what the rule says, with what it would have to be told. */
  readonly finding: Finding | null;
}

/** A fact that nobody has told. */
export interface UntoldFact {
  /** What lacks it: the element itself, or a technology or contract it stands on. */
  readonly element: Element;
  readonly field: TreatmentFact;
}

/** What a sign speaks for and how it is said: `{names}`, `{count}` and `{date}` stand for what it rests on. */
export interface SignPolicy extends Text {
  readonly option: TreatmentOption | null;
}

/** How signs are weighed. All of it is data: nothing here is law. */
export interface TreatmentPolicy {
  /** The first that anything speaks for is proposed. KEEP is not among them: it takes the absence of all others. */
  readonly precedence: readonly TreatmentOption[];
  readonly signs: Readonly<Record<TreatmentSign, SignPolicy>>;
  /**
   * What the failure of a rule of the city's pack speaks for, by the code of the rule. While nobody can say whether it
   * fails, nothing is kept.
   */
  readonly rules: Readonly<Record<string, TreatmentOption>>;
  /** How many days ahead an end counts as near. */
  readonly horizonDays: { readonly phase: number; readonly support: number; readonly contract: number };
  /** A confirmation that is older than so many days is none any more. */
  readonly confirmedWithinDays: number;
  /** Levels of agencies that are no more. */
  readonly formerLevels: readonly AgencyLevel[];
  /** Levels of agencies whose things serve the nation: they are not merged with a city's. */
  readonly nationalLevels: readonly AgencyLevel[];
  /** Facts that must be known before KEEP is proposed, with the question that is asked where no attribute asks it. */
  readonly keepNeeds: Readonly<Partial<Record<TreatmentFact, Text>>>;
}

/** What is asked about, and what was found out about it elsewhere. */
export interface TreatmentSubject {
  readonly landscape: Landscape;
  readonly element: Element;
  readonly day: PartialDate;
  /** Those that serve the same need; undefined where its texts say too little to be compared. */
  readonly alike: { readonly elements: readonly Element[]; readonly objectsKnown: number } | undefined;
  /** All findings of rules on it. */
  readonly findings: readonly Finding[];
}

/** What is proposed for an element, worked out from what is known and never stored. */
export interface TreatmentProposal {
  readonly proposed: TreatmentOption;
  /** In the order of the signs. */
  readonly evidence: readonly TreatmentEvidence[];
  readonly missing: readonly UntoldFact[];
  /** The first day on which something it stands on ends; null where none is known. */
  readonly dueOn: PartialDate | null;
  /** Number of those alive that need it directly. */
  readonly dependents: number;
  /** Among how many objects was looked for its like. */
  readonly objectsKnown: number;
}
