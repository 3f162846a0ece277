import { serveOn } from '../src/main.js';
import type { Service } from '../src/main.js';
import { readConfig } from '../src/runtime/config.js';
import { freshDatabase } from './support/database.js';

const TOKEN = 'a-token-of-this-test';
const AUTHORISED = { authorization: `Bearer ${TOKEN}` };

async function serve(visibility: string): Promise<Service> {
  const environment = { PORT: '0', HOST: '127.0.0.1', KHUNG_ADMIN_TOKEN: TOKEN };
  return serveOn(await freshDatabase(), readConfig({ ...environment, KHUNG_FINDINGS_VISIBILITY: visibility }));
}

let service: Service;
let open: Service;
beforeAll(async () => {
  service = await serve('GOVERNMENT');
  open = await serve('PUBLIC');
});
afterAll(async () => {
  await service.close();
  await open.close();
});

interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}
interface AskOptions {
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly on?: Service;
}
async function ask<T>(
  query: string,
  { variables = {}, headers = AUTHORISED, on = service }: AskOptions = {},
): Promise<Answer<T>> {
  const response = await fetch(`${on.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // The service answers in the shape of the query; each test checks what it reads.
  return (await response.json()) as Answer<T>;
}
function csv(by: string, headers: Record<string, string> = AUTHORISED, on = service): Promise<Response> {
  return fetch(`${on.url}/reports/compliance.csv${by}`, { headers });
}

interface FindingAnswer {
  readonly outcome: string;
  readonly sentenceVi: string;
  readonly rule: { readonly code: string };
  readonly missingFacts: readonly { readonly field: string; readonly question: string; readonly askedFrom: object }[];
}
interface FindingsAnswer {
  readonly element: {
    readonly findings: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly nodes: readonly FindingAnswer[];
    };
  };
}
const FINDINGS = `query ($urn: URN!, $outcome: [FindingOutcome!], $first: Int, $after: String) {
  element(urn: $urn) {
    findings(outcome: $outcome, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id outcome sentenceVi sentenceEn explanation provisional subject { urn }
        rule { id code titleVi titleEn severity enforcement appliesTo expressions fixHint
               citation { instrument { urn } article text confidence verification } }
        missingFacts { field question element { urn } askedFrom { urn } }
      }
    }
  }
}`;

async function findings(urn: string, more: object = {}): Promise<FindingsAnswer['element']['findings']> {
  const { data, errors } = await ask<FindingsAnswer>(FINDINGS, { variables: { urn, ...more } });
  expect(errors).toBeUndefined();
  return data.element.findings;
}

async function commit(operations: readonly object[]): Promise<void> {
  const mutation = `mutation ($input: CommitChangeSetInput!) {
    commitChangeSet(input: $input) { userErrors { code message } }
  }`;
  const input = { operations, reason: 'Kê khai để kiểm tra' };
  const { data, errors } = await ask<{ commitChangeSet: { userErrors: readonly object[] } }>(mutation, {
    variables: { input },
  });
  expect(errors).toBeUndefined();
  expect(data.commitChangeSet.userErrors).toEqual([]);
}

describe('the findings on an element', () => {
  it('say in both languages what would have to change, and why as a tree', async () => {
    const urn = 'urn:khung:doi-de-dat';
    await commit([
      { op: 'ADD', urn, value: { kind: 'SYSTEM', name: 'Hệ thống đổi', attributes: { hosting: 'AGENCY_SERVER' } } },
    ]);
    const { data, errors } = await ask<{
      element: { findings: { nodes: { rule: { code: string } }[] } };
    }>(`{ element(urn: "${urn}") { findings(outcome: FAIL) { nodes { rule { code } explanationTree
      changesToPass { sentenceVi sentenceEn changes { needed item oneOf now } } } } } }`);
    expect(errors).toBeUndefined();
    const hosting = data.element.findings.nodes.find(({ rule }) => rule.code === 'R-16');
    const now = [{ expression: 'self.hosting', path: 'hosting', value: 'AGENCY_SERVER', known: true }];
    expect(hosting).toMatchObject({
      explanationTree: { truth: 'FALSE', children: [{ truth: 'FALSE' }, {}, { truth: 'FALSE' }] },
      changesToPass: [
        {
          changes: [{ oneOf: ['CITY_DATA_CENTRE', 'GOVERNMENT_CLOUD', 'NATIONAL_DATA_CENTRE'], now }],
          sentenceVi:
            'Nơi đặt hệ thống – hiện: máy chủ của cơ quan; cần: trung tâm dữ liệu Thành phố, đám mây của chính quyền hoặc Trung tâm dữ liệu quốc gia.',
          sentenceEn:
            "Hosting – now: the agency's own servers; needed: the City data centre, the government cloud or the National Data Centre.",
        },
      ],
    });
  });

  it('cite the clause, show the facts, and ask the owner for what is missing', async () => {
    const { nodes, totalCount } = await findings('urn:khung:hcm-lgsp');
    expect(totalCount).toBe(5);
    expect(nodes.map(({ rule }) => rule.code)).toEqual(['R-03', 'R-07', 'R-16', 'R-19', 'R-53']);
    const [layer, , hosting] = nodes;
    expect(layer).toMatchObject({
      id: 'finding:R-03:urn:khung:hcm-lgsp',
      outcome: 'PASS',
      provisional: false,
      subject: { urn: 'urn:khung:hcm-lgsp' },
      rule: {
        severity: 'MAJOR',
        enforcement: 'WARN',
        citation: { instrument: { urn: 'urn:khung:qd-3616-2025-ubnd' }, verification: 'UNVERIFIED' },
      },
      missingFacts: [],
    });
    expect(layer?.sentenceVi).toMatch(/thuộc lớp 2 trong 4 lớp của khung kiến trúc số Thành phố\.$/);
    expect(hosting).toMatchObject({
      outcome: 'NEEDS_EVIDENCE',
      rule: { citation: { instrument: null } },
      missingFacts: [{ field: 'hosting', question: 'Hệ thống chạy ở đâu?', askedFrom: { urn: 'urn:khung:tt-cds' } }],
    });
  });

  it('come in pages, and by outcome', async () => {
    const passed = await findings('urn:khung:hcm-lgsp', { outcome: ['PASS'] });
    expect(passed.nodes.map(({ outcome }) => outcome)).toEqual(['PASS']);
    const first = await findings('urn:khung:hcm-lgsp', { first: 2 });
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
    const after = first.pageInfo.endCursor;
    const second = await findings('urn:khung:hcm-lgsp', { first: 2, after });
    expect(second.nodes.map(({ rule }) => rule.code)).toEqual(['R-16', 'R-19']);
  });

  it('follow what is declared: a flow by file to another agency fails, moved to LGSP and declared whole it passes', async () => {
    const urn = 'urn:khung:thu-he-thong';
    const flow = { kind: 'EXCHANGES_DATA_WITH', source: urn, target: 'urn:khung:qg-dancu', channels: ['FILE'] };
    await commit([
      {
        op: 'ADD',
        urn,
        value: { kind: 'SYSTEM', name: 'Hệ thống thử', layer: 3, attributes: { hosting: 'AGENCY_SERVER' } },
      },
      { op: 'ADD', urn: `${urn}-chu-quan`, value: { kind: 'OWNED_BY', source: urn, target: 'urn:khung:so-khcn' } },
      { op: 'ADD', urn: `${urn}-ket-noi`, value: flow },
    ]);
    const before = await findings(urn, { outcome: ['FAIL'] });
    expect(before.nodes.map(({ rule }) => rule.code)).toEqual(['R-07', 'R-16']);
    expect(before.nodes[0]?.sentenceVi).toMatch(
      /^Hệ thống thử chia sẻ dữ liệu với cơ quan khác ngoài LGSP, NDXP: .*dân cư/,
    );
    await commit([
      { op: 'UPDATE', urn: `${urn}-ket-noi`, path: 'channels', value: ['LGSP'] },
      { op: 'UPDATE', urn, path: 'attributes.flowsDeclaredCompleteOn', value: '2026-11-20' },
      { op: 'UPDATE', urn, path: 'attributes.hosting', value: 'CITY_DATA_CENTRE' },
    ]);
    const after = await findings(urn);
    expect(after.nodes.filter(({ outcome }) => outcome === 'PASS').map(({ rule }) => rule.code)).toEqual([
      'R-03',
      'R-07',
      'R-16',
    ]);
  });

  it('are none for what no rule speaks of', async () => {
    expect(await findings('urn:khung:nd-224-2026')).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('are not for the public, unless the operator says so', async () => {
    const query = '{ element(urn: "urn:khung:hcm-lgsp") { name findings { totalCount } } }';
    const refused = await ask<{ element: object }>(query, { headers: {} });
    expect(refused.data.element).toMatchObject({ name: expect.any(String), findings: null });
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const allowed = await ask<FindingsAnswer>(query, { headers: {}, on: open });
    expect(allowed.data.element.findings.totalCount).toBe(5);
  });
});

interface LevelAnswer {
  readonly element: {
    readonly suggestedSecurityLevel: {
      readonly minimum: number | null;
      readonly verdict: string;
      readonly because: readonly object[];
      readonly missing: readonly { readonly field: string; readonly question: string | null }[];
    };
  };
}

describe('the security level that law asks for', () => {
  const urn = 'urn:khung:thu-cap-do';
  const query = `{ element(urn: "${urn}") { ... on OperatedElement { suggestedSecurityLevel {
    minimum verdict
    because { text level mayReach article confidence verification instrument { urn } }
    missing { field question element { urn } }
  } } } }`;

  it('is a lower bound with the criteria that match, and the questions that could raise it', async () => {
    const attributes = { handlesProcedures: true, servesPublicOnline: true, nationwideContinuous: false };
    await commit([{ op: 'ADD', urn, value: { kind: 'SYSTEM', name: 'Hệ thống cấp độ', attributes } }]);
    const { data } = await ask<LevelAnswer>(query);
    const { missing, ...suggested } = data.element.suggestedSecurityLevel;
    const instrument = { urn: 'urn:khung:nd-331-2026' };
    const citation = { mayReach: null, confidence: 'MEDIUM', verification: 'UNVERIFIED', instrument };
    expect(suggested).toEqual({
      minimum: 3,
      verdict: 'LOWER_BOUND',
      because: [
        { text: 'Giải quyết thủ tục hành chính', level: 3, article: 'Điều 13.2.b', ...citation },
        {
          text: 'Cung cấp dịch vụ trực tuyến cho người dân, doanh nghiệp',
          level: 2,
          article: 'Điều 12.2',
          ...citation,
        },
      ],
    });
    expect(missing.map(({ field }) => field)).toContain('nationalCriticalStore');
    expect(missing.map(({ field }) => field)).not.toContain('basicDataSubjects');
    expect(missing.every(({ question }) => question?.endsWith('?'))).toBe(true);
  });

  it('is final where nothing open could raise it, and unknown where nothing matches', async () => {
    await commit([{ op: 'UPDATE', urn, path: 'attributes.nationalCriticalStore', value: true }]);
    const { data } = await ask<LevelAnswer>(query);
    expect(data.element.suggestedSecurityLevel).toMatchObject({ minimum: 5, verdict: 'COMPLETE', missing: [] });
    const unknown = await ask<LevelAnswer>(query.replace(urn, 'urn:khung:hcm-lgsp'));
    expect(unknown.data.element.suggestedSecurityLevel).toMatchObject({
      minimum: null,
      verdict: 'UNKNOWN',
      because: [],
    });
  });

  it('rests for the public on what the public may see', async () => {
    const { data } = await ask<LevelAnswer>(query, { headers: {} });
    expect(data.element.suggestedSecurityLevel).toMatchObject({ minimum: 3, verdict: 'LOWER_BOUND' });
  });
});

describe('the rules', () => {
  it('are public, in the language asked for', async () => {
    const query = '{ rulePack { id code title state rules { code fixHint citations { text instrument { name } } } } }';
    interface RuleAnswer {
      readonly code: string;
      readonly fixHint: string;
    }
    const { data } = await ask<{ rulePack: { title: string; rules: readonly RuleAnswer[] } }>(query, {
      headers: { 'accept-language': 'en' },
    });
    expect(data.rulePack).toMatchObject({ state: 'ACTIVE', title: 'Digital architecture rules of Ho Chi Minh City' });
    expect(data.rulePack.rules.length).toBeGreaterThanOrEqual(64);
    expect(data.rulePack.rules.find(({ code }) => code === 'R-03')?.fixHint).toMatch(/^State the layer/);
  });
});

const ROW = 'agency { urn } rule { code } pass fail waived needsEvidence notApplicable error coverage';
interface Row {
  readonly agency: { readonly urn: string } | null;
  readonly rule: { readonly code: string } | null;
  readonly pass: number;
  readonly fail: number;
  readonly needsEvidence: number;
  readonly notApplicable: number;
  readonly error: number;
}
interface Reports {
  readonly byRule: { readonly revision: number; readonly freshAt: string; readonly rows: readonly Row[] };
  readonly byAgency: { readonly rows: readonly Row[] };
}

function total(rows: readonly Row[]): Omit<Row, 'agency' | 'rule'> {
  const sum = (field: 'pass' | 'fail' | 'needsEvidence' | 'notApplicable' | 'error'): number =>
    rows.reduce((so, row) => so + row[field], 0);
  return {
    pass: sum('pass'),
    fail: sum('fail'),
    needsEvidence: sum('needsEvidence'),
    notApplicable: sum('notApplicable'),
    error: sum('error'),
  };
}

describe('the compliance report', () => {
  it('counts the same findings by agency and by rule', async () => {
    const { data } = await ask<Reports>(
      `{ byRule: complianceReport(by: RULE) { revision freshAt rows { ${ROW} } }
         byAgency: complianceReport(by: AGENCY) { rows { ${ROW} } } }`,
    );
    expect(data.byRule.rows.map(({ rule }) => rule?.code)).toHaveLength(10);
    expect(data.byRule.revision).toBeGreaterThan(0);
    expect(total(data.byAgency.rows)).toEqual(total(data.byRule.rows));
    expect(total(data.byRule.rows)).toMatchObject({ error: 0 });
    expect(data.byAgency.rows.at(-1)?.agency).toBeNull();
  });

  it('is not for the public', async () => {
    const { errors } = await ask('{ complianceReport(by: RULE) { revision } }', { headers: {} });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the compliance report as a file', () => {
  it('opens in a spreadsheet with its Vietnamese marks', async () => {
    const response = await csv('?by=agency');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8')).toContain('Sở Khoa học và Công nghệ,urn:khung:so-khcn,');
  });

  it('is not sent again while it is the same', async () => {
    const first = await csv('?by=rule');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await csv('?by=rule', { ...AUTHORISED, 'if-none-match': `"other", ${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    const english = await csv('?by=rule', { ...AUTHORISED, 'if-none-match': etag, 'accept-language': 'en' });
    expect(english.status).toBe(200);
  });

  it('may be kept by shared caches only where the public may read it', async () => {
    expect((await csv('?by=rule', {})).status).toBe(403);
    const response = await csv('?by=rule', {}, open);
    expect(response.headers.get('cache-control')).toBe('public, no-cache');
    expect(response.headers.get('vary')).toContain('Authorization');
    expect((await csv('?by=rule', AUTHORISED, open)).headers.get('cache-control')).toBe('private, no-cache');
  });

  it.each(['', '?by=month', '?by=agency&by=rule', '?by=constructor'])(
    'refuses %j and says what it knows',
    async (by) => {
      const response = await csv(by);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ code: 'VALIDATION', path: ['by'] }] });
    },
  );
});
