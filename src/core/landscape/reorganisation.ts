import type { Issue } from '../errors.js';
import type { AttributeDefinitions } from './attribute.js';
import type { AgencyLevel, Confidence, Json, PartialDate, RelationKind, Urn } from './model.js';
import type { Operation } from './operation.js';

/** Whom one thing of a divided agency goes to. */
export interface Assignment {
  /** urn of a relation of the agency, or of what is at its other end; that of the relation counts more. */
  readonly what: string;
  /** urn of one of the successors. */
  readonly to: string;
}

/** An agency begins its life. */
export interface FoundIntent {
  readonly kind: 'FOUND';
  readonly agency: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly level: AgencyLevel | null;
  /** urn of the agency it is a part of; null where nobody says. */
  readonly partOf: string | null;
}

/** Agencies end, and one other takes the place of all of them. */
export interface MergeIntent {
  readonly kind: 'MERGE';
  readonly into: string;
  readonly from: readonly string[];
  /** What the ended agencies are from then on; null leaves their level as it is. */
  readonly formerLevel: AgencyLevel | null;
}

/** An agency ends, and several take its place, or nobody does. */
export interface SplitIntent {
  readonly kind: 'SPLIT';
  readonly from: string;
  /** Empty = it is abolished without a successor. */
  readonly into: readonly string[];
  readonly assignment: readonly Assignment[];
  /** The successor of what has no assignment; null = that stays where it is, as an orphan. */
  readonly otherwise: string | null;
  readonly formerLevel: AgencyLevel | null;
}

/** An agency goes by another name. */
export interface RenameIntent {
  readonly kind: 'RENAME';
  readonly agency: string;
  readonly name: string;
  /** undefined leaves the English name as it is; null = there is none any more. */
  readonly nameEn: string | null | undefined;
}

/** Some things go to an agency, and nobody ends. */
export interface TransferIntent {
  readonly kind: 'TRANSFER';
  /** urns of elements (their owner changes; of an agency, what it is part of) or of single relations of an agency. */
  readonly what: readonly string[];
  readonly to: string;
}

export type ReorganisationIntent = FoundIntent | MergeIntent | SplitIntent | RenameIntent | TransferIntent;

/** What somebody wants to do with agencies. Intents are carried out in order, each on what the one before left. */
export interface Reorganisation {
  readonly intents: readonly ReorganisationIntent[];
  /** The first day of the new order, a whole day. What ends does so on the day before. */
  readonly effectiveOn: PartialDate;
  /** urn of the legislation that says so; null where nobody names it. */
  readonly legalBasis: string | null;
  /** How sure it is that the legal basis says so; null where nobody says. */
  readonly confidence: Confidence | null;
}

export const CONSEQUENCE_TYPES = [
  'FOUNDS',
  'SETS',
  'MOVES',
  'JOINS',
  'ENDS',
  'BEGINS',
  'ORPHANED',
  'TO_DECIDE',
] as const;
/**
 * What happens to one thing, and by how many operations: FOUNDS an agency (1), SETS a field (1), MOVES a relation to
 * another agency (2: one ends, one begins), JOINS it to one that says the same already (1), ENDS it (1), BEGINS one (1).
 * ORPHANED stays with an agency that is no more, TO_DECIDE is a question that moving raised (0 both).
 */
export type ConsequenceType = (typeof CONSEQUENCE_TYPES)[number];

/** Number of operations that a consequence of each type stands for. */
export const OPERATIONS_OF: Readonly<Record<ConsequenceType, number>> = {
  FOUNDS: 1,
  SETS: 1,
  MOVES: 2,
  JOINS: 1,
  ENDS: 1,
  BEGINS: 1,
  ORPHANED: 0,
  TO_DECIDE: 0,
};

export const REORGANISATION_QUESTIONS = [
  'WHO_TAKES_OVER',
  'WHO_ANSWERS',
  'SAME_CAPABILITY',
  'SAME_DATA',
  'CONTRACT_PARTY',
  'USAGE_DIFFERS',
  'MASTER_SCOPE',
] as const;
/** What somebody has to decide, and no rule can. */
export type ReorganisationQuestion = (typeof REORGANISATION_QUESTIONS)[number];

/** One consequence of a reorganisation. */
export interface Consequence {
  readonly type: ConsequenceType;
  /** Position of the intent it comes from. */
  readonly intent: number;
  /** What it happens to: the thing at the other end of a relation, the holder of a field, the agency that is founded. */
  readonly element: Urn;
  /** The relation as it was; null where there was none. */
  readonly relation: Urn | null;
  /** The relation that begins, or of an orphan: that has begun; null where none does. */
  readonly begun: Urn | null;
  readonly kind: RelationKind | null;
  /** The field that is set. */
  readonly path: string | null;
  readonly before: Json | null;
  readonly after: Json | null;
  /** The agency it was with, and the one it is with from then on. */
  readonly from: Urn | null;
  readonly to: Urn | null;
  readonly question: ReorganisationQuestion | null;
  /** The agency that can answer the question; null where nobody is known to. */
  readonly askedFrom: Urn | null;
  /** What else the question is about: the systems that do the same, for example. */
  readonly concerned: readonly Urn[];
}

/** What a reorganisation comes to: the operations of its one change set, and the same told thing by thing. */
export interface ReorganisationPlan {
  readonly operations: readonly Operation[];
  /** Position of the intent that each operation comes from. */
  readonly intentOf: readonly number[];
  /** In order of type, then of when each thing was first touched. */
  readonly consequences: readonly Consequence[];
  /** Why it can not be carried out; empty where it can. An intent with a conflict has no consequences. */
  readonly conflicts: readonly Issue[];
}

export interface ReorganisationContext {
  /** Tell which attributes name an agency. */
  readonly definitions: AttributeDefinitions;
}

/** A consequence of which nothing is known but what is given. */
export function consequence(
  given: Pick<Consequence, 'type' | 'intent' | 'element'> & Partial<Consequence>,
): Consequence {
  return {
    relation: null,
    begun: null,
    kind: null,
    path: null,
    before: null,
    after: null,
    from: null,
    to: null,
    question: null,
    askedFrom: null,
    concerned: [],
    ...given,
  };
}
