import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { AppModule } from '../../src/app.module.js';
import { RegimeReader } from '../../src/compliance/regime.reader.js';
import { RulePackReader, checkedPack } from '../../src/compliance/rule-pack.reader.js';
import { ADMINISTRATOR } from '../../src/core/access/actor.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { AttributeDefinitionReader } from '../../src/registry/attribute-definition.reader.js';
import { ChangeSetWriter } from '../../src/registry/change-set.writer.js';
import { ReferenceWriter } from '../../src/portfolio/reference.writer.js';
import { readConfig } from '../../src/runtime/config.js';
import type { Database } from '../../src/runtime/database.js';
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
async function applicationOn(database: Database): Promise<INestApplication> {
  const application = await NestFactory.create(AppModule.forRoot(CONFIG, database), { logger: false });
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
  const application = await applicationOn(database);
  if (more !== undefined) addRules(application, more);
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

/** Nobody has asked yet, so that nothing was worked out with the pack as it was. */
function addRules(application: INestApplication, { rules, evidence }: MoreRules): void {
  const packs = application.get(RulePackReader, { strict: false });
  const definitions = application.get(AttributeDefinitionReader, { strict: false });
  const { reference } = application.get(RegimeReader, { strict: false });
  const { pack } = packs.checked;
  const whole = { ...pack, rules: [...pack.rules, ...rules], evidence: { ...pack.evidence, ...evidence } };
  Object.defineProperty(packs, 'checked', { value: checkedPack(whole, definitions.all, reference) });
}
