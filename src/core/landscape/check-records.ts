import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { urnsNamedBy } from './attribute.js';
import type { AttributeDefinitions } from './attribute.js';
import type { ChangeDraft, Touched } from './change-draft.js';
import type { DraftChecks } from './check-draft.js';
import { MASTER_SCOPE, Masters, masterScopeOf } from './masters.js';
import { isSurelyAfter } from './model.js';
import type { Element, ElementKind, Relation } from './model.js';

/** Most places that are spelled out in a message. */
const EXAMPLES = 5;
/** Most other masters that are told of one. */
const MASTERS_TOLD = 5;

/**
 * What is wrong with the values that a change set leaves behind, where one value is judged by others: names of elements
 * that are not there or of the wrong kind, ends before their starts, a second master of data. Only what the change set
 * set is looked at; a walk over the whole landscape is needed only where elements go or change their kind.
 */
export function* checkRecords(draft: ChangeDraft, checks: DraftChecks): Generator<void, Issue[]> {
  const issues: Issue[] = [];
  const contested = new Set<string>();
  for (const touched of draft.touchedElements()) {
    issues.push(...valueIssues(draft, touched, checks), ...responsibilityIssues(draft, touched, checks));
    yield;
  }
  for (const touched of draft.touchedRelations()) {
    issues.push(...valueIssues(draft, touched, checks), ...validityIssues(touched, checks));
    yield;
  }
  // From the last to the first, so that of two new masters the later one is told.
  const claims = Array.from(draft.touchedRelations()).filter(({ after }) => after?.kind === 'MASTERS');
  const mastersOf = mastersBy((data) => draft.relationsInto(data));
  for (const touched of claims.toReversed()) {
    if (issues.length >= checks.issuesMaximum) break;
    yield;
    issues.push(...masterIssues(draft, touched, { ...checks, contested, mastersOf }));
  }
  return [...issues, ...stillNamed(draft, checks)];
}

/** Of the attributes that were set: names that lead nowhere, and dates before those they may not precede. */
function valueIssues<T extends Element | Relation>(
  draft: ChangeDraft,
  { urn, before, after }: Touched<T>,
  { definitions, origins }: DraftChecks,
): Issue[] {
  const issues: Issue[] = [];
  if (after === undefined || before?.attributes === after.attributes) return issues;
  const isNew = (key: string): boolean => before === undefined || before.attributes[key] !== after.attributes[key];
  for (const [key, value] of Object.entries(after.attributes)) {
    const definition = definitions.get(key);
    if (definition === undefined) continue;
    const names = isNew(key) ? urnsNamedBy(definition, value) : [];
    for (const [index, name] of names.entries()) {
      const within = definition.type === 'URN' ? [] : [`${index}`];
      const path = origins.pathToField(urn, [`attributes.${key}`], within);
      issues.push(...nameIssues(draft, name, { field: key, allowed: definition.targetKinds, path }));
    }
    const startKey = definition.notBefore;
    if (startKey === undefined || !(isNew(key) || isNew(startKey))) continue;
    const path = origins.pathToField(urn, [`attributes.${key}`, `attributes.${startKey}`]);
    issues.push(...orderIssues(after.attributes[startKey], value, { field: key, path }));
  }
  return issues;
}

interface NamePlace {
  readonly field: string;
  /** undefined = any kind. */
  readonly allowed: readonly ElementKind[] | undefined;
  readonly path: readonly string[];
}

function nameIssues(draft: ChangeDraft, urn: string, { field, allowed, path }: NamePlace): Issue[] {
  const named = draft.element(urn);
  if (named === undefined) return [issue('URN_UNKNOWN', path, { urn })];
  if (allowed === undefined || allowed.includes(named.kind)) return [];
  return [issue('REFERENCE_OF_WRONG_KIND', path, { field, urn, kind: named.kind, allowed: allowed.join(', ') })];
}

function orderIssues(
  start: unknown,
  end: unknown,
  { field, path }: { readonly field: string; readonly path: readonly string[] },
): Issue[] {
  if (!endsBefore(start, end)) return [];
  return [issue('END_BEFORE_START', path, { field, value: String(end), start: String(start) })];
}

/** Whether an end surely lies before its start; what is unknown or absent is not. */
export function endsBefore(start: unknown, end: unknown): boolean {
  return typeof start === 'string' && typeof end === 'string' && isSurelyAfter(start, end);
}

function responsibilityIssues(
  draft: ChangeDraft,
  { urn, before, after }: Touched<Element>,
  { origins }: DraftChecks,
): Issue[] {
  if (after === undefined || before?.responsibilities === after.responsibilities) return [];
  return after.responsibilities.flatMap(({ agency, from, until }, index) => {
    const place = (field: string): string[] => origins.pathToField(urn, ['responsibilities'], [`${index}`, field]);
    const path = place('agency');
    return [
      ...(agency === null ? [] : nameIssues(draft, agency, { field: 'agency', allowed: ['AGENCY'], path })),
      ...orderIssues(from, until, { field: 'until', path: place('until') }),
    ];
  });
}

function validityIssues({ urn, before, after }: Touched<Relation>, { origins }: DraftChecks): Issue[] {
  if (after === undefined) return [];
  const { validFrom, validTo } = after;
  if (before?.validFrom === validFrom && before.validTo === validTo) return [];
  return orderIssues(validFrom, validTo, {
    field: 'validTo',
    path: origins.pathToField(urn, ['validTo', 'validFrom']),
  });
}

/** What a relation claims to be the original of, and when: two states with one claim contest the same. */
function claimOf({ kind, status, validFrom, validTo, attributes }: Relation): string {
  return JSON.stringify([kind, status === 'ENDED', validFrom, validTo, attributes[MASTER_SCOPE] ?? null]);
}

interface MasterChecks {
  /** urns of the relations that were told. */
  readonly contested: Set<string>;
  readonly mastersOf: (data: number) => Masters;
}

/** The masters of each data object, sorted out once. */
function mastersBy(relationsInto: (data: number) => Relation[]): (data: number) => Masters {
  const known = new Map<number, Masters>();
  return (data) => {
    const found = known.get(data) ?? new Masters(relationsInto(data));
    known.set(data, found);
    return found;
  };
}

/** The other masters that a touched MASTERS relation contests, each pair told once. */
function masterIssues(
  draft: ChangeDraft,
  { urn, before, after }: Touched<Relation>,
  { origins, contested, mastersOf }: DraftChecks & MasterChecks,
): Issue[] {
  if (after === undefined || after.kind !== 'MASTERS') return [];
  if (before !== undefined && claimOf(before) === claimOf(after)) return [];
  const others: Relation[] = [];
  for (const other of mastersOf(after.target).contesting(after)) {
    if (others.length >= MASTERS_TOLD) break;
    if (!contested.has(other.urn)) others.push(other);
  }
  if (others.length === 0) return [];
  contested.add(urn);
  const path = origins.pathToField(urn, [
    'target',
    `attributes.${MASTER_SCOPE}`,
    'validFrom',
    'validTo',
    'status',
    'kind',
  ]);
  const data = draft.elementAt(after.target)?.urn ?? '';
  const scope = masterScopeOf(after) ?? '*';
  return others.map((other) => issue('MASTER_TAKEN', path, { urn: data, scope, other: other.urn }));
}

/** Elements that went or changed their kind, and that others still name. */
function stillNamed(draft: ChangeDraft, { definitions, origins }: DraftChecks): Issue[] {
  const changed = new Map<string, ElementKind | undefined>();
  for (const { urn, before, after } of draft.touchedElements()) {
    if (before !== undefined && before.kind !== after?.kind) changed.set(urn, after?.kind);
  }
  if (changed.size === 0) return [];
  const places = new Map<string, string[]>();
  for (const record of draft.everyRecord()) {
    for (const { name, field, allowed } of namesIn(record, definitions)) {
      if (!changed.has(name) || mayBeNamed(changed.get(name), allowed)) continue;
      const found = places.get(name) ?? [];
      places.set(name, found);
      found.push(`${record.urn} ${field}`);
    }
  }
  return Array.from(places, ([urn, found]) => {
    const path = origins.pathTo(urn, changed.get(urn) === undefined ? 'urn' : 'kind');
    return issue('ELEMENT_STILL_NAMED', path, { urn, count: found.length, examples: someOf(found) });
  });
}

/** @param kind - undefined where the element is gone. */
function mayBeNamed(kind: ElementKind | undefined, allowed: readonly ElementKind[] | undefined): boolean {
  return kind !== undefined && (allowed === undefined || allowed.includes(kind));
}

/** The first of some places, for a message. */
export function someOf(places: readonly string[]): string {
  return places.slice(0, EXAMPLES).join(', ');
}

interface NamedElement {
  readonly name: string;
  readonly field: string;
  readonly allowed: readonly ElementKind[] | undefined;
}

/** The elements that a record names in its attributes and responsibilities. */
function namesIn(record: Element | Relation, definitions: AttributeDefinitions): NamedElement[] {
  const found: NamedElement[] = [];
  for (const [key, value] of Object.entries(record.attributes)) {
    const definition = definitions.get(key);
    if (definition === undefined) continue;
    const field = `attributes.${key}`;
    const allowed = definition.targetKinds;
    found.push(...urnsNamedBy(definition, value).map((name) => ({ name, field, allowed })));
  }
  if (!('responsibilities' in record)) return found;
  for (const { agency } of record.responsibilities) {
    if (agency !== null) found.push({ name: agency, field: 'responsibilities', allowed: ['AGENCY'] });
  }
  return found;
}
