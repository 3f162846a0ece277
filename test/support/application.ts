import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { AppModule } from '../../src/app.module.js';
import { RULE_PACK } from '../../src/compliance/rule-pack.reader.js';
import { ADMINISTRATOR } from '../../src/core/access/actor.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { ChangeSetWriter } from '../../src/registry/change-set.writer.js';
import { ReferenceWriter } from '../../src/portfolio/reference.writer.js';
import { readConfig } from '../../src/runtime/config.js';
import type { Database } from '../../src/runtime/database.js';
import { readReferenceRulePack } from '../../src/runtime/reference-file.js';
import { freshDatabase } from './database.js';

/** The service, put together but not listening. */
export interface TestApplication {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  close(): Promise<void>;
  /** One of the parts that it is put together of. */
  part<T>(type: Type<T>): T;
}

/** What is added to the city's rule pack: rules, and the kinds of evidence that they ask for. */
export interface MoreRules {
  readonly rules: readonly object[];
  readonly evidence: object;
}

const CONFIG = readConfig({ KHUNG_ADMIN_TOKEN: 'not served', KHUNG_SUPERVISION_SECONDS: '0' });

/** Puts the service together on a database. */
async function applicationOn(database: Database, more?: MoreRules): Promise<INestApplication> {
  const application = await NestFactory.create(moduleFor(database, more), { logger: false });
  return application.init();
}

/** Another service on the database of one that runs; closing it leaves the database open. */
export async function openBeside({ database }: Pick<TestApplication, 'database'>): Promise<TestApplication> {
  const application = await applicationOn(database);
  return {
    schema: application.get(GraphQLSchemaHost).schema,
    database,
    close: () => application.close(),
    part: (type) => application.get(type, { strict: false }),
  };
}

/**
 * @param commits - change sets to begin with in place of the reference pack.
 * @param more - what is added to the city's rules, which the pack has no example of.
 */
export async function openTestApplication(
  commits?: readonly (readonly Operation[])[],
  more?: MoreRules,
): Promise<TestApplication> {
  const database = await freshDatabase();
  const application = await applicationOn(database, more);
  if (commits === undefined) await application.get(ReferenceWriter, { strict: false }).loadIfEmpty();
  const writer = application.get(ChangeSetWriter, { strict: false });
  for (const operations of commits ?? []) {
    await writer.commit({ operations, reason: 'Kiểm thử', source: 'USER' }, ADMINISTRATOR);
  }
  return {
    schema: application.get(GraphQLSchemaHost).schema,
    database,
    close: async () => {
      await application.close();
      await database.close();
    },
    part: (type) => application.get(type, { strict: false }),
  };
}

/** The whole service; with more rules than are shipped it begins with those. */
function moduleFor(database: Database, more: MoreRules | undefined): DynamicModule {
  const service = AppModule.forRoot(CONFIG, database);
  if (more === undefined) return service;
  // The pack that is shipped is checked by whoever begins with it.
  const pack = readReferenceRulePack('hcmc/rule-pack.json') as { readonly rules: object[]; readonly evidence: object };
  const document = {
    ...pack,
    rules: [...pack.rules, ...more.rules],
    evidence: { ...pack.evidence, ...more.evidence },
  };
  const rules = { provide: RULE_PACK, useValue: document };
  const given = { module: GivenRules, global: true, providers: [rules], exports: [rules] };
  return { module: TestModule, imports: [given, service] };
}

class GivenRules {}
class TestModule {}
