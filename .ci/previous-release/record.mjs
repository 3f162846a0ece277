/**
 * Records what a release leaves behind, for the next one to be tested on: `node record.mjs FOLDER`.
 *
 * FOLDER is a clone of that release, installed and built; TEST_DATABASE_URL names a server. The release itself serves on a
 * database of that server and does something of every kind; then test/previous-release gets a dump of it, what its tables
 * hold, and what it answers.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import pg from 'pg';
import { format } from 'prettier';
import { dumpPrograms } from '../../test/support/dump-programs.js';
import { tableSums } from '../../test/support/table-sums.js';
import { ADMINISTRATOR, AGENCY, ARCHITECT, OFFICER, ask, leaveBehind } from './deeds.mjs';

const [folder] = process.argv.slice(2);
const server = process.env.TEST_DATABASE_URL;
const release = resolve(folder);
const kept = resolve(import.meta.dirname, '../../test/previous-release');

/** Starts the release and waits until it says where it answers. */
async function serve(url, places) {
  const tokens = join(places, 'tokens.json');
  const sha256 = (token) => createHash('sha256').update(token).digest('hex');
  writeFileSync(
    tokens,
    JSON.stringify([
      { sha256: sha256(OFFICER), kind: 'OFFICER', agency: AGENCY },
      { sha256: sha256(ARCHITECT), kind: 'ARCHITECT' },
    ]),
  );
  const own = { DATABASE_URL: url, KHUNG_DATA: places, KHUNG_TOKENS: tokens, KHUNG_ADMIN_TOKEN: ADMINISTRATOR };
  const env = { ...process.env, ...own, PORT: '0', HOST: '127.0.0.1', KHUNG_SUPERVISION_SECONDS: '1' };
  const child = spawn(process.execPath, ['dist/src/cli.js', 'serve'], {
    cwd: release,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const part of child.stdout) {
    output += String(part);
    const [, port] = /http:\/\/localhost:(\d+)/.exec(output) ?? [];
    if (port !== undefined) return { child, url: `http://127.0.0.1:${port}/graphql` };
  }
  throw new Error(`The release did not start: ${output}`);
}

/** Asked again of the next release: what is recorded, and not what is concluded of it or hangs on the day. */
const QUESTIONS = [
  '{ landscape { revision } }',
  `{ elements(filter: { kind: [SYSTEM] }, first: 500) {
    totalCount nodes { urn kind name revision owner { urn } } } }`,
  '{ relations(first: 50) { totalCount nodes { urn kind source { urn } target { urn } strength } } }',
  '{ elements(filter: { kind: [SYSTEM] }, asOf: { revision: 3 }, first: 5) { totalCount nodes { urn name } } }',
  '{ changeSets(first: 50) { totalCount nodes { revision reason source author hash at } } }',
  '{ element(urn: "urn:khung:pht-mot") { ... on System { attributes { key value source } } } }',
  '{ scenarios(first: 10) { totalCount nodes { name baseRevision operations { totalCount } } } }',
  '{ waivers(first: 10) { totalCount nodes { ruleCode requestedOn validTo events { reason } } } }',
  '{ evidence(first: 10) { totalCount nodes { kindId link submittedOn subject { urn } } } }',
  '{ duplicateCases(first: 10) { totalCount nodes { state reason avoidedCost subject { urn } match { urn } } } }',
  '{ attestationCampaigns(first: 10) { totalCount nodes { number name dueOn } } }',
  '{ impactAnalysis(from: "urn:khung:hcm-lgsp", asOf: { validOn: "2026-11-24" }) { totalCount } }',
];

async function answersOf(service) {
  const answers = [];
  for (const query of QUESTIONS) answers.push({ query, answer: await ask(service, ADMINISTRATOR, query) });
  return answers;
}

async function whileServing(url, places, use) {
  const service = await serve(url, places);
  try {
    return await use(service);
  } finally {
    const gone = new Promise((end) => service.child.once('exit', end));
    service.child.kill('SIGTERM');
    await gone;
  }
}

/** What the data folders of the release's own embedded database are written for. */
async function engineOf() {
  const from = createRequire(join(release, 'package.json'));
  const { PGlite } = await import(pathToFileURL(from.resolve('@electric-sql/pglite')).href);
  const engine = await PGlite.create();
  const { rows } = await engine.query(
    'select catalog_version_no as catalog, pg_control_version as control from pg_control_system()',
  );
  await engine.close();
  return rows[0];
}

/** As statements, without the two lines of a dump that psql alone understands. */
function statementsOf(url, major) {
  const { dump } = dumpPrograms(major);
  const args = ['--inserts', '--rows-per-insert=50', '--no-owner', '--no-privileges', '--dbname', url];
  const text = execFileSync(dump, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  return text.replaceAll(/^\\(?:un)?restrict .*\n/gm, '');
}

async function onServer(url, use) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(async (statement) => (await client.query(statement)).rows);
  } finally {
    await client.end();
  }
}

const name = `khung_previous_${process.pid}`;
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
const places = mkdtempSync(join(tmpdir(), 'khung-previous-'));
await onServer(server, (query) => query(`create database ${name}`));
await whileServing(url, places, (service) => leaveBehind(service, release));
// Asked anew, of what is stored: what a service has just written it still holds in the order in which it came.
const answers = await whileServing(url, places, answersOf);
const tables = await onServer(url, (query) => tableSums(query));
const [audit] = await onServer(url, (query) =>
  query('select number, hash from audit_record order by number desc limit 1'),
);
const [{ major }] = await onServer(url, (query) =>
  query(`select current_setting('server_version_num')::int / 10000 as major`),
);
const { version } = JSON.parse(readFileSync(join(release, 'package.json'), 'utf8'));
const commitId = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: release, encoding: 'utf8' }).trim();
const recorded = { version, commit: commitId, engine: await engineOf(), tables, audit, answers };
writeFileSync(join(kept, 'recorded.json'), await format(JSON.stringify(recorded), { parser: 'json', printWidth: 120 }));
writeFileSync(join(kept, 'database.sql.br'), brotliCompressSync(statementsOf(url, major)));
await onServer(server, (query) => query(`drop database ${name}`));
rmSync(places, { recursive: true });
