import { daysLater } from '../src/core/landscape/calendar-day.js';
import { backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { freshDatabase } from './support/database.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OWN = 'officer-of-own';
const OTHER = 'officer-of-other';
const ARCHITECT = 'an-architect';
const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const set = (id: string, path: string, value: unknown): object => ({ op: 'UPDATE', urn: urn(id), path, value });
const owned = (id: string, by: string): object =>
  add(`${id}.chu`, { kind: 'OWNED_BY', source: urn(id), target: urn(by) });
const system = (id: string, more: object = {}): object => add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}`, ...more });

const CITY = [
  add('so-xn', { kind: 'AGENCY', name: 'Sở Xác nhận', level: 'DEPARTMENT' }),
  add('so-khac-xn', { kind: 'AGENCY', name: 'Sở Khác', level: 'DEPARTMENT' }),
  add('huyen-xn', { kind: 'AGENCY', name: 'UBND Huyện Cũ', level: 'FORMER_DISTRICT' }),
  system('xn-a'),
  system('xn-b'),
  system('xn-kin', { visibility: 'RESTRICTED' }),
  system('xn-het', { phases: [{ phase: 'END_OF_LIFE', from: '2020' }] }),
  system('xn-khac'),
  ...['xn-a', 'xn-b', 'xn-kin', 'xn-het'].map((id) => owned(id, 'so-xn')),
  owned('xn-khac', 'so-khac-xn'),
];
const TODAY = todayInVietnam();
const DUE = daysLater(TODAY, 10);

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [
    { token: OWN, kind: 'OFFICER', agency: urn('so-xn') },
    { token: OTHER, kind: 'OFFICER', agency: urn('so-khac-xn') },
    { token: ARCHITECT, kind: 'ARCHITECT' },
  ]);
  await commit(CITY);
});
afterAll(async () => {
  await service.close();
});

interface UserError {
  readonly reason: string;
  readonly path: string[];
  readonly message: string;
}

/** Asks in somebody's name; the public has none. */
const ask = <T>(token: string | null, query: string, variables?: object): Promise<T> =>
  service.askAs<T>(token, query, variables);

async function commit(operations: readonly object[]): Promise<number> {
  const { commitChangeSet } = await ask<{ commitChangeSet: { revision: number; userErrors: object[] } }>(
    TEST_TOKEN,
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { revision userErrors { reason path } } }`,
    { operations },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
  return commitChangeSet.revision;
}

interface Attested {
  readonly attestation: {
    number: number;
    on: string;
    author: string;
    note: string | null;
    baseRevision: number;
    revision: number | null;
    inventoryComplete: boolean;
    confirmed: { totalCount: number; nodes: { urn: string }[] };
    flowsComplete: { totalCount: number; nodes: { urn: string }[] };
    scenario: { id: string } | null;
  } | null;
  readonly scenario: { id: string; state: string; version: number; agency: { urn: string }; name: string } | null;
  readonly operations: { urn: string; path: string; after: unknown }[];
  readonly revision: number | null;
  readonly userErrors: UserError[];
}

async function attest(token: string | null, input: object): Promise<Attested> {
  const { attest: answer } = await ask<{ attest: Attested }>(
    token,
    `mutation ($input: AttestInput!) { attest(input: $input) {
      attestation { number on author note baseRevision revision inventoryComplete scenario { id }
        confirmed { totalCount nodes { urn } } flowsComplete { totalCount nodes { urn } } }
      scenario { id state version name agency { urn } } operations { urn path after } revision
      userErrors { reason path message } } }`,
    { input: { agency: urn('so-xn'), ...input } },
  );
  return answer;
}

async function refusals(input: object, token = OWN): Promise<[string, string][]> {
  const { attestation, userErrors } = await attest(token, input);
  expect(attestation).toBeNull();
  for (const { message } of userErrors) expect(message).not.toContain('{');
  return userErrors.map(({ reason, path }) => [reason, path.join('.')]);
}

interface Campaign {
  readonly number: number;
  readonly version: number;
  readonly closed: boolean;
  readonly dueOn: string;
}
interface CampaignAnswer {
  readonly campaign: Campaign | null;
  readonly userErrors: UserError[];
}

async function open(input: object, token: string | null = TEST_TOKEN): Promise<CampaignAnswer> {
  const { opened } = await ask<{ opened: CampaignAnswer }>(
    token,
    `mutation ($input: OpenAttestationCampaignInput!) { opened: openAttestationCampaign(input: $input) {
      campaign { number version closed dueOn } userErrors { reason path message } } }`,
    { input },
  );
  return opened;
}

async function change(input: object, token: string | null = TEST_TOKEN): Promise<CampaignAnswer> {
  const { changed } = await ask<{ changed: CampaignAnswer }>(
    token,
    `mutation ($input: ChangeAttestationCampaignInput!) { changed: changeAttestationCampaign(input: $input) {
      campaign { number version closed dueOn } userErrors { reason path message } } }`,
    { input },
  );
  return changed;
}

interface Progress {
  readonly agency: { urn: string };
  readonly daysLeft: number;
  readonly asked: number;
  readonly confirmed: number;
  readonly correctionsPending: number | null;
  readonly listDeclaredCompleteOn: string | null;
  readonly answeredLate: boolean;
  readonly state: string;
}
const PROGRESS = 'agency { urn } daysLeft asked confirmed correctionsPending listDeclaredCompleteOn answeredLate state';

async function progressOf(number: number, agency = 'so-xn', token = TEST_TOKEN): Promise<Progress | undefined> {
  const { attestationCampaign } = await ask<{ attestationCampaign: { agencies: { nodes: Progress[] } } }>(
    token,
    `query ($number: Int!) { attestationCampaign(number: $number) { agencies(first: 500) { nodes { ${PROGRESS} } } } }`,
    { number },
  );
  return attestationCampaign.agencies.nodes.find((each) => each.agency.urn === urn(agency));
}

interface PageAnswer {
  readonly agency: { urn: string };
  readonly campaigns: (Progress & { campaign: { number: number } })[];
  readonly records: {
    totalCount: number;
    nodes: {
      element: { urn: string };
      state: string;
      attestedOn: string | null;
      freshness: string;
      missingCount: number;
      changedSince: boolean | null;
    }[];
  };
  readonly inventoryDeclaredCompleteOn: string | null;
  readonly withoutDeclaredFlows: number;
  readonly worthAsking: { fact: { field: string; element: { urn: string } } }[];
  readonly corrections: { totalCount: number; nodes: { id: string }[] };
  readonly attestations: { totalCount: number; nodes: { number: number; confirmed: { nodes: { urn: string }[] } }[] };
}

async function pageOf(token: string, argument = ''): Promise<PageAnswer> {
  const { attestationPage } = await ask<{ attestationPage: PageAnswer }>(
    token,
    `{ attestationPage${argument} { agency { urn } campaigns { campaign { number } ${PROGRESS} }
      records { totalCount nodes { element { urn } state attestedOn freshness missingCount changedSince } }
      inventoryDeclaredCompleteOn withoutDeclaredFlows worthAsking { fact { field element { urn } } }
      corrections { totalCount nodes { id } }
      attestations { totalCount nodes { number confirmed { nodes { urn } } } } } }`,
  );
  return attestationPage;
}

const statesOn = ({ records }: PageAnswer): [string, string][] =>
  records.nodes.map(({ element, state }) => [element.urn.replace('urn:khung:', ''), state]);

async function* lines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield text.trimEnd();
}

async function count(table: string): Promise<number> {
  const [counted]: { count: number }[] = await service.database.source.query(
    `select count(*)::integer as count from ${table}`,
  );
  return counted?.count ?? Number.NaN;
}

const rows = async (): Promise<number[]> =>
  Promise.all(['attestation', 'attestation_campaign', 'scenario', 'change_set'].map(count));

describe('a campaign', () => {
  it('is opened by the administrator alone, and a dry run opens none', async () => {
    const input = { name: 'Quý IV', dueOn: DUE };
    const before = await rows();
    for (const token of [null, OWN, ARCHITECT]) {
      expect((await open(input, token)).userErrors).toMatchObject([{ reason: 'NOT_PERMITTED' }]);
      expect((await change({ number: 1, expectedVersion: 1, closed: true }, token)).userErrors).toMatchObject([
        { reason: 'NOT_PERMITTED' },
      ]);
    }
    expect(await open({ ...input, dryRun: true })).toMatchObject({ campaign: { number: 1 }, userErrors: [] });
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['VALUE_MISSING', 'name', { name: ' ' }],
    ['LIMIT_EXCEEDED', 'name', { name: 'x'.repeat(201) }],
    ['VALUE_OF_WRONG_TYPE', 'dueOn', { dueOn: TODAY.slice(0, 7) }],
    ['VALUE_OUT_OF_BOUNDS', 'dueOn', { dueOn: daysLater(TODAY, -1) }],
    ['VALUE_MISSING', 'agencies', { agencies: [] }],
    ['URN_UNKNOWN', 'agencies.1', { agencies: [urn('so-xn'), urn('khong-co')] }],
    ['NOT_AN_AGENCY', 'agencies.0', { agencies: [urn('xn-a')] }],
    ['AGENCY_ENDED', 'agencies.0', { agencies: [urn('huyen-xn')] }],
  ])('is refused: %s at %s', async (reason, path, input) => {
    const { campaign, userErrors } = await open({ name: 'Quý IV', dueOn: DUE, ...input });
    expect(campaign).toBeNull();
    expect(userErrors.map((each) => [each.reason, each.path.join('.')])).toEqual([[reason, path]]);
  });

  it('is numbered, changed by who saw it as it is, and closed', async () => {
    const { campaign } = await open({ name: 'Thử', dueOn: DUE, agencies: [urn('so-khac-xn')] });
    const number = campaign?.number ?? 0;
    expect(campaign).toMatchObject({ version: 1, closed: false });
    const { attestationCampaign } = await ask<{ attestationCampaign: Record<string, string> }>(
      OTHER,
      `{ attestationCampaign(number: ${number}) { author createdAt changedAt } }`,
    );
    expect(attestationCampaign).toMatchObject({ author: 'administrator', changedAt: attestationCampaign['createdAt'] });
    expect(Date.now() - Date.parse(attestationCampaign['createdAt'] ?? '')).toBeLessThan(60_000);
    const stale = await change({ number, expectedVersion: 2, closed: true });
    expect(stale.userErrors).toMatchObject([{ reason: 'CAMPAIGN_VERSION_STALE', path: ['expectedVersion'] }]);
    const unknown = await change({ number: 999, expectedVersion: 1, closed: true });
    expect(unknown.userErrors).toMatchObject([{ reason: 'CAMPAIGN_UNKNOWN', path: ['number'] }]);
    const nothing = await change({ number, expectedVersion: 1, dueOn: DUE });
    expect(nothing.userErrors).toMatchObject([{ reason: 'NOTHING_TO_DO' }]);
    const late = await change({ number, expectedVersion: 1, dueOn: daysLater(TODAY, -1) });
    expect(late.userErrors).toMatchObject([{ reason: 'VALUE_OUT_OF_BOUNDS', path: ['dueOn'] }]);
    await change({ number, expectedVersion: 1, closed: true, dryRun: true });
    const changed = await change({ number, expectedVersion: 1, closed: true, dueOn: daysLater(DUE, 5) });
    expect(changed.campaign).toEqual({ number, version: 2, closed: true, dueOn: daysLater(DUE, 5) });
    expect((await pageOf(OTHER)).campaigns).toEqual([]);
  });

  it('is read by officials alone', async () => {
    for (const query of ['attestationCampaigns { totalCount }', 'attestationCampaign(number: 1) { name }']) {
      await expect(ask(null, `{ ${query} }`)).rejects.toThrow('NOT_PERMITTED');
    }
    const { attestationCampaigns } = await ask<{ attestationCampaigns: { totalCount: number } }>(
      OTHER,
      '{ attestationCampaigns(first: 1) { totalCount nodes { name } } }',
    );
    expect(attestationCampaigns.totalCount).toBeGreaterThan(0);
    expect(await ask(OWN, '{ attestationCampaign(number: 999) { name } }')).toEqual({ attestationCampaign: null });
  });
});

describe('what is refused', () => {
  it.each([
    ['ATTESTATION_EMPTY', '', {}],
    ['VALUE_OUT_OF_BOUNDS', 'on', { on: daysLater(TODAY, 1), confirmed: [urn('xn-a')] }],
    ['ELEMENT_NOT_OWNED', 'confirmed.0', { confirmed: [urn('xn-khac')] }],
    // It is owned by the agency, and its officer does not see it.
    ['URN_UNKNOWN', 'confirmed.1', { confirmed: [urn('xn-a'), urn('xn-kin')] }],
    ['URN_UNKNOWN', 'corrections.0.urn', { corrections: [set('xn-kin', 'name', 'Lộ')] }],
    ['ELEMENT_NOT_OWNED', 'corrections.0.urn', { corrections: [set('xn-khac', 'name', 'Của người')] }],
    ['FIELD_UNKNOWN', 'corrections.0.path', { corrections: [set('xn-a', 'khong-co', 1)] }],
    [
      'ATTESTATION_CONTRADICTION',
      'confirmed.0',
      { confirmed: [urn('xn-a')], corrections: [set('xn-a', 'description', 'Khác')] },
    ],
    ['CORRECTIONS_WAIT', 'inventoryComplete', { inventoryComplete: true, corrections: [set('xn-a', 'layer', 2)] }],
    ['STALE_REVISION', 'confirmed.0', { confirmed: [urn('xn-a')], expectedRevision: 1 }],
    ['URN_UNKNOWN', 'confirmed.2', { confirmed: [urn('xn-a'), urn('xn-a'), urn('khong-co')] }],
    ['VALUE_MISSING', 'idempotencyKey', { confirmed: [urn('xn-a')], idempotencyKey: '' }],
    ['VALUE_OF_WRONG_TYPE', 'idempotencyKey', { confirmed: [urn('xn-a')], idempotencyKey: 'a\u0000b' }],
    ['LIMIT_EXCEEDED', 'note', { confirmed: [urn('xn-a')], note: 'x'.repeat(1_001) }],
  ])('%s at %s, and nothing is written', async (reason, path, input) => {
    const before = await rows();
    expect(await refusals(input)).toEqual([[reason, path]]);
    expect(await refusals({ ...input, dryRun: true })).toEqual([[reason, path]]);
    expect(await rows()).toEqual(before);
  });

  it('an agency that is no more, for which nobody but the administrator could speak', async () => {
    expect(await refusals({ agency: urn('huyen-xn'), inventoryComplete: true }, TEST_TOKEN)).toEqual([
      ['AGENCY_ENDED', 'agency'],
    ]);
  });

  it('and no more of it is told at once than whoever mends it can read', async () => {
    const unknown = Array.from({ length: 300 }, (_, index) => urn(`khong-co-${index}`));
    expect(await refusals({ confirmed: unknown })).toHaveLength(100);
    expect((await open({ name: 'Quý IV', dueOn: DUE, agencies: unknown })).userErrors).toHaveLength(100);
  });

  it('what the administrator corrects for an agency and its officers do not see, who read the scenario', async () => {
    const hidden = [set('xn-kin', 'description', 'Điều không ai được biết')];
    expect(await refusals({ corrections: hidden }, TEST_TOKEN)).toEqual([['URN_UNKNOWN', 'corrections.0.urn']]);
    const flow = { kind: 'EXCHANGES_DATA_WITH', source: urn('xn-a'), target: urn('xn-kin'), channels: ['FILE'] };
    const [[reason] = []] = await refusals({ corrections: [add('xn-lo', flow)], dryRun: true }, TEST_TOKEN);
    expect(reason).toBeDefined();
    const seen = await attest(TEST_TOKEN, { corrections: [set('xn-a', 'layer', 3)], dryRun: true });
    expect(seen.userErrors).toEqual([]);
  });

  it('everybody but an officer of the agency and the administrator', async () => {
    for (const token of [null, OTHER, ARCHITECT]) {
      const { userErrors } = await attest(token, { confirmed: [urn('xn-a')] });
      expect(userErrors).toMatchObject([{ reason: 'NOT_PERMITTED' }]);
    }
    await expect(pageOf(OTHER, `(agency: "${urn('so-xn')}")`)).rejects.toThrow('NOT_PERMITTED');
    await expect(ask(null, '{ attestationPage { records { totalCount } } }')).rejects.toThrow('NOT_PERMITTED');
    await expect(pageOf(ARCHITECT)).rejects.toThrow('VALUE_MISSING');
  });
});

describe('an agency that was asked', () => {
  let number: number;
  beforeAll(async () => {
    const { campaign } = await open({ name: 'Xác nhận cuối năm', dueOn: DUE });
    number = campaign?.number ?? 0;
  });

  it('sees what it has to confirm, and what silence means', async () => {
    const page = await pageOf(OWN);
    expect(page.agency.urn).toBe(urn('so-xn'));
    expect(page.campaigns).toMatchObject([
      { campaign: { number }, daysLeft: 10, asked: 2, confirmed: 0, correctionsPending: 0, state: 'NOT_BEGUN' },
    ]);
    expect(statesOn(page)).toEqual([
      ['xn-a', 'TO_CONFIRM'],
      ['xn-b', 'TO_CONFIRM'],
    ]);
    expect(page.records.nodes[0]).toMatchObject({
      attestedOn: null,
      freshness: 'NEVER_CONFIRMED',
      changedSince: null,
    });
    expect(page.records.nodes[0]?.missingCount).toBeGreaterThan(0);
    expect([page.inventoryDeclaredCompleteOn, page.withoutDeclaredFlows]).toEqual([null, 2]);
    expect(page.worthAsking).toHaveLength(5);
    expect(page.attestations.totalCount).toBe(0);
    // The administrator sees one record more.
    expect((await pageOf(TEST_TOKEN, `(agency: "${urn('so-xn')}")`)).records.totalCount).toBe(3);
  });

  it('says what it would write on a dry run, and writes nothing', async () => {
    const before = await rows();
    const corrections = [set('xn-b', 'description', 'Đúng ra là thế này')];
    const answer = await attest(OWN, { confirmed: [urn('xn-a')], corrections, dryRun: true });
    expect(answer).toMatchObject({ attestation: null, scenario: null, userErrors: [] });
    expect(answer.operations).toEqual([{ urn: urn('xn-a'), path: 'attributes.attestedOn', after: TODAY }]);
    expect(answer.revision).toBeGreaterThan(0);
    expect(await rows()).toEqual(before);
  });

  let scenario: { id: string; version: number };
  it('confirms and corrects in one answer, which is kept under a number and given again under its key', async () => {
    const input = {
      confirmed: [urn('xn-a'), urn('xn-a')],
      flowsComplete: [urn('xn-a')],
      corrections: [set('xn-b', 'description', 'Đúng ra là thế này')],
      note: 'Đã rà soát',
      idempotencyKey: 'lan-1',
    };
    const answer = await attest(OWN, input);
    expect(answer.userErrors).toEqual([]);
    const { attestation } = answer;
    expect(attestation).toMatchObject({
      number: 1,
      on: TODAY,
      author: 'officer',
      note: 'Đã rà soát',
      revision: answer.revision,
      baseRevision: (answer.revision ?? 0) - 1,
      inventoryComplete: false,
      confirmed: { totalCount: 1, nodes: [{ urn: urn('xn-a') }] },
      flowsComplete: { totalCount: 1 },
      scenario: { id: answer.scenario?.id },
    });
    expect(answer.scenario).toMatchObject({ state: 'READY', agency: { urn: urn('so-xn') } });
    scenario = answer.scenario ?? { id: '', version: 0 };
    const before = await rows();
    const again = await attest(OWN, input);
    expect(again.attestation).toEqual(attestation);
    expect([again.scenario?.id, again.revision]).toEqual([scenario.id, answer.revision]);
    expect(await refusals({ ...input, note: 'Khác' })).toEqual([['IDEMPOTENCY_KEY_REUSED', 'idempotencyKey']]);
    expect(await rows()).toEqual(before);
    const { changeSet } = await ask<{ changeSet: { author: string; reason: string } }>(
      TEST_TOKEN,
      `{ changeSet(revision: ${answer.revision}) { author reason } }`,
    );
    expect(changeSet).toEqual({
      author: 'officer',
      reason: `Sở Xác nhận xác nhận dữ liệu ngày ${TODAY}: Đã rà soát`,
    });
  });

  it('has changed what it confirmed alone; its correction waits', async () => {
    const page = await pageOf(OWN);
    expect(statesOn(page)).toEqual([
      ['xn-b', 'CORRECTION_PENDING'],
      ['xn-a', 'CONFIRMED'],
    ]);
    expect(page.corrections.nodes).toEqual([{ id: scenario.id }]);
    expect(page.withoutDeclaredFlows).toBe(1);
    expect(page.attestations.nodes).toMatchObject([{ number: 1, confirmed: { nodes: [{ urn: urn('xn-a') }] } }]);
    expect(await progressOf(number)).toMatchObject({
      asked: 3,
      confirmed: 1,
      correctionsPending: 1,
      state: 'IN_PROGRESS',
    });
    // Another agency sees how far it is, and nothing of its corrections: neither their number nor what else follows from
    // them.
    expect(await progressOf(number, 'so-xn', OTHER)).toMatchObject({
      asked: 2,
      confirmed: 1,
      correctionsPending: null,
      state: 'IN_PROGRESS',
    });
  });

  it('can not call right what its correction of an earlier answer says to be wrong', async () => {
    expect(await refusals({ confirmed: [urn('xn-b')] })).toEqual([['ATTESTATION_CONTRADICTION', 'confirmed.0']]);
  });

  it('hears nothing of a known key on a dry run', async () => {
    const input = { confirmed: [urn('xn-a'), urn('xn-a')], flowsComplete: [urn('xn-a')], note: 'Đã rà soát' };
    const corrections = [set('xn-b', 'description', 'Đúng ra là thế này')];
    const answer = await attest(OWN, { ...input, corrections, idempotencyKey: 'lan-1', dryRun: true });
    expect(answer).toEqual({ attestation: null, scenario: null, operations: [], revision: null, userErrors: [] });
  });

  it('can not call its list complete while its correction waits, and no record right of an older day', async () => {
    expect(await refusals({ inventoryComplete: true })).toEqual([['CORRECTIONS_WAIT', 'inventoryComplete']]);
    const on = daysLater(TODAY, -1);
    expect(await refusals({ confirmed: [urn('xn-a')], on })).toEqual([['ATTESTATION_OLDER', 'confirmed.0']]);
  });

  it('may only correct, which makes no revision', async () => {
    const before = await count('change_set');
    const answer = await attest(OWN, { corrections: [set('xn-b', 'layer', 2)] });
    expect(answer).toMatchObject({ attestation: { number: 2, revision: null }, revision: null, operations: [] });
    expect(await count('change_set')).toBe(before);
    const { archiveScenario } = await ask<{ archiveScenario: { userErrors: object[] } }>(
      OWN,
      `mutation ($id: ID!) { archiveScenario(input: { id: $id, expectedVersion: 1 }) { userErrors { reason } } }`,
      { id: answer.scenario?.id },
    );
    expect(archiveScenario.userErrors).toEqual([]);
  });

  it('is done when its correction is merged, all is confirmed and its list declared complete', async () => {
    const { mergeScenario } = await ask<{ mergeScenario: { userErrors: object[] } }>(
      TEST_TOKEN,
      `mutation ($id: ID!, $version: Int!) { mergeScenario(input: { id: $id, expectedVersion: $version, reason: "Theo đính chính" }) {
        userErrors { reason path } } }`,
      { id: scenario.id, version: scenario.version },
    );
    expect(mergeScenario.userErrors).toEqual([]);
    expect(statesOn(await pageOf(OWN))).toEqual([
      ['xn-b', 'TO_CONFIRM'],
      ['xn-a', 'CONFIRMED'],
    ]);
    const coverage = async (): Promise<unknown> =>
      ask(
        TEST_TOKEN,
        `{ elements(filter: { owner: { urn: ["${urn('so-xn')}"] } }) { coverage { verdict attestedOn } } }`,
      );
    expect(await coverage()).toMatchObject({ elements: { coverage: { verdict: 'LOWER_BOUND' } } });
    const answer = await attest(OWN, { confirmed: [urn('xn-b')], inventoryComplete: true });
    expect(answer).toMatchObject({ userErrors: [], attestation: { number: 3, inventoryComplete: true } });
    expect(await coverage()).toEqual({ elements: { coverage: { verdict: 'COMPLETE', attestedOn: TODAY } } });
    expect((await pageOf(OWN)).campaigns).toMatchObject([{ state: 'DONE', listDeclaredCompleteOn: TODAY }]);
    // The administrator sees a record that the officer does not, which he may confirm for the agency.
    expect(await progressOf(number)).toMatchObject({ state: 'IN_PROGRESS', asked: 3, confirmed: 2 });
    expect(await attest(TEST_TOKEN, { confirmed: [urn('xn-kin')] })).toMatchObject({
      attestation: { author: 'administrator' },
    });
    expect(await progressOf(number)).toMatchObject({ state: 'DONE', asked: 3, confirmed: 3, correctionsPending: 0 });
  });

  it('does not hear of what it does not see in what was said for it', async () => {
    const { attestations } = await pageOf(OWN);
    expect(attestations.nodes.map((each) => [each.number, each.confirmed.nodes.length])).toEqual([
      [4, 0],
      [3, 1],
      [2, 0],
      [1, 1],
    ]);
  });

  it('has to confirm again what somebody changed, and not what it declared itself', async () => {
    await attest(OWN, { flowsComplete: [urn('xn-b')] });
    await commit([set('xn-a', 'description', 'Ai đó đã sửa')]);
    const page = await pageOf(OWN);
    expect(statesOn(page)).toEqual([
      ['xn-a', 'TO_CONFIRM'],
      ['xn-b', 'CONFIRMED'],
    ]);
    expect(page.records.nodes.map(({ attestedOn, changedSince }) => [attestedOn, changedSince])).toEqual([
      [TODAY, true],
      [TODAY, false],
    ]);
    expect(page.campaigns).toMatchObject([{ state: 'IN_PROGRESS' }]);
  });

  it('is asked no more when the campaign is closed', async () => {
    await change({ number, expectedVersion: 1, closed: true });
    expect((await pageOf(OWN)).campaigns).toEqual([]);
  });
});

/** An agency of its own with two systems and what is asked of it. */
async function agencyAsked(id: string): Promise<number> {
  await commit([
    add(id, { kind: 'AGENCY', name: `Sở ${id}`, level: 'DEPARTMENT' }),
    ...['mot', 'hai'].flatMap((each) => [system(`${id}-${each}`), owned(`${id}-${each}`, id)]),
  ]);
  const { campaign } = await open({ name: `Hỏi ${id}`, dueOn: DUE, agencies: [urn(id)] });
  return campaign?.number ?? 0;
}

const say = (id: string, input: object): Promise<Attested> => attest(TEST_TOKEN, { agency: urn(id), ...input });
const both = (id: string): string[] => [urn(`${id}-mot`), urn(`${id}-hai`)];

async function decideScenario(id: string, action: 'archive' | 'merge', version = 1): Promise<void> {
  const [input, more] = action === 'merge' ? ['MergeScenarioInput', { reason: 'Đúng' }] : ['ArchiveScenarioInput', {}];
  const { decided } = await ask<{ decided: { userErrors: object[] } }>(
    TEST_TOKEN,
    `mutation ($input: ${input}!) { decided: ${action}Scenario(input: $input) { userErrors { reason } } }`,
    { input: { id, expectedVersion: version, ...more } },
  );
  expect(decided.userErrors).toEqual([]);
}

describe('nothing is told that is not so', () => {
  it('a list is not complete any more when its agency tells of something that is not on it', async () => {
    const number = await agencyAsked('so-quen');
    await say('so-quen', { confirmed: both('so-quen'), inventoryComplete: true });
    expect(await progressOf(number, 'so-quen')).toMatchObject({ state: 'DONE', answeredLate: false });
    const corrections = [system('so-quen-ba'), owned('so-quen-ba', 'so-quen')];
    const answer = await say('so-quen', { corrections });
    expect(answer).toMatchObject({
      userErrors: [],
      attestation: { revision: answer.revision },
      operations: [{ urn: urn('so-quen'), path: 'attributes.inventoryDeclaredCompleteOn', after: null }],
    });
    // Also when the correction is given up: it is to be declared again.
    await decideScenario(answer.scenario?.id ?? '', 'archive');
    expect(await progressOf(number, 'so-quen')).toMatchObject({ state: 'IN_PROGRESS', listDeclaredCompleteOn: null });
    const { elements } = await ask<{ elements: unknown }>(
      TEST_TOKEN,
      `{ elements(filter: { owner: { urn: ["${urn('so-quen')}"] } }) { coverage { verdict } } }`,
    );
    expect(elements).toEqual({ coverage: { verdict: 'LOWER_BOUND' } });
  });

  it('nor are flows when another is told of', async () => {
    await agencyAsked('so-luong');
    await say('so-luong', { confirmed: both('so-luong'), flowsComplete: both('so-luong') });
    const [source, target] = both('so-luong');
    const flow = add('luong', { kind: 'EXCHANGES_DATA_WITH', source, target: urn('xn-a'), channels: ['FILE'] });
    const { operations, userErrors } = await say('so-luong', { corrections: [flow] });
    expect(userErrors).toEqual([]);
    expect(operations.map((each) => [each.urn, each.path])).toEqual([[source, 'attributes.flowsDeclaredCompleteOn']]);
    const page = await pageOf(TEST_TOKEN, `(agency: "${urn('so-luong')}")`);
    expect(page.withoutDeclaredFlows).toBe(1);
    const again = { agency: urn('so-luong'), flowsComplete: [target, source] };
    expect(await refusals(again, TEST_TOKEN)).toEqual([['ATTESTATION_CONTRADICTION', 'flowsComplete.1']]);
  });

  it('who owns a record today has not confirmed what another did', async () => {
    const number = await agencyAsked('so-nhan');
    await agencyAsked('so-giao');
    await say('so-giao', { confirmed: both('so-giao') });
    await commit([
      { op: 'REMOVE', urn: urn('so-giao-mot.chu') },
      add('so-giao-mot.nhan', { kind: 'OWNED_BY', source: urn('so-giao-mot'), target: urn('so-nhan') }),
    ]);
    expect(await progressOf(number, 'so-nhan')).toMatchObject({ asked: 3, confirmed: 0, state: 'NOT_BEGUN' });
    const { records } = await pageOf(TEST_TOKEN, `(agency: "${urn('so-nhan')}")`);
    const taken = records.nodes.find(({ element }) => element.urn === urn('so-giao-mot'));
    expect(taken).toMatchObject({ state: 'TO_CONFIRM', attestedOn: TODAY, changedSince: null });
    await say('so-nhan', { confirmed: [urn('so-giao-mot')] });
    expect(await progressOf(number, 'so-nhan')).toMatchObject({ confirmed: 1 });
  });

  it('a day that came in another way counts for no campaign, and one to come stands in nobody’s way', async () => {
    const number = await agencyAsked('so-nhap');
    await commit([
      set('so-nhap-mot', 'attributes.attestedOn', TODAY),
      set('so-nhap-hai', 'attributes.attestedOn', '2099'),
      set('so-nhap', 'attributes.inventoryDeclaredCompleteOn', '2099-01-01'),
    ]);
    const untold = { confirmed: 0, listDeclaredCompleteOn: null, state: 'NOT_BEGUN' };
    expect(await progressOf(number, 'so-nhap')).toMatchObject(untold);
    const { records } = await pageOf(TEST_TOKEN, `(agency: "${urn('so-nhap')}")`);
    expect(records.nodes.map(({ state, changedSince }) => [state, changedSince])).toEqual([
      ['TO_CONFIRM', null],
      ['TO_CONFIRM', null],
    ]);
    const answer = await say('so-nhap', { confirmed: both('so-nhap').slice(1), inventoryComplete: true });
    expect(answer.userErrors).toEqual([]);
    expect(await progressOf(number, 'so-nhap')).toMatchObject({ confirmed: 1, listDeclaredCompleteOn: TODAY });
  });

  it('what was confirmed twice on a day and then declared stays confirmed, and comes back when it is as it was', async () => {
    const number = await agencyAsked('so-lap');
    for (const input of [
      { confirmed: both('so-lap') },
      { confirmed: both('so-lap') },
      { flowsComplete: both('so-lap') },
    ]) {
      // Nothing changes the second time, which is a revision all the same.
      await say('so-lap', input);
    }
    expect(await progressOf(number, 'so-lap')).toMatchObject({ confirmed: 2 });
    await commit([set('so-lap-mot', 'description', 'Khác')]);
    expect(await progressOf(number, 'so-lap')).toMatchObject({ confirmed: 1 });
    await commit([{ op: 'REMOVE', urn: urn('so-lap-mot'), path: 'description' }]);
    expect(await progressOf(number, 'so-lap')).toMatchObject({ confirmed: 2 });
  });

  it('a campaign is told as it was when it was closed', async () => {
    const number = await agencyAsked('so-dong');
    await say('so-dong', { confirmed: both('so-dong').slice(0, 1) });
    const { scenario } = await say('so-dong', { corrections: [set('so-dong-hai', 'layer', 2)] });
    await change({ number, expectedVersion: 1, closed: true });
    const closed = await progressOf(number, 'so-dong');
    expect(closed).toMatchObject({ asked: 2, confirmed: 1, correctionsPending: 1, state: 'IN_PROGRESS' });
    await decideScenario(scenario?.id ?? '', 'merge');
    await say('so-dong', { confirmed: both('so-dong').slice(1), inventoryComplete: true });
    await commit([set('so-dong-mot', 'description', 'Khác')]);
    expect(await progressOf(number, 'so-dong')).toEqual(closed);
    expect(await progressOf(number, 'so-dong', OTHER)).toMatchObject({ confirmed: 1, correctionsPending: null });
    await change({ number, expectedVersion: 2, closed: false });
    expect(await progressOf(number, 'so-dong')).toMatchObject({ confirmed: 1, correctionsPending: 0 });
  });

  it('an answer after the last day is told to be late', async () => {
    const number = await agencyAsked('so-muon');
    await say('so-muon', { confirmed: both('so-muon'), inventoryComplete: true });
    await service.database.source.query('update attestation_campaign set due_on = $1 where number = $2', [
      daysLater(TODAY, -1),
      number,
    ]);
    expect(await progressOf(number, 'so-muon')).toMatchObject({ state: 'DONE', daysLeft: -1, answeredLate: true });
  });

  it('what left the list since its agency looked is a conflict', async () => {
    await agencyAsked('so-nhin');
    const expectedRevision = await commit([set('so-nhin-mot', 'description', 'Khác')]);
    await commit([
      { op: 'REMOVE', urn: urn('so-nhin-mot.chu') },
      add('so-nhin.luong', { kind: 'EXCHANGES_DATA_WITH', source: urn('xn-a'), target: urn('so-nhin-hai') }),
    ]);
    const looked = { agency: urn('so-nhin'), inventoryComplete: true, flowsComplete: [urn('so-nhin-hai')] };
    expect(await refusals({ ...looked, expectedRevision }, TEST_TOKEN)).toEqual([
      ['STALE_REVISION', 'flowsComplete.0'],
      ['STALE_REVISION', 'inventoryComplete'],
    ]);
  });

  it('what was said to be wrong is kept as it was said, whatever becomes of the scenario', async () => {
    await agencyAsked('so-ghi');
    const corrections = [set('so-ghi-mot', 'description', 'Đã nói')];
    const { scenario } = await say('so-ghi', { corrections });
    const { changeScenario } = await ask<{ changeScenario: { userErrors: object[] } }>(
      TEST_TOKEN,
      'mutation ($input: ChangeScenarioInput!) { changeScenario(input: $input) { userErrors { reason } } }',
      { input: { id: scenario?.id, expectedVersion: 1, operations: [set('xn-khac', 'description', 'Điều khác')] } },
    );
    expect(changeScenario.userErrors).toEqual([]);
    const { attestationPage } = await ask<{ attestationPage: object }>(
      TEST_TOKEN,
      `{ attestationPage(agency: "${urn('so-ghi')}") { records { nodes { state } }
        attestations { nodes { corrections { nodes { op urn path value } } } } } }`,
    );
    expect(attestationPage).toEqual({
      records: { nodes: [{ state: 'TO_CONFIRM' }, { state: 'TO_CONFIRM' }] },
      attestations: { nodes: [{ corrections: { nodes: corrections } }] },
    });
  });

  it('asking for the same many times is worked out once, and more than that is paid for', async () => {
    const aliases = Array.from({ length: 300 }, (_, at) => `a${at}: records(first: 1) { totalCount }`).join(' ');
    const { attestationPage } = await ask<{ attestationPage: Record<string, { totalCount: number }> }>(
      OWN,
      `{ attestationPage { ${aliases} } }`,
    );
    expect(Object.keys(attestationPage)).toHaveLength(300);
  });
});

describe('what was said', () => {
  it.each([
    "update attestation set note = 'khác' where number = 1",
    'delete from attestation where number = 1',
    'truncate attestation',
  ])('stays: %s', async (statement) => {
    await expect(service.database.source.query(statement)).rejects.toThrow('neither changed nor taken back');
  });

  it('may be of what is to be handed over on a day to come', async () => {
    const [from, to] = [daysLater(TODAY, 30), daysLater(TODAY, 29)];
    const relation = { kind: 'OWNED_BY', source: urn('xn-giao') };
    await commit([
      system('xn-giao'),
      add('xn-giao.nay', { ...relation, target: urn('so-xn'), validTo: to }),
      add('xn-giao.mai', { ...relation, target: urn('so-khac-xn'), validFrom: from }),
    ]);
    expect((await attest(OWN, { confirmed: [urn('xn-giao')] })).userErrors).toEqual([]);
    expect(await refusals({ agency: urn('so-khac-xn'), confirmed: [urn('xn-giao')] }, OTHER)).toEqual([
      ['ELEMENT_NOT_OWNED', 'confirmed.0'],
    ]);
  });

  it('goes with a backup, and stays where that is restored', async () => {
    const { source } = service.database;
    const restored = await freshDatabase();
    try {
      const { hash } = await restoreLines(restored.source, lines(backupLines(source)));
      expect(hash).toBe(await databaseHash(source));
      const all = 'select * from attestation order by number';
      const said: unknown[] = await source.query(all);
      expect(said.length).toBeGreaterThan(4);
      expect(await restored.source.query(all)).toEqual(said);
      const campaigns = 'select * from attestation_campaign order by number';
      expect(await restored.source.query(campaigns)).toEqual(await source.query(campaigns));
      await expect(restored.source.query('delete from attestation')).rejects.toThrow('neither changed nor taken back');
    } finally {
      await restored.close();
    }
  });

  it('is numbered without gaps, also when many say something at once', async () => {
    const from = await count('attestation');
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        index % 2 === 0
          ? attest(OWN, { confirmed: [urn('xn-a')], note: `${index}` })
          : attest(OTHER, { agency: urn('so-khac-xn'), corrections: [set('xn-khac', 'layer', 1)] }),
      ),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const numbers = answers.map(({ attestation }) => attestation?.number ?? 0).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 6 }, (_, index) => from + index + 1));
  });
});
