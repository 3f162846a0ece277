import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';

/** How a document is chosen out of all that a schema allows. */
export interface Choices {
  /** Levels of objects below the field of Query. */
  readonly depth: number;
  /** Whether a field is asked for. */
  readonly takes: (parent: string, field: string) => boolean;
  /** Whether arguments that may be left out are given, where a value is known for them. */
  readonly gives: (argument: GraphQLArgument) => boolean;
  /** What arguments are given, by their name, where it is not what their type stands for. */
  readonly literals?: Readonly<Record<string, string>>;
  /** Text put behind a field: an alias or a directive. */
  readonly decorate: (field: string) => { readonly alias: string; readonly directive: string };
}

/** Values of scalars that mean something in the reference landscape. */
const SCALARS: Readonly<Record<string, string>> = {
  URN: '"urn:khung:hcm-lgsp"',
  ID: '"urn:khung:hcm-lgsp"',
  Int: '3',
  Float: '0.5',
  Boolean: 'true',
  String: '"kho dữ liệu"',
  Date: '"2026-07"',
  DateTime: '"2026-01-01T00:00:00Z"',
  Money: '1000000',
  JSON: '{ a: [1, "b"] }',
};

/** A literal of a type; inputs are given what they must have. Undefined where only an empty value could be given. */
function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return `[${literalOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${required.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`;
  }
  return SCALARS[type.name] ?? 'null';
}

/** A cursor has to be one that the list gave; a page is counted from one side only. */
const NEVER_GIVEN: ReadonlySet<string> = new Set(['after', 'before', 'last']);

/** Arguments whose type does not say which texts mean something. */
const ARGUMENTS: Readonly<Record<string, string>> = { fields: '["kind"]' };

function argumentsOf({ args }: GraphQLField<unknown, unknown>, { gives, literals = {} }: Choices): string {
  const given = args.filter(
    (each) =>
      (isNonNullType(each.type) && each.defaultValue === undefined) || (!NEVER_GIVEN.has(each.name) && gives(each)),
  );
  return given.length === 0
    ? ''
    : `(${given.map(({ name, type }) => `${name}: ${literals[name] ?? ARGUMENTS[name] ?? literalOf(type)}`).join(', ')})`;
}

function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, choices: Choices): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const below = { ...choices, depth: choices.depth - 1 };
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (!choices.takes(type.name, field.name)) return [];
    const text = fieldOf(schema, field, below);
    return text === undefined ? [] : [text];
  });
  if (isInterfaceType(type)) {
    for (const each of schema.getPossibleTypes(type)) {
      const own = Object.values(each.getFields()).filter(({ name }) => type.getFields()[name] === undefined);
      const asked = own.flatMap((field) => fieldOf(schema, field, below) ?? []);
      if (asked.length > 0) fields.push(`... on ${each.name} { ${asked.join(' ')} }`);
    }
  }
  return `{ __typename ${fields.join(' ')} }`;
}

/** The text that asks for a field; undefined where it lies deeper than is asked. */
export function fieldOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  choices: Choices,
): string | undefined {
  const type = getNamedType(field.type);
  if (!isLeafType(type) && choices.depth < 0) return undefined;
  const { alias, directive } = choices.decorate(field.name);
  const selection = selectionOf(schema, type, choices);
  return `${alias}${field.name}${argumentsOf(field, choices)} ${directive} ${selection}`;
}
