import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { definitionContext, sourceOf } from './apply-context.js';
import type { ApplyContext, Problem } from './apply-context.js';
import { changeDefinition } from './apply-definition.js';
import { attributeIssue } from './attribute.js';
import type { ChangeDraft } from './change-draft.js';
import type { Element, Json, Relation } from './model.js';
import type { LoggedOperation, Operation } from './operation.js';
import { ELEMENT_FIELDS, RELATION_FIELDS, isJson, unknownField } from './record-fields.js';
import type { ElementFields, RelationFields, parseFields } from './record-fields.js';
import { ATTRIBUTE_PREFIX } from './record-values.js';

type JsonObject = Readonly<Record<string, Json>>;

const FIXED_FIELDS: ReadonlySet<string> = new Set(['seq', 'urn', 'revision', 'source', 'target']);

/** Sets or clears one field of an object, or removes it; or says what is wrong with that. */
export function changeObject(operation: Operation, context: ApplyContext): Problem {
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
