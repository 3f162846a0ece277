import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { readConfig } from './runtime/config.js';

/**
 * Writes schema.gql from the resolvers, or with --check compares the two. The service is put together on a database
 * that is never connected.
 */
const FILE = 'schema.gql';
const HEADER = '# Made from the resolvers by `npm run schema`. Do not edit.\n\n';

async function currentSchema(): Promise<string> {
  const config = readConfig({ KHUNG_ADMIN_TOKEN: 'not served' });
  const source = new DataSource({ type: 'postgres' });
  const database = { source, kind: 'EMBEDDED', lock: undefined, close: () => Promise.resolve() } as const;
  const app = await NestFactory.create(AppModule.forRoot(config, database), { logger: ['error'], abortOnError: false });
  await app.init();
  const { schema } = app.get(GraphQLSchemaHost);
  await app.close();
  return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
}

const schema = await currentSchema();
if (!process.argv.includes('--check')) writeFileSync(FILE, schema);
else if (readFileSync(FILE, 'utf8') !== schema) {
  console.error(`${FILE} is not what the resolvers say: run "npm run schema" and look at the difference.`);
  process.exitCode = 1;
}
