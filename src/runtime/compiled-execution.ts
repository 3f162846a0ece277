import { HeaderMap } from '@apollo/server';
import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import type { DocumentNode, FormattedExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { BoundedCache } from './bounded-cache.js';
import { CompiledOperation } from './compiled-operation.js';
import { CompiledWayEnds } from './compiled-run.js';
import type { RequestContext } from './request-context.js';
import { renewWork } from './request-work.js';

/** Text of the documents whose compiled form is kept, characters. */
const DOCUMENTS_CAPACITY = 4_000_000;

/** Compiled once for each document and operation; null for what is left to graphql-js. */
type Compiled = CompiledOperation | null;

/**
 * Executes queries compiled. Whatever this can not answer without an error is left to graphql-js, which then gives the
 * whole answer: places, order and texts of errors are its own.
 */
export function compiledExecution(): ApolloServerPlugin<RequestContext> {
  const operations = new BoundedCache<Compiled>(DOCUMENTS_CAPACITY);
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ document, operation, operationName, queryHash, source, ...request }) => {
          const key = `${queryHash} ${operationName ?? ''}`;
          let compiled = operations.get(key);
          if (compiled === undefined) {
            compiled = compile(request.schema, operation, document);
            operations.set(key, compiled, source.length);
          }
          if (compiled === null) return null;
          return answer(compiled, request.contextValue, request.request.variables ?? {});
        },
      }),
  };
}

function compile(schema: GraphQLSchema, operation: OperationDefinitionNode, document: DocumentNode): Compiled {
  try {
    return new CompiledOperation(schema, operation, document);
  } catch (error) {
    if (error instanceof CompiledWayEnds) return null;
    throw error;
  }
}

/** The data of an answer that is written already. To whoever does not know it is what was written. */
class WrittenData {
  constructor(readonly text: string) {}

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** Writes the body of an answer, as Apollo does, around data that may be written already. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const { data, ...rest } = result;
  if (!(data instanceof WrittenData)) return `${JSON.stringify(result)}\n`;
  const others = JSON.stringify(rest).slice(1);
  return `{"data":${data.text}${others === '}' ? '' : ','}${others}\n`;
}

async function answer(
  compiled: CompiledOperation,
  context: RequestContext,
  variables: Record<string, unknown>,
): Promise<GraphQLResponse | null> {
  try {
    const text = await compiled.write(context, variables);
    // Apollo hands on whatever is there to be written.
    const data = new WrittenData(text) as unknown as Record<string, unknown>;
    return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
  } catch {
    // Nothing is lost: graphql-js meets the same error on its way, and says it as it should be said.
    renewWork(context);
    return null;
  }
}
