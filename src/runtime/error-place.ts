import { Kind, OperationTypeNode, visit } from 'graphql';
import type { ASTNode, DocumentNode, GraphQLError } from 'graphql';

/** Where graphql-js says that a value within a variable is wrong. */
const WITHIN_VARIABLE = /^Variable "\$\w+" got invalid value .* at "\w+([^"]*)"; /s;

/**
 * The way to a wrong value in what the caller gave: from the argument on, in a mutation, which has but one, within it.
 * Empty where the error is of no value.
 */
export function placeOf(error: GraphQLError, document: DocumentNode | undefined): readonly string[] {
  const [node] = error.nodes ?? [];
  if (node === undefined || document === undefined) return [];
  if (node.kind !== Kind.VARIABLE_DEFINITION)
    return withoutInput(wayTo(document, (each) => each === node) ?? [], document);
  const { value: name } = node.variable.name;
  const way = wayTo(document, (each, within) => each.kind === Kind.VARIABLE && each.name.value === name && within > 0);
  return withoutInput([...(way ?? [name]), ...keysOf(WITHIN_VARIABLE.exec(error.message)?.[1] ?? '')], document);
}

/** Names of arguments and fields and numbers of items that lead to the first node of a kind. */
function wayTo(
  document: DocumentNode,
  isMeant: (node: ASTNode, within: number) => boolean,
): readonly string[] | undefined {
  let found: readonly string[] | undefined;
  const way: string[] = [];
  const steps: (string | undefined)[] = [];
  visit(document, {
    enter(node, key, parent) {
      if (found !== undefined) return;
      const step = stepOf(node, way.length > 0 && Array.isArray(parent) ? key : undefined);
      steps.push(step);
      if (step !== undefined) way.push(step);
      if (isMeant(node, way.length)) found = [...way];
    },
    leave() {
      if (steps.pop() !== undefined) way.pop();
    },
  });
  return found;
}

/** Arguments and fields have names, items of a list a number; within an argument there are no other lists of values. */
function stepOf(node: ASTNode, item: string | number | undefined): string | undefined {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value;
  return typeof item === 'number' ? `${item}` : undefined;
}

/** `.operations[3].value` as its keys. */
function keysOf(printed: string): readonly string[] {
  return Array.from(printed.matchAll(/\.(\w+)|\[(\d+)\]/g), ([, name, index]) => name ?? index ?? '');
}

function withoutInput(way: readonly string[], { definitions }: DocumentNode): readonly string[] {
  const isMutation = definitions.some(
    (each) => each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.MUTATION,
  );
  return isMutation && way[0] === 'input' ? way.slice(1) : way;
}
