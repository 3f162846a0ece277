import { Kind } from 'graphql';
import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { Actor } from '../core/access/actor.js';
import { may } from '../core/access/decide.js';

/** Fields at the top that tell of the schema; `__typename` tells of the answer alone. */
const OF_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);
/** How suggestions end a message; nothing comes after them. */
const SUGGESTION = / Did you mean .*$/s;

/** Whether somebody is told of the schema by the service itself. While there are no real data everybody is. */
export function mayExplore(actor: Actor, isProduction: boolean): boolean {
  return !isProduction || may(actor, 'schema.explore');
}

/** What is wrong, without the names of the schema that are like it. */
export function withoutSuggestion(message: string): string {
  return message.replace(SUGGESTION, '');
}

const known = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether an operation asks for the schema. @param document - a valid one. */
export function asksForSchema(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let asks = known.get(operation);
  if (asks === undefined) {
    asks = isInSelection(document, operation.selectionSet);
    known.set(operation, asks);
  }
  return asks;
}

function isInSelection(document: DocumentNode, { selections }: SelectionSetNode): boolean {
  return selections.some((each) => {
    if (each.kind === Kind.FIELD) return OF_SCHEMA.has(each.name.value);
    if (each.kind === Kind.INLINE_FRAGMENT) return isInSelection(document, each.selectionSet);
    return document.definitions.some(
      (fragment) =>
        fragment.kind === Kind.FRAGMENT_DEFINITION &&
        fragment.name.value === each.name.value &&
        isInSelection(document, fragment.selectionSet),
    );
  });
}
