import exceljs from 'exceljs';
import { daysLater } from '../../src/core/landscape/calendar-day.js';
import type { ImportReport } from '../../src/exchange/import-report.js';
import { todayInVietnam } from '../../src/runtime/today.js';
import { TEST_TOKEN, startTestService } from '../support/service.js';
import type { TestService } from '../support/service.js';

/** The Department of Health of the reference city answers; the architecture office asks, decides and hands over. */
const OFFICER = 'can-bo-so-y-te';
const OFFICE = TEST_TOKEN;
const urn = (id: string): string => `urn:khung:${id}`;
const HEALTH = urn('so-y-te');
/** It has a direct file exchange with the city's app that nobody had told the office of. */
const RECORDS = urn('hcm-hsskdt');
const APP = urn('hcm-cong-dan-so');
/** It was switched off years ago. */
const MAP = urn('hcm-ban-do-covid');

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [{ token: OFFICER, kind: 'OFFICER', agency: HEALTH }]);
});
afterAll(() => service.close());

const ask = <T>(token: string, query: string, variables?: object): Promise<T> =>
  service.askAs<T>(token, query, variables);

interface Answered {
  readonly userErrors: { reason: string; path: string[] }[];
}

/** Carries out one mutation; what it answers, without what is wrong where nothing is. */
async function carryOut<T>(
  token: string,
  [name, input]: readonly [name: string, input: string],
  given: object,
  fields = '',
): Promise<T & Answered> {
  const query = `mutation ($input: ${input}!) { answer: ${name}(input: $input) { ${fields} userErrors { reason path } } }`;
  const { answer } = await ask<{ answer: T & Answered }>(token, query, { input: given });
  return answer;
}

const ATTEST = ['attest', 'AttestInput'] as const;

interface AgencyPage {
  readonly campaigns: { daysLeft: number; asked: number; confirmed: number; state: string }[];
  readonly records: { totalCount: number; nodes: { element: { urn: string }; state: string }[] };
  readonly inventoryDeclaredCompleteOn: string | null;
  readonly withoutDeclaredFlows: number;
  readonly worthAsking: { fact: { question: string | null; askedFrom: { urn: string } | null } }[];
  readonly corrections: { totalCount: number };
}

async function agencyPage(): Promise<AgencyPage> {
  const { attestationPage } = await ask<{ attestationPage: AgencyPage }>(
    OFFICER,
    `{ attestationPage { campaigns { daysLeft asked confirmed state }
      records(first: 100) { totalCount nodes { element { urn } state } }
      inventoryDeclaredCompleteOn withoutDeclaredFlows
      worthAsking { fact { question askedFrom { urn } } } corrections { totalCount } } }`,
  );
  return attestationPage;
}

interface Judged {
  readonly urn: string;
  readonly findings: { readonly nodes: { readonly rule: { readonly code: string }; readonly outcome: string }[] };
  readonly relations: { readonly nodes: { readonly urn: string; readonly channels: string[] }[] };
}

/** The records that the department is asked about, with their findings and data flows. */
async function judgedRecords(): Promise<readonly Judged[]> {
  const { records } = await agencyPage();
  const { elements } = await ask<{ elements: { nodes: Judged[] } }>(
    OFFICE,
    `query ($urns: [URN!]) { elements(first: 100, filter: { urn: $urns }) { nodes { urn
      findings(first: 50) { nodes { rule { code } outcome } }
      relations(first: 50, filter: { kind: [EXCHANGES_DATA_WITH] }) { nodes { urn channels } } } } }`,
    { urns: records.nodes.map(({ element }) => element.urn) },
  );
  return elements.nodes;
}

/** What the rule on shared connections finds of each. */
async function connectionFindings(): Promise<ReadonlyMap<string, string>> {
  const judged = (await judgedRecords()).flatMap(({ urn: of, findings }) =>
    findings.nodes.filter(({ rule }) => rule.code === 'R-07').map(({ outcome }) => [of, outcome] as const),
  );
  return new Map(judged);
}

interface Sheet {
  readonly name: string;
  readonly rows: number;
  readonly notReady: number;
}

interface EmptyCell {
  readonly sheet: string;
  readonly line: number;
  readonly column: string;
}

interface Readiness {
  readonly sheets: Sheet[];
  readonly blockers: {
    readonly totalCount: number;
    readonly nodes: EmptyCell[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

async function readiness(after: string | null = null): Promise<Readiness> {
  const { workbook } = await ask<{ workbook: Readiness }>(
    OFFICE,
    `query ($after: String) { workbook(form: "MAU_03") { sheets { name rows notReady }
      blockers(first: 500, after: $after) { totalCount nodes { sheet line column } pageInfo { endCursor hasNextPage } } } }`,
    { after },
  );
  return workbook;
}

async function emptyCells(): Promise<EmptyCell[]> {
  const cells: EmptyCell[] = [];
  for (let after: string | null = null; ;) {
    const { blockers }: Readiness = await readiness(after);
    cells.push(...blockers.nodes);
    if (!blockers.pageInfo.hasNextPage) return cells;
    after = blockers.pageInfo.endCursor;
  }
}

/** What the agencies answered where the form was empty. */
const ANSWERS: Readonly<Record<string, string>> = {
  recordType: 'Bản ghi gốc',
  archLayer: '3',
  owner: 'Sở Khoa học và Công nghệ',
  operator: 'Sở Khoa học và Công nghệ',
  status: 'Hiện trạng',
  isSecret: 'Không',
  relationType: 'Trao đổi DL',
  channel: 'LGSP/API',
  componentId: 'nang-luc-chung',
};
/** What the office planned itself: the capability that all is mapped to, a gap, and who closes it. */
const PLANNED = [
  { op: 'ADD', urn: urn('nang-luc-chung'), value: { kind: 'CAPABILITY', name: 'Phục vụ người dân và quản lý nội bộ' } },
  {
    op: 'ADD',
    urn: urn('nd-y-te'),
    value: { kind: 'GAP', name: 'Gửi tệp giữa hai hệ thống', attributes: { solution: 'Kết nối qua LGSP' } },
  },
  {
    op: 'ADD',
    urn: urn('nv-y-te'),
    value: {
      kind: 'TASK',
      name: 'Chuyển việc gửi tệp sang LGSP',
      attributes: { dueOn: daysLater(todayInVietnam(), 90), verification: 'NOT_STARTED' },
    },
  },
  { op: 'ADD', urn: urn('nv-y-te.chu'), value: { kind: 'OWNED_BY', source: urn('nv-y-te'), target: HEALTH } },
  { op: 'ADD', urn: urn('nv-y-te.dong'), value: { kind: 'CLOSES', source: urn('nv-y-te'), target: urn('nd-y-te') } },
];
const CONNECTION_STATUS = 'Đang khai thác';

async function filledWorkbook(): Promise<Buffer> {
  const response = await fetch(`${service.url}/exports/workbooks/MAU_03.xlsx`, {
    headers: { authorization: `Bearer ${OFFICE}` },
  });
  const book = new exceljs.Workbook();
  // Its types know an older buffer.
  await book.xlsx.load(Buffer.from(await response.arrayBuffer()) as unknown as exceljs.Buffer);
  for (const cell of await emptyCells()) fill(book, cell);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function fill(book: exceljs.Workbook, { sheet: name, line, column }: EmptyCell): void {
  const sheet = book.getWorksheet(name);
  let at = 0;
  sheet?.getRow(1).eachCell((cell, index) => {
    if (cell.text === column) at = index;
  });
  const answer = name === 'QH_KETNOI' && column === 'status' ? CONNECTION_STATUS : ANSWERS[column];
  const cell = sheet?.getRow(line).getCell(at);
  if (cell === undefined || answer === undefined) throw new Error(`Nobody answers ${name} ${column}.`);
  expect(cell.text).toBe('');
  cell.value = answer;
}

async function imported(file: Buffer): Promise<ImportReport> {
  const response = await fetch(`${service.url}/imports?fileName=mau-03.xlsx`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${OFFICE}` },
    body: new Uint8Array(file),
  });
  // The shape that the address answers with.
  return (await response.json()) as ImportReport;
}

describe('from a campaign to the workbook that is handed over', () => {
  const today = todayInVietnam();

  it('the department is asked, and sees on one page what is wanted of it', async () => {
    const opened = await carryOut<{ campaign: { number: number } }>(
      OFFICE,
      ['openAttestationCampaign', 'OpenAttestationCampaignInput'],
      { name: 'Rà soát danh mục hệ thống', dueOn: daysLater(today, 14), agencies: [HEALTH] },
      'campaign { number }',
    );
    expect(opened).toMatchObject({ campaign: { number: 1 }, userErrors: [] });
    const page = await agencyPage();
    expect(page.campaigns).toEqual([
      { daysLeft: 14, asked: page.records.totalCount, confirmed: 0, state: 'NOT_BEGUN' },
    ]);
    expect(page.records.nodes.map(({ element }) => element.urn)).toContain(RECORDS);
    expect(new Set(page.records.nodes.map(({ state }) => state))).toEqual(new Set(['TO_CONFIRM']));
    expect([page.inventoryDeclaredCompleteOn, page.withoutDeclaredFlows]).toEqual([null, page.records.totalCount]);
    expect(page.worthAsking).toHaveLength(5);
    for (const { fact } of page.worthAsking) {
      expect(fact.question?.endsWith('?')).toBe(true);
      expect(fact.askedFrom).not.toBeNull();
    }
  });

  it('silence is evidence of nothing yet', async () => {
    const found = await connectionFindings();
    expect(found.size).toBeGreaterThan(5);
    expect(new Set(found.values())).toEqual(new Set(['NEEDS_EVIDENCE']));
  });

  it('it corrects what is wrong, and can not call its list complete before that is recorded', async () => {
    const flows = (await judgedRecords()).flatMap(({ relations }) => relations.nodes);
    const untold = new Set(flows.filter(({ channels }) => channels.includes('UNKNOWN')).map((flow) => flow.urn));
    expect(untold.size).toBeGreaterThan(0);
    const corrections = [
      ...[...untold].map((flow) => ({ op: 'UPDATE', urn: flow, path: 'channels', value: ['LGSP'] })),
      { op: 'UPDATE', urn: RECORDS, path: 'description', value: 'Hồ sơ sức khỏe điện tử của người dân Thành phố.' },
      {
        op: 'ADD',
        urn: urn('hsskdt-gui-tep'),
        value: {
          kind: 'EXCHANGES_DATA_WITH',
          source: RECORDS,
          target: APP,
          channels: ['FILE'],
          status: 'IN_USE',
        },
      },
    ];
    const answer = await carryOut<{ scenario: { id: string; version: number; state: string } }>(
      OFFICER,
      ATTEST,
      { agency: HEALTH, corrections, note: 'Bổ sung kết nối gửi tệp hằng đêm.' },
      'scenario { id version state }',
    );
    expect(answer).toMatchObject({ scenario: { state: 'READY' }, userErrors: [] });
    expect((await agencyPage()).corrections.totalCount).toBe(1);
    const early = await carryOut(OFFICER, ATTEST, { agency: HEALTH, inventoryComplete: true });
    expect(early.userErrors.map(({ path }) => path)).toEqual([['inventoryComplete']]);
    const { id, version } = answer.scenario;
    const merge = { id, expectedVersion: version, reason: 'Sở Y tế đính chính', dryRun: false };
    const merged = await carryOut(OFFICE, ['mergeScenario', 'MergeScenarioInput'], merge);
    expect(merged.userErrors).toEqual([]);
  });

  it('it confirms its records and declares them complete: the campaign is done', async () => {
    const { records } = await agencyPage();
    const own = records.nodes.map(({ element }) => element.urn);
    const said = { agency: HEALTH, confirmed: own, flowsComplete: own, inventoryComplete: true };
    expect((await carryOut(OFFICER, ATTEST, said)).userErrors).toEqual([]);
    const page = await agencyPage();
    expect(page.campaigns).toMatchObject([{ asked: own.length, confirmed: own.length, state: 'DONE' }]);
    expect([page.inventoryDeclaredCompleteOn, page.withoutDeclaredFlows]).toEqual([today, 0]);
  });

  it('what needed evidence is judged now: the file exchange fails, and silence passes', async () => {
    const found = await connectionFindings();
    expect(found.get(RECORDS)).toBe('FAIL');
    const others = [...found].filter(([of]) => of !== RECORDS);
    expect(new Set(others.map(([, outcome]) => outcome))).toEqual(new Set(['PASS']));
  });

  it('the office decides what becomes of each', async () => {
    const { treatments } = await ask<{ treatments: { nodes: { element: { urn: string }; proposed: string }[] } }>(
      OFFICE,
      `{ treatments(agency: "${HEALTH}", first: 100) { nodes { element { urn } proposed } } }`,
    );
    const proposed = new Map(treatments.nodes.map((each) => [each.element.urn, each.proposed]));
    expect([proposed.get(RECORDS), proposed.get(MAP)]).toEqual(['STANDARDISE_CONNECT', 'REPLACE_RETIRE']);
    for (const element of [RECORDS, MAP]) {
      const decided = await carryOut<{ treatment: { decided: string; decidedOn: string } }>(
        OFFICE,
        ['decideTreatment', 'DecideTreatmentInput'],
        {
          element,
          option: proposed.get(element),
          decidedBy: urn('ubnd-tphcm'),
          decidedOn: today,
          legalNote: 'Biên bản họp rà soát hệ thống',
          reason: 'Rà soát danh mục hệ thống',
        },
        'treatment { decided decidedOn }',
      );
      expect(decided).toMatchObject({
        treatment: { decided: proposed.get(element), decidedOn: today },
        userErrors: [],
      });
    }
    // What the office decides changes nothing of what the department has confirmed.
    expect((await agencyPage()).campaigns).toMatchObject([{ state: 'DONE' }]);
  });

  it('and the workbook becomes ready once its empty cells are answered in the file itself', async () => {
    const planned = { operations: PLANNED, reason: 'Kế hoạch hoàn thiện' };
    expect((await carryOut(OFFICE, ['commitChangeSet', 'CommitChangeSetInput'], planned)).userErrors).toEqual([]);
    const before = await readiness();
    expect(before.blockers.totalCount).toBeGreaterThan(100);
    const report = await imported(await filledWorkbook());
    expect(report.problems).toEqual([]);
    const after = await readiness();
    expect(after.blockers.totalCount).toBe(0);
    expect(after.sheets.map(({ notReady }) => notReady)).toEqual([0, 0, 0, 0]);
    expect(after.sheets.map(({ rows }) => rows)).toEqual(before.sheets.map(({ rows }) => rows));
    // What came with the file the department has not seen yet.
    const [campaign] = (await agencyPage()).campaigns;
    expect(campaign?.state).toBe('IN_PROGRESS');
    expect(campaign?.confirmed).toBeLessThan(campaign?.asked ?? 0);
  });
});
