import {
  GraphQLNonNull,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';

/** A field of Query or Mutation with the document that gives all its arguments as variables of the same names. */
export interface AskedField {
  readonly operation: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
  readonly document: string;
}

/** Every field of the two root types. */
export function askedFields(schema: GraphQLSchema): readonly AskedField[] {
  return (['query', 'mutation'] as const).flatMap((operation) => {
    const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(root?.getFields() ?? {}).map((field) => ({
      operation,
      field,
      document: documentOf(operation, field),
    }));
  });
}

function documentOf(operation: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const selection = selectionOf(getNamedType(type), 1);
  if (args.length === 0) return `${operation} { ${name} ${selection} }`;
  const declared = args.map((each) => `$${each.name}: ${String(each.type)}`).join(', ');
  const given = args.map((each) => `${each.name}: $${each.name}`).join(', ');
  return `${operation} (${declared}) { ${name}(${given}) ${selection} }`;
}

/** What lists have, and what is wrong; else plain fields alone. */
const ENTERED: ReadonlySet<string> = new Set(['nodes', 'edges', 'node', 'userErrors', 'check']);

function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  const asked = fields.flatMap((field) => {
    const named = getNamedType(field.type);
    if (field.args.length > 0) return [];
    if (isLeafType(named)) return [field.name];
    return depth > 0 && ENTERED.has(field.name) ? [`${field.name} ${selectionOf(named, depth - 1)}`] : [];
  });
  return `{ __typename ${asked.join(' ')} }`;
}

/** Values of scalars that are taken, so that what stands beside them is looked at. */
const TAKEN: Readonly<Record<string, unknown>> = {
  URN: 'urn:khung:hcm-lgsp',
  ID: 'urn:khung:hcm-lgsp',
  Int: 3,
  Float: 0.5,
  Boolean: true,
  String: 'kho dữ liệu',
  Date: '2026-07',
  DateTime: '2026-01-01T00:00:00Z',
  Money: 1_000_000,
  JSON: { code: 'x' },
};

/** The least that is a value of a type. */
export function leastOf(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = getNullableType(type);
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (!isInputObjectType(inner)) return TAKEN[String(inner)];
  const needed = Object.values(inner.getFields()).filter(
    (each) => isNonNullType(each.type) && each.defaultValue === undefined,
  );
  return Object.fromEntries(needed.map(({ name, type: each }) => [name, leastOf(each)]));
}

const TEXTS: ReadonlySet<string> = new Set(['String', 'ID', 'URN', 'JSON', 'Date', 'DateTime']);

/** Values of a type that have a text at one of the places where it takes a text, each place once. */
export function* withTextAtEach(
  type: GraphQLInputType,
  text: string,
  around: ReadonlySet<string> = new Set(),
): Generator {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    for (const each of withTextAtEach(inner.ofType, text, around)) yield [each];
  } else if (!isInputObjectType(inner)) {
    if (TEXTS.has(String(inner))) yield text;
  } else if (!around.has(inner.name)) {
    const least = inner.isOneOf ? {} : (leastOf(nonNull(type)) as object);
    for (const field of Object.values(inner.getFields())) {
      const places = withTextAtEach(field.type, text, new Set([...around, inner.name]));
      for (const each of places) yield { ...least, [field.name]: each };
    }
  }
}

function nonNull(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type : new GraphQLNonNull(type);
}
