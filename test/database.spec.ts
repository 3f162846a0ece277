import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TABLES } from '../src/data-source.js';
import { openPglite, schemaDrift } from '../src/runtime/database.js';
import type { Database } from '../src/runtime/database.js';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined, TABLES);
});
afterAll(() => database.close());

it('says the same in entities and migrations', async () => {
  expect(await schemaDrift(database.source)).toEqual([]);
});
