import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import { isPartialDate, isUrn } from '../core/landscape/model.js';

function text(name: string, description: string, accepts: (value: string) => boolean): GraphQLScalarType {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw new GraphQLError(`${JSON.stringify(value)} is not a ${name}: ${description}`, {
      extensions: { code: 'VALIDATION' },
    });
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => value,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const UrnScalar = text('URN', 'a name of this registry such as urn:khung:hcm-lgsp', isUrn);
export const DateScalar = text(
  'Date',
  'a calendar date as far as it is known: 2025, 2025-07 or 2025-07-01',
  isPartialDate,
);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/;
export const DateTimeScalar = text(
  'DateTime',
  'a moment, ISO 8601 with its offset: 2026-11-25T08:30:00Z or 2026-11-25T15:30:00+07:00',
  (value) => MOMENT.test(value) && !Number.isNaN(Date.parse(value)),
);

/** Whole dong. A JSON integer: 2^53 dong is far above any budget. */
export const MoneyScalar = new GraphQLScalarType<number, number>({
  name: 'Money',
  description: 'Whole dong (VND), as an integer.',
  serialize: (value) => Number(value),
  parseValue: parseMoney,
  parseLiteral: (node) => parseMoney(node.kind === Kind.INT ? Number(node.value) : undefined),
});

function parseMoney(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new GraphQLError('Money is a whole number of dong, not negative.', { extensions: { code: 'VALIDATION' } });
}

export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => literalToJson(node, variables ?? {}),
});

function literalToJson(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((value) => literalToJson(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, literalToJson(value, variables)]));
    case Kind.VARIABLE:
      return variables[node.name.value];
  }
}
