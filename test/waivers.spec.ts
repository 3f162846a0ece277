import { daysLater } from '../src/core/landscape/calendar-day.js';
import { backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import { checkDocument, formatCheck } from '../src/review/check-command.js';
import type { CheckAnswer } from '../src/review/check-command.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { freshDatabase } from './support/database.js';
import { noteInHead } from './support/ledgers.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OWN = 'officer-of-own';
const OTHER = 'officer-of-other';
const ARCHITECT = 'an-architect';
const RULE = 'R-16';
const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const owned = (id: string, by: string): object =>
  add(`${id}.chu`, { kind: 'OWNED_BY', source: urn(id), target: urn(by) });
/** A system that fails R-16: it does not run in the city's data centre. */
const failing = (id: string, more: object = {}): object =>
  add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}`, attributes: { hosting: 'AGENCY_SERVER' }, ...more });
const host = (id: string, hosting: string): object => {
  return { op: 'UPDATE', urn: urn(id), path: 'attributes.hosting', value: hosting };
};

const CITY = [
  add('so-mt', { kind: 'AGENCY', name: 'Sở Miễn trừ', level: 'DEPARTMENT' }),
  add('so-khac-mt', { kind: 'AGENCY', name: 'Sở Khác', level: 'DEPARTMENT' }),
  ...['mt-a', 'mt-b', 'mt-khac'].map((id) => failing(id)),
  failing('mt-kin', { visibility: 'RESTRICTED' }),
  ...['mt-a', 'mt-b', 'mt-kin'].map((id) => owned(id, 'so-mt')),
  owned('mt-khac', 'so-khac-mt'),
];
const TODAY = todayInVietnam();
const END = daysLater(TODAY, 60);

let service: TestService;
let open: TestService;
beforeAll(async () => {
  service = await startTestService({}, [
    { token: OWN, kind: 'OFFICER', agency: urn('so-mt') },
    { token: OTHER, kind: 'OFFICER', agency: urn('so-khac-mt') },
    { token: ARCHITECT, kind: 'ARCHITECT' },
  ]);
  open = await startTestService({ KHUNG_FINDINGS_VISIBILITY: 'PUBLIC' });
  await commit(CITY);
});
afterAll(async () => {
  await service.close();
  await open.close();
});

interface UserError {
  readonly reason: string;
  readonly path: string[];
  readonly message: string;
}

/** Asks in somebody's name; the public has none. */
const ask = <T>(token: string | null, query: string, variables?: object): Promise<T> =>
  service.askAs<T>(token, query, variables);

async function commit(operations: readonly object[]): Promise<void> {
  const { commitChangeSet } = await ask<{ commitChangeSet: { userErrors: object[] } }>(
    TEST_TOKEN,
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason path } } }`,
    { operations },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
}

interface WaiverAnswer {
  readonly id: string;
  readonly state: string;
  readonly ruleCode: string;
  readonly rule: { code: string } | null;
  readonly rulePack: string;
  readonly agency: { urn: string };
  readonly wholeAgency: boolean;
  readonly subjects: { totalCount: number; nodes: { urn: string }[] };
  readonly requestedOn: string;
  readonly ageDays: number;
  readonly validFrom: string;
  readonly validTo: string;
  readonly daysLeft: number;
  readonly renewals: number;
  readonly compensatingMeasure: string | null;
  readonly decision: { kind: string; by: string; reason: string | null; document: string | null } | null;
  readonly events: { kind: string; on: string; by: string; reason: string | null }[];
  readonly failingCount: number;
  readonly isIdle: boolean;
}
const WAIVER = `id state ruleCode rule { code } rulePack agency { urn } wholeAgency subjects { totalCount nodes { urn } }
  requestedOn ageDays validFrom validTo daysLeft renewals compensatingMeasure
  decision { kind by reason document } events { kind on by reason } failingCount isIdle`;

interface Outcome {
  readonly waiver: WaiverAnswer | null;
  readonly userErrors: UserError[];
}

function mutation(name: string, type: string): (token: string | null, input: object) => Promise<Outcome> {
  return async (token, input) => {
    const { outcome } = await ask<{ outcome: Outcome }>(
      token,
      `mutation ($input: ${type}!) { outcome: ${name}(input: $input) {
        waiver { ${WAIVER} } userErrors { reason path message } } }`,
      { input },
    );
    for (const { message } of outcome.userErrors) expect(message).not.toContain('{');
    return outcome;
  };
}
const request = mutation('requestWaiver', 'RequestWaiverInput');
const decide = mutation('decideWaiver', 'DecideWaiverInput');
const revoke = mutation('revokeWaiver', 'RevokeWaiverInput');
const renew = mutation('renewWaiver', 'RenewWaiverInput');

const REQUEST = {
  agency: urn('so-mt'),
  rule: RULE,
  subjects: [urn('mt-a')],
  reason: 'Chờ trung tâm dữ liệu nâng cấp',
  compensatingMeasure: 'Sao lưu hằng ngày về trung tâm',
  validTo: END,
};
const APPROVAL = { decision: 'APPROVE', reason: 'Đồng ý', document: '15/QĐ-SKHCN' };

function refusalsOf({ waiver, userErrors }: Outcome): string[] {
  expect(waiver).toBeNull();
  return userErrors.map(({ reason, path }) => `${reason} ${path.join('.')}`);
}

async function asked(more: object = {}, token = OWN): Promise<WaiverAnswer> {
  const { waiver, userErrors } = await request(token, { ...REQUEST, ...more });
  expect(userErrors).toEqual([]);
  if (waiver === null) throw new Error('No waiver.');
  return waiver;
}

async function approved(more: object = {}, token = OWN): Promise<WaiverAnswer> {
  const { id } = await asked(more, token);
  const { waiver, userErrors } = await decide(TEST_TOKEN, { waiver: id, ...APPROVAL });
  expect(userErrors).toEqual([]);
  if (waiver === null) throw new Error('No waiver.');
  return waiver;
}

async function revoked(...waivers: readonly WaiverAnswer[]): Promise<void> {
  for (const { id } of waivers) {
    expect((await revoke(TEST_TOKEN, { waiver: id, reason: 'Xong' })).userErrors).toEqual([]);
  }
}

interface FindingAnswer {
  readonly outcome: string;
  readonly effectiveOutcome: string;
  readonly waiver: { id: string; validTo: string } | null;
}

/** What R-16 says of a system, and what that counts as. */
async function finding(id: string, token = TEST_TOKEN): Promise<FindingAnswer | undefined> {
  const { element } = await ask<{ element: { findings: { nodes: (FindingAnswer & { rule: { code: string } })[] } } }>(
    token,
    `query ($urn: URN!) { element(urn: $urn) { findings { nodes {
      rule { code } outcome effectiveOutcome waiver { id validTo } } } } }`,
    { urn: urn(id) },
  );
  const found = element.findings.nodes.find(({ rule }) => rule.code === RULE);
  return found && { outcome: found.outcome, effectiveOutcome: found.effectiveOutcome, waiver: found.waiver };
}

interface Ledger {
  readonly totalCount: number;
  readonly nodes: WaiverAnswer[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
async function ledger(args: string, token = TEST_TOKEN): Promise<Ledger> {
  const { waivers } = await ask<{ waivers: Ledger }>(
    token,
    `{ waivers${args} { totalCount nodes { ${WAIVER} } pageInfo { hasNextPage endCursor } } }`,
  );
  return waivers;
}
const idsOf = ({ nodes }: Ledger): string[] => nodes.map(({ id }) => id);

interface Row {
  readonly agency: { urn: string } | null;
  readonly rule: { code: string } | null;
  readonly pass: number;
  readonly fail: number;
  readonly waived: number;
  readonly coverage: number;
}
async function row(by: 'RULE' | 'AGENCY', token = TEST_TOKEN): Promise<Row | undefined> {
  const { complianceReport } = await ask<{ complianceReport: { rows: Row[] } }>(
    token,
    `{ complianceReport(by: ${by}) { rows { agency { urn } rule { code } pass fail waived coverage } } }`,
  );
  return complianceReport.rows.find(
    (each) => (each.rule?.code ?? each.agency?.urn) === (by === 'RULE' ? RULE : urn('so-mt')),
  );
}

describe('a waiver', () => {
  it('waives nothing while it waits, waives when it is approved, and no more when it is revoked', async () => {
    const before = await row('RULE');
    const waiver = await asked();
    expect(waiver).toMatchObject({
      state: 'REQUESTED',
      ruleCode: RULE,
      rule: { code: RULE },
      agency: { urn: urn('so-mt') },
      wholeAgency: false,
      subjects: { totalCount: 1, nodes: [{ urn: urn('mt-a') }] },
      requestedOn: TODAY,
      ageDays: 0,
      validFrom: TODAY,
      validTo: END,
      daysLeft: 60,
      renewals: 0,
      compensatingMeasure: REQUEST.compensatingMeasure,
      decision: null,
      events: [{ kind: 'REQUESTED', on: TODAY, by: 'officer', reason: REQUEST.reason }],
      failingCount: 1,
      isIdle: false,
    });
    expect(waiver.rulePack).toMatch(/\S+ \S+/);
    expect(await finding('mt-a')).toEqual({ outcome: 'FAIL', effectiveOutcome: 'FAIL', waiver: null });
    expect(await row('RULE')).toEqual(before);

    const decided = await decide(TEST_TOKEN, { waiver: waiver.id, ...APPROVAL });
    expect(decided).toMatchObject({
      userErrors: [],
      waiver: {
        state: 'IN_FORCE',
        decision: { kind: 'APPROVED', by: 'administrator', reason: 'Đồng ý', document: '15/QĐ-SKHCN' },
        events: [{ kind: 'REQUESTED' }, { kind: 'APPROVED' }],
      },
    });
    const kept = { id: waiver.id, validTo: END };
    expect(await finding('mt-a')).toEqual({ outcome: 'FAIL', effectiveOutcome: 'WAIVED', waiver: kept });
    expect(await finding('mt-b')).toMatchObject({ outcome: 'FAIL', effectiveOutcome: 'FAIL', waiver: null });

    expect((await revoke(TEST_TOKEN, { waiver: waiver.id, reason: 'Đã chuyển' })).waiver?.state).toBe('REVOKED');
    expect(await finding('mt-a')).toEqual({ outcome: 'FAIL', effectiveOutcome: 'FAIL', waiver: null });
  });

  it('moves a failure beside the failures in every report, and never among what passes', async () => {
    const before = [await row('RULE'), await row('AGENCY')];
    const waiver = await approved({ subjects: [urn('mt-a'), urn('mt-b')] });
    for (const [index, by] of (['RULE', 'AGENCY'] as const).entries()) {
      const { pass = 0, fail = 0, waived = 0, coverage = 0 } = before[index] ?? {};
      expect(await row(by)).toMatchObject({ pass, fail: fail - 2, waived: waived + 2, coverage });
    }
    const csv = await fetch(`${service.url}/reports/compliance.csv?by=agency`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}` },
    });
    const line = (await csv.text()).split('\r\n').find((each) => each.includes(urn('so-mt')));
    expect(line?.split(',')[4]).toBe('2');
    await revoked(waiver);
    expect([await row('RULE'), await row('AGENCY')]).toEqual(before);
  });

  it('of a whole agency is for all that it owns, and for what it is going to have', async () => {
    const waiver = await approved({ subjects: [], wholeAgency: true });
    expect(waiver).toMatchObject({ wholeAgency: true, subjects: { totalCount: 0 }, failingCount: 3, isIdle: false });
    const counted = ['mt-a', 'mt-b', 'mt-kin', 'mt-khac'].map((id) => finding(id));
    expect((await Promise.all(counted)).map((each) => each?.effectiveOutcome)).toEqual([
      'WAIVED',
      'WAIVED',
      'WAIVED',
      'FAIL',
    ]);
    await commit([failing('mt-moi'), owned('mt-moi', 'so-mt')]);
    expect(await finding('mt-moi')).toMatchObject({ effectiveOutcome: 'WAIVED' });
    await revoked(waiver);
  });

  it('ends for what its agency gives away, named or not', async () => {
    const waiver = await approved({ subjects: [urn('mt-a'), urn('mt-b')] });
    expect(waiver.failingCount).toBe(2);
    let held = 'mt-b.chu';
    const owner = async (target: string): Promise<void> => {
      const next = `${held}-sau`;
      const value = { kind: 'OWNED_BY', source: urn('mt-b'), target: urn(target) };
      await commit([{ op: 'REMOVE', urn: urn(held) }, add(next, value)]);
      held = next;
    };
    await owner('so-khac-mt');
    expect(await finding('mt-b')).toEqual({ outcome: 'FAIL', effectiveOutcome: 'FAIL', waiver: null });
    expect(await finding('mt-a')).toMatchObject({ effectiveOutcome: 'WAIVED' });
    const { nodes } = await ledger('(state: [IN_FORCE])');
    expect(nodes).toMatchObject([{ id: waiver.id, failingCount: 1, isIdle: false }]);
    // For what its agency still owns it may last longer; what the next owner has is not waived by that.
    const longer = { waiver: waiver.id, ...APPROVAL_PAPER, validTo: daysLater(END, 1) };
    expect((await renew(TEST_TOKEN, { ...longer, dryRun: true })).userErrors).toEqual([]);
    await owner('so-mt');
    expect(await finding('mt-b')).toMatchObject({ effectiveOutcome: 'WAIVED' });
    const alone = await approved({ subjects: [urn('mt-b')] });
    await owner('so-khac-mt');
    const refused = await renew(TEST_TOKEN, { ...longer, waiver: alone.id });
    expect(refusalsOf(refused)).toEqual(['ELEMENT_NOT_OWNED waiver']);
    const asking = await asked({ agency: urn('so-khac-mt'), subjects: [urn('mt-b')] }, OTHER);
    await owner('so-mt');
    expect(refusalsOf(await decide(TEST_TOKEN, { waiver: asking.id, ...APPROVAL }))).toEqual([
      'ELEMENT_NOT_OWNED waiver',
    ]);
    await revoked(waiver, alone, asking);
  });

  it('of a rule of a finer tier counts what fails by it', async () => {
    await commit([{ op: 'UPDATE', urn: urn('mt-a'), path: 'attributes.socMonitored', value: false }]);
    const waiver = await approved({ rule: 'R-23', subjects: [urn('mt-a'), urn('mt-b')] });
    expect(waiver).toMatchObject({ ruleCode: 'R-23', failingCount: 1, isIdle: false });
    await revoked(waiver);
  });

  it('that has its first day to come waives nothing until then', async () => {
    const waiver = await approved({ validFrom: daysLater(TODAY, 5) });
    expect(waiver.state).toBe('NOT_YET_IN_FORCE');
    expect(await finding('mt-a')).toMatchObject({ effectiveOutcome: 'FAIL' });
    await revoked(waiver);
  });

  it('is idle when what it covers fails no more', async () => {
    const waiver = await approved();
    await commit([host('mt-a', 'CITY_DATA_CENTRE')]);
    expect(await finding('mt-a')).toEqual({ outcome: 'PASS', effectiveOutcome: 'PASS', waiver: null });
    const { nodes } = await ledger('(state: [IN_FORCE])');
    expect(nodes).toMatchObject([{ id: waiver.id, failingCount: 0, isIdle: true }]);
    await commit([host('mt-a', 'AGENCY_SERVER')]);
    await revoked(waiver);
  });

  it('lasts longer when it is renewed, as often as it may be', async () => {
    const { id } = await approved();
    const policy = await ask<{ waiverPolicy: { maximumDays: number; maximumRenewals: number; source: string } }>(
      null,
      '{ waiverPolicy { maximumDays maximumRenewals source } }',
    );
    const { maximumDays, maximumRenewals, source } = policy.waiverPolicy;
    expect(source).toContain('không phải quy định của pháp luật');
    for (let times = 1; times <= maximumRenewals; times += 1) {
      const validTo = daysLater(END, times);
      const { waiver } = await renew(TEST_TOKEN, { waiver: id, ...APPROVAL_PAPER, validTo });
      expect(waiver).toMatchObject({ validTo, renewals: times, state: 'IN_FORCE', decision: { kind: 'APPROVED' } });
    }
    expect((await finding('mt-a'))?.waiver).toEqual({ id, validTo: daysLater(END, maximumRenewals) });
    const again = { waiver: id, ...APPROVAL_PAPER, validTo: daysLater(END, maximumRenewals + 1) };
    expect(refusalsOf(await renew(TEST_TOKEN, again))).toEqual(['LIMIT_EXCEEDED waiver']);
    const long = { ...REQUEST, validTo: daysLater(TODAY, maximumDays) };
    expect(refusalsOf(await request(OWN, long))).toEqual(['VALUE_OUT_OF_BOUNDS validTo']);
    expect((await revoke(TEST_TOKEN, { waiver: id, reason: 'Xong' })).userErrors).toEqual([]);
  });

  it('ends by itself', async () => {
    // As it would be kept if it had been asked for in time.
    const { source } = service.database;
    const [{ number } = { number: 0 }]: { number: number }[] = await source.query(
      `select max(number) as number from waiver_event`,
    );
    const id = '00000000-0000-4000-8000-0000000000e1';
    const from = daysLater(TODAY, -30);
    const insert = `insert into waiver_event (number, waiver, kind, happened_on, agency, rule, pack, subjects, valid_from,
      valid_to, reason, author, request_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'Lý do', 'officer', 'x')`;
    const terms = [RULE, 'p 1', JSON.stringify([urn('mt-b')]), from, daysLater(TODAY, -1)];
    await source.query(insert, [number + 1, id, 'REQUESTED', from, urn('so-mt'), ...terms]);
    const nothing = [null, null, null, null, null];
    await source.query(insert, [number + 2, id, 'APPROVED', from, urn('so-mt'), ...nothing]);
    await noteInHead(source, 'waivers');
    expect(await finding('mt-b')).toEqual({ outcome: 'FAIL', effectiveOutcome: 'FAIL', waiver: null });
    const { nodes } = await ledger('(state: [EXPIRED])');
    expect(nodes).toMatchObject([{ id, state: 'EXPIRED', daysLeft: -1, ageDays: 30, failingCount: 1, isIdle: false }]);
    const renewal = { waiver: id, ...APPROVAL_PAPER, validTo: END };
    expect(refusalsOf(await renew(TEST_TOKEN, renewal))).toEqual(['WAIVER_STATE waiver']);
  });
});

const APPROVAL_PAPER = { reason: 'Gia hạn', document: '16/QĐ-SKHCN' };

describe('an answer that is kept', () => {
  it('tells of waivers without asking the database, and is made anew once one is decided', async () => {
    const document = `{ element(urn: "${urn('mt-b')}") { findings { nodes { rule { code } effectiveOutcome } } } }`;
    const { registerTrustedDocument } = await ask<{ registerTrustedDocument: { trustedDocument: { id: string } } }>(
      TEST_TOKEN,
      `mutation ($input: RegisterTrustedDocumentInput!) {
        registerTrustedDocument(input: $input) { trustedDocument { id } } }`,
      { input: { name: 'Kết quả và miễn trừ', document } },
    );
    const answer = async (): Promise<string> => {
      const headers = { authorization: `Bearer ${TEST_TOKEN}` };
      const { id } = registerTrustedDocument.trustedDocument;
      return (await fetch(`${service.url}/q/${id}`, { headers })).text();
    };
    await answer();
    const { source } = service.database;
    const { logger } = source;
    const statements: string[] = [];
    source.logger = Object.assign(Object.create(logger), {
      logQuery: (query: string, ...more: unknown[]) => {
        statements.push(query);
        Reflect.apply(logger.logQuery, logger, [query, ...more]);
      },
    });
    const before = await answer();
    source.logger = logger;
    expect(statements.filter((each) => /waiver_event|evidence_event/.test(each))).toEqual([]);
    const waiver = await approved({ subjects: [urn('mt-b')] });
    expect(await answer()).toBe(before.replace(/("R-16"},"effectiveOutcome":)"FAIL"/, '$1"WAIVED"'));
    await revoked(waiver);
    expect(await answer()).toBe(before);
    expect(before).toMatch(/"R-16"},"effectiveOutcome":"FAIL"/);
  });
});

describe('a proposal of an agency for which a rule is waived', () => {
  const PROPOSAL = {
    title: 'Phần mềm quản lý miễn trừ',
    agency: urn('so-khac-mt'),
    investmentForm: 'RECURRENT_BUDGET',
    workType: 'BUILD',
    components: [{ name: 'Phần mềm quản lý miễn trừ', layer: 3 }],
    answers: [{ field: 'hosting', value: 'AGENCY_SERVER' }],
  };
  async function checked(token: string | null): Promise<{ verdict: string; failed: unknown[] }> {
    const { checkProposal } = await ask<{
      checkProposal: { check: { verdict: string; findings: (FindingAnswer & { rule: { code: string } })[] } };
    }>(
      token,
      `query ($input: ProposalInput!) { checkProposal(input: $input) { check { verdict findings {
        rule { code } outcome effectiveOutcome waiver { id } } } userErrors { message } } }`,
      { input: PROPOSAL },
    );
    const { verdict, findings } = checkProposal.check;
    const failed = findings.filter(({ outcome }) => outcome === 'FAIL');
    return { verdict, failed: failed.map(({ rule, effectiveOutcome }) => [rule.code, effectiveOutcome]) };
  }

  it('is not refused for it, is told so only where findings may be read, and never conforms outright', async () => {
    const before = await checked(TEST_TOKEN);
    expect(before).toEqual({ verdict: 'DOES_NOT_CONFORM', failed: [[RULE, 'FAIL']] });
    const waiver = await approved({ agency: urn('so-khac-mt'), subjects: [], wholeAgency: true }, OTHER);
    const after = await checked(TEST_TOKEN);
    expect(after.failed).toEqual([[RULE, 'WAIVED']]);
    expect(['CONFORMS_WITH_CONDITIONS', 'NOT_ENOUGH_EVIDENCE']).toContain(after.verdict);
    expect(await checked(null)).toEqual(before);
    const printed = async (token: string | null, language: 'VI' | 'EN'): Promise<string> =>
      formatCheck(await ask<CheckAnswer>(token, checkDocument(), { input: PROPOSAL }), language);
    const until = END.split('-').toReversed().join('/');
    const vietnamese = await printed(TEST_TOKEN, 'VI');
    expect(vietnamese).toMatch(new RegExp(`ĐƯỢC MIỄN TRỪ\\S* ${RULE} `));
    expect(vietnamese).toContain(`Miễn trừ ${waiver.id}: Sở Khác, có hiệu lực đến hết ngày ${until}`);
    expect(vietnamese).not.toContain('KHÔNG ĐẠT');
    expect(await printed(TEST_TOKEN, 'EN')).toContain(`Waiver ${waiver.id}: Sở Khác, in force until ${END}`);
    expect(await printed(null, 'VI')).not.toContain('Miễn trừ');
    await revoked(waiver);
    expect(await checked(TEST_TOKEN)).toEqual(before);
  });
});

describe('what is refused', () => {
  it.each<[string, object]>([
    ['VALUE_NOT_ALLOWED rule', { rule: 'R-99' }],
    ['VALUE_MISSING subjects', { subjects: [] }],
    ['ARGUMENTS_EXCLUSIVE subjects', { wholeAgency: true }],
    ['ELEMENT_NOT_OWNED subjects.0', { subjects: [urn('mt-khac')] }],
    ['URN_UNKNOWN subjects.0', { subjects: [urn('mt-kin')] }],
    ['URN_UNKNOWN subjects.0', { subjects: [urn('mt-dau')] }],
    ['VALUE_OF_WRONG_TYPE validTo', { validTo: '2027' }],
    ['VALUE_OUT_OF_BOUNDS validFrom', { validFrom: daysLater(TODAY, -1) }],
    ['VALUE_MISSING reason', { reason: ' ' }],
  ])('is told at its field, and nothing is kept: %s', async (expected, more) => {
    const before = await count();
    expect(refusalsOf(await request(OWN, { ...REQUEST, ...more }))).toEqual([expected]);
    expect(await count()).toBe(before);
  });

  it('is a request of whoever is no officer of the agency', async () => {
    for (const token of [null, OTHER, ARCHITECT, TEST_TOKEN]) {
      expect(refusalsOf(await request(token, REQUEST))).toEqual(['NOT_PERMITTED ']);
    }
  });

  it('is a decision of whoever is not the administrator, and a revocation of whoever has nothing to do with it', async () => {
    const waiver = await approved();
    const { id } = waiver;
    for (const token of [null, OWN, OTHER, ARCHITECT]) {
      expect(refusalsOf(await decide(token, { waiver: id, ...APPROVAL }))).toEqual(['NOT_PERMITTED ']);
      const renewal = { waiver: id, ...APPROVAL_PAPER, validTo: daysLater(END, 1) };
      expect(refusalsOf(await renew(token, renewal))).toEqual(['NOT_PERMITTED ']);
    }
    for (const token of [null, OTHER, ARCHITECT]) {
      expect(refusalsOf(await revoke(token, { waiver: id, reason: 'Không' }))).toEqual(['NOT_PERMITTED ']);
    }
    expect((await revoke(OWN, { waiver: id, reason: 'Rút' })).waiver?.state).toBe('REVOKED');
  });

  it('is what a waiver is not in the state for, and what there is none of', async () => {
    const { id } = await asked();
    const denial = { waiver: id, decision: 'DENY', reason: 'Chưa đủ căn cứ' };
    expect((await decide(TEST_TOKEN, denial)).waiver).toMatchObject({ state: 'DENIED', decision: { kind: 'DENIED' } });
    expect(refusalsOf(await decide(TEST_TOKEN, { waiver: id, ...APPROVAL }))).toEqual(['WAIVER_STATE waiver']);
    expect(refusalsOf(await revoke(OWN, { waiver: id, reason: 'Rút' }))).toEqual(['WAIVER_STATE waiver']);
    for (const unknown of ['00000000-0000-4000-8000-000000000000', 'không phải']) {
      expect(refusalsOf(await decide(TEST_TOKEN, { ...APPROVAL, waiver: unknown }))).toEqual(['WAIVER_UNKNOWN waiver']);
    }
    const { id: other } = await asked();
    const bare = { waiver: other, decision: 'APPROVE', reason: 'Đồng ý' };
    expect(refusalsOf(await decide(TEST_TOKEN, bare))).toEqual(['VALUE_MISSING document']);
  });
});

describe('a dry run', () => {
  it('says what would come of it, and keeps nothing', async () => {
    const before = await count();
    const { waiver } = await request(OWN, { ...REQUEST, dryRun: true });
    expect(waiver).toMatchObject({ state: 'REQUESTED', failingCount: 1 });
    expect(await count()).toBe(before);
    const { id } = await asked();
    const decided = await decide(TEST_TOKEN, { waiver: id, ...APPROVAL, dryRun: true });
    expect(decided.waiver).toMatchObject({ id, state: 'IN_FORCE' });
    expect(await count()).toBe(before + 1);
    expect(await finding('mt-a')).toMatchObject({ effectiveOutcome: 'FAIL' });
  });
});

describe('the same key', () => {
  it('is recorded once, and told again as it is by then; with something else it is refused', async () => {
    const idempotencyKey = 'xin-mot-lan';
    const { id } = await asked({ idempotencyKey });
    await decide(TEST_TOKEN, { waiver: id, ...APPROVAL, idempotencyKey: 'duyet' });
    const before = await count();
    expect(await asked({ idempotencyKey })).toMatchObject({ id, state: 'IN_FORCE' });
    const again = await decide(TEST_TOKEN, { waiver: id, ...APPROVAL, idempotencyKey: 'duyet' });
    expect(again).toMatchObject({ waiver: { id }, userErrors: [] });
    expect(await count()).toBe(before);
    const other = await request(OWN, { ...REQUEST, subjects: [urn('mt-b')], idempotencyKey });
    expect(refusalsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  });
});

describe('the ledger', () => {
  it('is filtered by rule, agency, state and end, and ordered by age or end', async () => {
    await revoked(...(await ledger('(state: [IN_FORCE])')).nodes);
    const late = await approved({ validTo: daysLater(TODAY, 90) });
    const soon = await approved({ validTo: daysLater(TODAY, 10) });
    const theirs = await approved({ agency: urn('so-khac-mt'), subjects: [urn('mt-khac')], validTo: END }, OTHER);
    expect(idsOf(await ledger('(state: [IN_FORCE])'))).toEqual([late.id, soon.id, theirs.id]);
    expect(idsOf(await ledger('(state: [IN_FORCE], orderBy: EXPIRY)'))).toEqual([soon.id, theirs.id, late.id]);
    expect(idsOf(await ledger('(expiringWithinDays: 10)'))).toEqual([soon.id]);
    expect(idsOf(await ledger('(expiringWithinDays: 9)'))).toEqual([]);
    expect(idsOf(await ledger(`(agency: "${urn('so-khac-mt')}", state: [IN_FORCE])`))).toEqual([theirs.id]);
    expect((await ledger('(rule: ["R-07"])')).totalCount).toBe(0);
    const all = await ledger(`(rule: ["${RULE}"], first: 500)`);
    expect(all.totalCount).toBe(all.nodes.length);
    const page = await ledger('(state: [IN_FORCE], first: 2)');
    expect([page.totalCount, page.pageInfo.hasNextPage, idsOf(page)]).toEqual([3, true, [late.id, soon.id]]);
    const next = await ledger(`(state: [IN_FORCE], first: 2, after: "${page.pageInfo.endCursor}")`);
    expect(idsOf(next)).toEqual([theirs.id]);
    await revoked(late, soon, theirs);
  });

  it.each(['(expiringWithinDays: -1)', '(agency: "urn:khung:khong-co")', '(agency: "urn:khung:mt-a")'])(
    'refuses %s',
    async (args) => {
      const { errors } = await service.ask(`{ waivers${args} { totalCount } }`, { asAdministrator: true });
      expect(errors?.length).toBe(1);
    },
  );

  it('is for whoever may read findings; why something was asked is for the agency and for the city', async () => {
    const { id } = await asked();
    const one = async (token: string): Promise<WaiverAnswer> =>
      (await ask<{ waiver: WaiverAnswer }>(token, `{ waiver(id: "${id}") { ${WAIVER} } }`)).waiver;
    for (const token of [OWN, ARCHITECT, TEST_TOKEN]) {
      expect(await one(token)).toMatchObject({
        compensatingMeasure: REQUEST.compensatingMeasure,
        events: [{ reason: REQUEST.reason }],
      });
    }
    expect(await one(OTHER)).toMatchObject({
      state: 'REQUESTED',
      compensatingMeasure: null,
      events: [{ kind: 'REQUESTED', reason: null }],
    });
    for (const query of ['{ waivers { totalCount } }', `{ waiver(id: "${id}") { id } }`]) {
      expect((await service.ask(query)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    const { data } = await open.ask<{ waivers: { totalCount: number } }>('{ waivers { totalCount } }');
    expect(data?.waivers.totalCount).toBe(0);
  });

  it('neither lists nor counts what the reader does not see', async () => {
    const { source } = service.database;
    const before = await ledger('', OWN);
    const [{ number } = { number: 0 }]: { number: number }[] = await source.query(
      `select max(number) as number from waiver_event`,
    );
    const terms = (id: string, subjects: string[]): unknown[] => {
      const waiver = `00000000-0000-4000-8000-0000000000${id}`;
      return [number + Number(id), waiver, TODAY, urn('so-mt'), JSON.stringify(subjects.map(urn)), END];
    };
    for (const values of [terms('01', ['mt-kin']), terms('02', ['mt-kin', 'mt-b'])]) {
      await source.query(
        `insert into waiver_event (number, waiver, kind, happened_on, agency, rule, pack, subjects, valid_from, valid_to,
          reason, author, request_hash) values ($1, $2, 'REQUESTED', $3, $4, 'R-16', 'p 1', $5, $3, $6, 'Lý do',
          'officer', 'x')`,
        values,
      );
    }
    await noteInHead(source, 'waivers');
    const seen = await ledger('(first: 500)', OWN);
    expect(seen.totalCount).toBe(before.totalCount + 1);
    expect(seen.nodes.at(-1)).toMatchObject({
      subjects: { totalCount: 1, nodes: [{ urn: urn('mt-b') }] },
      failingCount: 1,
    });
    expect((await ledger('(first: 500)')).totalCount).toBe(before.totalCount + 2);
  });
});

async function count(): Promise<number> {
  const rows: { count: string }[] = await service.database.source.query('select count(*) as count from waiver_event');
  return Number(rows[0]?.count);
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of chunks) yield line.trimEnd();
}

describe('what happened to waivers', () => {
  it.each([
    "update waiver_event set reason = 'khác' where number = 1",
    'delete from waiver_event where number = 1',
    'truncate waiver_event',
  ])('stays: %s', async (statement) => {
    await expect(service.database.source.query(statement)).rejects.toThrow('neither changed nor taken back');
  });

  it('is numbered without gaps, also when many ask at once', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, index) => asked({ reason: `Lý do ${index}` })));
    const rows: { number: number }[] = await service.database.source.query(
      'select number from waiver_event order by number',
    );
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  });

  it('goes with a backup, and stays where that is restored', async () => {
    const { source } = service.database;
    const restored = await freshDatabase();
    try {
      const { hash } = await restoreLines(restored.source, lines(backupLines(source)));
      expect(hash).toBe(await databaseHash(source));
      const all = 'select * from waiver_event order by number';
      const kept: unknown[] = await source.query(all);
      expect(kept.length).toBeGreaterThan(10);
      expect(await restored.source.query(all)).toEqual(kept);
      await expect(restored.source.query('delete from waiver_event')).rejects.toThrow('neither changed nor taken back');
    } finally {
      await restored.close();
    }
  });
});
