import type { AskedFrom, AttributeDefinition, AttributeDefinitions } from '../landscape/attribute.js';
import { MASTER_STATES } from '../landscape/masters.js';
import { AGENCY_LEVELS, ELEMENT_KINDS, EXCHANGE_CHANNELS, LIFECYCLE_PHASES } from '../landscape/model.js';
import type { Element, ElementKind, Json, Urn } from '../landscape/model.js';
import { BOOLEAN, DATE, INT, TEXT, enumOf, listOf, recordOf, setOf } from './fact-type.js';
import type { FactType, FactTypes } from './fact-type.js';
import type { Facts } from './value.js';

/** What a rule is asked about: the facts that are known of it, and whom to ask for the rest. */
export interface SubjectFacts {
  readonly kind: ElementKind;
  /** null for a proposal that has no record yet. */
  readonly urn: Urn | null;
  readonly name: string;
  readonly values: Facts;
  /** Urn of the agency that can answer each kind of question; null where nobody is known. */
  readonly respondents: Readonly<Record<AskedFrom, Urn | null>>;
}

/** The fact under which a subject's accepted evidence stands, a truth value for each kind of the pack. */
export const EVIDENCE = 'evidence';

/** How close a match is, as the search for duplicates says it. A band it could not judge is an unknown fact. */
export const MATCH_BANDS = ['DUPLICATE', 'OVERLAP', 'RELATED', 'DISTINCT', 'TOO_LITTLE_TO_JUDGE'] as const;
export type MatchBand = (typeof MATCH_BANDS)[number];

/** An agency's electronic identifier, taken apart; what a right one looks like is a rule's affair. */
const IDENTIFIER_CODE = recordOf({
  value: TEXT,
  /** First segment: `H29` of `H29.12.3`. */
  root: TEXT,
  /** Whether all segments after the first are digits. */
  numeric: BOOLEAN,
});

const AGENCY_FIELDS: FactTypes = {
  urn: TEXT,
  name: TEXT,
  level: enumOf(AGENCY_LEVELS),
  identifierCode: IDENTIFIER_CODE,
};
const AGENCY = recordOf(AGENCY_FIELDS);

/** What is known of another element than the subject. */
export const ELEMENT_REFERENCE = recordOf({
  urn: TEXT,
  name: TEXT,
  kind: enumOf(ELEMENT_KINDS),
  layer: INT,
  phase: enumOf(LIFECYCLE_PHASES),
  owner: AGENCY,
});

/** A channel that is not known is no value: it leaves the set open. */
const CHANNEL = enumOf(EXCHANGE_CHANNELS.filter((channel) => channel !== 'UNKNOWN'));
const CHANNELS = setOf(CHANNEL, EXCHANGE_CHANNELS.length);

const FLOW = recordOf({
  urn: TEXT,
  name: TEXT,
  direction: enumOf(['PROVIDES', 'CONSUMES']),
  /** Whether the two ends have different owners. */
  crossAgency: BOOLEAN,
  /** Whether it carries data already; false where it is only planned. */
  inUse: BOOLEAN,
  channels: CHANNELS,
});

const MATCH = recordOf({
  urn: TEXT,
  name: TEXT,
  band: enumOf(MATCH_BANDS.filter((band) => band !== 'TOO_LITTLE_TO_JUDGE')),
  /** Name of the component that matched. */
  component: TEXT,
  /** Whether the proposal names this very object as one it uses again or changes. */
  reused: BOOLEAN,
});

/** The yearly report on what a project brought, which is due in January. */
const EFFECTIVENESS = recordOf({
  /** Last day of the first January after its acceptance. */
  firstDueOn: DATE,
  /** Last day of the first January after the year of its last report. */
  nextDueOn: DATE,
  /** Known only where the last report was made in January: another may have been made before a later one. */
  inJanuary: BOOLEAN,
});

/** As many flows as one system is thought to have at most; a rule over more is stopped by its budget, not by this. */
const FLOWS_MAXIMUM = 1000;

const EVERY: FactTypes = { urn: TEXT, name: TEXT, phase: enumOf(LIFECYCLE_PHASES) };
const NAMED: FactTypes = { urn: TEXT, name: TEXT };
const BUILT: FactTypes = {
  ...EVERY,
  layer: INT,
  owner: AGENCY,
  operator: AGENCY,
  flows: setOf(FLOW, FLOWS_MAXIMUM),
  /** Since when it is in operation. */
  operatedFrom: DATE,
  /** What is recorded as part of it, with the security level that counts of it. */
  parts: setOf(recordOf({ ...NAMED, securityLevel: INT })),
  /** Standards it is recorded to conform to; nobody ever declares that there are no others. */
  standards: setOf(recordOf(NAMED)),
};

/** Facts that are derived and no attribute. A kind that is not here has only its attributes, name and phase. */
const DERIVED: Readonly<Partial<Record<ElementKind, FactTypes>>> = {
  SYSTEM: BUILT,
  PLATFORM: BUILT,
  DATABASE: BUILT,
  DIGITAL_SERVICE: BUILT,
  INFRASTRUCTURE: BUILT,
  AGENCY: { ...EVERY, ...AGENCY_FIELDS },
  DATA_OBJECT: {
    ...EVERY,
    /** Who holds its original, as far as is recorded. */
    masterState: enumOf(MASTER_STATES.filter((state) => state !== 'NONE')),
    /** What is recorded to hold its original. */
    masters: setOf(recordOf(NAMED)),
  },
  PROJECT: {
    ...EVERY,
    owner: AGENCY,
    operator: AGENCY,
    components: setOf(recordOf({ name: TEXT, layer: INT })),
    channels: CHANNELS,
    nationalMatches: listOf(MATCH),
    cityMatches: listOf(MATCH),
    platformMatches: listOf(MATCH),
    effectiveness: EFFECTIVENESS,
    /** Known objects among which matches were searched. */
    searchedObjects: INT,
  },
};

/** The facts that rules may ask of one kind of subject: its attributes, and what is derived from the graph. */
export function factTypesOf(kind: ElementKind, definitions: AttributeDefinitions): FactTypes {
  const attributes = [...definitions.values()]
    .filter((definition) => definition.appliesTo.includes(kind))
    .map((definition) => [definition.key, typeOfAttribute(definition)] as const);
  return { ...Object.fromEntries(attributes), ...(DERIVED[kind] ?? EVERY) };
}

function typeOfAttribute(definition: AttributeDefinition): FactType {
  const words = definition.values === undefined ? TEXT : enumOf(definition.values);
  switch (definition.type) {
    case 'INTEGER':
      return INT;
    case 'BOOLEAN':
      return BOOLEAN;
    case 'DATE':
      return DATE;
    case 'STRING_LIST':
      return listOf(words, definition.listMaximum);
    case 'URN_LIST':
      return listOf(TEXT, definition.listMaximum);
    default:
      return words;
  }
}

/** Gives what a recorded value says; undefined where it says nothing. */
export type AttributeReader = (value: Json | undefined) => Json | undefined;

/**
 * How each attribute of a kind of subject is read, by key. A blank text is no answer, and so is a word that its definition
 * does not have; null stays: it is declared absent.
 */
export function attributeReaders(
  kind: ElementKind,
  definitions: AttributeDefinitions,
): ReadonlyMap<string, AttributeReader> {
  const own = [...definitions.values()].filter(({ appliesTo }) => appliesTo.includes(kind));
  return new Map(own.map((definition) => [definition.key, readerOf(definition)]));
}

function readerOf({ values }: AttributeDefinition): AttributeReader {
  return values === undefined ? textSaid : wordSaid(new Set(values));
}

function textSaid(value: Json | undefined): Json | undefined {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

function wordSaid(words: ReadonlySet<string>): AttributeReader {
  return (value) => (typeof value === 'string' && !words.has(value) ? undefined : value);
}

/** The attributes that say something, by key, for one kind of subject. */
export function attributeFacts(
  kind: ElementKind,
  attributes: Readonly<Record<string, Json>>,
  definitions: AttributeDefinitions,
): Facts {
  const facts: Record<string, Json> = {};
  for (const [key, read] of attributeReaders(kind, definitions)) {
    const value = Object.hasOwn(attributes, key) ? read(attributes[key]) : undefined;
    if (value !== undefined) facts[key] = value;
  }
  return facts;
}

/** The scheme under which an agency's electronic identifier is recorded among its external ids. */
const IDENTIFIER_SCHEME = 'QD20-2020';

/** The facts of an agency that rules about it, and about what it owns, may ask. Unknown ones are left out. */
export function agencyFacts(agency: Element): Facts {
  const code = agency.externalIds.find(({ scheme }) => scheme === IDENTIFIER_SCHEME);
  return {
    urn: agency.urn,
    name: agency.name,
    ...(agency.level === null ? {} : { level: agency.level }),
    ...(code === undefined ? {} : { identifierCode: identifierFacts(code.value) }),
  };
}

function identifierFacts(value: string): Facts {
  const [root = '', ...rest] = value.split('.');
  return { value, root, numeric: rest.every((segment) => /^\d+$/.test(segment)) };
}
