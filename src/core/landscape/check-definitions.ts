import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { checkAttribute, urnsNamedBy } from './attribute.js';
import type { AttributeDefinition, AttributeDefinitions } from './attribute.js';
import { contradictionsOf } from './attribute-record.js';
import type { ChangeDraft } from './change-draft.js';
import { endsBefore, someOf } from './check-records.js';
import type { DefinitionDraft, TouchedDefinition } from './definition-draft.js';
import type { Element, Json, Relation } from './model.js';
import type { Origins } from './origins.js';

export interface DefinitionChecks {
  readonly definitionDraft: DefinitionDraft;
  readonly origins: Origins;
}

/**
 * What is wrong with the attribute definitions that a change set leaves behind: fields that contradict one another, and
 * changes that values do not bear. Values are those that the change set leaves, so what stands in the way may be mended
 * with it. A walk over the whole landscape is needed only where a definition that was there changes what it allows.
 */
export function checkDefinitions(draft: ChangeDraft, { definitionDraft, origins }: DefinitionChecks): Issue[] {
  const issues: Issue[] = [];
  const narrowed = new Map<string, TouchedDefinition>();
  for (const touched of definitionDraft.touched()) {
    const { urn, before, after } = touched;
    if (after !== undefined) issues.push(...ownIssues(urn, after.definition, { definitionDraft, origins }));
    if (before !== undefined && mayBreak(before.definition, after?.definition)) {
      narrowed.set(before.definition.key, touched);
      issues.push(...namingIssues(touched, { definitionDraft, origins }));
    }
  }
  if (issues.length > 0 || narrowed.size === 0) return issues;
  const uses = new Map<string, Uses>(Array.from(narrowed.keys(), (key) => [key, { all: [], broken: [] }]));
  const renewed = renewedValues(draft, narrowed, definitionDraft);
  for (const record of draft.everyRecord()) noteUses(draft, record, { narrowed, uses, renewed });
  return Array.from(narrowed).flatMap(([key, touched]) => useIssues(touched, uses.get(key), origins));
}

function ownIssues(
  urn: string,
  definition: AttributeDefinition,
  { definitionDraft, origins }: DefinitionChecks,
): Issue[] {
  const found = contradictionsOf(definition).map(({ field, reason, params }) =>
    issue(reason, origins.pathToField(urn, [field, 'type']), params),
  );
  const { notBefore, appliesTo } = definition;
  if (notBefore === undefined) return found;
  const { byKey } = definitionDraft;
  const cycle = daysBefore(definition, byKey);
  if (cycle !== undefined) {
    const params = { cycle: cycle.join(' ≥ ') };
    return [...found, issue('ATTRIBUTE_BEFORE_ITSELF', origins.pathToField(urn, ['notBefore']), params)];
  }
  if (isStartOf(byKey.get(notBefore), definition)) return found;
  const params = { key: notBefore, kind: appliesTo.join(', '), suggestion: '' };
  return [...found, issue('ATTRIBUTE_UNKNOWN', origins.pathToField(urn, ['notBefore', 'appliesTo']), params)];
}

/**
 * Whether a definition can be what another one may not be before: a date of all its kinds, with values for the same
 * readers. Who may read one of them alone could try where the other lies.
 */
function isStartOf(start: AttributeDefinition | undefined, of: AttributeDefinition): boolean {
  if (start?.type !== 'DATE' || !of.appliesTo.every((kind) => start.appliesTo.includes(kind))) return false;
  return start.valueVisibility === of.valueVisibility && start.withheldUntil === of.withheldUntil;
}

/** The way from a key over what each may not be before back to itself; undefined where it does not lead there. */
function daysBefore({ key, notBefore }: AttributeDefinition, byKey: AttributeDefinitions): string[] | undefined {
  const way = [key];
  for (let at = notBefore; at !== undefined; at = byKey.get(at)?.notBefore) {
    if (at === key) return [...way, key];
    if (way.includes(at)) return undefined;
    way.push(at);
  }
  return undefined;
}

/** A definition that goes or changes while others, which the change set does not touch, say they may not be before it. */
function namingIssues(
  { urn, before, after }: TouchedDefinition,
  { definitionDraft, origins }: DefinitionChecks,
): Issue[] {
  if (before === undefined) return [];
  const { key } = before.definition;
  const { byKey } = definitionDraft;
  const touched = new Set(definitionDraft.touched().map(({ after }) => after?.definition.key));
  const left = [...byKey.values()].filter(
    (each) => each.notBefore === key && !touched.has(each.key) && !isStartOf(byKey.get(key), each),
  );
  if (left.length === 0) return [];
  const keys = left.map((each) => each.key);
  const path = after ? origins.pathToField(urn, ['type', 'appliesTo']) : origins.pathTo(urn, 'urn');
  return [issue('ATTRIBUTE_STILL_NAMED', path, { key, count: keys.length, examples: someOf(keys) })];
}

/** The fields that decide which values are right; all others are words about them. */
const DECIDING = [
  'type',
  'values',
  'minimum',
  'maximum',
  'listMaximum',
  'targetKinds',
  'notBefore',
  'refuses',
  'appliesTo',
] as const satisfies readonly (keyof AttributeDefinition)[];

function mayBreak(before: AttributeDefinition, after: AttributeDefinition | undefined): boolean {
  if (after === undefined) return true;
  return DECIDING.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/**
 * Values, by urn and key, that the change set sets while it gives their key to another definition: they are of that one.
 */
function renewedValues(
  draft: ChangeDraft,
  narrowed: ReadonlyMap<string, TouchedDefinition>,
  { byKey }: DefinitionDraft,
): ReadonlySet<string> {
  const given = Array.from(narrowed.keys()).filter((key) => narrowed.get(key)?.after === undefined && byKey.has(key));
  const renewed = new Set<string>();
  if (given.length === 0) return renewed;
  for (const { urn, before, after } of [...draft.touchedElements(), ...draft.touchedRelations()]) {
    for (const key of given) if (before?.attributes[key] !== after?.attributes[key]) renewed.add(`${urn} ${key}`);
  }
  return renewed;
}

interface Uses {
  /** urns of the records that have a value, declared absent or not. */
  readonly all: string[];
  /** Those whose value the new definition does not allow. */
  readonly broken: string[];
}

function noteUses(
  draft: ChangeDraft,
  record: Element | Relation,
  {
    narrowed,
    uses,
    renewed,
  }: {
    readonly narrowed: ReadonlyMap<string, TouchedDefinition>;
    readonly uses: ReadonlyMap<string, Uses>;
    readonly renewed: ReadonlySet<string>;
  },
): void {
  for (const [key, value] of Object.entries(record.attributes)) {
    const touched = narrowed.get(key);
    const found = uses.get(key);
    if (touched === undefined || found === undefined || renewed.has(`${record.urn} ${key}`)) continue;
    found.all.push(record.urn);
    const definition = touched.after?.definition;
    if (definition === undefined || isRight(draft, record, { definition, value })) continue;
    found.broken.push(record.urn);
  }
}

function isRight(
  draft: ChangeDraft,
  record: Element | Relation,
  { definition, value }: { readonly definition: AttributeDefinition; readonly value: Json },
): boolean {
  const { appliesTo, notBefore, targetKinds } = definition;
  if (!appliesTo.includes(record.kind) || checkAttribute(definition, value, []) !== undefined) return false;
  if (notBefore !== undefined && endsBefore(record.attributes[notBefore], value)) return false;
  const kinds = urnsNamedBy(definition, value).map((urn) => draft.element(urn)?.kind);
  return targetKinds === undefined || kinds.every((kind) => kind !== undefined && targetKinds.includes(kind));
}

function useIssues({ urn, before, after }: TouchedDefinition, uses: Uses | undefined, origins: Origins): Issue[] {
  if (uses === undefined || uses.all.length === 0 || before === undefined) return [];
  const { key, type } = before.definition;
  const told = (places: readonly string[]): Issue['params'] => ({
    key,
    count: places.length,
    examples: someOf(places),
  });
  if (after === undefined) return [issue('ATTRIBUTE_IN_USE', origins.pathTo(urn, 'urn'), told(uses.all))];
  if (after.definition.type !== type) {
    return [issue('ATTRIBUTE_IN_USE', origins.pathToField(urn, ['type']), told(uses.all))];
  }
  if (uses.broken.length === 0) return [];
  return [issue('ATTRIBUTE_VALUES_BROKEN', origins.pathToField(urn, DECIDING), told(uses.broken))];
}
