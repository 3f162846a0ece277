import { closestWord } from '../closest-word.js';
import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { AttributeDefinitions } from './attribute.js';
import type { ElementFilter, RelationFilter } from './filter.js';
import { isRecord, isWritableText } from './record-fields.js';

/** Most conditions of one filter: each may be looked at for every record of the landscape. */
export const CONDITIONS_MAXIMUM = 200;
/** How deep filters may lie within filters; a filter without others in it has depth 1. */
export const DEPTH_MAXIMUM = 10;
/** Longest text of one condition, characters. */
export const TEXT_MAXIMUM = 500;

/** What holds another filter, or a list of them. */
const NESTING: ReadonlySet<string> = new Set(['not', 'owner', 'source', 'target', 'other', 'some', 'none', 'every']);
const NESTING_LISTS: ReadonlySet<string> = new Set(['and', 'or']);

interface Place {
  readonly path: readonly string[];
  readonly depth: number;
}

/** Looks through a filter until something is wrong; counts on the way. */
class FilterMeasure {
  private conditions = 0;

  constructor(
    private readonly root: readonly string[],
    private readonly definitions: AttributeDefinitions,
  ) {}

  issueOf(value: unknown, place: Place): Issue | undefined {
    if (value === undefined || value === null) return undefined;
    this.conditions += 1;
    if (this.conditions > CONDITIONS_MAXIMUM) return tooMuch(this.root, CONDITIONS_MAXIMUM, this.conditions);
    if (place.depth > DEPTH_MAXIMUM) return tooMuch(place.path, DEPTH_MAXIMUM, place.depth);
    if (typeof value === 'string') return textIssue(value, place.path);
    if (Array.isArray(value)) return this.firstIssue(value.entries(), place, () => place.depth);
    if (typeof value !== 'object') return undefined;
    return this.firstIssue(Object.entries(value), place, (key) => place.depth + Number(NESTING.has(key)));
  }

  private firstIssue(
    entries: Iterable<readonly [string | number, unknown]>,
    { path }: Place,
    depthAt: (key: string) => number,
  ): Issue | undefined {
    for (const [name, value] of entries) {
      const key = String(name);
      if (key === 'attribute') {
        const unknown = this.attributeIssue(value, [...path, key, 'key']);
        if (unknown !== undefined) return unknown;
      }
      const depth = depthAt(key) + Number(NESTING_LISTS.has(key));
      const found = this.issueOf(value, { path: [...path, key], depth });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A key that nobody defined finds nothing, and a misspelt one should not pass for an answer. */
  private attributeIssue(condition: unknown, path: readonly string[]): Issue | undefined {
    const key = isRecord(condition) ? condition['key'] : undefined;
    if (typeof key !== 'string' || key.length > TEXT_MAXIMUM || this.definitions.has(key)) return undefined;
    return issue('FIELD_UNKNOWN', path, { field: key, suggestion: closestWord(key, this.definitions.keys()) });
  }
}

function tooMuch(path: readonly string[], limit: number, actual: number): Issue {
  return issue('LIMIT_EXCEEDED', path, { field: path.at(-1) ?? '', limit, actual });
}

function textIssue(text: string, path: readonly string[]): Issue | undefined {
  if (text.length > TEXT_MAXIMUM) return tooMuch(path, TEXT_MAXIMUM, text.length);
  // No record holds such a text, so that whoever asks for one meant something else.
  if (isWritableText(text)) return undefined;
  return issue('VALUE_OF_WRONG_TYPE', path, { field: path.at(-1) ?? '', expected: 'text' });
}

/**
 * What is wrong with a filter of elements, or of the relations of one element: too many conditions (each item of a list is
 * one), too deep, a text too long or not writable, an attribute that is not defined; undefined where nothing is.
 * @param path - the way to the filter in the caller's input.
 */
export function filterIssue(
  filter: ElementFilter | RelationFilter,
  definitions: AttributeDefinitions,
  path: readonly string[],
): Issue | undefined {
  return new FilterMeasure(path, definitions).issueOf(filter, { path, depth: 1 });
}

/**
 * What is wrong with a filter of relations that are seen from no element: it may be too large, and there is no
 * `direction` and no `other` end.
 * @param path - the way to the filter in the caller's input.
 */
export function unseenRelationFilterIssue(
  filter: RelationFilter,
  definitions: AttributeDefinitions,
  path: readonly string[],
): Issue | undefined {
  return filterIssue(filter, definitions, path) ?? perspectiveIssue(filter, path);
}

function perspectiveIssue(filter: RelationFilter, path: readonly string[]): Issue | undefined {
  for (const field of ['direction', 'other'] as const) {
    if (filter[field] !== undefined && filter[field] !== null) {
      return issue('CONDITION_NEEDS_ELEMENT', [...path, field], { field });
    }
  }
  const within: (readonly [readonly string[], RelationFilter])[] = [
    ...(filter.and ?? []).map((each, index) => [['and', `${index}`], each] as const),
    ...(filter.or ?? []).map((each, index) => [['or', `${index}`], each] as const),
    ...(filter.not ? [[['not'], filter.not] as const] : []),
  ];
  for (const [steps, each] of within) {
    const found = perspectiveIssue(each, [...path, ...steps]);
    if (found !== undefined) return found;
  }
  return undefined;
}
