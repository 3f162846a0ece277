import { execute, parse, validate } from 'graphql';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { freshDatabase } from './support/database.js';
import { EVIDENCE_RULES } from './support/evidence-rules.js';
import { noteInHead } from './support/ledgers.js';
import { urnOf } from './support/landscapes.js';
import { TEST_TOKEN, startTestService } from './support/service.js';

const OWN: Actor = { kind: 'OFFICER', agency: urnOf('so-mc'), grants: [] };
const OTHER: Actor = { kind: 'OFFICER', agency: urnOf('so-khac-mc'), grants: [] };
const ARCHITECT: Actor = { kind: 'ARCHITECT', grants: [] };
const TODAY = todayInVietnam();

const add = (id: string, value: object): Operation => ({ op: 'ADD', urn: urnOf(id), value: { ...value } });
const system = (id: string, hosting: string, more: object = {}): Operation =>
  add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}`, attributes: { hosting }, ...more });
const owned = (id: string, by: string): Operation =>
  add(`${id}.chu`, { kind: 'OWNED_BY', source: urnOf(id), target: urnOf(by) });
const CITY: readonly Operation[] = [
  add('so-mc', { kind: 'AGENCY', name: 'Sở Minh chứng', level: 'DEPARTMENT' }),
  add('so-khac-mc', { kind: 'AGENCY', name: 'Sở Khác', level: 'DEPARTMENT' }),
  ...['mc-a', 'mc-b', 'mc-c', 'mc-khac'].map((id) => system(id, 'CITY_DATA_CENTRE')),
  system('mc-ngoai', 'AGENCY_SERVER'),
  system('mc-kin', 'CITY_DATA_CENTRE', { visibility: 'RESTRICTED' }),
  ...['mc-a', 'mc-b', 'mc-c', 'mc-ngoai', 'mc-kin'].map((id) => owned(id, 'so-mc')),
  owned('mc-khac', 'so-khac-mc'),
];

let application: TestApplication;
beforeAll(async () => {
  application = await openTestApplication([CITY], EVIDENCE_RULES);
});
afterAll(() => application.close());

/** Asks in somebody's name. T is the shape that the query asks for. */
async function ask<T>(actor: Actor, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const { schema } = application;
  const document = parse(query);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const contextValue = { actor, language: 'VI' };
  const { data, errors } = await execute({ schema, document, contextValue, variableValues: variables });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data)) as T;
}

interface EvidenceAnswer {
  readonly id: string;
  readonly state: string;
  readonly kindId: string;
  readonly link: string | null;
  readonly verdict: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly events: { kind: string; by: string; verdict: string | null; reason: string | null }[];
}
const EVIDENCE = `id state kindId kind { id question validityDays appliesTo rules { code } } subject { urn } agency { urn }
  rulePack link file { name mediaType size sha256 } documentedOn submittedOn verdict validFrom validTo daysLeft
  events { kind on by verdict reason }`;

interface Outcome {
  readonly evidence: EvidenceAnswer | null;
  readonly userErrors: { reason: string; path: string[]; message: string }[];
}

function mutation(name: string, type: string): (actor: Actor, input: object) => Promise<Outcome> {
  return async (actor, input) => {
    const { outcome } = await ask<{ outcome: Outcome }>(
      actor,
      `mutation ($input: ${type}!) { outcome: ${name}(input: $input) {
        evidence { ${EVIDENCE} } userErrors { reason path message } } }`,
      { input },
    );
    for (const { message } of outcome.userErrors) expect(message).not.toContain('{');
    return outcome;
  };
}
const submit = mutation('submitEvidence', 'SubmitEvidenceInput');
const decide = mutation('decideEvidence', 'DecideEvidenceInput');
const withdraw = mutation('withdrawEvidence', 'WithdrawEvidenceInput');

const SUBMISSION = {
  subject: urnOf('mc-a'),
  kind: 'dossier',
  link: 'https://hoso.hochiminhcity.gov.vn/12',
  note: 'Bản ký',
};
const MET = { decision: 'ACCEPT', verdict: 'MET', reason: 'Đúng hồ sơ' };
const FILE = { name: 'Hồ sơ.pdf', mediaType: 'application/pdf', size: 12_345, sha256: 'a0'.repeat(32) };

function refusalsOf({ evidence, userErrors }: Outcome): string[] {
  expect(evidence).toBeNull();
  return userErrors.map(({ reason, path }) => `${reason} ${path.join('.')}`);
}

async function submitted(more: object = {}, actor = OWN): Promise<EvidenceAnswer> {
  const { evidence, userErrors } = await submit(actor, { ...SUBMISSION, ...more });
  expect(userErrors).toEqual([]);
  if (evidence === null) throw new Error('No evidence.');
  return evidence;
}

async function accepted(more: object = {}, decision: object = MET): Promise<EvidenceAnswer> {
  const { id } = await submitted(more);
  const { evidence, userErrors } = await decide(ARCHITECT, { evidence: id, ...decision });
  expect(userErrors).toEqual([]);
  if (evidence === null) throw new Error('No evidence.');
  return evidence;
}

async function withdrawn(...pieces: readonly EvidenceAnswer[]): Promise<void> {
  for (const { id } of pieces) {
    expect((await withdraw(ADMINISTRATOR, { evidence: id, reason: 'Xong' })).userErrors).toEqual([]);
  }
}

interface FindingAnswer {
  readonly rule: { code: string };
  readonly outcome: string;
  readonly evidence: { id: string }[];
  readonly missingFacts: { field: string; question: string | null }[];
}

async function finding(id: string, code = 'E-01', actor: Actor = ARCHITECT): Promise<FindingAnswer | undefined> {
  const { element } = await ask<{ element: { findings: { nodes: FindingAnswer[] } } }>(
    actor,
    `query ($urn: URN!) { element(urn: $urn) { findings { nodes {
      rule { code } outcome evidence { id } missingFacts { field question } } } } }`,
    { urn: urnOf(id) },
  );
  return element.findings.nodes.find(({ rule }) => rule.code === code);
}
const outcomeOf = async (id: string, code?: string): Promise<string | undefined> => (await finding(id, code))?.outcome;

async function rowOf(code: string): Promise<unknown> {
  const { complianceReport } = await ask<{ complianceReport: { rows: { rule: { code: string } }[] } }>(
    ARCHITECT,
    '{ complianceReport(by: RULE) { rows { rule { code } pass fail needsEvidence } } }',
  );
  return complianceReport.rows.find(({ rule }) => rule.code === code);
}

async function count(): Promise<number> {
  const { source } = application.database;
  const rows: { count: string }[] = await source.query('select count(*) as count from evidence_event');
  return Number(rows[0]?.count);
}

describe('evidence', () => {
  it('shows nothing until it is accepted, then decides the finding, and no more when it is withdrawn', async () => {
    const before = await finding('mc-a');
    expect(before).toMatchObject({
      outcome: 'NEEDS_EVIDENCE',
      evidence: [],
      missingFacts: [{ field: 'evidence.dossier', question: 'Hồ sơ an toàn đâu?' }],
    });
    const report = await rowOf('E-01');
    expect(report).toMatchObject({ pass: 0, fail: 1, needsEvidence: 4 });

    const evidence = await submitted({ file: FILE, documentedOn: daysLater(TODAY, -10) });
    expect(evidence).toMatchObject({
      state: 'SUBMITTED',
      kindId: 'dossier',
      kind: {
        id: 'dossier',
        question: 'Hồ sơ an toàn đâu?',
        validityDays: 365,
        appliesTo: ['SYSTEM'],
        rules: [{ code: 'E-01' }],
      },
      subject: { urn: urnOf('mc-a') },
      agency: { urn: urnOf('so-mc') },
      link: SUBMISSION.link,
      file: FILE,
      documentedOn: daysLater(TODAY, -10),
      submittedOn: TODAY,
      verdict: null,
      validFrom: null,
      validTo: null,
      daysLeft: null,
      events: [{ kind: 'SUBMITTED', on: TODAY, by: 'officer', verdict: null, reason: 'Bản ký' }],
    });
    expect(await finding('mc-a')).toEqual(before);
    expect(await rowOf('E-01')).toEqual(report);

    const decided = await decide(ARCHITECT, { evidence: evidence.id, ...MET });
    expect(decided).toMatchObject({
      userErrors: [],
      evidence: {
        state: 'IN_FORCE',
        verdict: 'MET',
        validFrom: daysLater(TODAY, -10),
        validTo: daysLater(TODAY, 354),
        daysLeft: 354,
        events: [{ kind: 'SUBMITTED' }, { kind: 'ACCEPTED', by: 'architect', verdict: 'MET', reason: 'Đúng hồ sơ' }],
      },
    });
    expect(await finding('mc-a')).toMatchObject({ outcome: 'PASS', evidence: [{ id: evidence.id }], missingFacts: [] });
    expect(await outcomeOf('mc-b')).toBe('NEEDS_EVIDENCE');
    expect(await rowOf('E-01')).toMatchObject({ pass: 1, fail: 1, needsEvidence: 3 });

    const back = await withdraw(OWN, { evidence: evidence.id, reason: 'Nộp nhầm bản' });
    expect(back).toMatchObject({ userErrors: [], evidence: { state: 'WITHDRAWN' } });
    expect(await finding('mc-a')).toEqual(before);
    expect(await rowOf('E-01')).toEqual(report);
  });

  it('that shows the opposite is a failure, and its agency can not take it away', async () => {
    const evidence = await accepted({}, { decision: 'ACCEPT', verdict: 'NOT_MET', reason: 'Thiếu phê duyệt' });
    expect(await outcomeOf('mc-a')).toBe('FAIL');
    expect(refusalsOf(await withdraw(OWN, { evidence: evidence.id, reason: 'Rút' }))).toEqual(['NOT_PERMITTED ']);
    const better = await accepted();
    expect(await outcomeOf('mc-a')).toBe('PASS');
    await withdrawn(better);
    expect(await outcomeOf('mc-a')).toBe('FAIL');
    await withdrawn(evidence);
    expect(await outcomeOf('mc-a')).toBe('NEEDS_EVIDENCE');
  });

  it('decides nothing where another part of the rule fails, and alone where nothing else is asked', async () => {
    const pieces = [
      await accepted({ subject: urnOf('mc-ngoai') }),
      await accepted({ subject: urnOf('so-mc'), kind: 'procedure' }),
    ];
    expect(await outcomeOf('mc-ngoai')).toBe('FAIL');
    expect(pieces[1]).toMatchObject({ state: 'IN_FORCE', validFrom: TODAY, validTo: null });
    expect([await outcomeOf('so-mc', 'E-02'), await outcomeOf('so-khac-mc', 'E-02')]).toEqual([
      'PASS',
      'NEEDS_EVIDENCE',
    ]);
    await withdrawn(...pieces);
  });

  it('that is rejected leaves unknown what was unknown', async () => {
    const { id } = await submitted();
    const rejected = await decide(ADMINISTRATOR, {
      evidence: id,
      decision: 'REJECT',
      reason: 'Bản chụp không đọc được',
    });
    expect(rejected.evidence).toMatchObject({ state: 'REJECTED', verdict: null });
    expect(await outcomeOf('mc-a')).toBe('NEEDS_EVIDENCE');
  });

  it('that has its first day to come shows nothing until then', async () => {
    const evidence = await accepted({}, { ...MET, validFrom: daysLater(TODAY, 1) });
    expect([evidence.state, await outcomeOf('mc-a')]).toEqual(['NOT_YET_IN_FORCE', 'NEEDS_EVIDENCE']);
    await withdrawn(evidence);
  });

  it('expires by itself: on its last day it counts, on the day after it does not', async () => {
    const { source } = application.database;
    const insert = `insert into evidence_event (number, evidence, kind, happened_on, agency, subject, evidence_kind, pack, link,
      verdict, valid_from, valid_to, reason, author, request_hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'Lý do', $13, 'x')`;
    const begun = daysLater(TODAY, -100);
    for (const [at, [id, end]] of (
      [
        ['mc-b', 0],
        ['mc-c', -1],
      ] as const
    ).entries()) {
      const number = await count();
      const evidence = `00000000-0000-4000-8000-00000000000${at}`;
      const terms = [urnOf(id), 'dossier', 'p 1', 'https://x', null, null, null, 'officer'];
      await source.query(insert, [number + 1, evidence, 'SUBMITTED', begun, urnOf('so-mc'), ...terms]);
      const judged = [null, null, null, null, 'MET', begun, daysLater(TODAY, end), 'architect'];
      await source.query(insert, [number + 2, evidence, 'ACCEPTED', begun, urnOf('so-mc'), ...judged]);
    }
    await noteInHead(source, 'evidence');
    expect(await outcomeOf('mc-b')).toBe('PASS');
    expect(await outcomeOf('mc-c')).toBe('NEEDS_EVIDENCE');
    const { evidence } = await ask<{ evidence: { nodes: object[] } }>(
      OWN,
      '{ evidence(filter: { state: [EXPIRED] }) { nodes { subject { urn } daysLeft } } }',
    );
    expect(evidence.nodes).toEqual([{ subject: { urn: urnOf('mc-c') }, daysLeft: -1 }]);
  });
});

describe('what is refused', () => {
  it.each<[string, object]>([
    ['VALUE_NOT_ALLOWED kind', { kind: 'poem' }],
    ['URN_UNKNOWN subject', { subject: urnOf('mc-dau') }],
    ['URN_UNKNOWN subject', { subject: urnOf('mc-kin') }],
    ['ELEMENT_NOT_OWNED subject', { subject: urnOf('mc-khac') }],
    ['REFERENCE_OF_WRONG_KIND subject', { subject: urnOf('so-mc') }],
    ['VALUE_MISSING link', { link: null }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'hoso.vn' }],
    ['VALUE_OF_WRONG_TYPE file.sha256', { file: { ...FILE, sha256: 'xyz' } }],
    ['VALUE_OUT_OF_BOUNDS documentedOn', { documentedOn: daysLater(TODAY, 1) }],
  ])('is told at its field, and nothing is kept: %s', async (expected, more) => {
    const before = await count();
    expect(refusalsOf(await submit(OWN, { ...SUBMISSION, ...more }))).toEqual([expected]);
    expect(await count()).toBe(before);
  });

  it('is a submission of whoever is no officer of the agency, and a decision of whoever does not review', async () => {
    for (const actor of [PUBLIC, ARCHITECT, ADMINISTRATOR]) {
      expect(refusalsOf(await submit(actor, SUBMISSION))).toEqual(['NOT_PERMITTED ']);
    }
    expect(refusalsOf(await submit(OTHER, SUBMISSION))).toEqual(['ELEMENT_NOT_OWNED subject']);
    const { id } = await submitted();
    for (const actor of [PUBLIC, OWN, OTHER]) {
      expect(refusalsOf(await decide(actor, { evidence: id, ...MET }))).toEqual(['NOT_PERMITTED ']);
    }
    for (const actor of [PUBLIC, OTHER]) {
      expect(refusalsOf(await withdraw(actor, { evidence: id, reason: 'Rút' }))).toEqual(['NOT_PERMITTED ']);
    }
    expect((await withdraw(OWN, { evidence: id, reason: 'Rút' })).evidence?.state).toBe('WITHDRAWN');
  });

  it.each<[string, object]>([
    ['VALUE_MISSING verdict', { decision: 'ACCEPT', reason: 'Đúng' }],
    ['ARGUMENTS_EXCLUSIVE verdict', { decision: 'REJECT', verdict: 'MET', reason: 'Sai' }],
    ['VALUE_MISSING reason', { ...MET, reason: ' ' }],
    ['END_BEFORE_START validTo', { ...MET, validFrom: daysLater(TODAY, 5), validTo: daysLater(TODAY, 4) }],
    ['VALUE_OUT_OF_BOUNDS validTo', { ...MET, validTo: daysLater(TODAY, 365) }],
  ])('is a decision that says too little or too much: %s', async (expected, decision) => {
    const evidence = await submitted();
    const before = await count();
    expect(refusalsOf(await decide(ARCHITECT, { evidence: evidence.id, ...decision }))).toEqual([expected]);
    expect(await count()).toBe(before);
    await withdrawn(evidence);
  });

  it('is what it is not in the state for, and what there is none of', async () => {
    const evidence = await accepted();
    expect(refusalsOf(await decide(ARCHITECT, { evidence: evidence.id, ...MET }))).toEqual(['EVIDENCE_STATE evidence']);
    await withdrawn(evidence);
    expect(refusalsOf(await withdraw(OWN, { evidence: evidence.id, reason: 'Rút' }))).toEqual([
      'EVIDENCE_STATE evidence',
    ]);
    for (const unknown of ['00000000-0000-4000-8000-00000000abcd', 'không phải']) {
      expect(refusalsOf(await decide(ARCHITECT, { ...MET, evidence: unknown }))).toEqual(['EVIDENCE_UNKNOWN evidence']);
    }
  });

  it('is told over HTTP as well, all at once', async () => {
    const service = await startTestService({}, [{ token: 'officer-mc', kind: 'OFFICER', agency: 'urn:khung:so-khcn' }]);
    try {
      const input = { ...SUBMISSION, kind: 'toString', link: 'x', file: { ...FILE, size: 0, sha256: '' } };
      const { outcome } = await service.askAs<{ outcome: Outcome }>(
        'officer-mc',
        `mutation ($input: SubmitEvidenceInput!) { outcome: submitEvidence(input: $input) {
          evidence { id } userErrors { reason path message } } }`,
        { input },
      );
      expect(refusalsOf(outcome)).toEqual([
        'VALUE_NOT_ALLOWED kind',
        'URN_UNKNOWN subject',
        'VALUE_OF_WRONG_TYPE link',
        'VALUE_OF_WRONG_TYPE file.size',
        'VALUE_OF_WRONG_TYPE file.sha256',
      ]);
      const kinds = await service.askAs<object>(TEST_TOKEN, '{ rulePack { evidence { id validityDays } } }');
      expect(kinds).toMatchObject({ rulePack: { evidence: expect.any(Array) } });
    } finally {
      await service.close();
    }
  });
});

describe('a dry run, and the same key', () => {
  it('says what would come of it, and keeps nothing', async () => {
    const before = await count();
    expect(await submitted({ dryRun: true })).toMatchObject({ state: 'SUBMITTED' });
    expect(await count()).toBe(before);
    const evidence = await submitted();
    const decided = await decide(ARCHITECT, { evidence: evidence.id, ...MET, dryRun: true });
    expect(decided.evidence).toMatchObject({ id: evidence.id, state: 'IN_FORCE' });
    expect([await count(), await outcomeOf('mc-a')]).toEqual([before + 1, 'NEEDS_EVIDENCE']);
    await withdrawn(evidence);
  });

  it('is recorded once, and told again as it is by then; with something else it is refused', async () => {
    const idempotencyKey = 'nop-mot-lan';
    const { id } = await submitted({ idempotencyKey, file: FILE });
    const decision = { evidence: id, ...MET, idempotencyKey: 'nhan' };
    await decide(ARCHITECT, decision);
    const before = await count();
    const again = await submitted({ idempotencyKey, file: FILE });
    expect(again).toMatchObject({ id, state: 'IN_FORCE' });
    expect(await decide(ARCHITECT, decision)).toMatchObject({ evidence: { id }, userErrors: [] });
    expect(await count()).toBe(before);
    const other = await submit(OWN, { ...SUBMISSION, subject: urnOf('mc-b'), idempotencyKey });
    expect(refusalsOf(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
    await withdrawn(again);
  });
});

interface Ledger {
  readonly totalCount: number;
  readonly nodes: EvidenceAnswer[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
async function ledger(filter: object, page = '', actor: Actor = ADMINISTRATOR): Promise<Ledger> {
  const { evidence } = await ask<{ evidence: Ledger }>(
    actor,
    `query ($filter: EvidenceFilterInput) { evidence(filter: $filter${page}) {
      totalCount nodes { ${EVIDENCE} } pageInfo { hasNextPage endCursor } } }`,
    { filter },
  );
  return evidence;
}
const idsOf = ({ nodes }: Ledger): string[] => nodes.map(({ id }) => id);

describe('the ledger', () => {
  it('is filtered by subject, kind, agency, state and last day, and paged', async () => {
    const soon = await accepted({}, { ...MET, validTo: daysLater(TODAY, 10) });
    const open = await accepted({ subject: urnOf('so-mc'), kind: 'procedure' });
    const waiting = await submitted();
    const theirs = await submitted({ subject: urnOf('mc-khac') }, OTHER);
    const mine = { agency: urnOf('so-mc') };
    expect(idsOf(await ledger({ ...mine, subject: [urnOf('mc-a')], state: ['IN_FORCE', 'SUBMITTED'] }))).toEqual([
      soon.id,
      waiting.id,
    ]);
    expect(idsOf(await ledger({ kind: ['procedure'], state: ['IN_FORCE'] }))).toEqual([open.id]);
    expect(idsOf(await ledger({ agency: urnOf('so-khac-mc') }))).toEqual([theirs.id]);
    const ending = { subject: [urnOf('mc-a'), urnOf('so-mc')] };
    expect(idsOf(await ledger({ ...ending, expiringBefore: daysLater(TODAY, 11) }))).toEqual([soon.id]);
    expect(idsOf(await ledger({ ...ending, expiringBefore: daysLater(TODAY, 10) }))).toEqual([]);
    const states = { state: ['SUBMITTED'] };
    const page = await ledger(states, ', first: 1');
    expect([page.totalCount, page.pageInfo.hasNextPage, idsOf(page)]).toEqual([2, true, [waiting.id]]);
    const next = await ledger(states, `, first: 1, after: "${page.pageInfo.endCursor}"`);
    expect(idsOf(next)).toEqual([theirs.id]);
    await withdrawn(soon, open, waiting, theirs);
  });

  it.each([{ expiringBefore: '2027' }, { agency: urnOf('khong-co') }, { agency: urnOf('mc-a') }])(
    'refuses %j',
    async (filter) => {
      await expect(ledger(filter)).rejects.toThrow(/expiringBefore|agency/);
    },
  );

  it('is for whoever may read findings; what it holds is for the agency and for the city', async () => {
    const evidence = await submitted();
    const only = { subject: [urnOf('mc-a')], state: ['SUBMITTED'] };
    for (const actor of [OWN, ARCHITECT, ADMINISTRATOR]) {
      const [told] = (await ledger(only, '', actor)).nodes;
      expect(told).toMatchObject({ link: SUBMISSION.link, events: [{ reason: 'Bản ký' }] });
    }
    const [told] = (await ledger(only, '', OTHER)).nodes;
    expect(told).toMatchObject({ state: 'SUBMITTED', link: null, file: null, events: [{ reason: null }] });
    await expect(ledger({}, '', PUBLIC)).rejects.toThrow('findings');
    await withdrawn(evidence);
  });

  it('neither lists nor counts what the reader does not see, nor lets him judge it', async () => {
    const { source } = application.database;
    const before = await ledger({}, '', ARCHITECT);
    const id = '00000000-0000-4000-8000-0000000000aa';
    await source.query(
      `insert into evidence_event (number, evidence, kind, happened_on, agency, subject, evidence_kind, pack, link, author,
        request_hash) values ($1, $2, 'SUBMITTED', $3, $4, $5, 'dossier', 'p 1', 'https://x', 'officer', 'x')`,
      [(await count()) + 1, id, TODAY, urnOf('so-mc'), urnOf('mc-kin')],
    );
    await noteInHead(source, 'evidence');
    expect((await ledger({}, '', ARCHITECT)).totalCount).toBe(before.totalCount);
    expect((await ledger({}, ', first: 500')).nodes.at(-1)).toMatchObject({ id });
    expect(refusalsOf(await decide(ARCHITECT, { evidence: id, ...MET }))).toEqual(['EVIDENCE_UNKNOWN evidence']);
    expect((await decide(ADMINISTRATOR, { evidence: id, ...MET })).evidence?.state).toBe('IN_FORCE');
  });
});

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of chunks) yield line.trimEnd();
}

describe('what happened to evidence', () => {
  it.each([
    "update evidence_event set reason = 'khác' where number = 1",
    'delete from evidence_event where number = 1',
    'truncate evidence_event',
  ])('stays: %s', async (statement) => {
    await expect(application.database.source.query(statement)).rejects.toThrow('neither changed nor taken back');
  });

  it('is numbered without gaps, also when many submit at once', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, index) => submitted({ note: `Lần ${index}` })));
    const { source } = application.database;
    const rows: { number: number }[] = await source.query('select number from evidence_event order by number');
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  });

  it('goes with a backup, and stays where that is restored', async () => {
    const { source } = application.database;
    const restored = await freshDatabase();
    try {
      const { hash } = await restoreLines(restored.source, lines(backupLines(source)));
      expect(hash).toBe(await databaseHash(source));
      const all = 'select * from evidence_event order by number';
      const kept: unknown[] = await source.query(all);
      expect(kept.length).toBeGreaterThan(10);
      expect(await restored.source.query(all)).toEqual(kept);
      await expect(restored.source.query('delete from evidence_event')).rejects.toThrow(
        'neither changed nor taken back',
      );
    } finally {
      await restored.close();
    }
  });
});
