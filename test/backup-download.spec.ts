import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { AttributeDefinitionReader } from '../src/registry/attribute-definition.reader.js';
import { ChangeSetWriter } from '../src/registry/change-set.writer.js';
import { LandscapeStore } from '../src/registry/landscape.store.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
let writer: ChangeSetWriter;
beforeAll(async () => {
  service = await startTestService();
  const { source } = service.database;
  writer = new ChangeSetWriter(source, new LandscapeStore(source, new AttributeDefinitionReader()));
  // Random text, which gzip can not make small: more than the buffers between two sockets hold.
  await commit(Array.from({ length: 2_000 }, (_, index) => [`lon-${index}`, randomBytes(900).toString('base64')]));
});
afterAll(() => service.close());

function commit(systems: readonly (readonly string[])[]): Promise<unknown> {
  const operations = systems.map(
    ([id, description = id]) =>
      ({ op: 'ADD', urn: `urn:khung:${id}`, value: { kind: 'SYSTEM', name: 'Hệ thống', description } }) as const,
  );
  return writer.commit({ operations, reason: 'Kiểm thử', source: 'USER' }, ADMINISTRATOR);
}

/** A download of which nothing is read yet. */
async function download(token = TEST_TOKEN): Promise<IncomingMessage> {
  const request = get(`${service.url}/backup`, { headers: { authorization: `Bearer ${token}` } });
  const [response] = await once(request, 'response');
  // What `response` is emitted with.
  return response as IncomingMessage;
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts);
}

describe('a download of the backup', () => {
  it('is given to nobody without the right token', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Bearer ' }]) {
      const response = await fetch(`${service.url}/backup`, { headers });
      expect([response.status, await response.json()]).toMatchObject([403, { errors: [{ code: 'FORBIDDEN' }] }]);
    }
  });

  it('that nobody reads holds up no commit', async () => {
    const response = await download();
    await commit([['trong-luc-tai']]);
    const body = await bodyOf(response);
    expect(body.length).toBeGreaterThan(5_000_000);
  });

  it('that breaks off leaves the database free', async () => {
    const broken = await Promise.all([download(), download(), download()]);
    for (const response of broken) response.destroy();
    await commit([['sau-khi-dut']]);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });

  it('is refused with a code while the database is away, and the process lives', async () => {
    await service.database.source.destroy();
    const response = await download();
    expect([response.statusCode, JSON.parse(String(await bodyOf(response)))]).toMatchObject([
      503,
      { errors: [{ code: 'UNAVAILABLE' }] },
    ]);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    await service.database.source.initialize();
  });
});
