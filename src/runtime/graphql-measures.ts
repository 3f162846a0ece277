import type { ApolloServerPlugin } from '@apollo/server';
import { Kind } from 'graphql';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { isRecord } from '../core/landscape/record-fields.js';
import type { Metrics } from './metrics.js';
import type { RequestContext } from './request-context.js';

/** What is counted for operations that are none of the schema. */
const NONE = '(none)';

/** The fields at the top of a document. */
const fields = new WeakMap<DocumentNode, readonly string[]>();

/** Counts what is asked, by the fields at its top, and with what result. */
export function operationMeasures(metrics: Metrics): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ response: { body }, document, operation, schema }) => {
          const { errors = [], data } = body.kind === 'single' ? body.singleResult : {};
          for (const { extensions } of errors) metrics.refused(...namesOf(extensions));
          const [first] = errors;
          const outcome = first === undefined ? payloadOutcome(data) : namesOf(first.extensions)[0];
          if (document === undefined || operation === undefined) {
            metrics.operation(NONE, outcome);
            return Promise.resolve();
          }
          for (const field of rootsOf(document, operation.selectionSet, schema)) metrics.operation(field, outcome);
          return Promise.resolve();
        },
      }),
  };
}

/** A change that was refused says so in its payload, where whoever asks wants to hear of it. */
function payloadOutcome(data: object | null | undefined): 'OK' | 'REFUSED' {
  const isRefused = Object.values(data ?? {}).some(
    (payload: unknown) => isRecord(payload) && Array.isArray(payload['userErrors']) && payload['userErrors'].length > 0,
  );
  return isRefused ? 'REFUSED' : 'OK';
}

/** Code and reason of an error are of closed lists; whatever else a library may give has none. */
function namesOf(extensions: Readonly<Record<string, unknown>> = {}): [code: string, reason: string] {
  const { code, reason } = extensions;
  return [typeof code === 'string' ? code : '', typeof reason === 'string' ? reason : ''];
}

/** Documents are kept by who parses them, so that one that is asked again is looked at once. */
function rootsOf(document: DocumentNode, selection: SelectionSetNode, schema: GraphQLSchema): readonly string[] {
  const known = fields.get(document);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const types = [schema.getQueryType(), schema.getMutationType()].filter((type) => type !== null && type !== undefined);
  collect(document, selection, { types, found });
  const roots = found.size === 0 ? [NONE] : [...found];
  // Of several operations in a document another one may be asked next time.
  if (document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1) {
    fields.set(document, roots);
  }
  return roots;
}

interface Collected {
  readonly types: readonly GraphQLObjectType[];
  readonly found: Set<string>;
}

function collect(document: DocumentNode, { selections }: SelectionSetNode, collected: Collected): void {
  for (const each of selections) {
    if (each.kind === Kind.FIELD) {
      const { value } = each.name;
      if (collected.types.some((type) => Object.hasOwn(type.getFields(), value))) collected.found.add(value);
    } else if (each.kind === Kind.INLINE_FRAGMENT) {
      collect(document, each.selectionSet, collected);
    } else {
      const fragment = document.definitions.find(
        (other) => other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === each.name.value,
      );
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION) collect(document, fragment.selectionSet, collected);
    }
  }
}
