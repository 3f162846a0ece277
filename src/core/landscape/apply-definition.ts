import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import {
  DEFINITION_FIELDS,
  DEFINITION_URN_PREFIX,
  definitionOf,
  definitionValue,
  fieldsOf,
  parseDefinition,
} from './attribute-record.js';
import type { AttributeRecord, DefinitionFields } from './attribute-record.js';
import type { DefinitionDraft } from './definition-draft.js';
import type { Json, Urn, ValueSource } from './model.js';
import type { LoggedOperation, Operation } from './operation.js';
import { isJson, unknownField } from './record-fields.js';

/** Most attribute definitions made at run time: the questions of a registry, not its data. */
export const DEFINITIONS_MAXIMUM = 1_000;

export interface DefinitionContext {
  readonly draft: DefinitionDraft;
  readonly revision: number;
  /** Position of the operation in its change set. */
  readonly index: number;
  readonly log: LoggedOperation[];
  readonly source: ValueSource | null;
}

type Problem = Issue | readonly Issue[] | undefined;

/**
 * Adds a definition to the draft, or says what is wrong with it. The urn is free, or that of a removed definition which
 * is given back (`restored`).
 */
export function addDefinition(
  urn: Urn,
  given: Record<string, unknown>,
  context: DefinitionContext & { readonly restored: boolean },
): Problem {
  const { draft, revision, index, log, source } = context;
  const at = ['operations', `${index}`];
  if (!urn.startsWith(DEFINITION_URN_PREFIX)) {
    const params = { field: 'urn', value: urn, allowed: `${DEFINITION_URN_PREFIX}*` };
    return issue('VALUE_NOT_ALLOWED', [...at, 'urn'], params);
  }
  const { kind, ...fields } = given;
  const parsed = parseDefinition(fields, [...at, 'value']);
  if ('issues' in parsed) return parsed.issues;
  const { definition } = parsed;
  const { key } = definition;
  const holder = draft.pack.has(key) ? 'reference/national/attributes.json' : draft.holderOf(key);
  if (holder !== undefined) return issue('ATTRIBUTE_KEY_TAKEN', [...at, 'value', 'key'], { key, holder });
  const count = draft.count + 1;
  if (count > DEFINITIONS_MAXIMUM) {
    const params = { field: String(kind), limit: DEFINITIONS_MAXIMUM, actual: count };
    return issue('LIMIT_EXCEEDED', at, params);
  }
  draft.set(urn, { urn, definition, revision });
  const after = jsonOf({ kind, ...definition });
  const restore = context.restored ? { restore: true as const } : {};
  log.push({ op: 'ADD', urn, path: null, before: undefined, after, source, ...restore });
  return undefined;
}

/** Sets or clears one field of a definition, or removes it. Whether values bear that is judged when all is done. */
export function changeDefinition(operation: Operation, record: AttributeRecord, context: DefinitionContext): Problem {
  const { draft, log, source } = context;
  const { op, urn } = operation;
  const path = operation.path ?? null;
  if (path !== null) return changeField(operation, record, context);
  draft.set(urn, undefined);
  log.push({ op, urn, path, before: definitionValue(record), after: undefined, source });
  return undefined;
}

function changeField(
  { op, urn, path, value }: Operation,
  record: AttributeRecord,
  context: DefinitionContext,
): Problem {
  const { draft, revision, index, log, source } = context;
  const at = ['operations', `${index}`];
  const field = path ?? '';
  if (['key', 'kind', 'urn', 'revision'].includes(field)) return issue('FIELD_FIXED', [...at, 'path'], { field });
  const known = Object.keys(DEFINITION_FIELDS);
  if (!known.includes(field)) return unknownField(field, known, [...at, 'path']);
  // It is one of the table's own keys.
  const name = field as keyof DefinitionFields;
  const parsed = DEFINITION_FIELDS[name](op === 'REMOVE' ? null : value, [...at, op === 'REMOVE' ? 'path' : 'value']);
  if ('issue' in parsed) return { ...parsed.issue, params: { ...parsed.issue.params, field } };
  const fields = fieldsOf(record.definition);
  const definition = definitionOf({ ...fields, [name]: parsed.value });
  draft.set(urn, { urn: record.urn, definition, revision });
  const [before, after] = [jsonOf(fields[name]), jsonOf(parsed.value)];
  log.push({ op, urn, path: field, before, after, source });
  return undefined;
}

function jsonOf(value: unknown): Json | undefined {
  return isJson(value) ? value : undefined;
}
