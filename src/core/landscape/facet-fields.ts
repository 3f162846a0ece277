import { closestWord } from '../closest-word.js';
import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { AttributeDefinition, AttributeDefinitions } from './attribute.js';
import { phaseOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import {
  AGENCY_LEVELS,
  DEPENDENCY_STRENGTHS,
  ELEMENT_KINDS,
  EXCHANGE_CHANNELS,
  LIFECYCLE_PHASES,
  RELATION_KINDS,
  RELATION_STATUSES,
  VISIBILITIES,
} from './model.js';
import type { Element, Relation } from './model.js';
import { NOBODY, ownerLookup } from './owner-table.js';
import { shown } from './record-fields.js';

/** Keys of what has no value: it makes no sense, was declared absent, or nobody has told. They stand after all others. */
export const NO_VALUE_KEYS = ['NOT_APPLICABLE', 'DECLARED_ABSENT', 'UNKNOWN'] as const;
export type NoValueKey = (typeof NO_VALUE_KEYS)[number];
const NOT_APPLICABLE: NoValueKey = 'NOT_APPLICABLE';
const DECLARED_ABSENT: NoValueKey = 'DECLARED_ABSENT';
const UNKNOWN: NoValueKey = 'UNKNOWN';

/** A field by which elements are counted. */
export interface ElementFacetField {
  readonly name: string;
  /** The attribute that is counted; undefined for a field of the element itself. */
  readonly definition?: AttributeDefinition;
  /** The values it takes, in their order; undefined where they are not a closed list. */
  readonly words?: readonly string[];
  /** The key under which an element is counted. */
  readonly keyOf: (landscape: Landscape) => (element: Element) => string;
}

/** A field by which relations are counted. */
export interface RelationFacetField {
  readonly name: string;
  readonly words?: readonly string[];
  /** The keys under which a relation is counted: one, or one for each of its values. */
  readonly keysOf: (landscape: Landscape) => (relation: Relation) => readonly string[];
}

const ELEMENT_FIELDS: readonly ElementFacetField[] = [
  { name: 'kind', words: ELEMENT_KINDS, keyOf: () => (element) => element.kind },
  {
    name: 'layer',
    keyOf:
      () =>
      ({ layer }) =>
        layer === null ? UNKNOWN : `${layer}`,
  },
  { name: 'phase', words: LIFECYCLE_PHASES, keyOf: (landscape) => (element) => phaseOf(landscape, element) },
  {
    name: 'owner',
    keyOf: (landscape) => {
      const ownerOf = ownerLookup(landscape);
      return ({ seq }) => landscape.elementAt(ownerOf(seq))?.urn ?? UNKNOWN;
    },
  },
  {
    name: 'level',
    words: AGENCY_LEVELS,
    keyOf: () => (element) => (element.kind === 'AGENCY' ? (element.level ?? UNKNOWN) : NOT_APPLICABLE),
  },
  { name: 'visibility', words: VISIBILITIES, keyOf: () => (element) => element.visibility },
];

const RELATION_FIELDS: readonly RelationFacetField[] = [
  { name: 'kind', words: RELATION_KINDS, keysOf: () => (relation) => [relation.kind] },
  { name: 'status', words: RELATION_STATUSES, keysOf: () => (relation) => [relation.status] },
  { name: 'strength', words: DEPENDENCY_STRENGTHS, keysOf: () => (relation) => [relation.strength] },
  {
    name: 'channel',
    words: EXCHANGE_CHANNELS,
    keysOf: () => (relation) => (relation.channels.length === 0 ? [UNKNOWN] : [...new Set(relation.channels)]),
  },
  {
    name: 'crossAgency',
    keysOf: (landscape) => {
      const ownerOf = ownerLookup(landscape);
      return ({ source, target }) => {
        const [one, other] = [ownerOf(source), ownerOf(target)];
        return [one === NOBODY || other === NOBODY ? UNKNOWN : `${one !== other}`];
      };
    },
  },
];

/** `attributes.hosting` counts by an attribute. */
const ATTRIBUTE_PREFIX = 'attributes.';
/** Most fields of one call: each is counted over the whole list. */
const FIELDS_MAXIMUM = 20;
/** Most values a number may take for counts by it to be of use. */
const RANGE_MAXIMUM = 100;

/** Whether elements can be counted by an attribute: few values, and one at a time. */
function isCountable({ type, minimum, maximum }: AttributeDefinition): boolean {
  if (type === 'ENUM' || type === 'BOOLEAN') return true;
  return type === 'INTEGER' && minimum !== undefined && maximum !== undefined && maximum - minimum < RANGE_MAXIMUM;
}

function attributeField(definition: AttributeDefinition): ElementFacetField {
  const { key, values, appliesTo } = definition;
  const kinds = new Set<string>(appliesTo);
  return {
    name: ATTRIBUTE_PREFIX + key,
    definition,
    ...(values !== undefined && { words: values }),
    keyOf:
      () =>
      ({ kind, attributes }) => {
        // `constructor` and its like are found in every object, and given to none.
        const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
        if (value === undefined) return kinds.has(kind) ? UNKNOWN : NOT_APPLICABLE;
        return value === null ? DECLARED_ABSENT : shown(value);
      },
  };
}

/**
 * The fields that a call names, by which elements are to be counted.
 * @param path - the way to the names in the caller's input.
 * @param maximum - most names of the call.
 */
export function elementFacetFields(
  names: readonly string[],
  definitions: AttributeDefinitions,
  path: readonly string[],
  maximum: number = FIELDS_MAXIMUM,
): { readonly fields: readonly ElementFacetField[] } | { readonly issue: Issue } {
  const known = new Map(ELEMENT_FIELDS.map((field) => [field.name, field]));
  for (const definition of definitions.values()) {
    if (isCountable(definition)) known.set(ATTRIBUTE_PREFIX + definition.key, attributeField(definition));
  }
  return pick(names, known, path, maximum);
}

/**
 * The fields that a call names, by which relations are to be counted.
 * @param path - the way to the names in the caller's input.
 */
export function relationFacetFields(
  names: readonly string[],
  path: readonly string[],
): { readonly fields: readonly RelationFacetField[] } | { readonly issue: Issue } {
  return pick(names, new Map(RELATION_FIELDS.map((field) => [field.name, field])), path, FIELDS_MAXIMUM);
}

function pick<F>(
  names: readonly string[],
  known: ReadonlyMap<string, F>,
  path: readonly string[],
  maximum: number,
): { readonly fields: readonly F[] } | { readonly issue: Issue } {
  if (names.length > maximum) {
    return { issue: issue('LIMIT_EXCEEDED', path, { field: path.at(-1) ?? '', limit: maximum, actual: names.length }) };
  }
  const fields: F[] = [];
  for (const [index, name] of names.entries()) {
    const field = known.get(name);
    if (field === undefined) {
      const params = { field: name, suggestion: closestWord(name, known.keys()) };
      return { issue: issue('FIELD_UNKNOWN', [...path, `${index}`], params) };
    }
    fields.push(field);
  }
  return { fields };
}
