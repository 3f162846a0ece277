import type {
  AgencyLevel,
  DependencyStrength,
  ElementKind,
  ExchangeChannel,
  LifecyclePhase,
  PartialDate,
  RelationKind,
  RelationStatus,
  ResponsibilityRole,
  Visibility,
} from './model.js';

/**
 * Conditions on records. All that are given must hold; an empty filter holds for everything.
 *
 * Filters have two values: a comparison with what is not known does not hold, and `not` turns that round. Who wants to
 * know of the unknown asks for it by `isNull`, `isKnown` or the value UNKNOWN.
 */
type Given<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

export type StringFilter = Given<{
  eq: string;
  /** A text that is another one; no text is none. */
  ne: string;
  in: readonly string[];
  /** Case and Vietnamese marks do not count. */
  contains: string;
  /** Case and Vietnamese marks do not count. */
  startsWith: string;
  isNull: boolean;
}>;

export type IntFilter = Given<{
  eq: number;
  lt: number;
  lte: number;
  gt: number;
  gte: number;
  in: readonly number[];
  isNull: boolean;
}>;

/**
 * Only what is sure counts. A year is neither before nor after a day of it, nor equal to it: the year may mean another
 * day. A day is equal to its year, for it surely lies in it.
 */
export type DateFilter = Given<{
  /** Surely on that day, in that month, in that year. */
  eq: PartialDate;
  /** Surely before it began. */
  before: PartialDate;
  /** Surely after it was over. */
  after: PartialDate;
  isNull: boolean;
}>;

/** A value of another type than the condition's is as good as none. */
export type AttributeFilter = Given<{
  key: string;
  /** Of a text, or of any text of a list. */
  string: StringFilter;
  int: IntFilter;
  date: DateFilter;
  boolean: boolean;
  /** Whether anybody has told; declared absent counts. */
  isKnown: boolean;
}>;

/** One responsibility that satisfies all that is given. */
export type ResponsibilityFilter = Given<{
  role: readonly ResponsibilityRole[];
  /** Numbers of persons in the directory. */
  person: readonly string[];
  /** urns of agencies. */
  agency: readonly string[];
  /** May hold on that day: neither surely over before it nor surely begun after it. */
  validOn: PartialDate;
}>;

/** An element without relations has `none` of any and, since nothing contradicts, `every`. */
export type RelationQuantifier = Given<{ some: RelationFilter; none: RelationFilter; every: RelationFilter }>;

export type ElementFilter = Given<{
  and: readonly ElementFilter[];
  or: readonly ElementFilter[];
  not: ElementFilter;
  urn: readonly string[];
  kind: readonly ElementKind[];
  name: StringFilter;
  /** On any code that another register gave. */
  externalId: StringFilter;
  layer: IntFilter;
  /** On the day the landscape is looked at. */
  phase: readonly LifecyclePhase[];
  visibility: readonly Visibility[];
  /** An unknown owner never satisfies it. */
  owner: ElementFilter;
  level: readonly AgencyLevel[];
  attribute: AttributeFilter;
  responsibility: ResponsibilityFilter;
  relation: RelationQuantifier;
  /** Last changed after this revision of the landscape. */
  changedAfterRevision: number;
  /** Last changed after this moment, ISO 8601. */
  changedAfter: string;
}>;

export type RelationDirection = 'OUTGOING' | 'INCOMING' | 'BOTH';

export type RelationFilter = Given<{
  and: readonly RelationFilter[];
  or: readonly RelationFilter[];
  not: RelationFilter;
  kind: readonly RelationKind[];
  /** Seen from an element: leading away from it, to it, or either. Only where a relation is asked for from an element. */
  direction: RelationDirection;
  /** Seen from an element: the end that is not it. Only where a relation is asked for from an element. */
  other: ElementFilter;
  source: ElementFilter;
  target: ElementFilter;
  strength: readonly DependencyStrength[];
  status: readonly RelationStatus[];
  /** Over at least one of these; a relation without channels is one over UNKNOWN. */
  channel: readonly ExchangeChannel[];
  /** Surely over none of these: a relation that may have an unknown channel never satisfies it. */
  channelNot: readonly ExchangeChannel[];
  /** Whether its ends have different owners; never satisfied where one of them is unknown. */
  crossAgency: boolean;
  /** May hold on that day: neither surely over before it nor surely begun after it. */
  validOn: PartialDate;
}>;
