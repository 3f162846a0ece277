import { Client } from 'pg';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { TABLES } from '../src/data-source.js';
import { serveOn } from '../src/main.js';
import { appendAudit } from '../src/runtime/audit/audit-log.js';
import { auditedActor } from '../src/runtime/audit/audit-record.js';
import { verifyAudit } from '../src/runtime/audit/audit-verification.js';
import { ConfigWrong, readConfig } from '../src/runtime/config.js';
import { openDatabase } from '../src/runtime/database.js';
import { freshServerDatabase } from './support/database.js';

const SERVER = process.env['TEST_DATABASE_URL'] ?? '';
const ROLE = `khung_service_${process.pid}`;

it('is told by a configuration that names the service as well', () => {
  expect(() => readConfig({ MIGRATION_DATABASE_URL: 'postgres://owner@host/khung' })).toThrow(ConfigWrong);
  const both = { MIGRATION_DATABASE_URL: 'postgres://owner@host/khung', DATABASE_URL: 'postgres://it@host/khung' };
  expect(readConfig(both)).toMatchObject({ migrationDatabaseUrl: both.MIGRATION_DATABASE_URL });
});

// The embedded database has one role.
if (SERVER !== '') {
  describe('on a server the role of the service', () => {
    let ownerUrl: string;
    let serviceUrl: string;
    let owner: Client;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      ({ url: ownerUrl, drop } = await freshServerDatabase(SERVER));
      const url = new URL(ownerUrl);
      url.username = ROLE;
      url.password = 'service';
      serviceUrl = url.href;
      owner = new Client({ connectionString: ownerUrl });
      await owner.connect();
      await owner.query(`create role ${ROLE} login password 'service'`);
    });
    afterAll(async () => {
      await owner.end();
      await drop();
      const server = new Client({ connectionString: SERVER });
      await server.connect();
      await server.query(`drop role ${ROLE}`);
      await server.end();
    });

    const config = (more: object = {}): ReturnType<typeof readConfig> =>
      readConfig({ DATABASE_URL: serviceUrl, MIGRATION_DATABASE_URL: ownerUrl, PORT: '0', ...more });

    it('can not be the owner, nor anybody who is not there', async () => {
      for (const url of [ownerUrl, ownerUrl.replace(/\/\/[^:@]+/, '//nobody-there')]) {
        await expect(openDatabase(config({ DATABASE_URL: url }), TABLES)).rejects.toThrow(ConfigWrong);
      }
    });

    it('runs the whole service, and changes nothing that is append-only, not even with its triggers', async () => {
      const service = await serveOn(await openDatabase(config(), TABLES), { ...config(), host: '127.0.0.1' });
      const { source } = service.database;
      try {
        await source.transaction((manager) =>
          appendAudit(manager, [{ kind: 'EXPORT', by: auditedActor(ADMINISTRATOR), subject: 'x', payload: {} }]),
        );
        expect(await verifyAudit(source.manager, { anchors: [] })).toMatchObject({ faults: [], recordsChecked: 2 });
        const tables = ['audit_record', 'change_set', 'waiver_event', 'rule_event', 'compliance_run', 'migrations'];
        for (const table of tables) {
          const column = table === 'migrations' ? 'name' : 'author';
          const changed = table === 'audit_record' ? 'actor' : column;
          for (const statement of [
            `update ${table} set ${changed} = 'x'`,
            `delete from ${table}`,
            `truncate ${table}`,
            `alter table ${table} disable trigger user`,
          ]) {
            await expect(source.query(statement)).rejects.toThrow(/permission denied|must be owner/);
          }
        }
        const started = await fetch(`${service.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ auditHead { number } }' }),
        });
        expect(await started.json()).toMatchObject({ data: { auditHead: { number: 2 } } });
      } finally {
        await service.close();
      }
    }, 120_000);

    it('can not own a table either, for its triggers would be no more than a hint', async () => {
      await owner.query(`alter table audit_record owner to ${ROLE}`);
      try {
        await expect(openDatabase(config(), TABLES)).rejects.toThrow(ConfigWrong);
      } finally {
        await owner.query('alter table audit_record owner to current_user');
      }
    });

    it('opens the migrated database without the owner, too', async () => {
      const database = await openDatabase(readConfig({ DATABASE_URL: serviceUrl }), TABLES);
      expect(await database.source.query('select revision from landscape_head')).toEqual([{ revision: 1 }]);
      await database.close();
    });
  });
}
