import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { RestoreRefused, backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { appendAudit } from '../src/runtime/audit/audit-log.js';
import { auditedActor } from '../src/runtime/audit/audit-record.js';
import { freshDatabase } from './support/database.js';
import { ARCHITECT, OFFICER, commit, startAuditedService } from './support/audited-service.js';
import { freshFolder, run } from './support/process.js';
import { TEST_TOKEN } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startAuditedService();
});
afterAll(() => service.close());

interface Head {
  readonly number: number;
  readonly hash: string;
  readonly at: string | null;
}
const head = async (): Promise<Head> =>
  (await service.askAs<{ auditHead: Head }>(null, '{ auditHead { number hash at } }')).auditHead;

interface Told {
  readonly number: number;
  readonly kind: string;
  readonly actor: string;
  readonly agency: string | null;
  readonly person: string | null;
  readonly subject: string | null;
  readonly payload: string;
  readonly previousHash: string;
  readonly hash: string;
}
interface Records {
  readonly nodes: readonly Told[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
async function records(variables: object = {}): Promise<Records> {
  const { auditRecords } = await service.askAs<{ auditRecords: Records }>(
    TEST_TOKEN,
    `query ($first: Int, $after: String, $filter: AuditRecordFilter) {
      auditRecords(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor }
        nodes { number kind actor agency person subject payload previousHash hash } } }`,
    variables,
  );
  return auditRecords;
}

interface Verified {
  readonly recordsChecked: number;
  readonly headNumber: number;
  readonly headHash: string;
  readonly faultCount: number;
  readonly faults: {
    readonly totalCount: number;
    readonly nodes: readonly { kind: string; number: number; detail: string }[];
  };
}
async function verified(input: object = {}): Promise<Verified> {
  const { start } = await service.askAs<{ start: { job: { id: string } } }>(
    TEST_TOKEN,
    'mutation ($input: StartAuditVerificationInput!) { start: startAuditVerification(input: $input) { job { id } } }',
    { input },
  );
  for (;;) {
    const { job } = await service.askAs<{ job: { state: string; auditVerification: Verified | null } }>(
      TEST_TOKEN,
      `query ($id: ID!) { job(id: $id) { state auditVerification {
        recordsChecked headNumber headHash faultCount faults { totalCount nodes { kind number detail } } } } }`,
      { id: start.job.id },
    );
    if (job.auditVerification !== null) return job.auditVerification;
    expect(job.state).not.toBe('FAILED');
    await setTimeout(20);
  }
}

describe('the audit log', () => {
  it('is read by the administrator, newest first, page by page', async () => {
    const { number, hash, at } = await head();
    const seen: Told[] = [];
    for (let after: string | null = null; ;) {
      const page: Records = await records({ first: 5, after });
      seen.push(...page.nodes);
      expect(page.totalCount).toBe(number);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen.map((each) => each.number)).toEqual(Array.from({ length: number }, (_, place) => number - place));
    expect([seen[0]?.hash, Number.isNaN(Date.parse(at ?? ''))]).toEqual([hash, false]);
    for (const [place, { previousHash }] of seen.entries()) expect(previousHash).toBe(seen[place + 1]?.hash ?? '');
  });

  it('is filtered by kind, agency and number', async () => {
    const waivers = await records({ filter: { kinds: ['WAIVER_EVENT'] } });
    expect(waivers.nodes.map(({ kind, subject, actor }) => [kind, subject, actor])).toEqual([
      ['WAIVER_EVENT', '2', 'administrator'],
      ['WAIVER_EVENT', '1', 'officer'],
    ]);
    const own = await records({ filter: { agency: 'urn:khung:so-kt', kinds: ['WAIVER_EVENT', 'EVIDENCE_EVENT'] } });
    expect(own.nodes.map(({ kind }) => kind)).toEqual(['EVIDENCE_EVENT', 'EVIDENCE_EVENT', 'WAIVER_EVENT']);
    expect((await records({ filter: { fromNumber: 2, toNumber: 3 } })).nodes.map(({ number }) => number)).toEqual([
      3, 2,
    ]);
    for (const { person, payload } of own.nodes) {
      expect([person, Object.keys(JSON.parse(payload))]).toEqual([null, ['hash', 'row']]);
    }
  });

  it('is read and verified by nobody else; where it ends, everybody knows', async () => {
    for (const token of [null, OFFICER, ARCHITECT]) {
      await expect(service.askAs(token, '{ auditRecords { totalCount } }')).rejects.toThrow(/FORBIDDEN/);
      const { start } = await service.askAs<{ start: { userErrors: { reason: string }[] } }>(
        token,
        'mutation { start: startAuditVerification(input: {}) { job { id } userErrors { reason } } }',
      );
      expect(start.userErrors.map(({ reason }) => reason)).toEqual(['NOT_PERMITTED']);
      expect(
        (await service.askAs<{ auditHead: Head }>(token, '{ auditHead { number } }')).auditHead.number,
      ).toBeGreaterThan(10);
    }
  });

  it('is verified by a job, against heads that were kept elsewhere', async () => {
    const kept = await head();
    await commit(service, { op: 'UPDATE', urn: 'urn:khung:kt-a', path: 'name', value: 'Tên mới' });
    const now = await head();
    expect(now.number).toBe(kept.number + 1);
    const anchor = ({ number, hash }: Head): object => ({ number, hash });
    expect(await verified({ anchors: [anchor(kept), anchor(now)] })).toEqual({
      recordsChecked: now.number,
      headNumber: now.number,
      headHash: now.hash,
      faultCount: 0,
      faults: { totalCount: 0, nodes: [] },
    });
    const { faultCount, faults } = await verified({ anchors: [{ number: kept.number, hash: now.hash }] });
    expect([faultCount, faults.nodes]).toEqual([
      1,
      [{ kind: 'ANCHOR_NOT_HELD', number: kept.number, detail: `Chuỗi không còn giữ điểm neo ${kept.number}.` }],
    ]);
    const { start } = await service.askAs<{ start: { job: null; userErrors: object[] } }>(
      TEST_TOKEN,
      'mutation { start: startAuditVerification(input: { dryRun: true }) { job { id } userErrors { reason } } }',
    );
    expect(start).toEqual({ job: null, userErrors: [] });
  });
});

describe('what leaves the registry', () => {
  const download = (path: string, token: string | null, more: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, {
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...more },
    });

  it('is recorded where it is a backup, whose first line has the head', async () => {
    const before = await head();
    const response = await download('/backup', TEST_TOKEN);
    const [first = ''] = gunzipSync(Buffer.from(await response.arrayBuffer()))
      .toString('utf8')
      .split('\n', 1);
    const { number, hash } = await head();
    expect(number).toBe(before.number + 1);
    expect(JSON.parse(first)).toMatchObject({ audit: { number, hash } });
    expect((await records({ first: 1 })).nodes).toMatchObject([
      { kind: 'EXPORT', actor: 'administrator', subject: 'khung.backup.gz' },
    ]);
  });

  it('is recorded with its hash where it is a list of what is in the registry, unless anybody may have it', async () => {
    const before = await head();
    await download('/exports/elements.csv?kind=SYSTEM', null);
    await download('/exports/templates/system.xlsx', OFFICER);
    expect(await head()).toEqual(before);
    const response = await download('/exports/elements.csv?kind=SYSTEM', ARCHITECT);
    const sha256 = createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex');
    const [last] = (await records({ first: 1 })).nodes;
    expect(last).toMatchObject({ kind: 'EXPORT', actor: 'architect', subject: 'khung-elements-system.csv' });
    expect(JSON.parse(last?.payload ?? '')).toMatchObject({ sha256 });
  });

  it('is recorded where officials are sent a report, with the head printed on it, and a copy that is right is kept', async () => {
    const before = await head();
    const response = await download('/reports/compliance.html?by=agency', OFFICER);
    const told = `${before.number}:${before.hash}`;
    expect(response.headers.get('khung-audit-head')).toBe(told);
    const page = await response.text();
    expect(page).toMatch(new RegExp(`Nhật ký kiểm toán: <code>${told}</code></p>\\s*</body></html>\\s*$`));
    expect((await records({ first: 1 })).nodes).toMatchObject([
      { kind: 'EXPORT', actor: 'officer', agency: 'urn:khung:so-kt', subject: 'compliance-by-agency.html' },
    ]);
    const [record]: { payload: string }[] = await service.database.source.query(
      `select payload::text as payload from audit_record order by number desc limit 1`,
    );
    // What the record stands for is what was sent, to the last line.
    expect(record?.payload).toContain(createHash('sha256').update(page).digest('hex'));
    const after = await head();
    const etag = response.headers.get('etag') ?? '';
    const again = await download('/reports/compliance.html?by=agency', OFFICER, { 'if-none-match': etag });
    expect([again.status, await head()]).toEqual([304, after]);
  });
});

describe('a restore', () => {
  async function linesOf(): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of backupLines(service.database.source)) lines.push(line.trimEnd());
    return lines;
  }
  async function* stream(lines: readonly string[]): AsyncGenerator<string> {
    yield* lines;
  }

  it('brings the log with it, and verifies it against the head of the first line', async () => {
    const lines = await linesOf();
    const { number, hash } = await head();
    const to = await freshDatabase();
    const { audit } = await restoreLines(to.source, stream(lines));
    expect(audit).toMatchObject({ head: { number, hash }, recordsChecked: number, faults: [], faultCount: 0 });
    expect(await databaseHash(to.source)).toBe(await databaseHash(service.database.source));
    await to.close();
    const other = await freshDatabase();
    const spoilt = lines.with(0, (lines[0] ?? '').replace(hash, 'f'.repeat(64)));
    const told = await restoreLines(other.source, stream(spoilt));
    expect(told.audit.faults).toEqual([{ kind: 'ANCHOR_NOT_HELD', number }]);
    await other.close();
  });

  it('is refused where something was recorded already', async () => {
    const to = await freshDatabase();
    const by = auditedActor(ADMINISTRATOR);
    await to.source.transaction((manager) => appendAudit(manager, [{ kind: 'EXPORT', by, subject: 'x', payload: {} }]));
    await expect(restoreLines(to.source, stream(await linesOf()))).rejects.toBeInstanceOf(RestoreRefused);
    await to.close();
  });
});

describe('khung verify-audit', () => {
  const folder = freshFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says in both languages what an anchor looks like', async () => {
    const { code, output } = await run(folder, 'verify-audit', '--anchor', '7');
    expect([code, output]).toEqual([1, expect.stringMatching(/phải là \/ must be: N:SHA-256/)]);
  });

  it('says that all is right, keeps the head, and tells what an anchor is not held by', async () => {
    const file = join(folder, 'neo.txt');
    const whole = await run(folder, 'verify-audit', '--write-anchor', file);
    expect([whole.code, whole.output]).toEqual([0, expect.stringMatching(/nguyên vẹn: \d+ bản ghi/)]);
    const anchor = readFileSync(file, 'utf8').trim();
    expect(whole.output).toContain(anchor);
    const held = await run(folder, 'verify-audit', '--anchor', anchor, '--language', 'en', '--json');
    expect([held.code, JSON.parse(held.output)]).toEqual([0, expect.objectContaining({ faultCount: 0 })]);
    const other = anchor.replace(/:.*/, `:${'0'.repeat(64)}`);
    const told = await run(folder, 'verify-audit', '--anchor', other, '--language', 'en');
    expect([told.code, told.output]).toEqual([1, expect.stringContaining('does not hold the anchor')]);
    expect((await run(folder, 'verify-audit', '--anchor', 'x')).code).toBe(1);
  }, 120_000);
});
