import * as fc from 'fast-check';
import { buildSchema, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { GraphQLInputType } from 'graphql';
import { askedFields } from './generated-inputs.js';
import type { AskedField } from './generated-inputs.js';
import { JSON_BODY, ADMINISTRATOR } from './hostile/request.js';

/** What answered a bug, and what it was sent. */
export interface Unmasked {
  readonly document: string;
  readonly variables: unknown;
  readonly status: number;
  readonly answer: string;
}

const TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    '-1',
    '1e309',
    'NaN',
    '../../x',
    "' OR 1=1 --",
    'urn:khung:',
    'urn:khung:hcm-lgsp',
    'urn:khung:so-y-te',
    'urn:khung:khong-co',
    'SYSTEM',
    'name',
    'attributes.__proto__',
    '/name',
    'owner',
    'x'.repeat(5_000),
    'Hệ thống',
    '2025-02-30',
    '2026-07',
  ),
);
const NUMBER = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(2_147_483_647, -2_147_483_648, 1_000_000));
const KINDS = fc.constantFrom('SYSTEM', 'AGENCY', 'SERVES', 'ATTRIBUTE_DEFINITION', 'constructor', 7, null);
const RECORD = fc.record(
  {
    kind: KINDS,
    name: TEXT,
    code: TEXT,
    expression: TEXT,
    source: fc.constantFrom('urn:khung:hcm-lgsp', 'urn:khung:so-y-te', 7),
    target: fc.constantFrom('urn:khung:hcm-lgsp', 'urn:khung:so-y-te', {}),
    attributes: fc.dictionary(TEXT, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
    responsibilities: fc.jsonValue({ maxDepth: 2 }),
    validFrom: TEXT,
  },
  { requiredKeys: [] },
);
const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  String: TEXT,
  ID: fc.oneof(TEXT, NUMBER),
  URN: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('urn:khung:hcm-lgsp', 'urn:khung:so-y-te', 'urn:khung:khong-co') },
    { weight: 1, arbitrary: TEXT },
  ),
  Int: NUMBER,
  Float: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), NUMBER),
  Boolean: fc.boolean(),
  Date: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('2025', '2026-07', '2026-12-31', '1000', '9998-12-31') },
    { weight: 1, arbitrary: TEXT },
  ),
  DateTime: fc.constantFrom(
    '2026-01-01T00:00:00Z',
    '9999-12-31T23:59:59+14:00',
    '0000-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00+23:00',
    'x',
  ),
  Money: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(Number.MAX_SAFE_INTEGER, -1, 0.5, 1e300)),
  JSON: fc.oneof(RECORD, RECORD, TEXT, fc.jsonValue({ maxDepth: 3 })),
};

/** Depth of inputs within inputs up to which fields that may be left out are given. */
const DEPTH = 4;

/** Values of a type: mostly such as are taken, at times one that is none of it. */
function valuesOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  const inner = getNullableType(type);
  const right = rightOf(inner, depth);
  const wrong = fc.oneof(fc.constant(null), fc.jsonValue({ maxDepth: 1 }));
  const weights = isNonNullType(type) ? { right: 60, wrong: 1 } : { right: 30, wrong: 1 };
  return fc.oneof({ weight: weights.right, arbitrary: right }, { weight: weights.wrong, arbitrary: wrong });
}

function rightOf(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (isListType(type)) return fc.array(valuesOf(type.ofType, depth + 1), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type)) return SCALARS[String(type)] ?? TEXT;
  const fields = Object.values(type.getFields());
  const given = depth < DEPTH ? fields : fields.filter(isNeeded);
  if (type.isOneOf)
    return fc.oneof(...fields.map(({ name, type: each }) => fc.record({ [name]: valuesOf(each, depth + 1) })));
  const shapes = Object.fromEntries(
    given.map(({ name, type: each }) => [name, name === 'dryRun' ? fc.constant(true) : valuesOf(each, depth + 1)]),
  );
  const needed = fields.filter((each) => isNeeded(each) || each.name === 'dryRun').map(({ name }) => name);
  return fc.record(shapes, { requiredKeys: needed.filter((name) => name in shapes) });
}

function isNeeded({
  type,
  defaultValue,
}: {
  readonly type: GraphQLInputType;
  readonly defaultValue?: unknown;
}): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

/**
 * Sends so many random inputs, each question and change in turn, as the administrator; changes are dry runs where they
 * have such.
 * @returns those that were answered as a bug.
 */
export async function fuzzInputs(url: string, count: number, seed: number): Promise<readonly Unmasked[]> {
  const schema = buildSchema(await (await fetch(`${url}/schema.gql`)).text());
  const fields = askedFields(schema).filter(({ field }) => field.args.length > 0);
  const each = Math.ceil(count / fields.length);
  const found: Unmasked[] = [];
  for (const [at, { field, document }] of fields.entries()) {
    const shapes = Object.fromEntries(field.args.map(({ name, type }) => [name, valuesOf(type)]));
    const needed = field.args.filter(isNeeded).map(({ name }) => name);
    const values = fc.sample(fc.record(shapes, { requiredKeys: needed }), { seed: seed + at, numRuns: each });
    for (const variables of values) {
      const { status, answer } = await asked(url, document, variables);
      if (status === 500 || answer.includes('"code":"INTERNAL')) found.push({ document, variables, status, answer });
    }
  }
  return found;
}

async function asked(
  url: string,
  query: AskedField['document'],
  variables: unknown,
): Promise<{ readonly status: number; readonly answer: string }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_BODY, ...ADMINISTRATOR },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, answer: await response.text() };
}
