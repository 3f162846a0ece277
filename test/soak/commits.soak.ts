import { ADMINISTRATOR } from '../../src/core/access/actor.js';
import { RegistryError } from '../../src/core/errors.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { AttributeDefinitionReader } from '../../src/registry/attribute-definition.reader.js';
import { ChangeSetWriter } from '../../src/registry/change-set.writer.js';
import { LandscapeStore } from '../../src/registry/landscape.store.js';
import type { Database } from '../../src/runtime/database.js';
import { freshDatabase } from '../support/database.js';
import { seededRandom } from '../support/seeded-random.js';

const COMMITS = process.env['SOAK'] === 'short' ? 200 : 2_000;
const SEED = 20261124;

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Some operation on one of few urns, so that it is often refused: taken, unknown, illegal, still related. */
function anyOperation(random: ReturnType<typeof seededRandom>, step: number): Operation {
  const system = (): string => `urn:khung:s${random.below(60)}`;
  const relation = (): string => `urn:khung:r${random.below(200)}`;
  switch (random.below(6)) {
    case 0:
    case 1:
      return { op: 'ADD', urn: system(), value: { kind: 'SYSTEM', name: `Hệ thống ${step}` }, source: 'Nguồn' };
    case 2:
      return { op: 'ADD', urn: relation(), value: { kind: 'DEPENDS_ON', source: system(), target: system() } };
    case 3:
      return { op: 'UPDATE', urn: system(), path: 'name', value: `Tên ${step}`, confidence: 'LOW' };
    case 4:
      return { op: 'REMOVE', urn: relation() };
    default:
      return { op: 'REMOVE', urn: system() };
  }
}

it(`${COMMITS} change sets, good and bad, some at once, leave memory, database and log in agreement`, async () => {
  const random = seededRandom(SEED);
  const store = new LandscapeStore(database.source, new AttributeDefinitionReader());
  const writer = new ChangeSetWriter(database.source, store);
  let accepted = 0;
  let step = 0;
  while (step < COMMITS) {
    const together = [];
    for (let beside = 1 + random.below(8); beside > 0; beside -= 1) {
      step += 1;
      const operations = [];
      for (let more = 1 + random.below(3); more > 0; more -= 1) operations.push(anyOperation(random, step));
      together.push(writer.commit({ operations, reason: 'Soak', source: 'JOB' }, ADMINISTRATOR));
    }
    for (const outcome of await Promise.allSettled(together)) {
      if (outcome.status === 'fulfilled') accepted += 1;
      else expect(outcome.reason).toBeInstanceOf(RegistryError);
    }
  }
  expect([accepted, store.snapshot.revision]).toEqual([store.snapshot.revision, accepted]);
  expect(accepted).toBeGreaterThan(COMMITS / 20);
  expect(accepted).toBeLessThan(COMMITS);

  const reloaded = new LandscapeStore(database.source, new AttributeDefinitionReader());
  await reloaded.refresh();
  expect([...reloaded.snapshot.elements()]).toEqual([...store.snapshot.elements()]);
  expect([...reloaded.snapshot.relations()]).toEqual([...store.snapshot.relations()]);
  const log: { previous_hash: string; hash: string }[] = await database.source.query(
    'select previous_hash, hash from change_set order by revision',
  );
  for (const [index, entry] of log.entries()) expect(entry.previous_hash).toBe(log[index - 1]?.hash ?? '');
  const open = await database.source.query(
    `select (select count(*) from element)::int as rows, count(*)::int as versions
     from element_version where to_revision is null`,
  );
  expect(open[0].versions).toBe(open[0].rows);
});
