import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { closestWord } from '../closest-word.js';
import { attributeIssue, parseAttributes } from './attribute.js';
import { addDefinition, changeDefinition } from './apply-definition.js';
import type { DefinitionContext } from './apply-definition.js';
import { DEFINITION_KIND } from './attribute-record.js';
import type { ChangeDraft } from './change-draft.js';
import type { DefinitionDraft } from './definition-draft.js';
import { CONFIDENCES, isElementKind, isRelationKind, isUrn, ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { Element, Json, Relation, Urn, ValueSource } from './model.js';
import { CHANGE_OPS } from './operation.js';
import type { LoggedOperation, Operation } from './operation.js';
import {
  ELEMENT_FIELDS,
  RELATION_FIELDS,
  SOURCE_FIELD,
  isJson,
  isRecord,
  parseFields,
  shown,
  unknownField,
} from './record-fields.js';
import type { ElementFields, RelationFields } from './record-fields.js';
import type { UrnEntry } from './urn-table.js';

export interface ApplyContext {
  readonly draft: ChangeDraft;
  readonly definitionDraft: DefinitionDraft;
  readonly revision: number;
  /** Position of the operation in its change set. */
  readonly index: number;
  readonly log: LoggedOperation[];
}

type Problem = Issue | readonly Issue[] | undefined;
type JsonObject = Readonly<Record<string, Json>>;

const ATTRIBUTE_PREFIX = 'attributes.';
const FIXED_FIELDS: ReadonlySet<string> = new Set(['seq', 'urn', 'revision', 'source', 'target']);

/** Carries one operation out on the draft and logs it; or says what is wrong with it and leaves the draft as it is. */
export function applyOperation(operation: Operation, context: ApplyContext): Problem {
  const at = ['operations', `${context.index}`];
  const { op, urn, confidence = null } = operation;
  if (!CHANGE_OPS.includes(op)) return notAllowed(op, CHANGE_OPS, [...at, 'op']);
  if (!isUrn(urn)) return issue('URN_MALFORMED', [...at, 'urn'], { value: urn });
  if (confidence !== null && !CONFIDENCES.includes(confidence)) {
    return notAllowed(confidence, CONFIDENCES, [...at, 'confidence']);
  }
  const source = SOURCE_FIELD(operation.source, [...at, 'source']);
  if ('issue' in source) return source.issue;
  return op === 'ADD' ? add(operation, urn, context) : change(operation, context);
}

function notAllowed(value: string, allowed: readonly string[], path: readonly string[]): Issue {
  return issue('VALUE_NOT_ALLOWED', path, { field: path.at(-1) ?? '', value, allowed: allowed.join(', ') });
}

function change(operation: Operation, context: ApplyContext): Problem {
  const at = ['operations', `${context.index}`];
  const path = operation.path ?? null;
  if (operation.op === 'UPDATE' && path === null) return issue('VALUE_MISSING', [...at, 'path'], { field: 'path' });
  if (operation.op === 'UPDATE' && operation.value === undefined) {
    return issue('VALUE_MISSING', [...at, 'value'], { field: 'value' });
  }
  const element = context.draft.element(operation.urn);
  if (element !== undefined) return changeElement(operation, element, context);
  const relation = context.draft.relation(operation.urn);
  if (relation !== undefined) return changeRelation(operation, relation, context);
  const definition = context.definitionDraft.find(operation.urn);
  if (definition !== undefined) return changeDefinition(operation, definition, definitionContext(operation, context));
  return issue('URN_UNKNOWN', [...at, 'urn'], { urn: operation.urn });
}

function definitionContext(operation: Operation, { definitionDraft, ...same }: ApplyContext): DefinitionContext {
  const { revision, index, log } = same;
  return { draft: definitionDraft, revision, index, log, source: sourceOf(operation) };
}

function sourceOf({ source, confidence }: Operation): ValueSource | null {
  if (source == null && confidence == null) return null;
  return { source: source ?? null, confidence: confidence ?? 'UNSOURCED' };
}

function add(operation: Operation, urn: Urn, context: ApplyContext): Problem {
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

/** Sets or clears one field of a record of element or relation; what stays undefined was not found. */
function changeElement(operation: Operation, element: Element, context: ApplyContext): Problem {
  const path = operation.path ?? null;
  if (path === null) {
    context.draft.setElement(element, undefined);
    logChange(operation, { before: withoutNumbers(element, context.draft), after: undefined }, context);
    return undefined;
  }
  if (path.startsWith(ATTRIBUTE_PREFIX)) {
    return changeAttribute(operation, element, {
      context,
      set: (attributes) => context.draft.setElement(element, { ...element, attributes, revision: context.revision }),
    });
  }
  return changeField<ElementFields>(operation, element, ELEMENT_FIELDS, {
    context,
    set: (fields) => context.draft.setElement(element, { ...element, ...fields, revision: context.revision }),
  });
}

function changeRelation(operation: Operation, relation: Relation, context: ApplyContext): Problem {
  const path = operation.path ?? null;
  if (path === null) {
    context.draft.setRelation(relation, undefined);
    logChange(operation, { before: withoutNumbers(relation, context.draft), after: undefined }, context);
    return undefined;
  }
  if (path.startsWith(ATTRIBUTE_PREFIX)) {
    return changeAttribute(operation, relation, {
      context,
      set: (attributes) => context.draft.setRelation(relation, { ...relation, attributes, revision: context.revision }),
    });
  }
  return changeField<RelationFields>(operation, relation, RELATION_FIELDS, {
    context,
    set: (fields) => context.draft.setRelation(relation, { ...relation, ...fields, revision: context.revision }),
  });
}

function changeField<F extends object>(
  operation: Operation,
  record: F,
  table: Parameters<typeof parseFields<F>>[0],
  { context, set }: { readonly context: ApplyContext; readonly set: (fields: Partial<F>) => void },
): Problem {
  const path = ['operations', `${context.index}`, 'path'];
  const field = operation.path ?? '';
  if (FIXED_FIELDS.has(field)) return issue('FIELD_FIXED', path, { field });
  const known = Object.keys(table);
  const key = known.find((each) => each === field);
  if (key === undefined) return unknownField(field, known, path);
  // `key` is one of the table's own keys.
  const name = key as keyof F & string;
  const value = operation.op === 'REMOVE' ? null : operation.value;
  const at = ['operations', `${context.index}`, operation.op === 'REMOVE' ? 'path' : 'value'];
  const parsed = table[name](value, at);
  if ('issue' in parsed) return named(parsed.issue, field, at);
  const before = record[name];
  const single: Partial<F> = {};
  single[name] = parsed.value;
  set(single);
  logChange(operation, { before: jsonOrUndefined(before), after: jsonOrUndefined(parsed.value) }, context);
  return undefined;
}

/** An issue of a whole value speaks of the field by its name, not of "value". */
function named(found: Issue, field: string, at: readonly string[]): Issue {
  return found.path.length === at.length ? { ...found, params: { ...found.params, field } } : found;
}

function changeAttribute(
  operation: Operation,
  record: Element | Relation,
  { context, set }: { readonly context: ApplyContext; readonly set: (attributes: JsonObject) => void },
): Problem {
  const key = (operation.path ?? '').slice(ATTRIBUTE_PREFIX.length);
  const { [key]: found, ...others } = record.attributes;
  // `constructor` and its like are found in every object, and given to none.
  const before = Object.hasOwn(record.attributes, key) ? found : undefined;
  let attributes: JsonObject = others;
  if (operation.op === 'UPDATE') {
    const path = ['operations', `${context.index}`, 'value'];
    const wrong = attributeIssue(key, operation.value, record.kind, {
      definitions: context.definitionDraft.byKey,
      path,
    });
    if (wrong !== undefined) return wrong;
    attributes = isJson(operation.value) ? { ...others, [key]: operation.value } : others;
  } else if (before === undefined) {
    const known = Object.keys(record.attributes);
    return unknownField(key, known, ['operations', `${context.index}`, 'path']);
  }
  set(attributes);
  logChange(operation, { before, after: attributes[key] }, context);
  return undefined;
}

function logChange(
  operation: Operation,
  { before, after }: Pick<LoggedOperation, 'before' | 'after'>,
  { draft, log }: ApplyContext,
): void {
  const source = sourceOf(operation);
  const path = operation.path ?? null;
  log.push({ op: operation.op, urn: operation.urn, path, before, after, source });
  // What is forgotten is known from nowhere, whoever says so.
  if (path !== null) draft.noteSource(operation.urn, path, operation.op === 'REMOVE' ? null : source);
}

function jsonOrUndefined(value: unknown): Json | undefined {
  return isJson(value) ? value : undefined;
}

/** A record as it can be given back: by urns, for its own number and those of its ends say nothing to a reader. */
function withoutNumbers(record: Element | Relation, draft: ChangeDraft): Json | undefined {
  const { seq: _seq, ...rest } = record;
  if (!('source' in rest)) return jsonOrUndefined(rest);
  return jsonOrUndefined({ ...rest, source: draft.urnAt(rest.source), target: draft.urnAt(rest.target) });
}
