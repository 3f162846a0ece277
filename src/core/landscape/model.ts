/** The words of the landscape: what an element, a relation and their values are. */

export const ELEMENT_KINDS = [
  'AGENCY',
  'CAPABILITY',
  'ADMINISTRATIVE_PROCEDURE',
  'DIGITAL_SERVICE',
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'INTERFACE',
  'DATA_OBJECT',
  'TECHNOLOGY',
  'INFRASTRUCTURE',
  'STANDARD',
  'LEGISLATION',
  'CONTRACT',
  'PROJECT',
  'CONCEPT',
  'GAP',
  'TASK',
] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];

export const RELATION_KINDS = [
  'DEPENDS_ON',
  'USES_PLATFORM',
  'RUNS_ON',
  'AUTHENTICATES_WITH',
  'EXCHANGES_DATA_WITH',
  'PART_OF',
  'REALIZES',
  'OWNED_BY',
  'OPERATED_BY',
  'MASTERS',
  'READS',
  'WRITES',
  'PROVIDES',
  'GOVERNED_BY',
  'CONFORMS_TO',
  'REPLACES',
  'DELIVERS',
  'ASSOCIATED_WITH',
  'USES',
  'CLOSES',
] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export const VISIBILITIES = ['PUBLIC', 'GOVERNMENT', 'AGENCY', 'RESTRICTED'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const LIFECYCLE_PHASES = [
  'PLAN',
  'PILOT',
  'PHASE_IN',
  'ACTIVE',
  'SUSPENDED',
  'PHASE_OUT',
  'END_OF_LIFE',
  'UNKNOWN',
] as const;
export type LifecyclePhase = (typeof LIFECYCLE_PHASES)[number];

export const AGENCY_LEVELS = [
  'CENTRAL',
  'MINISTRY',
  'VERTICAL_BODY',
  'PROVINCE',
  'FORMER_PROVINCE',
  'DEPARTMENT',
  'FORMER_DISTRICT',
  'COMMUNE',
  'PUBLIC_SERVICE_UNIT',
  'STATE_ENTERPRISE',
  'OTHER',
] as const;
export type AgencyLevel = (typeof AGENCY_LEVELS)[number];

export const CONFIDENCES = ['HIGH', 'MEDIUM', 'LOW', 'UNSOURCED'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const DEPENDENCY_STRENGTHS = ['HARD', 'SOFT', 'INFORMATIONAL', 'UNKNOWN'] as const;
export type DependencyStrength = (typeof DEPENDENCY_STRENGTHS)[number];

export const RELATION_STATUSES = ['PLANNED', 'READY', 'IN_USE', 'ENDED', 'UNKNOWN'] as const;
export type RelationStatus = (typeof RELATION_STATUSES)[number];

export const EXCHANGE_CHANNELS = [
  'NDXP',
  'LGSP',
  'NDC',
  'AGENCY_ESB',
  'TSLCD_VPN',
  'DIRECT_API',
  'FILE',
  'UNKNOWN',
] as const;
export type ExchangeChannel = (typeof EXCHANGE_CHANNELS)[number];

export const RESPONSIBILITY_ROLES = [
  'ACCOUNTABLE',
  'RESPONSIBLE',
  'CONSULTED',
  'INFORMED',
  'DATA_STEWARD',
  'SECURITY_OFFICER',
] as const;
export type ResponsibilityRole = (typeof RESPONSIBILITY_ROLES)[number];

export const RECORD_TYPES = ['ORIGINAL', 'REFERENCE'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

declare const urnBrand: unique symbol;
/** `urn:khung:<id>`, fixed at birth and never reused. The kind is not part of it, so that it survives a reclassification. */
export type Urn = string & { readonly [urnBrand]: true };

const URN = /^urn:khung:[a-z0-9](?:[a-z0-9._-]{0,150}[a-z0-9])?$/;

/** The one place where text becomes a urn. */
export function isUrn(text: string): text is Urn {
  return URN.test(text);
}

/** A value of a JSON document. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A calendar date as far as it is known: `2025`, `2025-07` or `2025-07-01`. Never a JavaScript Date. */
export type PartialDate = string;

/** How a date is written, as a message tells it: each form, and the first and last year. */
export const DATE_SHAPE = 'YYYY | YYYY-MM | YYYY-MM-DD (1000 - 9998)';

/** 9999 is no year but what other systems write for "no end", which here is silence; 0050 is a slip for another. */
const PARTIAL_DATE = /^(?!9999)[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/**
 * Whether one date is surely after another. A year is not surely after a day of it: only what both of them say counts.
 */
export function isSurelyAfter(date: PartialDate, other: PartialDate): boolean {
  const known = Math.min(date.length, other.length);
  return date.slice(0, known) > other.slice(0, known);
}

/** Whether a text is a year from 1000 to 9998, or a month or a day of one, that exists in the calendar. */
export function isPartialDate(text: string): text is PartialDate {
  if (!PARTIAL_DATE.test(text)) return false;
  if (text.length < 10) return true;
  const day = Number(text.slice(8));
  const daysInMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= daysInMonth;
}

/** A code that another register gave the object: NAS, agency identifier, tender IB/PL ... */
export interface ExternalId {
  readonly scheme: string;
  readonly value: string;
  /** The original record, or a reference of ours to somebody else's; null where the source does not say. */
  readonly recordType: RecordType | null;
}

/** The phase an element entered, and since when; a null date is a date nobody told us. */
export interface PhaseDate {
  readonly phase: LifecyclePhase;
  readonly from: PartialDate | null;
}

/** Who answers for an element, in which way and for how long. */
export interface Responsibility {
  readonly role: ResponsibilityRole;
  /** Number of a person in the directory; never a name. */
  readonly person: string | null;
  /** urn of an agency. */
  readonly agency: Urn | null;
  readonly from: PartialDate | null;
  readonly until: PartialDate | null;
}

/** Anything that can be drawn. A missing attribute key is unknown; null is declared absent. */
export interface Element {
  /** Dense number of the element, never reused: database key and graph index. */
  readonly seq: number;
  readonly urn: Urn;
  readonly kind: ElementKind;
  readonly name: string;
  readonly nameEn: string | null;
  readonly aliases: readonly string[];
  readonly description: string | null;
  readonly externalIds: readonly ExternalId[];
  /** 1-4 of the city's framework; null where it is unknown or a layer makes no sense. */
  readonly layer: number | null;
  /** In order of time as far as dates are known; empty = UNKNOWN. */
  readonly phases: readonly PhaseDate[];
  readonly visibility: Visibility;
  /** Agencies only. */
  readonly level: AgencyLevel | null;
  readonly responsibilities: readonly Responsibility[];
  readonly attributes: Readonly<Record<string, Json>>;
  /** Revision of the landscape in which this element last changed. */
  readonly revision: number;
}

/** Which end needs the other goes by the kind, see `need-kinds`. EXCHANGES_DATA_WITH: source provides, target consumes. */
export interface Relation {
  /** Dense number of the relation, in a number range of its own. */
  readonly seq: number;
  readonly urn: Urn;
  readonly kind: RelationKind;
  /** seq of the element at the source. */
  readonly source: number;
  /** seq of the element at the target. */
  readonly target: number;
  readonly strength: DependencyStrength;
  /**
   * The end that needs lives on as long as this many of a group's other ends do: the group is its relations of this kind
   * with the same `redundancyGroup`. Null = every one counts for itself.
   */
  readonly minAvailable: number | null;
  /** Name of the group within the end that needs and the kind; null = the one group without a name. */
  readonly redundancyGroup: string | null;
  readonly status: RelationStatus;
  readonly channels: readonly ExchangeChannel[];
  readonly validFrom: PartialDate | null;
  readonly validTo: PartialDate | null;
  /** Where the relation is known from, in the words of the source. */
  readonly provenance: string | null;
  readonly confidence: Confidence;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly revision: number;
}

/** Where one value came from, and how sure it is. Kept beside the record, outside the snapshot. */
export interface ValueSource {
  readonly source: string | null;
  readonly confidence: Confidence;
}

/** Whether a relation may hold on a day: neither surely over before it nor surely begun after it. */
export function mayHoldOn({ validFrom, validTo }: Pick<Relation, 'validFrom' | 'validTo'>, day: PartialDate): boolean {
  return (validFrom === null || !isSurelyAfter(validFrom, day)) && (validTo === null || !isSurelyAfter(day, validTo));
}

type Validity = Pick<Relation, 'validFrom' | 'validTo'>;

/** Whether there may be a day on which two relations both hold: neither is surely over before the other begins. */
export function mayHoldTogether(one: Validity, other: Validity): boolean {
  return !isOverBefore(one, other) && !isOverBefore(other, one);
}

function isOverBefore({ validTo }: Validity, { validFrom }: Validity): boolean {
  return validTo !== null && validFrom !== null && isSurelyAfter(validFrom, validTo);
}

const ELEMENT_KIND_SET: ReadonlySet<string> = new Set(ELEMENT_KINDS);
const RELATION_KIND_SET: ReadonlySet<string> = new Set(RELATION_KINDS);

export function isElementKind(text: unknown): text is ElementKind {
  return typeof text === 'string' && ELEMENT_KIND_SET.has(text);
}

export function isRelationKind(text: unknown): text is RelationKind {
  return typeof text === 'string' && RELATION_KIND_SET.has(text);
}
