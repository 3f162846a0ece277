import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { foldVietnamese } from '../fold-vietnamese.js';
import type { Landscape } from './landscape.js';
import { ownerOf, phaseOf } from './landscape.js';
import type {
  AgencyLevel,
  DependencyStrength,
  Element,
  ElementKind,
  ExchangeChannel,
  Json,
  LifecyclePhase,
  Relation,
  RelationKind,
  RelationStatus,
} from './model.js';

/** Every condition that is given must hold; an empty filter holds for everything. */
type Given<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

export type StringFilter = Given<{
  eq: string;
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

export type AttributeFilter = Given<{ key: string; string: StringFilter; int: IntFilter; isKnown: boolean }>;

export type ElementFilter = Given<{
  and: readonly ElementFilter[];
  or: readonly ElementFilter[];
  not: ElementFilter;
  urn: readonly string[];
  kind: readonly ElementKind[];
  name: StringFilter;
  externalId: StringFilter;
  layer: IntFilter;
  phase: readonly LifecyclePhase[];
  owner: ElementFilter;
  level: readonly AgencyLevel[];
  attribute: AttributeFilter;
}>;

export type RelationFilter = Given<{
  and: readonly RelationFilter[];
  or: readonly RelationFilter[];
  not: RelationFilter;
  kind: readonly RelationKind[];
  source: ElementFilter;
  target: ElementFilter;
  strength: readonly DependencyStrength[];
  status: readonly RelationStatus[];
  channel: readonly ExchangeChannel[];
}>;

/** Most conditions of one filter, and the longest text of one: each is looked at for every record of the landscape. */
const CONDITIONS_MAXIMUM = 200;
const TEXT_MAXIMUM = 500;

/**
 * What is too large about a filter; undefined where nothing is. Lists count as one condition an item.
 * @param path - the way to the filter in the caller's input.
 */
export function filterIssue(filter: ElementFilter | RelationFilter, path: readonly string[]): Issue | undefined {
  let conditions = 0;
  let longest = 0;
  const open: unknown[] = [filter];
  while (open.length > 0 && conditions <= CONDITIONS_MAXIMUM) {
    const value = open.pop();
    if (value === undefined || value === null) continue;
    conditions += 1;
    if (typeof value === 'string') longest = Math.max(longest, value.length);
    else if (typeof value === 'object') {
      // One by one: a list of a hundred thousand is more than a call takes arguments.
      for (const each of Object.values(value)) open.push(each);
    }
  }
  const params = { field: path.at(-1) ?? '' };
  if (conditions > CONDITIONS_MAXIMUM) {
    return issue('LIMIT_EXCEEDED', path, { ...params, limit: CONDITIONS_MAXIMUM, actual: conditions });
  }
  if (longest > TEXT_MAXIMUM) return issue('LIMIT_EXCEEDED', path, { ...params, limit: TEXT_MAXIMUM, actual: longest });
  return undefined;
}

/** A condition that is not given holds. */
function holds<T>(condition: T | null | undefined, test: (given: T) => boolean): boolean {
  return condition === null || condition === undefined || test(condition);
}

/** Whether a text satisfies a filter; null is the absence of a text, which only `isNull` and `ne` accept. */
export function stringMatches(filter: StringFilter, value: string | null): boolean {
  return (
    holds(filter.isNull, (isNull) => isNull === (value === null)) &&
    holds(filter.eq, (text) => value === text) &&
    holds(filter.ne, (text) => value !== text) &&
    holds(filter.in, (texts) => value !== null && texts.includes(value)) &&
    holds(filter.contains, (text) => value !== null && foldVietnamese(value).includes(foldVietnamese(text))) &&
    holds(filter.startsWith, (text) => value !== null && foldVietnamese(value).startsWith(foldVietnamese(text)))
  );
}

/** Whether a number satisfies a filter; null is the absence of a number, which only `isNull` accepts. */
export function intMatches(filter: IntFilter, value: number | null): boolean {
  return (
    holds(filter.isNull, (isNull) => isNull === (value === null)) &&
    holds(filter.eq, (number) => value === number) &&
    holds(filter.lt, (number) => value !== null && value < number) &&
    holds(filter.lte, (number) => value !== null && value <= number) &&
    holds(filter.gt, (number) => value !== null && value > number) &&
    holds(filter.gte, (number) => value !== null && value >= number) &&
    holds(filter.in, (numbers) => value !== null && numbers.includes(value))
  );
}

function attributeMatches(filter: AttributeFilter, attributes: Readonly<Record<string, Json>>): boolean {
  const key = filter.key ?? '';
  // `constructor` and its like are found in every object, and given to none.
  const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  return (
    holds(filter.isKnown, (isKnown) => isKnown === (value !== undefined)) &&
    holds(filter.string, (string) => stringMatches(string, typeof value === 'string' ? value : null)) &&
    holds(filter.int, (int) => intMatches(int, typeof value === 'number' ? value : null))
  );
}

/** Whether an element of a landscape satisfies a filter. */
export function elementMatches(landscape: Landscape, filter: ElementFilter, element: Element): boolean {
  const matches = (each: ElementFilter): boolean => elementMatches(landscape, each, element);
  return (
    holds(filter.kind, (kinds) => kinds.includes(element.kind)) &&
    holds(filter.urn, (urns) => urns.includes(element.urn)) &&
    holds(filter.name, (name) => stringMatches(name, element.name)) &&
    holds(filter.externalId, (code) => anyMatches(code, element)) &&
    holds(filter.layer, (layer) => intMatches(layer, element.layer)) &&
    holds(filter.phase, (phases) => phases.includes(phaseOf(landscape, element))) &&
    holds(filter.level, (levels) => element.level !== null && levels.includes(element.level)) &&
    holds(filter.attribute, (attribute) => attributeMatches(attribute, element.attributes)) &&
    holds(filter.owner, (owner) => ownerMatches(landscape, owner, element)) &&
    connectives(filter, matches)
  );
}

function connectives<F extends Given<{ and: readonly F[]; or: readonly F[]; not: F }>>(
  filter: F,
  matches: (each: F) => boolean,
): boolean {
  return (
    holds(filter.and, (all) => all.every(matches)) &&
    holds(filter.or, (some) => some.some(matches)) &&
    holds(filter.not, (not) => !matches(not))
  );
}

function anyMatches(filter: StringFilter, { externalIds }: Element): boolean {
  if (externalIds.length === 0) return stringMatches(filter, null);
  return externalIds.some(({ value }) => stringMatches(filter, value));
}

function ownerMatches(landscape: Landscape, filter: ElementFilter, { seq }: Element): boolean {
  const owner = ownerOf(landscape, seq);
  return owner !== undefined && elementMatches(landscape, filter, owner);
}

/** Whether a relation of a landscape satisfies a filter. */
export function relationMatches(landscape: Landscape, filter: RelationFilter, relation: Relation): boolean {
  const end = (seq: number, condition: ElementFilter): boolean => {
    const element = landscape.elementAt(seq);
    return element !== undefined && elementMatches(landscape, condition, element);
  };
  return (
    holds(filter.kind, (kinds) => kinds.includes(relation.kind)) &&
    holds(filter.strength, (strengths) => strengths.includes(relation.strength)) &&
    holds(filter.status, (statuses) => statuses.includes(relation.status)) &&
    holds(filter.channel, (channels) => relation.channels.some((each) => channels.includes(each))) &&
    holds(filter.source, (source) => end(relation.source, source)) &&
    holds(filter.target, (target) => end(relation.target, target)) &&
    connectives(filter, (each: RelationFilter) => relationMatches(landscape, each, relation))
  );
}
