import { backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import { VERDICTS_QUERY, verdictFiles } from '../src/duplicates/verdict-files.js';
import type { ToldCases } from '../src/duplicates/verdict-files.js';
import { freshDatabase } from './support/database.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const OWN = 'officer-of-own';
const OTHER = 'officer-of-other';
const ARCHITECT = 'an-architect';
const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const owned = (id: string, by: string): object =>
  add(`${id}.chu`, { kind: 'OWNED_BY', source: urn(id), target: urn(by) });
const rename = (id: string, path: string, value: string): object => ({ op: 'UPDATE', urn: urn(id), path, value });

const CITY = [
  add('so-tl', { kind: 'AGENCY', name: 'Sở Trùng lặp', level: 'DEPARTMENT' }),
  add('so-khac-tl', { kind: 'AGENCY', name: 'Sở Khác', level: 'DEPARTMENT' }),
  add('tl-a', { kind: 'SYSTEM', name: 'Hệ thống quản lý vườn ươm thuỷ canh' }),
  add('tl-b', { kind: 'SYSTEM', name: 'Phần mềm quản lý vườn ươm thuỷ canh' }),
  add('tl-kin', { kind: 'SYSTEM', name: 'Phần mềm vườn ươm thuỷ canh', visibility: 'RESTRICTED' }),
  add('tl-x', { kind: 'PROJECT', name: 'Xây dựng phần mềm quản lý trại tằm dâu' }),
  add('tl-y', { kind: 'PROJECT', name: 'Xây dựng hệ thống quản lý trại tằm dâu' }),
  add('tl-rong', { kind: 'SYSTEM', name: 'Hệ thống' }),
  ...['tl-a', 'tl-kin', 'tl-x'].map((id) => owned(id, 'so-tl')),
  ...['tl-b', 'tl-y'].map((id) => owned(id, 'so-khac-tl')),
];

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [
    { token: OWN, kind: 'OFFICER', agency: urn('so-tl') },
    { token: OTHER, kind: 'OFFICER', agency: urn('so-y-te') },
    { token: ARCHITECT, kind: 'ARCHITECT' },
  ]);
  await commit(CITY);
});
afterAll(() => service.close());

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

interface CaseEvent {
  readonly state: string;
  readonly by: string;
  readonly reason: string | null;
  readonly avoidedCost: number | null;
  readonly revision: number;
  readonly band: string;
  readonly score: number | null;
  readonly modelVersion: string;
  readonly signals: { name: string; contribution: number }[];
}
interface Case {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly avoidedCost: number | null;
  readonly subject: { urn: string };
  readonly match: { urn: string };
  readonly band: string;
  readonly score: number | null;
  readonly history: CaseEvent[];
}
const CASE = `id state reason decidedBy decidedAt avoidedCost subject { urn } match { urn } band score
  history { state by reason avoidedCost revision band score modelVersion signals { name contribution } }`;

interface Outcome {
  readonly case: Case | null;
  readonly userErrors: { reason: string; path: string[]; message: string }[];
}

function mutation(name: string, type: string): (token: string | null, input: object) => Promise<Outcome> {
  return async (token, input) => {
    const { outcome } = await ask<{ outcome: Outcome }>(
      token,
      `mutation ($input: ${type}!) { outcome: ${name}(input: $input) {
        case { ${CASE} } userErrors { reason path message } } }`,
      { input },
    );
    for (const { message } of outcome.userErrors) expect(message).not.toContain('{');
    return outcome;
  };
}
const open = mutation('openDuplicateCase', 'OpenDuplicateCaseInput');
const decide = mutation('decideDuplicateCase', 'DecideDuplicateCaseInput');

function refusalsOf({ case: none, userErrors }: Outcome): string[] {
  expect(none).toBeNull();
  return userErrors.map(({ reason, path }) => `${reason} ${path.join('.')}`);
}

async function done(outcome: Promise<Outcome>): Promise<Case> {
  const { case: kept, userErrors } = await outcome;
  expect(userErrors).toEqual([]);
  if (kept === null) throw new Error('No case.');
  return kept;
}

const pair = (subject: string, match: string): object => ({
  subject: urn(subject),
  match: urn(match),
  reason: 'Tên gần như nhau',
});

async function casesOf(token: string | null, args = 'first: 50'): Promise<Case[]> {
  const { duplicateCases } = await ask<{ duplicateCases: { totalCount: number; nodes: Case[] } }>(
    token,
    `{ duplicateCases(${args}) { totalCount nodes { ${CASE} } } }`,
  );
  expect(duplicateCases.totalCount).toBe(duplicateCases.nodes.length);
  return duplicateCases.nodes;
}

interface Found {
  readonly band: string;
  readonly advice: string | null;
  readonly suggestedCondition: string | null;
  readonly candidates: { match: { urn: string }; case: { id: string; state: string } | null }[];
}

async function found(token: string | null, subject: string): Promise<Found> {
  const { duplicateCandidates } = await ask<{ duplicateCandidates: { byComponent: Found[] } }>(
    token,
    `query ($subject: URN!) { duplicateCandidates(subject: $subject) { byComponent {
      band advice suggestedCondition candidates { match { urn } case { id state } } } } }`,
    { subject: urn(subject) },
  );
  const [only] = duplicateCandidates.byComponent;
  if (only === undefined) throw new Error('No component.');
  return only;
}

describe('a case of duplicates', () => {
  let opened: Case;
  beforeAll(async () => {
    opened = await done(open(ARCHITECT, pair('tl-a', 'tl-b')));
  });

  it('is opened with how the pair stands, and is of the pair in either order', async () => {
    expect(opened).toMatchObject({ state: 'OPEN', reason: null, decidedBy: null, decidedAt: null, avoidedCost: null });
    expect([opened.subject.urn, opened.match.urn]).toEqual([urn('tl-a'), urn('tl-b')]);
    expect(opened.band).toBe('DUPLICATE');
    const [event] = opened.history;
    expect(event).toMatchObject({ state: 'OPEN', by: 'architect', reason: 'Tên gần như nhau', band: 'DUPLICATE' });
    expect(event?.signals.map(({ name }) => name)).toContain('NAME');
    expect(event?.revision).toBeGreaterThan(0);
    for (const again of [pair('tl-a', 'tl-b'), pair('tl-b', 'tl-a')]) {
      expect(refusalsOf(await open(TEST_TOKEN, again))).toEqual(['CASE_EXISTS match']);
    }
  });

  it('is beside the candidate from both sides, and beside no candidate of a draft', async () => {
    for (const [subject, match] of [
      ['tl-a', 'tl-b'],
      ['tl-b', 'tl-a'],
    ] as const) {
      const { candidates } = await found(ARCHITECT, subject);
      const told = candidates.filter((each) => each.case !== null);
      expect(told).toEqual([{ match: { urn: urn(match) }, case: { id: opened.id, state: 'OPEN' } }]);
    }
    const { duplicateCandidates } = await ask<{ duplicateCandidates: { candidates: { nodes: { case: null }[] } } }>(
      ARCHITECT,
      `{ duplicateCandidates(draft: { title: "Hệ thống quản lý vườn ươm thuỷ canh" }) {
        candidates { nodes { case { id } } } } }`,
    );
    expect(duplicateCandidates.candidates.nodes.length).toBeGreaterThan(1);
    expect(duplicateCandidates.candidates.nodes.every((each) => each.case === null)).toBe(true);
  });

  it('is opened by whoever reviews for the city, of two things that could be duplicates', async () => {
    for (const token of [null, OWN, OTHER]) {
      expect(refusalsOf(await open(token, pair('tl-x', 'tl-y')))).toEqual(['NOT_PERMITTED ']);
    }
    expect(refusalsOf(await open(ARCHITECT, pair('tl-a', 'tl-a')))).toEqual(['CASE_OF_ITSELF match']);
    expect(refusalsOf(await open(ARCHITECT, pair('so-tl', 'tl-a')))).toEqual(['REFERENCE_OF_WRONG_KIND subject']);
    expect(refusalsOf(await open(ARCHITECT, { ...pair('tl-x', 'tl-y'), reason: ' ' }))).toEqual([
      'VALUE_MISSING reason',
    ]);
    // What the architect does not see is not there for him.
    expect(refusalsOf(await open(ARCHITECT, pair('tl-a', 'tl-kin')))).toEqual(['URN_UNKNOWN match']);
  });

  it('is decided with a reason by whoever has seen its state, and again, never back to open', async () => {
    const decision = {
      case: opened.id,
      state: 'CONFIRMED',
      expectedState: 'OPEN',
      reason: 'Cùng một nhu cầu',
      avoidedCost: 12_000_000_000,
    };
    expect(refusalsOf(await decide(OWN, decision))).toEqual(['NOT_PERMITTED ']);
    expect(refusalsOf(await decide(ARCHITECT, { ...decision, state: 'MERGED' }))).toEqual(['VALUE_NOT_ALLOWED state']);
    expect(refusalsOf(await decide(ARCHITECT, { ...decision, reason: '' }))).toEqual(['VALUE_MISSING reason']);
    const dry = await done(decide(ARCHITECT, { ...decision, dryRun: true }));
    expect(dry.state).toBe('CONFIRMED');
    const decided = await done(decide(ARCHITECT, decision));
    expect(decided).toMatchObject({
      state: 'CONFIRMED',
      reason: 'Cùng một nhu cầu',
      decidedBy: 'architect',
      avoidedCost: 12_000_000_000,
    });
    expect(decided.decidedAt).not.toBeNull();
    expect(refusalsOf(await decide(TEST_TOKEN, { ...decision, state: 'PARTIAL' }))).toEqual([
      'CASE_MOVED expectedState',
    ]);
    const partial = { ...decision, state: 'PARTIAL', expectedState: 'CONFIRMED', avoidedCost: null };
    const again = await done(decide(TEST_TOKEN, partial));
    expect(again).toMatchObject({ state: 'PARTIAL', decidedBy: 'administrator', avoidedCost: null });
    expect(again.history.map(({ state }) => state)).toEqual(['OPEN', 'CONFIRMED', 'PARTIAL']);
  });

  it('is recorded once for a key', async () => {
    const input = { ...pair('tl-x', 'tl-y'), idempotencyKey: 'một' };
    const first = await done(open(ARCHITECT, input));
    expect((await done(open(ARCHITECT, input))).id).toBe(first.id);
    expect(refusalsOf(await open(ARCHITECT, { ...input, reason: 'Khác' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
  });

  it('is merged where it is of two projects', async () => {
    const [projects] = (await casesOf(ARCHITECT)).filter(({ subject }) => subject.urn === urn('tl-x'));
    const decision = { case: projects?.id, state: 'MERGED', expectedState: 'OPEN', reason: 'Gộp theo văn bản 12' };
    expect(await done(decide(ARCHITECT, decision))).toMatchObject({ state: 'MERGED' });
  });

  it('is kept of a pair that says too little to be judged', async () => {
    const kept = await done(open(ARCHITECT, pair('tl-rong', 'tl-a')));
    expect(kept).toMatchObject({ band: 'TOO_LITTLE_TO_JUDGE', score: null });
  });

  it('is listed by state and agency, in pages', async () => {
    const all = await casesOf(ARCHITECT);
    expect(all.map(({ subject }) => subject.urn)).toEqual(['tl-a', 'tl-x', 'tl-rong'].map(urn));
    expect((await casesOf(ARCHITECT, 'state: [PARTIAL, MERGED]')).map(({ state }) => state)).toEqual([
      'PARTIAL',
      'MERGED',
    ]);
    expect(await casesOf(ARCHITECT, `agency: "${urn('so-khac-tl')}"`)).toHaveLength(2);
    expect(await casesOf(ARCHITECT, `agency: "${urn('so-y-te')}"`)).toEqual([]);
    const { duplicateCases } = await ask<{ duplicateCases: { totalCount: number; pageInfo: { endCursor: string } } }>(
      ARCHITECT,
      '{ duplicateCases(first: 1) { totalCount pageInfo { endCursor } } }',
    );
    const rest = await ask<{ duplicateCases: { nodes: { id: string }[] } }>(
      ARCHITECT,
      'query ($after: String) { duplicateCases(after: $after) { nodes { id } } }',
      { after: duplicateCases.pageInfo.endCursor },
    );
    expect([duplicateCases.totalCount, rest.duplicateCases.nodes.map(({ id }) => id)]).toEqual([
      3,
      all.slice(1).map(({ id }) => id),
    ]);
  });

  it('is seen by whoever sees both, and its reasons by the city and by who owns one of them', async () => {
    const hidden = await done(open(TEST_TOKEN, pair('tl-kin', 'tl-b')));
    expect(await casesOf(TEST_TOKEN)).toHaveLength(4);
    for (const token of [ARCHITECT, OWN, OTHER]) {
      expect((await casesOf(token)).map(({ id }) => id)).not.toContain(hidden.id);
      const { duplicateCase } = await ask<{ duplicateCase: null }>(
        token,
        `{ duplicateCase(id: "${hidden.id}") { id } }`,
      );
      expect(duplicateCase).toBeNull();
      const asked = { case: hidden.id, state: 'DISMISSED', expectedState: 'OPEN', reason: 'Không' };
      if (token === ARCHITECT) expect(refusalsOf(await decide(token, asked))).toEqual(['CASE_UNKNOWN case']);
    }
    const reasonsFor = async (token: string): Promise<(string | null)[]> =>
      (await casesOf(token)).slice(0, 1).flatMap(({ reason, history }) => [reason, history[0]?.reason ?? null]);
    expect(await reasonsFor(OWN)).toEqual(['Cùng một nhu cầu', 'Tên gần như nhau']);
    expect(await reasonsFor(OTHER)).toEqual([null, null]);
    const { errors } = await service.ask('{ duplicateCases { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { reason: 'NOT_PERMITTED' } }]);
    expect((await found(null, 'tl-a')).candidates.every((each) => each.case === null)).toBe(true);
  });

  it('goes with a backup, and neither row nor table can be changed', async () => {
    const { source } = service.database;
    const before = await databaseHash(source);
    const copy = await freshDatabase();
    await restoreLines(copy.source, backupLines(source));
    expect(await databaseHash(copy.source)).toBe(before);
    await copy.close();
    for (const change of ['update duplicate_case_event set reason = reason', 'delete from duplicate_case_event']) {
      await expect(source.query(change)).rejects.toThrow('neither changed nor taken back');
    }
  });
});

describe('a pair that was dismissed', () => {
  const DISMISSED = { state: 'DISMISSED', reason: 'Một bên cho cây giống, một bên cho tằm' };
  let kept: Case;

  interface Answer {
    readonly byComponent: {
      band: string;
      advice: string | null;
      suggestedCondition: string | null;
      candidates: { match: { urn: string }; case: { id: string } | null; changedSinceDismissal: string[] }[];
    }[];
    readonly dismissed: { totalCount: number; nodes: { id: string; reason: string | null }[] };
  }

  async function answer(token: string | null, subject: string): Promise<Answer> {
    const { duplicateCandidates } = await ask<{ duplicateCandidates: Answer }>(
      token,
      `query ($subject: URN!) { duplicateCandidates(subject: $subject) {
        byComponent { band advice suggestedCondition
          candidates { match { urn } case { id } changedSinceDismissal } }
        dismissed { totalCount nodes { id reason } } } }`,
      { subject: urn(subject) },
    );
    return duplicateCandidates;
  }

  const told = ({ byComponent }: Answer, match: string): string[] | undefined =>
    byComponent.flatMap(({ candidates }) => candidates).find((each) => each.match.urn === urn(match))
      ?.changedSinceDismissal;

  beforeAll(async () => {
    await commit([
      add('tl-m', { kind: 'SYSTEM', name: 'Phần mềm quản lý trạm quan trắc sương mù' }),
      add('tl-n', { kind: 'SYSTEM', name: 'Hệ thống quản lý trạm quan trắc sương mù' }),
    ]);
    expect(told(await answer(ARCHITECT, 'tl-m'), 'tl-n')).toEqual([]);
    const opened = await done(open(ARCHITECT, pair('tl-m', 'tl-n')));
    kept = await done(decide(ARCHITECT, { ...DISMISSED, case: opened.id, expectedState: 'OPEN' }));
  });

  it('is silent from both sides, and is told as dismissed', async () => {
    for (const [subject, match, name] of [
      ['tl-m', 'tl-n', 'Hệ thống quản lý trạm quan trắc sương mù'],
      ['tl-n', 'tl-m', 'Phần mềm quản lý trạm quan trắc sương mù'],
    ] as const) {
      const loud = (await answer(null, subject)).byComponent[0];
      expect([loud?.band, loud?.suggestedCondition]).toEqual(['DUPLICATE', expect.stringContaining(name)]);
      const silent = await answer(ARCHITECT, subject);
      expect(told(silent, match)).toBeUndefined();
      // It is judged by what else there is.
      expect(silent.byComponent[0]?.band).not.toBe('DUPLICATE');
      expect(silent.byComponent[0]?.suggestedCondition ?? '').not.toContain(name);
      expect(silent.dismissed).toEqual({ totalCount: 1, nodes: [{ id: kept.id, reason: DISMISSED.reason }] });
    }
  });

  it('is silent for those who may know why, and for no others', async () => {
    const outside = await answer(null, 'tl-m');
    expect(told(outside, 'tl-n')).toEqual([]);
    expect(outside.dismissed).toEqual({ totalCount: 0, nodes: [] });
    expect((await answer(OTHER, 'tl-m')).dismissed).toEqual({ totalCount: 1, nodes: [{ id: kept.id, reason: null }] });
  });

  it('stays so while more is registered', async () => {
    const others = ['kho muối', 'bến phà', 'cây ăn trái', 'chợ đêm', 'đèn tín hiệu'].map((what, at) =>
      add(`tl-them-${at}`, { kind: 'SYSTEM', name: `Hệ thống quản lý ${what}` }),
    );
    await commit(others);
    expect((await answer(ARCHITECT, 'tl-m')).dismissed.totalCount).toBe(1);
  });

  it('speaks again once a text says something else, with what has changed, until it is dismissed as it is now', async () => {
    const described = 'Đo độ ẩm và tầm nhìn tại từng trạm, báo cho sân bay';
    await commit([rename('tl-m', 'description', described), rename('tl-n', 'description', described)]);
    for (const [subject, match] of [
      ['tl-m', 'tl-n'],
      ['tl-n', 'tl-m'],
    ] as const) {
      const loud = await answer(ARCHITECT, subject);
      expect(told(loud, match)).toContain('FUNCTION_TEXT');
      expect(loud.dismissed.totalCount).toBe(0);
      expect(loud.byComponent[0]?.candidates.find((each) => each.case !== null)?.case).toEqual({ id: kept.id });
    }
    await done(decide(TEST_TOKEN, { ...DISMISSED, case: kept.id, expectedState: 'DISMISSED' }));
    const silent = await answer(ARCHITECT, 'tl-m');
    expect([told(silent, 'tl-n'), silent.dismissed.totalCount]).toEqual([undefined, 1]);
  });

  it('was judged by what all who see the two see, and is silent for each of them', async () => {
    await commit([
      add('tl-p', { kind: 'PROJECT', name: 'Xây dựng phần mềm quản lý ruộng muối' }),
      add('tl-q', { kind: 'SYSTEM', name: 'Phần mềm quản lý ruộng muối' }),
      add('tl-p-kin', { kind: 'SYSTEM', name: 'Cơ sở dữ liệu hộ tịch điện tử', visibility: 'RESTRICTED' }),
      add('tl-p.ra', { kind: 'DELIVERS', source: urn('tl-p'), target: urn('tl-p-kin') }),
    ]);
    const opened = await done(open(TEST_TOKEN, pair('tl-p', 'tl-q')));
    const partial = { case: opened.id, state: 'PARTIAL', expectedState: 'OPEN', reason: 'Một phần' };
    await done(decide(ARCHITECT, partial));
    const dismissal = { ...DISMISSED, case: opened.id, expectedState: 'PARTIAL' };
    const { history } = await done(decide(TEST_TOKEN, dismissal));
    const standings = history.map(({ band, score, signals }) => ({ band, score, signals }));
    expect(standings[0]?.band).toBe('DUPLICATE');
    expect(standings).toEqual([standings[0], standings[0], standings[0]]);
    for (const token of [TEST_TOKEN, ARCHITECT, OTHER]) {
      const silent = await answer(token, 'tl-p');
      expect([told(silent, 'tl-q'), silent.dismissed.totalCount]).toEqual([undefined, 1]);
    }
  });

  it('speaks again once it is decided otherwise', async () => {
    const decision = { case: kept.id, state: 'PARTIAL', expectedState: 'DISMISSED', reason: 'Xem lại' };
    await done(decide(ARCHITECT, decision));
    const loud = await answer(ARCHITECT, 'tl-m');
    expect([told(loud, 'tl-n'), loud.dismissed.totalCount]).toEqual([[], 0]);
  });
});

describe('what was decided', () => {
  interface Quality {
    readonly duplicateQuality: {
      readonly totalCount: number;
      readonly nodes: {
        quarter: string;
        decided: number;
        bands: { band: string; called: number; right: number; decided: number; precision: number | null }[];
      }[];
    };
  }

  it('is set beside what was said, by quarter', async () => {
    const { duplicateQuality } = await ask<Quality>(
      ARCHITECT,
      `{ duplicateQuality(first: 1) { totalCount nodes { quarter decided
        bands { band called right decided precision recall } } } }`,
    );
    const [quarter] = duplicateQuality.nodes;
    expect([duplicateQuality.totalCount, quarter?.quarter]).toEqual([1, expect.stringMatching(/^\d{4}-Q[1-4]$/)]);
    const decided = (await casesOf(ARCHITECT)).filter(({ state }) => state !== 'OPEN');
    expect(quarter?.decided).toBe(decided.length);
    for (const { band, called, right, decided: found, precision } of quarter?.bands ?? []) {
      expect(called).toBe(decided.filter((each) => each.band === band).length);
      expect(precision).toBe(called === 0 ? null : right / called);
      expect(right).toBeLessThanOrEqual(Math.min(called, found));
    }
    const { errors } = await service.ask('{ duplicateQuality { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { reason: 'NOT_PERMITTED' } }]);
  });

  it('is written down for training', async () => {
    const { duplicateCases } = await ask<ToldCases>(TEST_TOKEN, VERDICTS_QUERY, { after: null });
    const { pairs, titles, written, leftOut } = verdictFiles(duplicateCases.nodes);
    expect(pairs).toContain(`${urn('tl-x')},${urn('tl-y')},DUPLICATE\n`);
    expect(pairs).toContain(`${urn('tl-m')},${urn('tl-n')},OVERLAP\n`);
    expect(titles).toContain(`${urn('tl-x')},Xây dựng phần mềm quản lý trại tằm dâu,\n`);
    expect([written, leftOut]).toEqual([duplicateCases.nodes.length, 0]);
  });
});
