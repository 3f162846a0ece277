import * as fc from 'fast-check';
import {
  GraphQLFloat,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  execute,
  getIntrospectionQuery,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { CompiledOperation } from '../src/runtime/compiled-operation.js';
import { EXAMPLE_QUERIES } from '../src/web/example-queries.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { fieldOf } from './support/generated-documents.js';
import type { Choices } from './support/generated-documents.js';

let application: TestApplication;
let schema: GraphQLSchema;
beforeAll(async () => {
  application = await openTestApplication();
  ({ schema } = application);
});
afterAll(() => application.close());

interface Question {
  readonly variables?: Record<string, unknown>;
  readonly actor?: Actor;
  readonly operationName?: string;
}

interface Answers {
  /** Answer of graphql-js, as text. */
  readonly reference: string;
  /** Whether it has errors. */
  readonly wrong: boolean;
  /** The compiled answer, as text; undefined where it is left to graphql-js. */
  readonly compiled: string | undefined;
}

async function bothAnswers(
  text: string,
  { variables = {}, actor = PUBLIC, operationName }: Question = {},
): Promise<Answers> {
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const contextValue = (): object => ({ actor, language: 'VI' });
  const reference = await execute({
    schema,
    document,
    contextValue: contextValue(),
    variableValues: variables,
    ...(operationName !== undefined && { operationName }),
  });
  return {
    reference: JSON.stringify(reference),
    wrong: reference.errors !== undefined,
    compiled: await compiledAnswer(text, variables, contextValue(), operationName),
  };
}

async function compiledAnswer(
  text: string,
  variables: Record<string, unknown>,
  context: object,
  operationName?: string,
): Promise<string | undefined> {
  const document = parse(text);
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) throw new Error('No operation.');
  try {
    return `{"data":${await new CompiledOperation(schema, operation, document).write(context, variables)}}`;
  } catch {
    return undefined;
  }
}

/** An answer without errors is given compiled, to the letter; an answer with errors is left to graphql-js. */
async function expectSame(text: string, question: Question = {}): Promise<Answers> {
  const answers = await bothAnswers(text, question);
  if (answers.wrong) expect([text, answers.compiled]).toEqual([text, undefined]);
  else expect(answers.compiled).toBe(answers.reference);
  return answers;
}

const WHOLE: Choices = {
  depth: 3,
  takes: (_parent, field) => !['edges', 'interfaces', 'possibleTypes'].includes(field),
  gives: ({ name }) => name === 'first',
  decorate: () => ({ alias: '', directive: '' }),
};

function queryFields(): string[] {
  return Object.keys(schema.getQueryType()?.getFields() ?? {});
}

function documentOf(name: string, choices: Choices): string {
  const field = schema.getQueryType()?.getFields()[name];
  if (field === undefined) throw new Error(`No query ${name}.`);
  return `query Whole { ${fieldOf(schema, field, choices)} }`;
}

describe('compiled answers are those of graphql-js', () => {
  it('for each query with all its fields, three levels deep, for everybody', async () => {
    const silent: string[] = [];
    for (const name of queryFields()) {
      for (const actor of [PUBLIC, ADMINISTRATOR]) {
        const { wrong } = await expectSame(documentOf(name, WHOLE), { actor });
        if (wrong && actor === ADMINISTRATOR) silent.push(name);
      }
    }
    // Most have to be answered at all, or nothing was compared.
    expect(silent.length).toBeLessThan(queryFields().length / 3);
  }, 300_000);

  it('for documents made at random, with aliases, directives and arguments', async () => {
    const bit = fc.infiniteStream(fc.integer({ min: 0, max: 99 }));
    await fc.assert(
      fc.asyncProperty(fc.nat(), bit, async (which, bits) => {
        const below = (percent: number): boolean => (bits.next().value ?? 0) < percent;
        const names = queryFields();
        const text = documentOf(names[which % names.length] ?? '', {
          depth: 3,
          takes: (_parent, field) => WHOLE.takes(_parent, field) && below(40),
          gives: () => below(25),
          decorate: (field) => ({
            alias: below(15) ? `${field}_${(bits.next().value ?? 0) % 5}: ` : '',
            directive: below(10) ? `@include(if: ${below(50)}) @skip(if: ${below(50)})` : '',
          }),
        });
        await expectSame(text, { actor: below(50) ? PUBLIC : ADMINISTRATOR });
      }),
      { numRuns: 120 },
    );
  }, 300_000);

  it('for the saved queries of the explorer', async () => {
    for (const { query, variables } of EXAMPLE_QUERIES.filter((each) => each.query.startsWith('query'))) {
      await expectSame(query, { variables: { ...variables }, actor: ADMINISTRATOR });
    }
  });

  it('for the schema itself', async () => {
    const { wrong } = await expectSame(getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(wrong).toBe(false);
    await expectSame('{ __typename __type(name: "Element") { kind name possibleTypes { name } } }');
  });
});

const LIST = `query ($filter: ElementFilterInput, $first: Int = 5, $long: Boolean!, $order: OrderDirection! = ASC) {
  elements(filter: $filter, first: $first, orderBy: [{ field: NAME, direction: $order }]) {
    totalCount
    nodes { urn ...Long @include(if: $long) ...Long @skip(if: $long) ... @skip(if: $long) { kind } }
  }
}
fragment Long on Element { name owner @include(if: $long) { name level } }`;

describe('variables', () => {
  const nested = { or: [{ kind: ['SYSTEM'] }, { not: { layer: { eq: 2 } } }] };
  it.each<[string, Record<string, unknown>]>([
    ['are given', { filter: nested, first: 7, long: true, order: 'DESC' }],
    ['are left out', { long: false }],
    ['are null', { filter: null, long: true, first: null }],
    ['are single values for lists', { filter: { kind: 'SYSTEM' }, long: false }],
  ])('that %s', async (_what, variables) => {
    expect((await expectSame(LIST, { variables })).wrong).toBe(false);
  });

  it.each<[string, Record<string, unknown>]>([
    ['must be there', {}],
    ['are of a wrong type', { long: 'yes' }],
    ['have fields nobody knows', { long: true, filter: { colour: 'red' } }],
    ['are no value of an enum', { long: true, order: 'UP' }],
    ['are refused by the query', { long: true, first: 501 }],
    ['are null where there is none', { long: true, order: null }],
  ])('that %s are left to graphql-js', async (_what, variables) => {
    expect((await expectSame(LIST, { variables })).wrong).toBe(true);
  });

  it('inside of literals', async () => {
    const text = `query ($kind: ElementKind!, $word: String) {
      elements(filter: { kind: [$kind, AGENCY], name: { contains: $word } }, first: 3) { nodes { urn } }
    }`;
    await expectSame(text, { variables: { kind: 'SYSTEM', word: 'số' } });
    await expectSame(text, { variables: { kind: 'SYSTEM' } });
  });
});

describe('texts and gaps', () => {
  interface Item {
    readonly text: string;
    readonly depth: number;
  }
  const item: GraphQLObjectType<Item> = new GraphQLObjectType<Item>({
    name: 'Item',
    fields: () => ({
      text: { type: GraphQLString, resolve: ({ text, depth }) => (depth % 2 === 0 ? text : Promise.resolve(text)) },
      float: { type: GraphQLFloat, resolve: ({ depth }) => depth / -3 },
      items: {
        type: new GraphQLList(item),
        resolve: ({ text, depth }) =>
          [0, 1, 2].slice(0, depth).map((at) => {
            const below = { text: `${at}${text}`, depth: depth - 1 };
            return at === 0 ? below : new Promise((resolve) => setTimeout(() => resolve(below), 3 - at));
          }),
      },
    }),
  });
  const small = (text: string): GraphQLSchema =>
    new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: { item: { type: item, resolve: () => Promise.resolve({ text, depth: 3 }) } },
      }),
    });
  const document = parse('{ a: item { text items { float text items { items { text } text } } } b: item { text } }');

  it('are written as JSON is, whatever stands in them and whenever they come', async () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\u0000',
      '\u007f',
      '\u2028',
      '\ud83d',
      '\ude00',
      '😀',
      'Kỹ thuật',
      '/',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 6 }), async (parts) => {
        const schemaOfText = small(parts.join(''));
        const operation = getOperationAST(document);
        if (operation === null || operation === undefined) throw new Error('No operation.');
        const text = await new CompiledOperation(schemaOfText, operation, document).write({}, {});
        expect(text).toBe(JSON.stringify((await execute({ schema: schemaOfText, document })).data));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is not compiled', () => {
  it.each([
    ['a key that is no plain key of an object', '{ __proto__: landscape { revision } }'],
    [
      'an error amid good answers',
      '{ landscape { revision } elements(first: 2) { nodes { urn bad: relations(first: 501) { totalCount } } } }',
    ],
    ['an unknown urn', '{ impactAnalysis(from: "urn:khung:khong-co") { totalCount } }'],
  ])('%s is left to graphql-js', async (_what, text) => {
    expect((await bothAnswers(text)).compiled).toBeUndefined();
  });

  it('a mutation is left to graphql-js', () => {
    const document = parse('mutation { commitChangeSet(input: { reason: "x", operations: [] }) { revision } }');
    const operation = getOperationAST(document);
    expect(() => new CompiledOperation(schema, operation ?? fail(), document)).toThrow('Only queries');
  });

  it('one operation of several is chosen by its name', async () => {
    const text = 'query A { landscape { revision } } query B { landscape { at } }';
    const { compiled } = await expectSame(text, { operationName: 'B' });
    expect(compiled).toContain('"at"');
  });
});

function fail(): never {
  throw new Error('There is no operation.');
}
