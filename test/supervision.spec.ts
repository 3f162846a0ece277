import { setTimeout } from 'node:timers/promises';
import { todayInVietnam } from '../src/runtime/today.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OFFICER = 'can-bo';
const SYSTEM = 'urn:khung:hcm-lgsp';

let service: TestService;
beforeAll(async () => {
  const officer = { token: OFFICER, kind: 'OFFICER' as const, agency: 'urn:khung:hcm-so-khcn' };
  service = await startTestService({ KHUNG_SUPERVISION_SECONDS: '1' }, [officer]);
});
afterAll(() => service.close());

function ask<T>(query: string, variables: object = {}): Promise<T> {
  return service.askAs<T>(TEST_TOKEN, query, variables);
}

/** Asks until the answer is as it should be. */
async function until<T>(question: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 40_000; ; await setTimeout(100)) {
    const answer = await question();
    if (isWanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(JSON.stringify(answer));
  }
}

interface Run {
  readonly number: number;
  readonly revision: number;
  readonly subjects: number;
  readonly discrepancies: number;
  readonly findingsHash: string;
  readonly counts: readonly { readonly outcome: string; readonly count: number }[];
}
const RUN = 'number revision subjects discrepancies findingsHash counts { outcome count }';

async function runs(): Promise<readonly Run[]> {
  const { complianceRuns } = await ask<{ complianceRuns: { nodes: readonly Run[] } }>(
    `{ complianceRuns(first: 100) { nodes { ${RUN} } } }`,
  );
  return complianceRuns.nodes;
}

interface Change {
  readonly number: number;
  readonly on: string;
  readonly revision: number;
  readonly ruleCode: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly subject: { readonly urn: string } | null;
}
async function changes(filter: string): Promise<readonly Change[]> {
  const { findingChanges } = await ask<{ findingChanges: { nodes: readonly Change[] } }>(
    `{ findingChanges(since: "2026-01-01", first: 500, ${filter}) {
         nodes { number on revision ruleCode from to subject { urn } } } }`,
  );
  return findingChanges.nodes;
}

interface Job {
  readonly state: string;
  readonly complianceRun: Run | null;
  readonly complianceRunRepeat: { readonly isSame: boolean; readonly findingsHash: string } | null;
  readonly failure: { readonly userErrors: readonly { readonly code: string }[] } | null;
}
async function done(mutation: string): Promise<Job> {
  const payload = await ask<{ payload: { job: { id: string } | null; userErrors: readonly object[] } }>(
    `mutation { payload: ${mutation} { job { id } userErrors { code message path } } }`,
  );
  expect(payload.payload.userErrors).toEqual([]);
  const job = (): Promise<{ job: Job }> =>
    ask(
      `query ($id: ID!) { job(id: $id) { state failure { userErrors { code } }
         complianceRun { ${RUN} } complianceRunRepeat { isSame findingsHash } } }`,
      { id: payload.payload.job?.id },
    );
  return (await until(job, (answer) => ['SUCCEEDED', 'FAILED'].includes(answer.job.state))).job;
}

async function setHosting(hosting: string): Promise<void> {
  const operations = [{ op: 'UPDATE', urn: SYSTEM, path: 'attributes.hosting', value: hosting }];
  const { commitChangeSet } = await ask<{ commitChangeSet: { userErrors: readonly object[] } }>(
    `mutation ($operations: [ChangeOperationInput!]!) {
       commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { message path } } }`,
    { operations },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
}

describe('what becomes of findings', () => {
  it('is judged by itself when a day has come, and recorded', async () => {
    const [run] = await until(runs, (known) => known.length > 0);
    const { complianceReport } = await ask<{ complianceReport: { rows: Record<string, number>[] } }>(
      '{ complianceReport(by: RULE) { rows { pass fail waived needsEvidence notApplicable error } } }',
    );
    const sumOf = (...names: readonly string[]): number =>
      complianceReport.rows.reduce((sum, row) => sum + names.reduce((each, name) => each + (row[name] ?? 0), 0), 0);
    expect(run?.counts).toEqual([
      { outcome: 'PASS', count: sumOf('pass') },
      { outcome: 'FAIL', count: sumOf('fail', 'waived') },
      { outcome: 'NOT_APPLICABLE', count: sumOf('notApplicable') },
      { outcome: 'NEEDS_EVIDENCE', count: sumOf('needsEvidence') },
      { outcome: 'ERROR', count: 0 },
    ]);
    const { complianceTrend } = await ask<{ complianceTrend: Record<string, unknown>[] }>(
      '{ complianceTrend { month pass fail needsEvidence notApplicable error } }',
    );
    expect(complianceTrend).toEqual([
      {
        month: todayInVietnam().slice(0, 7),
        pass: sumOf('pass'),
        fail: sumOf('fail', 'waived'),
        needsEvidence: sumOf('needsEvidence'),
        notApplicable: sumOf('notApplicable'),
        error: 0,
      },
    ]);
  });

  it('tells what drifted, and since when', async () => {
    const before = (await changes('rule: ["R-16"]')).length;
    await setHosting('AGENCY_SERVER');
    const found = await until(
      () => changes('rule: ["R-16"], to: [FAIL]'),
      (each) => each.length > 0,
    );
    const head = await ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
    expect(found.at(-1)).toMatchObject({
      on: todayInVietnam(),
      revision: head.landscape.revision,
      ruleCode: 'R-16',
      to: 'FAIL',
      subject: { urn: SYSTEM },
    });
    expect((await changes('rule: ["R-16"]')).length).toBe(before + 1);
    expect(before).toBe(0);
    const since = await ask<{ element: { findings: { nodes: { rule: { code: string }; since: string | null }[] } } }>(
      `{ element(urn: "${SYSTEM}") { findings { nodes { rule { code } since } } } }`,
    );
    expect(since.element.findings.nodes).toContainEqual({ rule: { code: 'R-16' }, since: todayInVietnam() });
    const month = todayInVietnam().slice(0, 7);
    expect(await changes(`to: [FAIL], rule: ["R-16"], until: "${month}"`)).toEqual(found);
    const past = await ask<{ element: { findings: { nodes: { since: string | null }[] } } }>(
      `{ element(urn: "${SYSTEM}", asOf: { revision: 1 }) { findings { nodes { since } } } }`,
    );
    expect(new Set(past.element.findings.nodes.map((each) => each.since))).toEqual(new Set([null]));
    const owner = await ask<{ element: { owner: { urn: string } } }>(`{ element(urn: "${SYSTEM}") { owner { urn } } }`);
    expect(await changes(`to: [FAIL], rule: ["R-16"], agency: "${owner.element.owner.urn}"`)).toEqual(found);
  });

  it('can not be changed afterwards', async () => {
    const { source } = service.database;
    for (const table of ['finding_transition', 'compliance_run', 'rule_pack_document']) {
      await expect(source.query(`delete from ${table}`)).rejects.toThrow('neither changed nor taken back');
      await expect(source.query(`truncate ${table}`)).rejects.toThrow('neither changed nor taken back');
    }
  });

  it('is the same when a run is done again from what it keeps, whatever happened since', async () => {
    const { complianceRun: run } = await done('startComplianceRun(input: {})');
    expect(run).toMatchObject({ discrepancies: 0 });
    const again = { isSame: true, findingsHash: run?.findingsHash };
    expect((await done(`repeatComplianceRun(input: { number: ${run?.number} })`)).complianceRunRepeat).toEqual(again);
    await setHosting('CITY_DATA_CENTRE');
    const later = await done('startComplianceRun(input: {})');
    expect(later.complianceRun).toMatchObject({ discrepancies: 0 });
    expect(later.complianceRun?.findingsHash).not.toBe(run?.findingsHash);
    expect((await done(`repeatComplianceRun(input: { number: ${run?.number} })`)).complianceRunRepeat).toEqual(again);
    expect((await done('repeatComplianceRun(input: { number: 4711 })')).failure?.userErrors).toEqual([
      { code: 'NOT_FOUND' },
    ]);
  });

  it('is told to nobody who sees only a part of the landscape', async () => {
    const questions = [
      '{ findingChanges(since: "2026-01-01") { totalCount } }',
      '{ complianceTrend { month } }',
      '{ complianceRuns { totalCount } }',
    ];
    for (const question of questions) {
      await expect(service.askAs(OFFICER, question)).rejects.toThrow(/findingChanges|quyền/);
      await expect(service.askAs(null, question)).rejects.toThrow();
    }
    const seen = await service.askAs<{ element: { findings: { nodes: { since: string | null }[] } } }>(
      OFFICER,
      `{ element(urn: "${SYSTEM}") { findings { nodes { since } } } }`,
    );
    expect(new Set(seen.element.findings.nodes.map(({ since }) => since))).toEqual(new Set([null]));
  });
});
