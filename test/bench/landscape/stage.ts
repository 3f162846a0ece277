import { Client } from 'pg';
import { generateLandscape, generatedOperations } from '../../support/generated-landscape.js';
import type { GeneratedLandscape, GeneratedSize } from '../../support/generated-landscape.js';
import { Oracle } from './oracle.js';
import { fillPeer } from './peer-tables.js';
import { PostgresServer, TOKEN, startPeer, startService } from './processes.js';
import type { Server } from './processes.js';
import { readRows } from './rows.js';

/** Most operations of one change set here; the request has to fit into the service's limit of bytes. */
const CHUNK = 50_000;

/** Both sides, filled with the same landscape. */
export interface Stage {
  readonly landscape: GeneratedLandscape;
  readonly oracle: Oracle;
  readonly service: Server;
  readonly peer: Server;
  readonly postgres: PostgresServer;
  close(): Promise<void>;
}

/** Starts everything. Prints what loading (W10) and starting (W12) took. */
export async function openStage(size: GeneratedSize): Promise<Stage> {
  const landscape = generateLandscape(size);
  const postgres = PostgresServer.start();
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    for (const server of servers) await server.stop();
    postgres.stop();
  };
  try {
    const admin = await connected(postgres.urlOf('postgres'));
    for (const database of ['service', 'peer']) await admin.query(`create database ${database}`);
    await admin.query('alter system set autovacuum = off');
    await admin.query('select pg_reload_conf()');
    await admin.end();
    const loader = await startService(postgres.urlOf('service'));
    servers.push(loader);
    const loading = await loadService(loader, postgres, landscape);
    await loader.stop();
    servers.pop();
    const database = await connected(postgres.urlOf('service'));
    await database.query('analyze');
    const rows = await readRows(database);
    await database.end();
    const begun = { cpu: postgres.cpu(), clock: performance.now() };
    await fillPeer(postgres.urlOf('peer'), rows);
    const filling = { cpu: postgres.cpu() - begun.cpu, clock: performance.now() - begun.clock };
    const peer = await startPeer(postgres.urlOf('peer'));
    servers.push(peer);
    const service = await startService(postgres.urlOf('service'), serviceOptions());
    servers.push(service);
    const answered = await firstAnswers(service);
    console.log(
      `\n### ${rows.systems.length} elements, ${rows.links.length} relations, ${process.version}, PostgreSQL with fsync off\n`,
    );
    console.log(
      `W10, import until it can be queried: service ${seconds(loading.clock)} s (CPU ${seconds(loading.cpu)} s; history and audit included), ` +
        `peer by COPY with indexes ${seconds(filling.clock)} s (CPU of PostgreSQL ${seconds(filling.cpu)} s).`,
    );
    console.log(
      `W12, start of the process until the first answers to W1 and W4a: ${seconds(service.started + answered)} s ` +
        `(CPU ${seconds(service.cpu())} s), ${service.memory().toFixed(0)} MiB resident.`,
    );
    return { landscape, oracle: new Oracle(rows), service, peer, postgres, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** KHUNG_BENCH_NODE holds options for the service's Node, for example --cpu-prof. */
function serviceOptions(): string[] {
  return (process.env['KHUNG_BENCH_NODE'] ?? '').split(' ').filter((each) => each !== '');
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

async function ask(service: Server, query: string, variables: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
  if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 1000));
  return data;
}

/** Commits the whole landscape, and asks for it. */
async function loadService(
  service: Server,
  postgres: PostgresServer,
  landscape: GeneratedLandscape,
): Promise<{ readonly cpu: number; readonly clock: number }> {
  const operations = generatedOperations(landscape);
  const cpu = (): number => service.cpu() + postgres.cpu();
  const begun = { cpu: cpu(), clock: performance.now() };
  for (let at = 0; at < operations.length; at += CHUNK) {
    const data = await ask(
      service,
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision userErrors { message } } }',
      { input: { reason: 'bench', operations: operations.slice(at, at + CHUNK) } },
    );
    const { revision, userErrors } = data['commitChangeSet'] as { revision: number | null; userErrors: unknown };
    if (revision === null) throw new Error(JSON.stringify(userErrors).slice(0, 1000));
  }
  const { landscape: seen } = await ask(service, '{ landscape { relationCount } }', {});
  const count = (seen as { relationCount: number }).relationCount;
  if (count < landscape.relations.length) throw new Error(`Only ${count} relations can be queried.`);
  return { cpu: cpu() - begun.cpu, clock: performance.now() - begun.clock };
}

async function firstAnswers(service: Server): Promise<number> {
  const begun = performance.now();
  const from = 'urn:khung:g-s1';
  const data = await ask(
    service,
    'query ($from: URN!) { element(urn: $from) { name } impactAnalysis(from: $from) { totalCount } }',
    { from },
  );
  if (data['element'] === null) throw new Error('The first answer is empty.');
  return performance.now() - begun;
}
