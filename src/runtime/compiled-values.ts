import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type {
  GraphQLAbstractType,
  GraphQLEnumType,
  GraphQLLeafType,
  GraphQLObjectType,
  GraphQLOutputType,
} from 'graphql';
import { CompiledWayEnds, isPromise } from './compiled-run.js';
import type { CompiledRun } from './compiled-run.js';

/** Makes the part of an answer out of what a resolver gave; never asked about a promise. */
export type Complete = (value: unknown, run: CompiledRun) => unknown;

/** How values of composite types are completed, for one place of a document. */
export interface Composites {
  object(type: GraphQLObjectType): Complete;
  abstract(type: GraphQLAbstractType): Complete;
}

/** How values of a type are completed. */
export function completeType(type: GraphQLOutputType, composites: Composites): Complete {
  if (isNonNullType(type)) return nonNull(completeNullable(type.ofType, composites));
  const complete = completeNullable(type, composites);
  return (value, run) => (value === null || value === undefined ? null : complete(value, run));
}

function nonNull(complete: Complete): Complete {
  return (value, run) => {
    if (value === null || value === undefined) throw new CompiledWayEnds('A value that must be there is not.');
    return complete(value, run);
  };
}

function completeNullable(type: GraphQLOutputType, composites: Composites): Complete {
  if (isNonNullType(type)) return completeNullable(type.ofType, composites);
  if (isListType(type)) return completeList(completeType(type.ofType, composites));
  if (isLeafType(type)) return completeLeaf(type);
  return isObjectType(type) ? completeObject(type, composites) : composites.abstract(type);
}

/** A type may look at its values itself; what it does not own is an error, and errors are left to graphql-js. */
function completeObject(type: GraphQLObjectType, composites: Composites): Complete {
  const complete = composites.object(type);
  if (type.isTypeOf !== undefined && type.isTypeOf !== null) {
    throw new CompiledWayEnds(`${type.name} looks at its values itself.`);
  }
  return complete;
}

function completeList(complete: Complete): Complete {
  return (value, run) => {
    const items = itemsOf(value);
    const answers: unknown[] = [];
    for (const item of items) {
      const index = answers.length;
      if (!isPromise(item)) answers.push(complete(item, run));
      else {
        answers.push(undefined);
        run.later(item, (result) => (answers[index] = complete(result, run)));
      }
    }
    return answers;
  };
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) {
    // An object with that key is iterable by the language's own definition.
    return Array.from(value as Iterable<unknown>);
  }
  throw new CompiledWayEnds('A list is not iterable.');
}

function completeLeaf(type: GraphQLLeafType): Complete {
  if (isEnumType(type)) return completeEnum(type);
  const serialize: Complete = (value) => serialized(type, value);
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return (value, run) => (typeof value === 'string' ? value : serialize(value, run));
    case GraphQLBoolean:
      return (value, run) => (typeof value === 'boolean' ? value : serialize(value, run));
    case GraphQLInt:
      // Bitwise operations leave just the numbers as they are that 32 bits can hold; -0 is told apart by neither JSON nor ===.
      return (value, run) => (typeof value === 'number' && (value | 0) === value ? value : serialize(value, run));
    default:
      return serialize;
  }
}

function completeEnum(type: GraphQLEnumType): Complete {
  const names = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, name]));
  return (value) => names.get(value) ?? serialized(type, value);
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  if (value instanceof Error) throw value;
  const result: unknown = type.serialize(value);
  if (result === null || result === undefined) throw new CompiledWayEnds(`${type.name} has no text for a value.`);
  if (isPromise(result)) throw new CompiledWayEnds(`${type.name} gave a promise.`);
  return result;
}
