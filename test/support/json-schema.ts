/** What is wrong with a value by a JSON schema of draft 7, of which only the keywords that OSCAL uses are known. */
export function schemaProblems(schema: Schema, value: unknown): string[] {
  return [...problemsOf(schema, value, { root: schema, path: '' })];
}

/** A JSON schema. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

interface Place {
  readonly root: Schema;
  readonly path: string;
}

/** Say nothing of a value. */
const SILENT = new Set([
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'definitions',
  'format',
  'contentEncoding',
]);

function* problemsOf(schema: Schema, value: unknown, place: Place): Generator<string> {
  for (const [keyword, asked] of Object.entries(schema)) {
    if (SILENT.has(keyword)) continue;
    const check = CHECKS[keyword];
    if (check === undefined) throw new Error(`The keyword ${keyword} is not known.`);
    // What a keyword asks for is of the type that its check takes: the schema is one that NIST has published.
    yield* check(asked as never, value, { ...place, schema });
  }
}

type Check = (asked: never, value: unknown, place: Place & { readonly schema: Schema }) => Iterable<string>;

function say(wrong: boolean, { path }: Place, what: string): string[] {
  return wrong ? [`${path}: ${what}`] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CHECKS: Readonly<Record<string, Check>> = {
  $ref: (asked: string, value, place) => {
    const target = asked
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), place.root);
    if (!isRecord(target)) throw new Error(`${asked} leads nowhere.`);
    return problemsOf(target, value, place);
  },
  type: (asked: string, value, place) =>
    say(typeOf(value) !== asked && !(asked === 'number' && typeOf(value) === 'integer'), place, `no ${asked}`),
  enum: (asked: readonly unknown[], value, place) => say(!asked.includes(value), place, 'not of the list'),
  pattern: (asked: string, value, place) =>
    say(typeof value === 'string' && !new RegExp(asked, 'u').test(value), place, `not like ${asked}`),
  minimum: (asked: number, value, place) => say(typeof value === 'number' && value < asked, place, `below ${asked}`),
  minItems: (asked: number, value, place) =>
    say(Array.isArray(value) && value.length < asked, place, `fewer than ${asked}`),
  items: function* items(asked: Schema, value, place) {
    if (!Array.isArray(value)) return;
    for (const [at, item] of value.entries()) yield* problemsOf(asked, item, { ...place, path: `${place.path}/${at}` });
  },
  required: (asked: readonly string[], value, place) =>
    asked.flatMap((key) => say(isRecord(value) && !Object.hasOwn(value, key), place, `without ${key}`)),
  properties: function* properties(asked: Readonly<Record<string, Schema>>, value, place) {
    if (!isRecord(value)) return;
    for (const [key, each] of Object.entries(asked)) {
      if (Object.hasOwn(value, key)) yield* problemsOf(each, value[key], { ...place, path: `${place.path}/${key}` });
    }
  },
  additionalProperties: (asked: unknown, value, place) => {
    if (asked !== false || !isRecord(value)) return [];
    const known = place.schema['properties'];
    return Object.keys(value).flatMap((key) =>
      say(!isRecord(known) || !Object.hasOwn(known, key), place, `with ${key}`),
    );
  },
  allOf: function* allOf(asked: readonly Schema[], value, place) {
    for (const each of asked) yield* problemsOf(each, value, place);
  },
  anyOf: (asked: readonly Schema[], value, place) => {
    const fits = asked.some((each) => [...problemsOf(each, value, place)].length === 0);
    return say(!fits, place, 'none of the alternatives');
  },
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
