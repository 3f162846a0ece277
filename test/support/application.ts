import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { AppModule } from '../../src/app.module.js';
import { ADMINISTRATOR } from '../../src/core/access/actor.js';
import type { Operation } from '../../src/core/landscape/operation.js';
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
}

/** @param commits - change sets to begin with in place of the reference pack. */
export async function openTestApplication(commits?: readonly (readonly Operation[])[]): Promise<TestApplication> {
  const database = await freshDatabase();
  const config = readConfig({ KHUNG_ADMIN_TOKEN: 'not served', KHUNG_SUPERVISION_SECONDS: '0' });
  const application = await NestFactory.create(AppModule.forRoot(config, database), { logger: false });
  await application.init();
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
  };
}
