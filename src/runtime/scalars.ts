import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import { RegistryError } from '../core/errors.js';
import { DATE_SHAPE, isPartialDate, isUrn } from '../core/landscape/model.js';

/** A value that the scalar does not take; where it stands is added by what knows the document. */
function refused(
  given: unknown,
  { name, expected }: { name: string; expected: string },
  node?: ValueNode,
): GraphQLError {
  const said = `${JSON.stringify(given) ?? 'undefined'} is not a ${name}: ${expected}`;
  const originalError = RegistryError.of('VALUE_OF_WRONG_TYPE', [], { field: name, expected });
  return new GraphQLError(said, { originalError, ...(node && { nodes: node }) });
}

/** @param expected - what its values look like, without a word of any language. */
function text(
  name: string,
  { description, expected }: { readonly description: string; readonly expected: string },
  accepts: (value: string) => boolean,
): GraphQLScalarType {
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw refused(value, { name, expected }, node);
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => value,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

export const UrnScalar = text(
  'URN',
  { description: 'a name of this registry such as urn:khung:hcm-lgsp', expected: 'urn:khung:<id>' },
  isUrn,
);
export const DateScalar = text(
  'Date',
  {
    description: 'a calendar date as far as it is known: 2025, 2025-07 or 2025-07-01; of the years 1000 to 9998',
    expected: DATE_SHAPE,
  },
  isPartialDate,
);
/** With an offset as places on earth have: databases read no others. */
const MOMENT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Its day has to be one of the calendar: JavaScript takes the 30th of February for the 2nd of March. */
function isMoment(value: string): boolean {
  const [, day] = MOMENT.exec(value) ?? [];
  return day !== undefined && isPartialDate(day) && !Number.isNaN(Date.parse(value));
}

export const DateTimeScalar = text(
  'DateTime',
  {
    description: 'a moment, ISO 8601 with its offset: 2026-11-25T08:30:00Z or 2026-11-25T15:30:00+07:00',
    expected: 'YYYY-MM-DDThh:mm:ssZ | YYYY-MM-DDThh:mm:ss+07:00',
  },
  isMoment,
);

/** Whole dong. A JSON integer: 2^53 dong is far above any budget. */
export const MoneyScalar = new GraphQLScalarType<number, number>({
  name: 'Money',
  description: 'Whole dong (VND), as an integer.',
  serialize: (value) => Number(value),
  parseValue: (value) => parseMoney(value),
  parseLiteral: (node) => parseMoney(node.kind === Kind.INT ? Number(node.value) : undefined, node),
});

function parseMoney(value: unknown, node?: ValueNode): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw refused(value, { name: 'Money', expected: '0, 1, 2 ... (VND)' }, node);
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
