import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { AppModule } from '../../src/app.module.js';
import { ReferenceWriter } from '../../src/portfolio/reference.writer.js';
import { readConfig } from '../../src/runtime/config.js';
import { freshDatabase } from './database.js';

/** The service with the city's reference pack, put together but not listening. */
export interface TestApplication {
  readonly schema: GraphQLSchema;
  close(): Promise<void>;
}

export async function openTestApplication(): Promise<TestApplication> {
  const database = await freshDatabase();
  const config = readConfig({ KHUNG_ADMIN_TOKEN: 'not served' });
  const application = await NestFactory.create(AppModule.forRoot(config, database), { logger: false });
  await application.init();
  await application.get(ReferenceWriter, { strict: false }).loadIfEmpty();
  return {
    schema: application.get(GraphQLSchemaHost).schema,
    close: async () => {
      await application.close();
      await database.close();
    },
  };
}
