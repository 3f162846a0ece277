import { numberAt } from '../number-at.js';
import { vietnameseSortKey } from '../vietnamese-order.js';
import type { AttributeDefinition } from './attribute.js';
import { NO_VALUE_KEYS } from './facet-fields.js';
import type { ElementFacetField, RelationFacetField } from './facet-fields.js';
import type { Landscape } from './landscape.js';
import type { Element, Relation } from './model.js';

export interface Bucket {
  /** A word of a closed list, a number, `true` or `false`, the urn of an owner, or one of NO_VALUE_KEYS. */
  readonly key: string;
  readonly count: number;
}

/** How many things of a list share each value of a field. */
export interface Facet {
  readonly field: string;
  /** The values that occur: the most frequent first, then in the order of the values; without a value last. */
  readonly buckets: readonly Bucket[];
}

/** How many elements of a list share their values in several fields. */
export interface CountGroup {
  /** One key for each field, as of a bucket. */
  readonly keys: readonly string[];
  readonly count: number;
}

/** The values of one field by seq of the element, as indexes into `keys`, which are in the order of the values. */
interface Column {
  readonly codes: Int32Array;
  readonly keys: readonly string[];
}

/** Columns are made once for a landscape, which must not change, and go with it; those of attributes belong to their definition. */
const columns = new WeakMap<Landscape, Map<string | AttributeDefinition, Column>>();

function columnOf(landscape: Landscape, field: ElementFacetField): Column {
  const made = columns.get(landscape) ?? new Map<string | AttributeDefinition, Column>();
  columns.set(landscape, made);
  const name = field.definition ?? field.name;
  let column = made.get(name);
  if (column === undefined) {
    column = makeColumn(landscape, field);
    made.set(name, column);
  }
  return column;
}

function makeColumn(landscape: Landscape, { keyOf, words }: ElementFacetField): Column {
  const key = keyOf(landscape);
  const codes = new Int32Array(landscape.elementBound);
  const codeOf = new Map<string, number>();
  for (const element of landscape.elements()) {
    const value = key(element);
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    codes[element.seq] = code;
  }
  const met = [...codeOf.keys()];
  const keys = inOrderOfValues(met, words);
  const placeOf = new Map(keys.map((each, place) => [each, place]));
  const places = met.map((each) => placeOf.get(each) ?? 0);
  return { codes: codes.map((code) => places[code] ?? 0), keys };
}

/** In the order of a closed list, or by number and text; what has no value stands last. */
function inOrderOfValues(keys: readonly string[], words: readonly string[] = []): string[] {
  const places = new Map<string, number>([...words, ...NO_VALUE_KEYS].map((word, index) => [word, index + 1]));
  return keys
    .map((key) => ({ key, place: places.get(key) ?? 0, text: vietnameseSortKey(key) }))
    .toSorted((a, b) => a.place - b.place || (a.text < b.text ? -1 : 1))
    .map(({ key }) => key);
}

/** Counts the elements of a list by one field. The counts sum up to the number of elements. */
export function elementFacet(landscape: Landscape, elements: readonly Element[], field: ElementFacetField): Facet {
  const { codes, keys } = columnOf(landscape, field);
  const counts = new Int32Array(keys.length);
  for (const { seq } of elements) {
    const code = numberAt(codes, seq);
    counts[code] = numberAt(counts, code) + 1;
  }
  return { field: field.name, buckets: mostFrequentFirst(keys, (code) => numberAt(counts, code)) };
}

/**
 * Counts the relations of a list by one field. The counts sum up to the number of relations, except for channels, of
 * which a relation can have several and is counted under each.
 */
export function relationFacet(landscape: Landscape, relations: readonly Relation[], field: RelationFacetField): Facet {
  const keysOf = field.keysOf(landscape);
  const counts = new Map<string, number>();
  for (const relation of relations) {
    for (const key of keysOf(relation)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = inOrderOfValues([...counts.keys()], field.words);
  return { field: field.name, buckets: mostFrequentFirst(keys, (code) => counts.get(keys[code] ?? '') ?? 0) };
}

function mostFrequentFirst(keys: readonly string[], countOf: (code: number) => number): Bucket[] {
  const noValues = new Set<string>(NO_VALUE_KEYS);
  return keys
    .map((key, code) => ({ key, count: countOf(code) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => Number(noValues.has(a.key)) - Number(noValues.has(b.key)) || b.count - a.count);
}

/** Up to so many possible groups are counted in an array; more in a map, for most of them will be empty. */
const ARRAY_MAXIMUM = 1 << 20;

/**
 * Counts the elements of a list by several fields at once. Only groups that occur, in the order of the first field's
 * values, then the second's and so on. The counts sum up to the number of elements.
 */
export function countsBy(
  landscape: Landscape,
  elements: readonly Element[],
  fields: readonly ElementFacetField[],
): CountGroup[] {
  const made = fields.map((field) => columnOf(landscape, field));
  const size = made.reduce((product, { keys }) => product * keys.length, 1);
  const groupOf = (seq: number): number => {
    let group = 0;
    for (const { codes, keys } of made) group = group * keys.length + numberAt(codes, seq);
    return group;
  };
  return Array.from(countGroups(elements, groupOf, size), ([group, count]) => ({
    keys: keysOfGroup(group, made),
    count,
  }));
}

/** The groups that occur with their counts, in the order of their numbers. */
function countGroups(
  elements: readonly Element[],
  groupOf: (seq: number) => number,
  size: number,
): (readonly [group: number, count: number])[] {
  if (size > ARRAY_MAXIMUM) {
    const counts = new Map<number, number>();
    for (const { seq } of elements) counts.set(groupOf(seq), (counts.get(groupOf(seq)) ?? 0) + 1);
    return [...counts].toSorted(([a], [b]) => a - b);
  }
  const counts = new Int32Array(size);
  for (const { seq } of elements) {
    const group = groupOf(seq);
    counts[group] = numberAt(counts, group) + 1;
  }
  const found: (readonly [number, number])[] = [];
  for (let group = 0; group < size; group += 1) {
    const count = numberAt(counts, group);
    if (count > 0) found.push([group, count]);
  }
  return found;
}

function keysOfGroup(group: number, made: readonly Column[]): string[] {
  const keys = made.map(() => '');
  let rest = group;
  for (let at = made.length - 1; at >= 0; at -= 1) {
    const values = made[at]?.keys ?? [];
    keys[at] = values[rest % values.length] ?? '';
    rest = Math.floor(rest / values.length);
  }
  return keys;
}
