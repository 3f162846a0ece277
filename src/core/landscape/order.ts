import { closestWord } from '../closest-word.js';
import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { orderedBy } from '../ordering.js';
import type { Ordering, SortKey, SortValue } from '../ordering.js';
import { vietnameseSortKey } from '../vietnamese-order.js';
import type { AttributeDefinitions } from './attribute.js';
import { phaseOf } from './landscape.js';
import type { ChangeBase } from './landscape.js';
import { ELEMENT_KINDS, LIFECYCLE_PHASES, RELATION_KINDS } from './model.js';
import type { Element, Json, Relation } from './model.js';
import { ownerLookup } from './owner-table.js';
import type { UrnEntry } from './urn-table.js';

export const ELEMENT_ORDER_FIELDS = [
  'NAME',
  'CODE',
  'CHANGED_AT',
  'KIND',
  'LAYER',
  'OWNER_NAME',
  'PHASE',
  'RELEVANCE',
  'ATTRIBUTE',
] as const;
export type ElementOrderField = (typeof ELEMENT_ORDER_FIELDS)[number];

/** One step of an order of elements. */
export interface ElementOrder {
  readonly field: ElementOrderField;
  /** ATTRIBUTE: which one. */
  readonly attribute?: string | null | undefined;
  readonly direction: 'ASC' | 'DESC';
  /** Where what is unknown stands, whatever the direction; last where it is not given. */
  readonly nulls?: 'FIRST' | 'LAST' | null | undefined;
}

/** What elements are ordered in. */
export interface OrderContext {
  readonly landscape: ChangeBase;
  /** How well an element fits what was searched for, by seq: the better the smaller; null where nothing was. */
  readonly relevanceOf?: ((seq: number) => number | null) | undefined;
}

/** Most steps of one order. */
export const ORDER_MAXIMUM = 8;

type Values = Pick<SortKey<Element>, 'valueOf' | 'keyOf' | 'keyOfValue'>;

/** Keys are made once for an element, which never changes. */
const nameKeys = new WeakMap<Element, string>();

function nameKeyOf(element: Element): string {
  let key = nameKeys.get(element);
  if (key === undefined) {
    key = vietnameseSortKey(element.name);
    nameKeys.set(element, key);
  }
  return key;
}

function textKey(value: SortValue): SortValue {
  return typeof value === 'string' ? vietnameseSortKey(value) : value;
}

/** Compared as it is. */
function plain(valueOf: (element: Element) => SortValue): Values {
  return { valueOf, keyOf: valueOf, keyOfValue: (value) => value };
}

/** A word of a closed list, compared by its place there; what is not in it is unknown. */
function listed(words: readonly string[], valueOf: (element: Element) => string): Values {
  const places = new Map<SortValue, number>(words.map((word, index) => [word, index]));
  return {
    valueOf,
    keyOf: (element) => places.get(valueOf(element)) ?? null,
    keyOfValue: (value) => places.get(value) ?? null,
  };
}

function ownerNames({ landscape }: OrderContext): Values {
  const ownerSeqOf = ownerLookup(landscape);
  const ownerOf = ({ seq }: Element): Element | undefined => landscape.elementAt(ownerSeqOf(seq));
  return {
    valueOf: (element) => ownerOf(element)?.name ?? null,
    keyOf: (element) => {
      const owner = ownerOf(element);
      return owner === undefined ? null : nameKeyOf(owner);
    },
    keyOfValue: textKey,
  };
}

function attributeValues(key: string): Values {
  const valueOf = ({ attributes }: Element): SortValue =>
    Object.hasOwn(attributes, key) ? sortable(attributes[key]) : null;
  return { valueOf, keyOf: (element) => textKey(valueOf(element)), keyOfValue: textKey };
}

/** False before true; lists and objects have no order. */
function sortable(value: Json | undefined): SortValue {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

const KNOWN_PHASES = LIFECYCLE_PHASES.filter((phase) => phase !== 'UNKNOWN');

const VALUES: Readonly<Record<ElementOrderField, (context: OrderContext, attribute: string) => Values>> = {
  NAME: () => ({ valueOf: ({ name }) => name, keyOf: nameKeyOf, keyOfValue: textKey }),
  CODE: () => plain(({ urn }) => urn),
  CHANGED_AT: () => plain(({ revision }) => revision),
  KIND: () => listed(ELEMENT_KINDS, ({ kind }) => kind),
  LAYER: () => plain(({ layer }) => layer),
  OWNER_NAME: ownerNames,
  PHASE: ({ landscape }) => listed(KNOWN_PHASES, (element) => phaseOf(landscape, element)),
  RELEVANCE: ({ relevanceOf }) => plain(({ seq }) => relevanceOf?.(seq) ?? null),
  ATTRIBUTE: (_context, attribute) => attributeValues(attribute),
};

/**
 * The order of a list of elements of one landscape: by its steps, then by seq. Names and texts stand in Vietnamese order,
 * kinds and phases in the order of their lists.
 */
export function elementOrdering(orders: readonly ElementOrder[], context: OrderContext): Ordering<Element> {
  const keys = orders.map(({ field, attribute, direction, nulls }): SortKey<Element> => {
    const values = VALUES[field](context, attribute ?? '');
    return { ...values, direction, nulls: nulls ?? 'LAST' };
  });
  return { ...ageOrdering(context.landscape), keys };
}

/** The order of elements of one landscape by age: by seq. */
export function ageOrdering(landscape: ChangeBase): Ordering<Pick<Element, 'seq' | 'urn'>> {
  const tieOfName = (urn: string): number | undefined =>
    landscape.elementByUrn(urn)?.seq ?? removedSeq(landscape, urn, 'ELEMENT');
  return { keys: [], tieOf: ({ seq }) => seq, nameOf: ({ urn }) => urn, tieOfName };
}

/** The order of things that each stand for another element: by values, upward, then by age of the element. */
export function ageOrderingOf<T>(
  landscape: ChangeBase,
  elementOf: (item: T) => Pick<Element, 'seq' | 'urn'>,
  ...values: readonly ((item: T) => SortValue)[]
): Ordering<T> {
  const { tieOf, nameOf, tieOfName } = ageOrdering(landscape);
  const { keys } = orderedBy(...values);
  return { keys, tieOf: (item) => tieOf(elementOf(item)), nameOf: (item) => nameOf(elementOf(item)), tieOfName };
}

/** The order of a list of relations of one landscape: by seq. */
export function relationOrdering(landscape: ChangeBase): Ordering<Relation> {
  const tieOfName = (urn: string): number | undefined =>
    landscape.relationByUrn(urn)?.seq ?? removedSeq(landscape, urn, 'RELATION');
  return { keys: [], tieOf: ({ seq }) => seq, nameOf: ({ urn }) => urn, tieOfName };
}

const KIND_PLACES: ReadonlyMap<SortValue, number> = new Map(RELATION_KINDS.map((kind, index) => [kind, index]));

function kindKey(kind: SortValue): SortValue {
  return KIND_PLACES.get(kind) ?? null;
}

/**
 * The order of the relations of one element: outgoing before incoming (a loop is outgoing), then by kind, by age of the
 * other end, and by seq.
 */
export function relationsOfOrdering(landscape: ChangeBase, seq: number): Ordering<Relation> {
  const otherOf = ({ source, target }: Relation): number => (source === seq ? target : source);
  const upward = { direction: 'ASC', nulls: 'FIRST' } as const;
  const side = ({ source }: Relation): number => Number(source !== seq);
  const keys: SortKey<Relation>[] = [
    { valueOf: side, keyOf: side, keyOfValue: (value) => value, ...upward },
    { valueOf: ({ kind }) => kind, keyOf: ({ kind }) => kindKey(kind), keyOfValue: kindKey, ...upward },
    {
      // The number of an element would tell how many there are that its reader may not see.
      valueOf: (relation) => landscape.elementAt(otherOf(relation))?.urn ?? null,
      keyOf: otherOf,
      keyOfValue: (urn) =>
        typeof urn === 'string'
          ? (landscape.elementByUrn(urn)?.seq ?? removedSeq(landscape, urn, 'ELEMENT') ?? null)
          : null,
      ...upward,
    },
  ];
  return { ...relationOrdering(landscape), keys };
}

/** A list goes on after what was removed, too. */
function removedSeq(landscape: ChangeBase, urn: string, table: UrnEntry['table']): number | undefined {
  const removed = landscape.removedNumber(urn);
  return removed?.table === table ? removed.seq : undefined;
}

/** Types of attributes whose values have no order. */
const UNORDERED: ReadonlySet<string> = new Set(['STRING_LIST']);

/** What an order is judged by. */
export interface OrderSetting {
  readonly definitions: AttributeDefinitions;
  /** Whether the list is of what a search found. */
  readonly isSearched: boolean;
}

/**
 * What is wrong with an order: too many steps, a relevance where nothing was searched for, an attribute that is not named,
 * not defined or has no order, or one beside another field; undefined where nothing is.
 * @param path - the way to the order in the caller's input.
 */
export function orderIssue(
  orders: readonly ElementOrder[],
  { definitions, isSearched }: OrderSetting,
  path: readonly string[],
): Issue | undefined {
  if (orders.length > ORDER_MAXIMUM) {
    return issue('LIMIT_EXCEEDED', path, { field: path.at(-1) ?? '', limit: ORDER_MAXIMUM, actual: orders.length });
  }
  for (const [index, { field, attribute }] of orders.entries()) {
    const at = [...path, `${index}`];
    if (field === 'RELEVANCE' && !isSearched) {
      return issue('ARGUMENT_NEEDED', [...at, 'field'], { value: field, other: 'search' });
    }
    const found = attributeIssue(field, attribute ?? null, { definitions, path: [...at, 'attribute'] });
    if (found !== undefined) return found;
  }
  return undefined;
}

function attributeIssue(
  field: ElementOrderField,
  attribute: string | null,
  { definitions, path }: { readonly definitions: AttributeDefinitions; readonly path: readonly string[] },
): Issue | undefined {
  if (field !== 'ATTRIBUTE') {
    if (attribute === null) return undefined;
    return issue('ARGUMENTS_EXCLUSIVE', path, { field: 'attribute', other: `field: ${field}` });
  }
  if (attribute === null) return issue('VALUE_MISSING', path, { field: 'attribute' });
  const definition = definitions.get(attribute);
  if (definition === undefined) {
    const suggestion = closestWord(attribute, definitions.keys());
    return issue('FIELD_UNKNOWN', path, { field: attribute, suggestion });
  }
  if (!UNORDERED.has(definition.type)) return undefined;
  const allowed = [...definitions.values()].filter(({ type }) => !UNORDERED.has(type)).map(({ key }) => key);
  return issue('VALUE_NOT_ALLOWED', path, { field: 'attribute', value: attribute, allowed: allowed.join(', ') });
}
