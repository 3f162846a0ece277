import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { closestWord } from '../closest-word.js';
import { definitionContext, notAllowed, sourceOf } from './apply-context.js';
import type { ApplyContext, Problem } from './apply-context.js';
import { addDefinition } from './apply-definition.js';
import { parseAttributes } from './attribute.js';
import { DEFINITION_KIND } from './attribute-record.js';
import { ELEMENT_KINDS, RELATION_KINDS, isElementKind, isRelationKind } from './model.js';
import type { Element, Urn } from './model.js';
import type { LoggedOperation, Operation } from './operation.js';
import {
  ELEMENT_FIELDS,
  RELATION_FIELDS,
  isJson,
  isRecord,
  parseFields,
  shown,
  unknownField,
} from './record-fields.js';
import type { ElementFields, RelationFields } from './record-fields.js';
import { ATTRIBUTE_PREFIX } from './record-values.js';
import type { UrnEntry } from './urn-table.js';

/** Makes an object, or gives a removed one back; or says what is wrong with it. */
export function addObject(operation: Operation, urn: Urn, context: ApplyContext): Problem {
  const at = ['operations', `${context.index}`];
  const { draft, definitionDraft } = context;
  const removed = definitionDraft.removedNumber(urn) ?? draft.removedNumber(urn);
  const former = operation.restore === true ? removed : undefined;
  const isTaken = draft.isTaken(urn) || definitionDraft.isTaken(urn);
  if (former === undefined && isTaken) return issue('URN_TAKEN', [...at, 'urn'], { urn });
  if (former === undefined && operation.restore === true) return issue('URN_UNKNOWN', [...at, 'urn'], { urn });
  const { value } = operation;
  if (!isRecord(value)) {
    if (value === undefined || value === null) return issue('VALUE_MISSING', [...at, 'value'], { field: 'value' });
    return issue('VALUE_OF_WRONG_TYPE', [...at, 'value'], { field: 'value', expected: 'object' });
  }
  return addRecord(operation, { urn, former, value }, context);
}

/** What is to be added. */
interface Addition {
  readonly urn: Urn;
  /** The number it had, where it is given back. */
  readonly former: UrnEntry | undefined;
  readonly value: Record<string, unknown>;
}

function addRecord(operation: Operation, addition: Addition, context: ApplyContext): Problem {
  const { urn, former, value } = addition;
  const at = ['operations', `${context.index}`];
  const table = tableOf(value['kind']);
  if (table === undefined) return noKind(value['kind'], [...at, 'value', 'kind']);
  // An element is not given back as a relation: what has the urn would not be what had it.
  if (former !== undefined && former.table !== table) return issue('URN_TAKEN', [...at, 'urn'], { urn });
  if (table === 'ELEMENT') return addElement(operation, addition, context);
  if (table === 'RELATION') return addRelation(operation, addition, context);
  return addDefinition(urn, value, { ...definitionContext(operation, context), restored: former !== undefined });
}

function tableOf(kind: unknown): UrnEntry['table'] | undefined {
  if (isElementKind(kind)) return 'ELEMENT';
  if (isRelationKind(kind)) return 'RELATION';
  return kind === DEFINITION_KIND ? 'DEFINITION' : undefined;
}

function noKind(given: unknown, path: readonly string[]): Issue {
  if (given === undefined || given === null) return issue('VALUE_MISSING', path, { field: 'kind' });
  const allowed = [...ELEMENT_KINDS, ...RELATION_KINDS, DEFINITION_KIND];
  const kind = shown(given);
  const closest = closestWord(kind, allowed);
  return notAllowed(kind, closest === '' ? allowed : [closest], path);
}

function unknownKeys(value: object, known: readonly string[], path: readonly string[]): Issue[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => unknownField(key, known, [...path, key]));
}

function addElement(operation: Operation, { urn, former, value }: Addition, context: ApplyContext): Problem {
  const path = ['operations', `${context.index}`, 'value'];
  const { fields, issues } = parseFields<ElementFields>(ELEMENT_FIELDS, value, path);
  const given = value['attributes'] ?? {};
  const { attributes, issues: attributeIssues } = parseAttributes(
    given,
    fields.kind,
    context.definitionDraft.byKey,
    path,
  );
  const known = [...Object.keys(ELEMENT_FIELDS), 'attributes'];
  const wrong = [...unknownKeys(value, known, path), ...issues, ...attributeIssues];
  if (wrong.length > 0) return wrong;
  const made = { urn, ...fields, attributes, revision: context.revision };
  context.draft.addElement(urn, (seq) => ({ seq, ...made }), former?.seq);
  noteAdded(operation, keptOf(value, { ...fields, attributes }), context);
  return undefined;
}

function addRelation(operation: Operation, { urn, former, value }: Addition, context: ApplyContext): Problem {
  const path = ['operations', `${context.index}`, 'value'];
  const known = [...Object.keys(RELATION_FIELDS), 'source', 'target', 'attributes'];
  const withSource = {
    ...value,
    provenance: value['provenance'] ?? operation.source,
    confidence: value['confidence'] ?? operation.confidence,
  };
  const { fields, issues } = parseFields<RelationFields>(RELATION_FIELDS, withSource, path);
  const given = value['attributes'] ?? {};
  const { attributes, issues: attributeIssues } = parseAttributes(
    given,
    fields.kind,
    context.definitionDraft.byKey,
    path,
  );
  const wrong = [...unknownKeys(value, known, path), ...issues, ...attributeIssues];
  const [source, target] = (['source', 'target'] as const).map((end) => {
    const found = findEnd(value[end], [...path, end], context);
    if ('issue' in found) wrong.push(found.issue);
    return 'issue' in found ? undefined : found.element;
  });
  if (wrong.length > 0 || source === undefined || target === undefined) return wrong;
  const ends = { source: source.seq, target: target.seq };
  const moved = context.draft.movedEnd(urn, ends);
  if (moved !== undefined) return issue('FIELD_FIXED', [...path, moved], { field: moved });
  const made = { urn, ...fields, ...ends, attributes, revision: context.revision };
  context.draft.addRelation(urn, (seq) => ({ seq, ...made }), former?.seq);
  noteAdded(operation, keptOf(value, { ...fields, attributes }), context);
  return undefined;
}

function findEnd(
  urn: unknown,
  path: readonly string[],
  { draft }: ApplyContext,
): { readonly element: Element } | { readonly issue: Issue } {
  const field = path.at(-1) ?? '';
  if (urn === undefined || urn === null) return { issue: issue('VALUE_MISSING', path, { field }) };
  if (typeof urn !== 'string') return { issue: issue('VALUE_OF_WRONG_TYPE', path, { field, expected: 'urn' }) };
  const element = draft.element(urn);
  return element === undefined ? { issue: issue('RELATION_END_UNKNOWN', path, { urn }) } : { element };
}

/** What the author gave, as it is kept: put into normal form, and without what is undefined. Its keys are known ones. */
function keptOf(given: Record<string, unknown>, parsed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    if (given[key] !== undefined) kept[key] = Object.hasOwn(parsed, key) ? parsed[key] : given[key];
  }
  return kept;
}

function noteAdded(operation: Operation, value: Record<string, unknown>, { draft, log }: ApplyContext): void {
  const source = sourceOf(operation);
  const after = isJson(value) ? value : undefined;
  const added: LoggedOperation = { op: 'ADD', urn: operation.urn, path: null, before: undefined, after, source };
  log.push(operation.restore === true ? { ...added, restore: true } : added);
  const { urn, sources } = operation;
  if (sources !== undefined) {
    for (const path of valuePaths(value)) draft.noteSource(urn, path, sources[path] ?? null);
  } else if (source !== null) {
    // Nobody is the source of what nobody knows.
    for (const path of valuePaths(value)) if (value[path] !== null) draft.noteSource(urn, path, source);
  }
}

/** The paths of all that is given; an attribute that is declared absent is something known. */
function valuePaths({ attributes, ...fields }: Record<string, unknown>): string[] {
  const keys = isRecord(attributes) ? Object.keys(attributes) : [];
  return [...Object.keys(fields), ...keys.map((key) => ATTRIBUTE_PREFIX + key)];
}
