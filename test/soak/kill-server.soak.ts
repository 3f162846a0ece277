import { freshServerDatabase } from '../support/database.js';
import { ROUNDS, killAndLookAfter } from '../support/kills.js';

let database: { readonly url: string; drop(): Promise<void> };
beforeAll(async () => {
  database = await freshServerDatabase(process.env['TEST_DATABASE_URL'] ?? '');
});
afterAll(() => database.drop());

it(`${ROUNDS} kills amid commits lose nothing that was acknowledged and leave nothing half done, on a PostgreSQL server`, () =>
  killAndLookAfter({ DATABASE_URL: database.url, KHUNG_ADMIN_TOKEN: 'only-for-tests' }));
