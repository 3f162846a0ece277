import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import {
  ask,
  commitSystem,
  commitUntilKilled,
  freshFolder,
  migratedFolder,
  run,
  runWith,
  serve,
} from './support/process.js';
import type { Serving } from './support/process.js';

const REVISION = '{ landscape { revision } }';

/** For what starts several processes one after the other, on a loaded machine: milliseconds. */
const MANY_STARTS = 300_000;

async function revisionOf(service: Serving): Promise<number> {
  return (await ask<{ landscape: { revision: number } }>(service, REVISION)).landscape.revision;
}

function proposalFile(folder: string, content: unknown): string {
  const file = join(folder, 'proposal.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** The numbers of the change sets in a folder's log, as its backup has them. */
async function loggedRevisions(folder: string): Promise<number[]> {
  const file = join(folder, 'log.gz');
  expect((await run(folder, 'backup', file)).code).toBe(0);
  const lines = gunzipSync(readFileSync(file)).toString().split('\n');
  const rows = lines.filter((line) => line.startsWith('change_set ')).map((line) => line.slice('change_set '.length));
  return rows.map((row) => Number((JSON.parse(row) as { revision: unknown }).revision));
}

const PROPOSAL = {
  title: 'Phần mềm quản lý văn bản và điều hành Sở Du lịch',
  agency: 'urn:khung:so-du-lich',
  workType: 'BUILD',
  components: [{ name: 'Quản lý văn bản đi, đến' }],
};

describe('beside a running service', () => {
  const folder = migratedFolder();
  let service: Serving;
  beforeAll(async () => {
    service = await serve(folder);
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('a second one on the same folder is refused, and told by whom', async () => {
    const { code, output } = await run(folder, 'serve');
    expect(code).toBe(1);
    expect(output).toContain(`đang được tiến trình ${service.pid} sử dụng`);
    expect(output).toContain(`in use by process ${service.pid}`);
    expect(output).not.toContain('    at ');
  });

  it('a list is imported, for people and for programs', async () => {
    const file = join(folder, 'danh-sach.csv');
    writeFileSync(file, 'Mã,Loại,Tên\nht-dong-lenh,Hệ thống,Hệ thống từ dòng lệnh\n,Hệ thống,\n');
    const tried = await run(folder, 'import', file, '--dry-run', '--json');
    expect(tried.code).toBe(1);
    expect(JSON.parse(tried.output)).toMatchObject({
      elements: { created: 1, changed: 0, deleted: 0, unchanged: 0, refused: 1 },
      relations: { created: 0, changed: 0, deleted: 0, unchanged: 0, refused: 0 },
      problems: [{ line: 3, reason: 'VALUE_MISSING' }],
      isApplied: false,
    });
    const done = await run(folder, 'import', file, '--accept-valid', '--reason', 'Kiểm thử');
    expect([done.code, done.output]).toEqual([1, expect.stringMatching(/Đối tượng: 1 thêm,.*1 từ chối[^]*Đã ghi/)]);
    const again = await run(folder, 'import', file, '--accept-valid', '--language', 'en');
    expect(again.output).toContain('Elements: 0 created, 0 changed, 0 deleted, 1 unchanged, 1 refused');
    expect(again.output).toContain('Nothing was written.');
  });

  it('a proposal is checked, for people and for programs', async () => {
    const people = await run(folder, 'check', proposalFile(folder, PROPOSAL), '--language', 'en');
    expect([people.code, people.output]).toEqual([0, expect.stringContaining('DOES NOT CONFORM')]);
    const programs = await run(folder, 'check', proposalFile(folder, { proposal: PROPOSAL }), '--json');
    expect(JSON.parse(programs.output)).toMatchObject({ check: { verdict: 'DOES_NOT_CONFORM' }, userErrors: [] });
  });

  it('a proposal is judged by what it does to what is there, for whoever holds the data', async () => {
    const operations = [{ op: 'REMOVE', urn: 'urn:khung:khong-dat' }];
    const added = [
      {
        op: 'ADD',
        urn: 'urn:khung:khong-dat',
        value: { kind: 'SYSTEM', name: 'Máy chủ riêng', attributes: { hosting: 'AGENCY_SERVER' } },
      },
    ];
    expect((await run(folder, 'load', proposalFile(folder, { reason: 'Thử', operations: added }))).code).toBe(0);
    const { output } = await run(folder, 'check', proposalFile(folder, { ...PROPOSAL, operations }));
    const plain = stripVTControlCharacters(output);
    expect(plain).toMatch(/Đề xuất khắc phục được\n\s+Máy chủ riêng: KHÔNG ĐẠT → –/);
  });

  it('a change set is loaded from a file, or refused with a path', async () => {
    const operations = [{ op: 'ADD', urn: 'urn:khung:tu-tep', value: { kind: 'SYSTEM', name: 'Từ tệp' } }];
    const file = proposalFile(folder, { reason: 'Nạp tệp', operations });
    const before = await revisionOf(service);
    expect((await run(folder, 'load', file, '--dry-run')).output).toContain(`Revision ${before + 1}`);
    expect(await revisionOf(service)).toBe(before);
    expect((await run(folder, 'load', file)).output).toContain(`Revision ${before + 1}`);
    const again = await run(folder, 'load', file);
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('operations.0.urn')]);
  });

  it('a wrong token is refused, for a change and for a question alike', async () => {
    const operations = [{ op: 'ADD', urn: 'urn:khung:khong-quyen', value: { kind: 'SYSTEM', name: 'Không quyền' } }];
    const file = proposalFile(folder, { reason: 'Thử', operations });
    const wrong = { KHUNG_ADMIN_TOKEN: 'wrong' };
    for (const args of [['load', file], ['load'], ['backup', join(folder, 'stolen.gz')]]) {
      const { code, output } = await runWith(wrong, folder, ...args);
      expect([args, code, output]).toEqual([args, 1, expect.stringContaining('Bạn không có quyền')]);
      expect(output).not.toContain('    at ');
    }
    expect(existsSync(join(folder, 'stolen.gz'))).toBe(false);
    await expect(ask({ ...service, token: '' }, REVISION)).rejects.toThrow('FORBIDDEN');
  });

  it.each([
    ['no JSON', '{"title":', 'proposal.json'],
    ['an agency nobody knows', { ...PROPOSAL, agency: 'urn:khung:khong-co' }, 'input.agency'],
    ['a misspelt answer', { ...PROPOSAL, answers: [{ field: 'hostin', value: 1 }] }, 'input.answers.0.field'],
    ['a misspelt field', { ...PROPOSAL, titel: 'x' }, 'titel'],
  ])('a proposal file with %s is told with its place', async (_what, content, place) => {
    const { code, output } = await run(folder, 'check', proposalFile(folder, content));
    expect([code, output]).toEqual([1, expect.stringContaining(place)]);
    expect(output).not.toContain('    at ');
  });

  it('a restore is refused', async () => {
    const file = join(folder, 'saved.gz');
    expect((await run(folder, 'backup', file)).code).toBe(0);
    expect((await run(folder, 'restore', file)).code).toBe(1);
  });
});

it('a command with no service beside it runs one for as long as it takes', async () => {
  const folder = migratedFolder();
  const unknown = proposalFile(folder, { ...PROPOSAL, agency: 'urn:khung:khong-co' });
  const { code, output } = await run(folder, 'check', unknown);
  expect([code, output]).toEqual([1, expect.stringContaining('input.agency')]);
  expect(output).not.toContain('    at ');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});

describe('a start that can not succeed', () => {
  it.each([
    ['a port that is none', { PORT: '80x' }, 'PORT="80x"'],
    ['a visibility that is none', { KHUNG_FINDINGS_VISIBILITY: 'ALL' }, 'PUBLIC, GOVERNMENT'],
    ['a database that is not there', { DATABASE_URL: 'postgres://khung@127.0.0.1:1/khung' }, 'The database does not'],
  ])('for %s is told without a stack', async (_why, environment, told) => {
    const folder = freshFolder();
    const { code, output } = await runWith(environment, folder, 'serve');
    expect([code, output]).toEqual([1, expect.stringContaining(told)]);
    expect(output).not.toContain('    at ');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('on a database that a later release has migrated is told, with what to do, in both languages', async () => {
    const folder = migratedFolder();
    const engine = await PGlite.create(join(folder, 'database'));
    await engine.exec(`insert into migrations (timestamp, name) values (9999999999999, 'Later9999999999999')`);
    await engine.close();
    const { code, output } = await run(folder, 'serve');
    expect(code).toBe(1);
    expect(output).toMatch(/bản phát hành mới hơn.*Later9999999999999.*Hãy chạy bản mới hơn đó/);
    expect(output).toMatch(/A later release has migrated the database.*Start that release, or restore the backup/);
    expect(output).not.toContain('    at ');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('for an empty token is told, since nobody may be let in with none', async () => {
    const folder = migratedFolder();
    writeFileSync(join(folder, 'admin-token'), '');
    const { code, output } = await run(folder, 'serve');
    expect([code, output]).toEqual([1, expect.stringContaining(join(folder, 'admin-token'))]);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('a backup file that can not be restored', () => {
  const folder = migratedFolder();
  const file = join(freshFolder(), 'spoilt.gz');
  it.each([
    ['is not there', undefined, 'ENOENT'],
    ['is not compressed', Buffer.from('Mã,Tên'), 'damaged or cut off'],
    ['is cut off', gzipSync(Buffer.alloc(100_000, 'khung')).subarray(0, 60), 'damaged or cut off'],
    ['is of something else', gzipSync('Mã,Tên\n'), 'no backup of Khung'],
    ['is empty', gzipSync(''), 'cut off or was changed'],
  ])('since it %s is told without a stack', async (_why, content, told) => {
    if (content !== undefined) writeFileSync(file, content);
    const { code, output } = await run(folder, 'restore', file);
    expect([code, output]).toEqual([1, expect.stringContaining(told)]);
    expect(output).not.toContain('    at ');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});

describe('a service that is told to end', () => {
  /** A request of which half is sent; the rest is sent by the result, which waits for the answer. */
  async function begun({ url, token }: Serving): Promise<() => Promise<string>> {
    const body = JSON.stringify({ query: REVISION });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const head = `POST /graphql HTTP/1.1\r\nHost: khung\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`;
    socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return async () => {
      let answer = '';
      socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
      socket.write(body.slice(5));
      await once(socket, 'close');
      return answer;
    };
  }

  const ready = async ({ url }: Serving): Promise<number> => (await fetch(`${url}/health/ready`)).status;

  it('says so first, then lets nobody in, and ends what has begun', async () => {
    const folder = migratedFolder();
    const service = await serve(folder, { KHUNG_NOTICE_SECONDS: '2' });
    expect(await ready(service)).toBe(200);
    const finish = await begun(service);
    const end = service.end('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const response = await fetch(`${service.url}/health/ready`);
    expect([response.status, await response.json()]).toMatchObject([503, { errors: [{ reason: 'SHUTTING_DOWN' }] }]);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    expect(await revisionOf(service)).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow('fetch failed');
    expect(await finish()).toMatch(/^HTTP\/1.1 200 OK[^]*"revision":\d+/);
    expect(await end).toMatchObject({ code: 0, signal: null });
    rmSync(folder, { recursive: true, force: true });
  });

  it('waits for what does not end no longer than containers do', async () => {
    const folder = migratedFolder();
    const service = await serve(folder);
    await begun(service);
    const before = Date.now();
    expect(await service.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
    expect(Date.now() - before).toBeGreaterThan(6_000);
    expect(Date.now() - before).toBeLessThan(10_000);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a data folder', () => {
  it(
    'keeps its revision over a clean end, which releases it',
    async () => {
      const folder = freshFolder();
      const first = await serve(folder);
      const revision = await commitSystem(first, 'truoc-khi-dung');
      expect(await first.end('SIGTERM')).toMatchObject({ code: 0 });
      expect(existsSync(join(folder, 'lock'))).toBe(false);
      const second = await serve(folder);
      expect(await revisionOf(second)).toBe(revision);
      await second.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
    MANY_STARTS,
  );

  it(
    'loses nothing that was acknowledged when the process is killed',
    async () => {
      const folder = migratedFolder();
      let acknowledged = 0;
      for (const round of [1, 2, 3]) {
        const service = await serve(folder);
        expect(await revisionOf(service)).toBeGreaterThanOrEqual(acknowledged);
        const before = await revisionOf(service);
        acknowledged = await commitUntilKilled(service, `vong-${round}`, round * 13);
        expect(acknowledged).toBeGreaterThanOrEqual(before + 10);
        expect(readFileSync(join(folder, 'lock'), 'utf8')).toContain(`${service.pid}`);
      }
      const service = await serve(folder);
      const revision = await revisionOf(service);
      expect(revision).toBeGreaterThanOrEqual(acknowledged);
      expect(await loggedRevisions(folder)).toEqual(Array.from({ length: revision }, (_, index) => index + 1));
      await service.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
    MANY_STARTS,
  );

  it(
    'comes back from a backup after it was deleted, with the same hash',
    async () => {
      const folder = migratedFolder();
      const file = join(freshFolder(), 'saved.gz');
      const service = await serve(folder);
      await commitSystem(service, 'giu-lai');
      expect((await run(folder, 'backup', file)).code).toBe(0);
      await service.end('SIGTERM');
      rmSync(folder, { recursive: true });
      const restored = await run(folder, 'restore', file);
      const told = (output: string): string[] =>
        /Restored (\d+) rows. SHA-256 ([0-9a-f]{64})/.exec(output)?.slice(1) ?? [];
      const [rows, hash] = told(restored.output);
      expect([restored.code, rows, hash]).toEqual([0, expect.any(String), expect.any(String)]);
      const again = join(freshFolder(), 'again.gz');
      await run(folder, 'backup', again);
      rmSync(folder, { recursive: true });
      expect(told((await run(folder, 'restore', file)).output)).toEqual([rows, hash]);
      rmSync(folder, { recursive: true });
      // That it was backed up is on record, and nothing else is new.
      expect(told((await run(folder, 'restore', again)).output)[0]).toBe(`${Number(rows) + 1}`);
      rmSync(folder, { recursive: true });
    },
    MANY_STARTS,
  );
});
