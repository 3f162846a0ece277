import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { schemaProblems } from './support/json-schema.js';
import type { Schema } from './support/json-schema.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const FILE = join(import.meta.dirname, 'support', 'oscal', 'assessment-results-1.2.1.schema.json');
const SCHEMA = JSON.parse(readFileSync(FILE, 'utf8')) as Schema;
const OFFICER = 'officer-oscal';
const urn = (id: string): string => `urn:khung:${id}`;
const TODAY = todayInVietnam();
const END = daysLater(TODAY, 30);

interface Prop {
  readonly name: string;
  readonly value: string;
}
interface Observation {
  readonly uuid: string;
  readonly props: readonly Prop[];
  readonly subjects: readonly { readonly props: readonly Prop[] }[];
}
interface OscalFinding {
  readonly uuid: string;
  readonly target: { readonly 'target-id': string; readonly status: { readonly state: string } };
  readonly 'related-observations': readonly { readonly 'observation-uuid': string }[];
  readonly 'related-risks'?: readonly { readonly 'risk-uuid': string }[];
}
interface Risk {
  readonly uuid: string;
  readonly status: string;
  readonly deadline: string;
}
interface Document {
  readonly 'assessment-results': {
    readonly uuid: string;
    readonly metadata: object;
    readonly results: readonly [
      {
        readonly observations: readonly Observation[];
        readonly findings: readonly OscalFinding[];
        readonly risks?: readonly Risk[];
      },
    ];
  };
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [{ token: OFFICER, kind: 'OFFICER', agency: urn('so-oscal') }]);
  const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
  const operations = [
    add('so-oscal', { kind: 'AGENCY', name: ' Sở  "OSCAL" <1> ', level: 'DEPARTMENT' }),
    ...['os-a', 'os-b'].flatMap((id) => [
      add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}`, attributes: { hosting: 'AGENCY_SERVER' } }),
      add(`${id}.chu`, { kind: 'OWNED_BY', source: urn(id), target: urn('so-oscal') }),
    ]),
  ];
  await told(TEST_TOKEN, 'commitChangeSet', 'CommitChangeSetInput', { operations, reason: 'Kiểm thử' }, '');
});
afterAll(() => service.close());

async function told(
  token: string,
  name: string,
  type: string,
  input: object,
  more: string,
): Promise<{ waiver?: { id: string } }> {
  const { outcome } = await service.askAs<{ outcome: { userErrors: object[]; waiver?: { id: string } } }>(
    token,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { ${more} userErrors { reason path } } }`,
    { input },
  );
  expect(outcome.userErrors).toEqual([]);
  return outcome;
}

async function results(): Promise<{ document: Document; text: string }> {
  const authorization = `Bearer ${TEST_TOKEN}`;
  const response = await fetch(`${service.url}/reports/compliance.oscal.json`, { headers: { authorization } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  const text = await response.text();
  return { document: JSON.parse(text) as Document, text };
}

const valueOf = (props: readonly Prop[], name: string): string | undefined =>
  props.find((prop) => prop.name === name)?.value;

describe('the findings as OSCAL', () => {
  it('are assessment results by the schema of NIST', async () => {
    const { document } = await results();
    expect(schemaProblems(SCHEMA, document)).toEqual([]);
    expect(document['assessment-results'].results[0].observations.length).toBeGreaterThan(500);
  });

  it.each<[string, (results: Record<string, unknown>) => void]>([
    ['without metadata', (all) => delete all['metadata']],
    ['with a field too many', (all) => (all['score'] = 1)],
    ['with an id of another kind', (all) => (all['uuid'] = '00000000-0000-0000-0000-000000000000')],
    ['without results', (all) => (all['results'] = [])],
    ['with a title of two lines', (all) => ((all['metadata'] as Record<string, unknown>)['title'] = 'a\nb')],
  ])('are refused by that schema %s', async (_what, spoil) => {
    const { document } = await results();
    spoil(document['assessment-results']);
    expect(schemaProblems(SCHEMA, document)).toHaveLength(1);
  });

  it('are those of the report: a state for what passes or fails, and an observation alone for the rest', async () => {
    const { document } = await results();
    const [{ observations, findings }] = document['assessment-results'].results;
    const { complianceReport } = await service.askAs<{ complianceReport: { rows: Record<string, number>[] } }>(
      TEST_TOKEN,
      '{ complianceReport(by: SEVERITY) { rows { PASS: pass FAIL: fail NEEDS_EVIDENCE: needsEvidence NOT_APPLICABLE: notApplicable ERROR: error } } }',
    );
    for (const outcome of ['PASS', 'FAIL', 'NEEDS_EVIDENCE', 'NOT_APPLICABLE', 'ERROR']) {
      const seen = observations.filter(({ props }) => valueOf(props, 'outcome') === outcome).length;
      expect([outcome, seen]).toEqual([
        outcome,
        complianceReport.rows.reduce((sum, row) => sum + (row[outcome] ?? 0), 0),
      ]);
    }
    const byId = new Map(observations.map((each) => [each.uuid, each]));
    expect(byId.size).toBe(observations.length);
    const states = findings.map(({ target, 'related-observations': [related] }) => {
      const observation = byId.get(related?.['observation-uuid'] ?? '');
      expect(valueOf(observation?.props ?? [], 'rule')).toBe(target['target-id']);
      return `${valueOf(observation?.props ?? [], 'outcome')} ${target.status.state}`;
    });
    expect([...new Set(states)].toSorted()).toEqual(['FAIL not-satisfied', 'PASS satisfied']);
  });

  it('are the same bytes while nothing changes', async () => {
    expect((await results()).text).toBe((await results()).text);
  });

  it('tell a waiver as an approved deviation with its last day, and leave the failure a failure', async () => {
    expect((await results()).document['assessment-results'].results[0].risks).toBeUndefined();
    const request = { agency: urn('so-oscal'), rule: 'R-16', subjects: [urn('os-a')], reason: 'Chờ', validTo: END };
    const { waiver } = await told(OFFICER, 'requestWaiver', 'RequestWaiverInput', request, 'waiver { id }');
    const decision = { waiver: waiver?.id, decision: 'APPROVE', reason: 'Đồng ý', document: '1/QĐ' };
    await told(TEST_TOKEN, 'decideWaiver', 'DecideWaiverInput', decision, '');
    const { document } = await results();
    expect(schemaProblems(SCHEMA, document)).toEqual([]);
    const [{ findings, risks = [] }] = document['assessment-results'].results;
    expect(risks).toMatchObject([{ status: 'deviation-approved', deadline: `${END}T23:59:59+07:00` }]);
    const waived = findings.filter((each) => each['related-risks'] !== undefined);
    expect(waived).toMatchObject([{ target: { 'target-id': 'R-16', status: { state: 'not-satisfied' } } }]);
    expect(waived[0]?.['related-risks']).toEqual([{ 'risk-uuid': risks[0]?.uuid }]);
  });

  it('are told whole at the finest tier, in many parts, as long as is said beforehand', async () => {
    const authorization = `Bearer ${TEST_TOKEN}`;
    const address = `${service.url}/reports/compliance.oscal.json?tier=9`;
    const response = await fetch(address, { headers: { authorization } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
    const etag = response.headers.get('etag') ?? '';
    const digest = createHash('sha256').update(bytes).digest('base64url');
    expect(etag).toBe(`"${digest}"`);
    const document = JSON.parse(bytes.toString()) as Document;
    expect(schemaProblems(SCHEMA, document)).toEqual([]);
    const [{ observations }] = document['assessment-results'].results;
    const [{ observations: first }] = (await results()).document['assessment-results'].results;
    expect(observations.length).toBeGreaterThan(2 * first.length);
    const again = await fetch(address, { headers: { authorization, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('are refused before anything is worked out where there may be more than one document holds', async () => {
    const headers = { authorization: `Bearer ${TEST_TOKEN}`, 'accept-language': 'en' };
    const address = `${service.url}/reports/compliance.oscal.json?tier=9`;
    const systems = Array.from({ length: 3_000 }, (_, at) => {
      return { op: 'ADD', urn: urn(`os-nhieu-${at}`), value: { kind: 'SYSTEM', name: `Phần mềm số ${at}` } };
    });
    const input = { operations: systems, reason: 'Nhiều hệ thống' };
    await told(TEST_TOKEN, 'commitChangeSet', 'CommitChangeSetInput', input, '');
    const begun = performance.now();
    const response = await fetch(address, { headers });
    expect(performance.now() - begun).toBeLessThan(1_000);
    const { errors } = (await response.json()) as { errors: { code: string; reason: string; message: string }[] };
    expect([response.status, errors]).toMatchObject([
      400,
      [{ code: 'LIMIT_EXCEEDED', reason: 'TOO_MANY_FINDINGS', message: expect.stringContaining('100000') }],
    ]);
    expect((await fetch(address.replace('?tier=9', ''), { headers })).status).toBe(200);
  }, 120_000);

  it('are for whoever may read findings', async () => {
    expect((await fetch(`${service.url}/reports/compliance.oscal.json`)).status).toBe(403);
  });
});
