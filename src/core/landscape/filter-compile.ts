import { UNBOUNDED_WORK } from '../work-budget.js';
import type { WorkBudget } from '../work-budget.js';
import type {
  ElementFilter,
  RelationDirection,
  RelationFilter,
  RelationQuantifier,
  ResponsibilityFilter,
} from './filter.js';
import { all, compileAttribute, compileInt, compileName, compileString, isGiven } from './filter-value.js';
import type { Test } from './filter-value.js';
import { looksOf, relationLooksOf } from './filter-work.js';
import { phaseOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import { isSurelyAfter, mayHoldOn } from './model.js';
import type { Element, Relation, RelationKind, Responsibility } from './model.js';
import { NOBODY, ownerLookup } from './owner-table.js';

/** The last revision of the landscape that was there at a moment (ISO 8601). */
export type RevisionAt = (moment: string) => number;

/** What the conditions of one filter are made for. */
interface Context {
  readonly landscape: Landscape;
  readonly revisionAt: RevisionAt;
  readonly work: WorkBudget;
}

/** A relation, and the seq of the element it is seen from; NOBODY where it is seen from none. */
type RelationTest = (relation: Relation, from: number) => boolean;

type Conditions<F, T> = { readonly [K in keyof F]-?: (condition: NonNullable<F[K]>, context: Context) => T };

/** Without a way to tell, no moment stands for a revision. */
function noMoments(moment: string): number {
  throw new RangeError(`nobody can tell which revision there was at ${moment}`);
}

/** In the order in which they are asked: what costs least comes first. */
const ELEMENT_CONDITIONS: Conditions<ElementFilter, Test<Element>> = {
  kind: (kinds) => oneOf(kinds, ({ kind }) => kind),
  visibility: (visibilities) => oneOf(visibilities, ({ visibility }) => visibility),
  changedAfterRevision: changedAfter,
  changedAfter: (moment, { revisionAt }) => changedAfter(revisionAt(moment)),
  level: (levels) => oneOf(levels, ({ level }) => level),
  urn: (urns) => oneOf<string>(urns, ({ urn }) => urn),
  layer: (filter) => {
    const test = compileInt(filter);
    return ({ layer }) => test(layer);
  },
  owner: (filter, context) => {
    const ownerOf = ownerLookup(context.landscape);
    const test = compileEnd(filter, context);
    return ({ seq }) => test(ownerOf(seq));
  },
  phase: (phases, { landscape }) => oneOf(phases, (element) => phaseOf(landscape, element)),
  attribute: (filter) => {
    const test = compileAttribute(filter);
    return ({ attributes }) => test(attributes);
  },
  responsibility: (filter) => {
    const test = compileResponsibility(filter);
    return ({ responsibilities }) => responsibilities.some(test);
  },
  externalId: (filter) => {
    const test = compileString(filter);
    return ({ externalIds }) => (externalIds.length === 0 ? test(null) : externalIds.some(({ value }) => test(value)));
  },
  name: compileName,
  not: (filter, context) => {
    const test = compileElement(filter, context);
    return (element) => !test(element);
  },
  and: (filters, context) => all(filters.map((each) => compileElement(each, context))),
  or: (filters, context) => {
    const tests = filters.map((each) => compileElement(each, context));
    return (element) => tests.some((test) => test(element));
  },
  relation: compileQuantifier,
};

/** In the order in which they are asked: what costs least comes first. */
const RELATION_CONDITIONS: Conditions<RelationFilter, RelationTest> = {
  kind: (kinds) => oneOf(kinds, ({ kind }) => kind),
  direction: (direction) => {
    if (direction === 'BOTH') return () => true;
    return direction === 'OUTGOING' ? ({ source }, from) => source === from : ({ target }, from) => target === from;
  },
  strength: (strengths) => oneOf(strengths, ({ strength }) => strength),
  status: (statuses) => oneOf(statuses, ({ status }) => status),
  channel: (channels) => {
    const wanted = new Set(channels);
    return ({ channels: given }) =>
      given.length === 0 ? wanted.has('UNKNOWN') : given.some((channel) => wanted.has(channel));
  },
  channelNot: (channels) => {
    const excluded = new Set(channels).add('UNKNOWN');
    return ({ channels: given }) => given.length > 0 && !given.some((channel) => excluded.has(channel));
  },
  validOn: (day) => (relation) => mayHoldOn(relation, day),
  crossAgency: (wanted, { landscape }) => {
    const ownerOf = ownerLookup(landscape);
    return ({ source, target }) => {
      const [one, other] = [ownerOf(source), ownerOf(target)];
      return one !== NOBODY && other !== NOBODY && (one !== other) === wanted;
    };
  },
  other: (filter, context) => {
    const test = compileEnd(filter, context);
    return ({ source, target }, from) => test(source === from ? target : source);
  },
  source: (filter, context) => {
    const test = compileEnd(filter, context);
    return ({ source }) => test(source);
  },
  target: (filter, context) => {
    const test = compileEnd(filter, context);
    return ({ target }) => test(target);
  },
  not: (filter, context) => {
    const test = compileSeen(filter, context);
    return (relation, from) => !test(relation, from);
  },
  and: (filters, context) => allOf(filters.map((each) => compileSeen(each, context))),
  or: (filters, context) => {
    const tests = filters.map((each) => compileSeen(each, context));
    return (relation, from) => tests.some((test) => test(relation, from));
  },
};

function oneOf<V, R = Element>(values: readonly V[], valueOf: (record: R) => V | null): (record: R) => boolean {
  const [one] = values;
  if (values.length === 1) return (record) => valueOf(record) === one;
  const set = new Set<V | null>(values);
  return (record) => set.has(valueOf(record));
}

function changedAfter(since: number): Test<Element> {
  return ({ revision }) => revision > since;
}

function compileResponsibility({ role, person, agency, validOn }: ResponsibilityFilter): Test<Responsibility> {
  const tests: Test<Responsibility>[] = [];
  if (isGiven(role)) tests.push(oneOf(role, (each: Responsibility) => each.role));
  if (isGiven(person)) tests.push(oneOf<string, Responsibility>(person, (each) => each.person));
  if (isGiven(agency)) tests.push(oneOf<string, Responsibility>(agency, (each) => each.agency));
  if (isGiven(validOn)) {
    tests.push(({ from, until }) => {
      const begun = from === null || !isSurelyAfter(from, validOn);
      return begun && (until === null || !isSurelyAfter(validOn, until));
    });
  }
  return all(tests);
}

/** One condition of a filter; undefined where it is not given. */
function compileOne<F, T, K extends keyof F>(
  key: K,
  condition: F[K],
  conditions: Conditions<F, T>,
  context: Context,
): T | undefined {
  return isGiven(condition) ? conditions[key](condition, context) : undefined;
}

function compileAll<F, T>(filter: F, conditions: Conditions<F, T>, context: Context): T[] {
  // The keys of a table of conditions are the fields of its filter: its type leaves none out and allows no others.
  const keys = Object.keys(conditions) as (keyof F)[];
  return keys.flatMap((key) => compileOne(key, filter[key], conditions, context) ?? []);
}

function compileElement(filter: ElementFilter, context: Context): Test<Element> {
  return all(compileAll(filter, ELEMENT_CONDITIONS, context));
}

function compileSeen(filter: RelationFilter, context: Context): RelationTest {
  return allOf(compileAll(filter, RELATION_CONDITIONS, context));
}

function allOf(tests: readonly RelationTest[]): RelationTest {
  const [one] = tests;
  if (one === undefined) return () => true;
  if (tests.length === 1) return one;
  return (relation, from) => tests.every((test) => test(relation, from));
}

/**
 * A test of the element at the other end of something. Many relations lead to few hubs, so that each element is judged
 * once: a filter costs at most the elements and relations there are, however deep it goes.
 */
function compileEnd(filter: ElementFilter, context: Context): (seq: number) => boolean {
  const { landscape, work } = context;
  const test = compileElement(filter, context);
  const looks = looksOf(filter);
  let judged: Uint8Array | undefined;
  return (seq) => {
    if (seq < 0) return false;
    judged ??= new Uint8Array(landscape.elementBound);
    const known = judged[seq];
    if (known === HOLDS || known === FAILS) return known === HOLDS;
    work.spend(looks);
    const element = landscape.elementAt(seq);
    const holds = element !== undefined && test(element);
    judged[seq] = holds ? HOLDS : FAILS;
    return holds;
  };
}
const HOLDS = 1;
const FAILS = 2;

function compileQuantifier({ some, none, every }: RelationQuantifier, context: Context): Test<Element> {
  const tests: Test<Element>[] = [];
  if (isGiven(some)) tests.push(exists(some, compileSeen(some, context), context));
  if (isGiven(none)) {
    const found = exists(none, compileSeen(none, context), context);
    tests.push((element) => !found(element));
  }
  if (isGiven(every)) {
    const test = compileSeen(every, context);
    const exception = exists({ not: every }, (relation, from) => !test(relation, from), context);
    tests.push((element) => !exception(element));
  }
  return all(tests);
}

/** So many relations that are passed by cost as much as one look. */
const PASSED = 16;

/** Whether an element has a relation that satisfies a filter, which was made a test. */
function exists(filter: RelationFilter, test: RelationTest, { landscape, work }: Context): Test<Element> {
  const kinds = isGiven(filter.kind) ? new Set<RelationKind>(filter.kind) : undefined;
  const direction: RelationDirection = filter.direction ?? 'BOTH';
  const looks = relationLooksOf(filter);
  return ({ seq }) => {
    let [found, met, looked] = [false, 0, 0];
    const visit = (kind: RelationKind, _other: number, relationSeq: number): void => {
      met += 1;
      if (found || kinds?.has(kind) === false) return;
      looked += 1;
      const relation = landscape.relationAt(relationSeq);
      found = relation !== undefined && test(relation, seq);
    };
    if (direction !== 'INCOMING') landscape.forEachOutgoing(seq, visit);
    if (direction !== 'OUTGOING' && !found) landscape.forEachIncoming(seq, visit);
    work.spend(looked * looks + met / PASSED);
    return found;
  };
}

/**
 * Makes a filter of elements ready to be asked of many elements of one landscape.
 * @param revisionAt - needed where the filter has a `changedAfter` in it.
 * @throws RangeError for a `changedAfter` without it.
 */
export function compileElementFilter(
  landscape: Landscape,
  filter: ElementFilter,
  revisionAt: RevisionAt = noMoments,
  work: WorkBudget = UNBOUNDED_WORK,
): Test<Element> {
  return compileElement(filter, { landscape, revisionAt, work });
}

/**
 * Makes a filter of relations ready to be asked of many relations of one landscape.
 * @param from - seq of the element they are seen from, for `direction` and `other`; NOBODY where there is none, and then
 *   neither may be given (`unseenRelationFilterIssue`).
 * @param revisionAt - needed where the filter has a `changedAfter` in it.
 * @throws RangeError for a `changedAfter` without it.
 */
export function compileRelationFilter(
  landscape: Landscape,
  filter: RelationFilter,
  from: number = NOBODY,
  revisionAt: RevisionAt = noMoments,
): Test<Relation> {
  const test = compileSeen(filter, { landscape, revisionAt, work: UNBOUNDED_WORK });
  return (relation) => test(relation, from);
}

/**
 * The same for relations that are seen from many elements: made ready once, and asked with the seq of the element that a
 * relation is seen from.
 * @throws RangeError for a `changedAfter` without `revisionAt`.
 */
export function compileSeenRelationFilter(
  landscape: Landscape,
  filter: RelationFilter,
  revisionAt: RevisionAt = noMoments,
  work: WorkBudget = UNBOUNDED_WORK,
): (relation: Relation, from: number) => boolean {
  return compileSeen(filter, { landscape, revisionAt, work });
}

/** The moments that a filter asks for by `changedAfter`, however deep, each once: what a RevisionAt will be asked. */
export function momentsOf(filter: ElementFilter | RelationFilter): string[] {
  const moments = new Set<string>();
  const open: unknown[] = [filter];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, condition] of Object.entries(value)) {
      if (key === 'changedAfter' && typeof condition === 'string') moments.add(condition);
      else if (isGiven(condition)) open.push(condition);
    }
  }
  return [...moments].toSorted();
}
