/**
 * Makes the documents of the desk, with their types, from its queries and `schema.gql`. A query that does not fit the
 * schema ends the build here; a page that reads what its query does not ask for fails the type check.
 */
import { codegen } from '@graphql-codegen/core';
import * as documentPlugin from '@graphql-codegen/typed-document-node';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, validate } from 'graphql';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const QUERIES = 'src/web/desk/queries';
const MADE = 'src/web/desk/generated/documents.ts';

const schemaText = readFileSync('schema.gql', 'utf8');
const documents = readdirSync(QUERIES)
  .toSorted()
  .map((file) => ({ location: join(QUERIES, file), document: parse(readFileSync(join(QUERIES, file), 'utf8')) }));
const schema = buildSchema(schemaText);
const all = { kind: 'Document', definitions: documents.flatMap(({ document }) => document.definitions) };
const wrong = validate(schema, all);
if (wrong.length > 0) {
  for (const { message, locations } of wrong) {
    console.error(`${QUERIES}: ${message} (line ${locations?.map(({ line }) => line).join(', ')})`);
  }
  process.exit(1);
}

const made = await codegen({
  schema: parse(schemaText),
  schemaAst: schema,
  documents,
  filename: MADE,
  pluginMap: { operations: operationsPlugin, documents: documentPlugin },
  plugins: [
    {
      operations: {
        enumType: 'string-literal',
        skipTypename: true,
        mergeFragmentTypes: true,
        useTypeImports: true,
        scalars: { URN: 'string', Date: 'string', DateTime: 'string', JSON: 'unknown' },
      },
    },
    { documents: { useTypeImports: true } },
  ],
  config: {},
});

// What did not change keeps its time, so that nothing is built again for it.
if (!existsSync(MADE) || readFileSync(MADE, 'utf8') !== made) {
  mkdirSync(dirname(MADE), { recursive: true });
  writeFileSync(MADE, made);
}
