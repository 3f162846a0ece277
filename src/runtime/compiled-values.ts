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
import type { Write } from './compiled-run.js';

/** What JSON can not hold as it is: quotes, control characters, and surrogates, for they may be alone. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** How values of composite types are written, for one place of a document. */
export interface Composites {
  object(type: GraphQLObjectType): Write;
  abstract(type: GraphQLAbstractType): Write;
}

/** How values of a type are written. */
export function writerOf(type: GraphQLOutputType, composites: Composites): Write {
  if (isNonNullType(type)) return nonNull(nullableWriter(type.ofType, composites));
  const write = nullableWriter(type, composites);
  return (value, run, out) => {
    if (value === null || value === undefined) out.text += 'null';
    else write(value, run, out);
  };
}

function nonNull(write: Write): Write {
  return (value, run, out) => {
    if (value === null || value === undefined) throw new CompiledWayEnds('A value that must be there is not.');
    write(value, run, out);
  };
}

function nullableWriter(type: GraphQLOutputType, composites: Composites): Write {
  if (isNonNullType(type)) return nullableWriter(type.ofType, composites);
  if (isListType(type)) return listWriter(writerOf(type.ofType, composites));
  if (isLeafType(type)) return leafWriter(type);
  return isObjectType(type) ? objectWriter(type, composites) : composites.abstract(type);
}

/** A type may look at its values itself; what it does not own is an error, and errors are left to graphql-js. */
function objectWriter(type: GraphQLObjectType, composites: Composites): Write {
  const write = composites.object(type);
  if (type.isTypeOf !== undefined && type.isTypeOf !== null) {
    throw new CompiledWayEnds(`${type.name} looks at its values itself.`);
  }
  return write;
}

function listWriter(write: Write): Write {
  return (value, run, out) => {
    let mark = '[';
    for (const item of itemsOf(value)) {
      out.text += mark;
      mark = ',';
      if (isPromise(item)) run.later(item, write, out);
      else write(item, run, out);
    }
    out.text += mark === '[' ? '[]' : ']';
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

function leafWriter(type: GraphQLLeafType): Write {
  if (isEnumType(type)) return enumWriter(type);
  const serialize: Write = (value, _run, out) => {
    out.text += serialized(type, value);
  };
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return (value, run, out) => {
        if (typeof value === 'string') out.text += textOf(value);
        else serialize(value, run, out);
      };
    case GraphQLBoolean:
      return (value, run, out) => {
        if (typeof value === 'boolean') out.text += value ? 'true' : 'false';
        else serialize(value, run, out);
      };
    case GraphQLInt:
      // Bitwise operations leave just the numbers as they are that 32 bits can hold; -0 is told apart by neither JSON nor ===.
      return (value, run, out) => {
        if (typeof value === 'number' && (value | 0) === value) out.text += `${value}`;
        else serialize(value, run, out);
      };
    default:
      return serialize;
  }
}

/** Most texts are put between quotes as they are, which costs less than having them written. */
function textOf(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function enumWriter(type: GraphQLEnumType): Write {
  const names = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, `"${name}"`]));
  return (value, _run, out) => {
    out.text += names.get(value) ?? serialized(type, value);
  };
}

function serialized(type: GraphQLLeafType, value: unknown): string {
  if (value instanceof Error) throw value;
  const result: unknown = type.serialize(value);
  if (result === null || result === undefined) throw new CompiledWayEnds(`${type.name} has no text for a value.`);
  if (isPromise(result)) throw new CompiledWayEnds(`${type.name} gave a promise.`);
  if (typeof result === 'string') return textOf(result);
  const text: unknown = JSON.stringify(result);
  if (typeof text !== 'string') throw new CompiledWayEnds(`${type.name} gave what is no JSON.`);
  return text;
}
