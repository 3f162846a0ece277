import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { execute, parse } from 'graphql';
import { AppModule } from '../src/app.module.js';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import { RuleEventRow } from '../src/compliance/rule-event.entity.js';
import { RuleCheckReader } from '../src/compliance/rule-check.reader.js';
import { RuleLedger } from '../src/compliance/rule-ledger.js';
import { RulePackReader } from '../src/compliance/rule-pack.reader.js';
import type { SeenRulePreview } from '../src/compliance/rule-preview.types.js';
import { RuleReader } from '../src/compliance/rule.reader.js';
import { RuleWriter } from '../src/compliance/rule.writer.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { ChangeSetWriter } from '../src/registry/change-set.writer.js';
import { LandscapeReader } from '../src/registry/landscape.reader.js';
import { readReferenceRulePack } from '../src/runtime/reference-file.js';
import { backupLines, databaseHash, restoreLines } from '../src/runtime/backup.js';
import { readConfig } from '../src/runtime/config.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { openBeside } from './support/application.js';
import { freshDatabase } from './support/database.js';
import { urnOf } from './support/landscapes.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const ARCHITECT = 'an-architect';
const OFFICER = 'an-officer';
const TODAY = todayInVietnam();
const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const hosted = (id: string, hosting: string): object =>
  add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}`, attributes: { hosting } });
const owned = (id: string): object =>
  add(`${id}.chu`, { kind: 'OWNED_BY', source: urn(id), target: urn('so-quy-tac') });

interface RuleDocument {
  readonly code: string;
  readonly cases: readonly { readonly expression: string; readonly examples: readonly object[] }[];
  readonly citations: readonly { readonly verification: string }[];
  readonly title: { readonly vi: string; readonly en: string };
}

/** A rule of the pack that is shipped, for whoever begins with it. */
function shipped(code: string): RuleDocument {
  const { rules } = readReferenceRulePack('hcmc/rule-pack.json') as { rules: RuleDocument[] };
  const found = rules.find((rule) => rule.code === code);
  if (found === undefined) throw new Error(`No rule ${code}.`);
  return found;
}

/** A rule of its own: systems run in the city's data centre, and nowhere else. */
function ruleWith(more: object = {}, change: object = {}): object {
  const text = (vi: string): object => ({ vi, en: `${vi} (en)` });
  return {
    code: 'R-90',
    title: text('Chạy ở trung tâm dữ liệu'),
    severity: 'MAJOR',
    enforcement: 'ENFORCE',
    tier: 1,
    citations: [
      {
        instrument: urn('qd-3616-2025-ubnd'),
        article: 'Điều 2',
        text: text('Khung kiến trúc số'),
        url: null,
        confidence: 'HIGH',
        verification: 'UNVERIFIED',
      },
    ],
    effectiveFrom: '2026-01-01',
    fixHint: text('Chuyển về trung tâm dữ liệu'),
    cases: [
      {
        appliesTo: ['SYSTEM', 'PROJECT'],
        expression: 'self.hosting == "CITY_DATA_CENTRE"',
        messages: { PASS: text('đạt'), FAIL: text('không đạt'), NEEDS_EVIDENCE: text('chưa rõ') },
        examples: [
          { outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE' } },
          { outcome: 'FAIL', facts: { hosting: 'AGENCY_SERVER' } },
        ],
        ...change,
      },
    ],
    ...more,
  };
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService({}, [
    { token: ARCHITECT, kind: 'ARCHITECT' },
    { token: OFFICER, kind: 'OFFICER', agency: urn('so-quy-tac') },
  ]);
  const operations = [
    add('so-quy-tac', { kind: 'AGENCY', name: 'Sở Quy tắc', level: 'DEPARTMENT' }),
    hosted('qt-tai-cho', 'AGENCY_SERVER'),
    hosted('qt-tap-trung', 'CITY_DATA_CENTRE'),
    ...['qt-tai-cho', 'qt-tap-trung'].map(owned),
  ];
  const { commitChangeSet } = await ask<{ commitChangeSet: { userErrors: object[] } }>(
    TEST_TOKEN,
    `mutation ($operations: [ChangeOperationInput!]!) {
      commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason path } } }`,
    { operations },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
});
afterAll(() => service.close());

/** Asks in somebody's name; the public has none. */
const ask = <T>(token: string | null, query: string, variables?: object): Promise<T> =>
  service.askAs<T>(token, query, variables);

interface UserError {
  readonly reason: string;
  readonly path: string[];
  readonly message: string;
}
interface Version {
  readonly version: string;
  readonly publishedOn: string | null;
  readonly publishedBy: string | null;
  readonly replaces: string | null;
  readonly reason: string | null;
  readonly previewHash: string | null;
  readonly rule: RuleAnswer;
}
interface RuleAnswer {
  readonly code: string;
  readonly titleVi: string;
  readonly version: string;
  readonly severity: string;
  readonly enforcement: string;
  readonly enforcementAsked: string;
  readonly withdrawnFrom: string | null;
  readonly effectiveTo: string | null;
  readonly citation: { verification: string; verifiedBy: string | null; verifiedOn: string | null };
}
interface Preview {
  readonly hash: string;
  readonly revision: number;
  readonly subjects: number;
  readonly newlyFailing: number;
  readonly newlyPassing: number;
  readonly transitions: { before: string | null; after: string | null; count: number }[];
  readonly changes: { totalCount: number; nodes: { element: { urn: string }; before: string; after: string }[] };
  readonly byAgency: { agency: { urn: string } | null; newlyFailing: number; changed: number }[];
  readonly orphanedWaivers: { totalCount: number; nodes: { waiver: { id: string } | null; failing: number }[] };
}
const RULE = `code titleVi version severity enforcement enforcementAsked withdrawnFrom effectiveTo
  citation { verification verifiedBy verifiedOn }`;
const VERSION = `version publishedOn publishedBy replaces reason previewHash rule { ${RULE} }`;
const PREVIEW = `hash revision subjects newlyFailing newlyPassing transitions { before after count }
  changes(first: 500) { totalCount nodes { element { urn } before after } }
  byAgency { agency { urn } newlyFailing changed }
  orphanedWaivers { totalCount nodes { waiver { id } failing } }`;

interface Drafted {
  readonly draft: { number: number; code: string; replaces: string | null; draftedBy: string } | null;
  readonly userErrors: UserError[];
}
async function draft(rule: object, more: object = {}, token: string | null = ARCHITECT): Promise<Drafted> {
  const { draftRule } = await ask<{ draftRule: Drafted }>(
    token,
    `mutation ($input: DraftRuleInput!) { draftRule(input: $input) {
      draft { number code replaces draftedBy } userErrors { reason path message } } }`,
    { input: { rule, reason: 'Theo khung kiến trúc', ...more } },
  );
  for (const { message } of draftRule.userErrors) expect(message).not.toMatch(/\{\w+\}/);
  return draftRule;
}

interface Outcome {
  readonly version: Version | null;
  readonly preview: Preview | null;
  readonly userErrors: UserError[];
}
function act(name: string, type: string): (token: string | null, input: object) => Promise<Outcome> {
  return async (token, input) => {
    const { outcome } = await ask<{ outcome: Outcome }>(
      token,
      `mutation ($input: ${type}!) { outcome: ${name}(input: $input) {
        version { ${VERSION} } preview { ${PREVIEW} } userErrors { reason path message } } }`,
      { input: { reason: 'Đã rà soát', document: '20/QĐ-SKHCN', ...input } },
    );
    for (const { message } of outcome.userErrors) expect(message).not.toMatch(/\{\w+\}/);
    return outcome;
  };
}
const publish = act('publishRule', 'PublishRuleInput');
const withdrawLooked = act('withdrawRule', 'WithdrawRuleInput');
const verify = act('verifyCitation', 'VerifyCitationInput');
const dispute = act('disputeCitation', 'DisputeCitationInput');

async function preview(asked: object, token: string | null = TEST_TOKEN): Promise<Preview> {
  const { previewRule } = await ask<{ previewRule: Preview }>(
    token,
    `query ($rule: JSON, $draft: Int) { previewRule(rule: $rule, draft: $draft) { ${PREVIEW} } }`,
    asked,
  );
  return previewRule;
}

async function previewOfWithdrawal(code: string, token = TEST_TOKEN): Promise<Preview> {
  const { previewRule } = await ask<{ previewRule: Preview }>(
    token,
    `query ($code: String) { previewRule(withdrawal: $code) { ${PREVIEW} } }`,
    { code },
  );
  return previewRule;
}

/** Withdraws a rule after a look at what that does. */
async function withdraw(token: string | null, input: { rule: string; from: string }): Promise<Outcome> {
  const isThere = (await packInUse()).rules.some(({ code }) => code === input.rule);
  const { hash: looked } = isThere ? await previewOfWithdrawal(input.rule) : { hash: '' };
  return withdrawLooked(token, { ...input, preview: looked });
}

function refusalsOf({ userErrors, ...made }: Outcome | Drafted): string[] {
  expect(Object.values(made)[0]).toBeNull();
  return userErrors.map(({ reason, path }) => `${reason} ${path.join('.')}`);
}
function made<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Nothing was made.');
  return value;
}

async function drafted(rule: object): Promise<number> {
  const { draft: kept, userErrors } = await draft(rule);
  expect(userErrors).toEqual([]);
  return made(kept).number;
}
async function published(rule: object): Promise<Version> {
  const number = await drafted(rule);
  const { hash } = await preview({ draft: number });
  const { version, userErrors } = await publish(TEST_TOKEN, { draft: number, preview: hash });
  expect(userErrors).toEqual([]);
  return made(version);
}

async function ruleInUse(code: string, token: string | null = null): Promise<RuleAnswer | null> {
  const { rule } = await ask<{ rule: RuleAnswer | null }>(
    token,
    `query ($code: String!) { rule(code: $code) { ${RULE} } }`,
    { code },
  );
  return rule;
}
interface PackAnswer {
  readonly version: string;
  readonly rules: RuleAnswer[];
}
async function packInUse(version?: string): Promise<PackAnswer> {
  const { rulePack } = await ask<{ rulePack: PackAnswer }>(
    null,
    `query ($version: String) { rulePack(version: $version) { version rules { ${RULE} } } }`,
    { version },
  );
  return rulePack;
}

/** What each rule says of a system. */
async function outcomes(id: string): Promise<Record<string, string>> {
  const { element } = await ask<{
    element: { findings: { nodes: { rule: { code: string }; outcome: string }[] } };
  }>(TEST_TOKEN, `query ($urn: URN!) { element(urn: $urn) { findings { nodes { rule { code } outcome } } } }`, {
    urn: urn(id),
  });
  return Object.fromEntries(element.findings.nodes.map(({ rule, outcome }) => [rule.code, outcome]));
}

async function events(): Promise<number> {
  const [row]: { count: number }[] = await service.database.source.query(
    'select count(*)::integer as count from rule_event',
  );
  return row?.count ?? 0;
}

describe('a rule that is checked while it is written', () => {
  interface Check {
    readonly isRight: boolean;
    readonly problemCount: number;
    readonly problems: {
      where: string;
      line: number | null;
      column: number | null;
      reason: string;
      params: object;
      messageVi: string;
      messageEn: string;
    }[];
    readonly expressions: { where: string; type: string; cost: number; fields: string[] }[];
    readonly examples: { where: string; expected: string; actual: string }[];
  }
  const check = async (rule: object, token = ARCHITECT): Promise<Check> => {
    const { checkRule } = await ask<{ checkRule: Check }>(
      token,
      `query ($rule: JSON!) { checkRule(rule: $rule) { isRight problemCount
        problems { where line column reason params messageVi messageEn }
        expressions { where type cost fields } examples { where expected actual } } }`,
      { rule },
    );
    return checkRule;
  };

  it('is told everything that is wrong in two languages, with its place and what was probably meant', async () => {
    const wrong = await check(ruleWith({}, { expression: 'self.hostng == "CITY_DATA_CENTRE"' }));
    expect(wrong.isRight).toBe(false);
    expect(wrong.problems[0]).toEqual({
      where: 'cases[0].expression',
      line: 1,
      column: 5,
      reason: 'UNKNOWN_FIELD',
      params: { name: 'hostng', suggestion: 'hosting' },
      messageVi: 'Không có dữ kiện "hostng" ở đây. Có phải ý bạn là "hosting"?',
      messageEn: 'There is no fact "hostng" here. Did you mean "hosting"?',
    });
    expect(wrong.problemCount).toBe(wrong.problems.length);
  });

  it('is told what it reads and costs, and what its examples give', async () => {
    const { isRight, problems, expressions, examples } = await check(ruleWith());
    expect([isRight, problems]).toEqual([true, []]);
    expect(expressions.map(({ where, type, fields }) => [where, type, fields])).toEqual([
      ['cases[0].expression SYSTEM', 'BOOLEAN', ['hosting']],
      ['cases[0].expression PROJECT', 'BOOLEAN', ['hosting']],
    ]);
    expect(expressions[0]?.cost).toBeGreaterThan(0);
    expect(examples).toContainEqual({ where: 'cases[0] SYSTEM examples[1]', expected: 'FAIL', actual: 'FAIL' });
  });

  it('may be any rule of the shipped pack, which are all right', async () => {
    for (const { code } of (await packInUse()).rules) {
      expect([code, (await check(shipped(code))).problems]).toEqual([code, []]);
    }
  });

  it('is checked for whoever speaks for the city alone', async () => {
    for (const token of [null, OFFICER]) {
      await expect(
        ask(token, 'query ($rule: JSON!) { checkRule(rule: $rule) { isRight } }', { rule: {} }),
      ).rejects.toThrow('NOT_PERMITTED');
    }
  });
});

describe('a draft', () => {
  it.each<[string, string, object]>([
    [
      'RULE_WRONG rule.cases.0.expression',
      'cases[0].expression 1:5',
      ruleWith({}, { expression: 'self.hostng == "x"' }),
    ],
    ['RULE_WRONG rule.cases.0.expression', 'đơn vị tính', ruleWith({}, { expression: COSTLY() })],
    ['RULE_WRONG rule.citations', 'danh sách không rỗng', ruleWith({ citations: [] })],
    ['RULE_WRONG rule.title.en', 'văn bản không trống', ruleWith({ title: { vi: 'Chỉ tiếng Việt' } })],
    ['RULE_WRONG rule.cases.0', 'Thiếu ví dụ', ruleWith({}, { examples: [] })],
    [
      'RULE_WRONG rule.cases.0.examples.0',
      'Ví dụ ghi PASS',
      ruleWith({}, { examples: [{ outcome: 'PASS', facts: { hosting: 'AGENCY_SERVER' } }] }),
    ],
  ])('is refused where it is wrong (%s: %s), and nothing is kept', async (place, sentence, rule) => {
    const before = await events();
    const outcome = await draft(rule);
    expect(refusalsOf(outcome)).toContain(place);
    expect(outcome.userErrors.map(({ message }) => message).join('\n')).toContain(sentence);
    expect(await events()).toBe(before);
  });

  it('is kept, changes no finding, and is read by whoever speaks for the city', async () => {
    const [pack, before] = [await packInUse(), await outcomes('qt-tai-cho')];
    const { draft: kept, userErrors } = await draft(ruleWith());
    expect([userErrors, kept]).toEqual([
      [],
      { number: expect.any(Number), code: 'R-90', replaces: null, draftedBy: 'architect' },
    ]);
    expect([await packInUse(), await outcomes('qt-tai-cho')]).toEqual([pack, before]);
    const drafts = '{ ruleDrafts { totalCount nodes { number code rule isStale } } }';
    const { ruleDrafts } = await ask<{ ruleDrafts: { nodes: { number: number; rule: { code: string } }[] } }>(
      TEST_TOKEN,
      drafts,
    );
    expect(ruleDrafts.nodes).toContainEqual(
      expect.objectContaining({
        number: kept?.number,
        rule: expect.objectContaining({ code: 'R-90' }),
        isStale: false,
      }),
    );
    for (const token of [null, OFFICER]) await expect(ask(token, drafts)).rejects.toThrow('NOT_PERMITTED');
  });

  it('is the architecture office’s alone, is kept once a key, and not at all on a dry run', async () => {
    for (const token of [null, OFFICER, TEST_TOKEN]) {
      expect(refusalsOf(await draft(ruleWith(), {}, token))).toEqual(['NOT_PERMITTED ']);
    }
    const before = await events();
    expect((await draft(ruleWith(), { dryRun: true })).draft?.code).toBe('R-90');
    expect(await events()).toBe(before);
    const first = await draft(ruleWith(), { idempotencyKey: 'một lần' });
    expect(await draft(ruleWith(), { idempotencyKey: 'một lần' })).toEqual(first);
    expect(await events()).toBe(before + 1);
    expect(refusalsOf(await draft(ruleWith({ tier: 2 }), { idempotencyKey: 'một lần' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
  });
});

/** Quantifiers within each other over all flows: more than any rule may take. */
function COSTLY(): string {
  return 'self.flows.all(a, self.flows.all(b, self.flows.all(c, a.urn == b.urn && b.urn == c.urn)))';
}

describe('a rule that is published', () => {
  it('is looked at before by somebody else, and is asked from then on', async () => {
    const number = await drafted(ruleWith());
    const looked = await preview({ draft: number });
    expect(looked.changes.nodes).toEqual(
      expect.arrayContaining([
        { element: { urn: urn('qt-tai-cho') }, before: null, after: 'FAIL' },
        { element: { urn: urn('qt-tap-trung') }, before: null, after: 'PASS' },
      ]),
    );
    expect(looked.byAgency).toContainEqual({ agency: { urn: urn('so-quy-tac') }, newlyFailing: 1, changed: 2 });
    const input = { draft: number, preview: looked.hash };
    for (const token of [null, OFFICER, ARCHITECT]) {
      expect(refusalsOf(await publish(token, input))).toEqual(['NOT_PERMITTED ']);
    }
    expect(refusalsOf(await publish(TEST_TOKEN, { ...input, document: null }))).toEqual(['VALUE_MISSING document']);
    const stale = await publish(TEST_TOKEN, { draft: number, preview: 'khác' });
    expect(refusalsOf(stale)).toEqual(['RULE_PREVIEW_STALE preview']);
    expect(stale.preview).toEqual(looked);

    const before = await packInUse();
    const tried = await publish(TEST_TOKEN, { ...input, dryRun: true });
    expect(tried.version?.rule.code).toBe('R-90');
    expect(await packInUse()).toEqual(before);

    const { version, preview: told, userErrors } = await publish(TEST_TOKEN, { ...input, idempotencyKey: 'R-90' });
    expect([userErrors, told]).toEqual([[], looked]);
    expect(version).toMatchObject({ publishedOn: TODAY, publishedBy: 'administrator', replaces: null });
    expect(version?.previewHash).toBe(looked.hash);
    expect(await outcomes('qt-tai-cho')).toMatchObject({ 'R-90': 'FAIL' });
    expect(await outcomes('qt-tap-trung')).toMatchObject({ 'R-90': 'PASS' });
    const after = await packInUse();
    expect(after.version).toBe(`2026.1+${version?.version}`);
    expect(after.rules.map(({ code }) => code)).toEqual([...before.rules.map(({ code }) => code), 'R-90']);

    expect((await publish(TEST_TOKEN, { ...input, idempotencyKey: 'R-90' })).version).toEqual(version);
    expect(refusalsOf(await publish(TEST_TOKEN, input))).toEqual(['RULE_DRAFT_PUBLISHED draft']);
    expect(refusalsOf(await publish(TEST_TOKEN, { ...input, draft: 999_999 }))).toEqual(['RULE_DRAFT_UNKNOWN draft']);
  });

  it('takes the place of the one that is shipped; both stay readable', async () => {
    const rule = shipped('R-16');
    const [original] = await versionsOf('R-16');
    expect(original).toMatchObject({ version: '2026.1', publishedOn: null, publishedBy: null });
    const before = await packInUse();
    const version = await published({ ...rule, severity: 'CRITICAL', title: { ...rule.title, vi: 'Bản mới' } });
    expect(version).toMatchObject({ replaces: '2026.1', rule: { severity: 'CRITICAL', titleVi: 'Bản mới' } });
    const after = await packInUse();
    expect(after.rules.map(({ code }) => code)).toEqual(before.rules.map(({ code }) => code));
    expect(after.rules.find(({ code }) => code === 'R-16')).toMatchObject({ version: version.version });
    expect(await packInUse(before.version)).toEqual(before);
    expect((await packInUse('2026.1')).rules.every(({ version: its }) => its === '2026.1')).toBe(true);
    expect(await versionsOf('R-16')).toEqual([original, { ...version, reason: null }]);
    expect(await versionsOf('R-16', ARCHITECT)).toEqual([original, version]);
    await expect(packInUse('2026.1+999999')).rejects.toThrow('RULE_PACK_UNKNOWN');
  });

  it('is not what was drafted from a version that is not in use any more', async () => {
    const old = await drafted(ruleWith({ severity: 'MINOR' }));
    await published(ruleWith({ severity: 'INFO' }));
    const { hash } = await preview({ draft: old });
    expect(refusalsOf(await publish(TEST_TOKEN, { draft: old, preview: hash }))).toEqual(['RULE_VERSION_STALE draft']);
    const { ruleDrafts } = await ask<{ ruleDrafts: { nodes: { number: number; isStale: boolean }[] } }>(
      ARCHITECT,
      '{ ruleDrafts(first: 500) { nodes { number isStale } } }',
    );
    expect(ruleDrafts.nodes).toContainEqual({ number: old, isStale: true });
  });

  it('is looked at again where it would do something else by now', async () => {
    const number = await drafted(ruleWith({ severity: 'MAJOR', tier: 2 }));
    const { hash } = await preview({ draft: number });
    await ask(
      TEST_TOKEN,
      `mutation ($operations: [ChangeOperationInput!]!) {
        commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason } } }`,
      { operations: [hosted('qt-moi', 'AGENCY_SERVER')] },
    );
    // Of what stays as it is nobody has to look again.
    expect((await preview({ draft: number })).hash).toBe(hash);
    const other = await drafted(
      ruleWith({ severity: 'MAJOR' }, { expression: 'self.hosting != "PUBLIC_CLOUD"', examples: PUBLIC }),
    );
    const first = await preview({ draft: other });
    await ask(
      TEST_TOKEN,
      `mutation ($operations: [ChangeOperationInput!]!) {
        commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason } } }`,
      { operations: [hosted('qt-moi-2', 'AGENCY_SERVER')] },
    );
    const outcome = await publish(TEST_TOKEN, { draft: other, preview: first.hash });
    expect(refusalsOf(outcome)).toEqual(['RULE_PREVIEW_STALE preview']);
    const again = made(outcome.preview);
    expect(again.newlyPassing).toBe(first.newlyPassing + 1);
    expect((await publish(TEST_TOKEN, { draft: other, preview: again.hash, dryRun: true })).userErrors).toEqual([]);
  });

  it('is refused where the landscape moved on under each look at it, and nothing is recorded', async () => {
    const number = await drafted({ ...ruleWith({ tier: 2 }), code: 'R-92' });
    const { hash } = await preview({ draft: number });
    const other = await openBeside(service);
    const checks = other.part(RuleCheckReader);
    let commits = 0;
    // Somebody is faster each time: between what is looked at and the lock he commits.
    const overtaken: RuleCheckReader = Object.assign(Object.create(checks), {
      preview: async (...given: Parameters<typeof checks.preview>): Promise<SeenRulePreview> => {
        const seen = await checks.preview(...given);
        const value = `Lần ${(commits += 1)}`;
        const operations: Operation[] = [{ op: 'UPDATE', urn: urnOf('qt-tai-cho'), path: 'description', value }];
        await other.part(ChangeSetWriter).commit({ operations, reason: 'Kiểm thử', source: 'USER' }, ADMINISTRATOR);
        return seen;
      },
    });
    const writer = new RuleWriter(
      other.part(RuleLedger),
      other.part(LandscapeReader),
      other.part(RulePackReader),
      overtaken,
    );
    const before = await events();
    const looked: string[] = [];
    const asked = { draft: number, preview: hash, reason: 'Đã rà soát', document: '20/QĐ-SKHCN', dryRun: false };
    const publishing = writer.publish(
      asked,
      { actor: ADMINISTRATOR, language: 'VI' },
      {
        draftOf: (draft) => other.part(RuleReader).draft(draft),
        look: (seen) => looked.push(seen.hash),
      },
    );
    await expect(publishing).rejects.toThrow('RULE_PREVIEW_STALE');
    await other.close();
    expect([commits, looked]).toEqual([3, [hash]]);
    expect(await events()).toBe(before);
    expect(await ruleInUse('R-92')).toBeNull();
    // Once nobody writes any more, what was looked at still holds, for none of it changed what the rule does.
    expect((await publish(TEST_TOKEN, { draft: number, preview: hash })).userErrors).toEqual([]);
    expect((await withdraw(TEST_TOKEN, { rule: 'R-92', from: TODAY })).userErrors).toEqual([]);
  });

  it('is looked at anew where something moved on after the first look, and not by whoever publishes', async () => {
    const number = await drafted({ ...ruleWith({ tier: 2 }), code: 'R-93' });
    const { hash } = await preview({ draft: number });
    const other = await openBeside(service);
    const commit = async (operation: Operation): Promise<void> => {
      const request = { operations: [operation], reason: 'Kiểm thử', source: 'USER' as const };
      await other.part(ChangeSetWriter).commit(request, ADMINISTRATOR);
    };
    // The service has just looked at the head, so that it learns of it under the lock alone.
    await ask(TEST_TOKEN, '{ landscape { revision } }');
    await commit({ op: 'UPDATE', urn: urnOf('qt-tai-cho'), path: 'attributes.hosting', value: 'CITY_DATA_CENTRE' });
    const before = await events();
    const moved = await publish(TEST_TOKEN, { draft: number, preview: hash });
    expect(refusalsOf(moved)).toEqual(['RULE_PREVIEW_STALE preview']);
    expect(made(moved.preview).hash).not.toBe(hash);
    expect(await events()).toBe(before);
    await commit({ op: 'UPDATE', urn: urnOf('qt-tai-cho'), path: 'attributes.hosting', value: 'AGENCY_SERVER' });
    const same = await publish(TEST_TOKEN, { draft: number, preview: hash, dryRun: true });
    expect(same.userErrors).toEqual([]);
    await other.close();
  });

  it('and what was said of it can not be changed, not even in the database', async () => {
    for (const statement of [
      `update rule_event set reason = 'khác' where kind = 'PUBLISHED'`,
      'delete from rule_event',
      'truncate rule_event',
    ]) {
      await expect(service.database.source.query(statement)).rejects.toThrow('neither changed nor taken back');
    }
  });

  it('stays with a backup', async () => {
    const { source } = service.database;
    const other = await freshDatabase();
    await restoreLines(other.source, backupLines(source));
    expect(await databaseHash(other.source)).toBe(await databaseHash(source));
    await other.close();
  });
});

const PUBLIC = [
  { outcome: 'PASS', facts: { hosting: 'AGENCY_SERVER' } },
  { outcome: 'FAIL', facts: { hosting: 'PUBLIC_CLOUD' } },
];

async function versionsOf(code: string, token: string | null = null): Promise<Version[]> {
  const { ruleVersions } = await ask<{ ruleVersions: { nodes: Version[] } }>(
    token,
    `query ($code: String!) { ruleVersions(code: $code, first: 500) { nodes { ${VERSION} } } }`,
    { code },
  );
  return ruleVersions.nodes;
}

describe('a citation', () => {
  const PROPOSAL = {
    title: 'Phần mềm theo quy tắc mới',
    agency: urn('so-quy-tac'),
    investmentForm: 'RECURRENT_BUDGET',
    workType: 'BUILD',
    decidedOn: TODAY,
    components: [{ name: 'Phần mềm theo quy tắc mới', layer: 3 }],
    answers: [{ field: 'hosting', value: 'AGENCY_SERVER' }],
  };
  async function isBinding(): Promise<boolean> {
    const { checkProposal } = await ask<{ checkProposal: { check: { isBinding: boolean } } }>(
      TEST_TOKEN,
      'query ($input: ProposalInput!) { checkProposal(input: $input) { check { isBinding } } }',
      { input: PROPOSAL },
    );
    return checkProposal.check.isBinding;
  }

  it('that nobody has verified lets its rule warn; by its verification, by name, the rule binds', async () => {
    const { version, rule } = await published(ruleWith());
    expect(rule).toMatchObject({ enforcement: 'WARN', enforcementAsked: 'ENFORCE' });
    expect(await isBinding()).toBe(false);
    const input = { rule: 'R-90', version, citation: 0, verifiedBy: 'Nguyễn Văn A, Phòng Pháp chế' };
    for (const token of [null, OFFICER]) expect(refusalsOf(await verify(token, input))).toEqual(['NOT_PERMITTED ']);
    const refused: readonly [object, string][] = [
      [{ rule: 'R-99' }, 'RULE_UNKNOWN rule'],
      [{ version: '1' }, 'RULE_VERSION_STALE version'],
      [{ citation: 1 }, 'VALUE_OUT_OF_BOUNDS citation'],
      [{ verifiedBy: ' ' }, 'VALUE_MISSING verifiedBy'],
      [{ document: null }, 'VALUE_MISSING document'],
    ];
    for (const [more, expected] of refused) {
      expect(refusalsOf(await verify(ARCHITECT, { ...input, ...more }))).toEqual([expected]);
    }
    const outcome = await verify(ARCHITECT, input);
    expect(outcome.userErrors).toEqual([]);
    const verified = { verification: 'VERIFIED_AGAINST_SIGNED_TEXT', verifiedOn: TODAY };
    expect(await ruleInUse('R-90', OFFICER)).toMatchObject({
      version,
      enforcement: 'ENFORCE',
      citation: { ...verified, verifiedBy: input.verifiedBy },
    });
    // Which person it was is a matter among officials.
    expect((await ruleInUse('R-90'))?.citation).toEqual({ ...verified, verifiedBy: null });
    expect(await isBinding()).toBe(true);
    expect(refusalsOf(await verify(ARCHITECT, input))).toEqual(['NOTHING_TO_DO citation']);
  });

  it('that is disputed lets its rule warn again, until it is verified anew', async () => {
    const inUse = made(await ruleInUse('R-90', OFFICER));
    expect(inUse).toMatchObject({ enforcement: 'ENFORCE' });
    const input = { rule: 'R-90', version: inUse.version, citation: 0, reason: 'Bản ký khác', document: '3/BB' };
    for (const token of [null, OFFICER]) expect(refusalsOf(await dispute(token, input))).toEqual(['NOT_PERMITTED ']);
    const refused: readonly [object, string][] = [
      [{ rule: 'R-99' }, 'RULE_UNKNOWN rule'],
      [{ version: '1' }, 'RULE_VERSION_STALE version'],
      [{ citation: 1 }, 'VALUE_OUT_OF_BOUNDS citation'],
      [{ reason: ' ' }, 'VALUE_MISSING reason'],
      [{ document: null }, 'VALUE_MISSING document'],
    ];
    for (const [more, expected] of refused) {
      expect(refusalsOf(await dispute(ARCHITECT, { ...input, ...more }))).toEqual([expected]);
    }
    const before = await events();
    const disputed = { enforcement: 'WARN', enforcementAsked: 'ENFORCE', citation: { verification: 'UNVERIFIED' } };
    const tried = await dispute(ARCHITECT, { ...input, dryRun: true });
    expect(made(tried.version).rule).toMatchObject(disputed);
    expect([await isBinding(), await events()]).toEqual([true, before]);
    const outcome = await dispute(ARCHITECT, { ...input, idempotencyKey: 'bác căn cứ' });
    expect([outcome.userErrors, made(outcome.version).rule]).toMatchObject([[], disputed]);
    expect((await dispute(ARCHITECT, { ...input, idempotencyKey: 'bác căn cứ' })).userErrors).toEqual([]);
    expect(await events()).toBe(before + 1);
    expect(await ruleInUse('R-90', OFFICER)).toMatchObject({ ...disputed, version: inUse.version });
    expect(await isBinding()).toBe(false);
    expect(refusalsOf(await dispute(ARCHITECT, input))).toEqual(['NOTHING_TO_DO citation']);
    // The version of the pack that was in use before tells what bound then.
    const { version: now } = await packInUse();
    expect(now).toMatch(new RegExp(`\\+${before + 1}$`));
    const anew = { rule: 'R-90', version: inUse.version, citation: 0, verifiedBy: 'Trần Thị B, Phòng Pháp chế' };
    expect((await verify(ARCHITECT, anew)).userErrors).toEqual([]);
    expect(await ruleInUse('R-90', OFFICER)).toMatchObject({ enforcement: 'ENFORCE' });
    expect(await isBinding()).toBe(true);
  });

  it('is verified for the next version that cites the same', async () => {
    expect((await published(ruleWith({ severity: 'CRITICAL' }))).rule.enforcement).toBe('ENFORCE');
  });
});

describe('a preview', () => {
  const elsewhere = (): object => {
    const expression = 'self.hosting in ["CITY_DATA_CENTRE", "AGENCY_SERVER"]';
    const examples = [
      { outcome: 'PASS', facts: { hosting: 'AGENCY_SERVER' } },
      { outcome: 'FAIL', facts: { hosting: 'PUBLIC_CLOUD' } },
    ];
    return ruleWith({}, { expression, examples });
  };

  it('tells which waivers would cover nothing more', async () => {
    const { requestWaiver } = await ask<{ requestWaiver: { waiver: { id: string } | null } }>(
      OFFICER,
      'mutation ($input: RequestWaiverInput!) { requestWaiver(input: $input) { waiver { id } } }',
      {
        input: {
          agency: urn('so-quy-tac'),
          rule: 'R-90',
          subjects: [urn('qt-tai-cho')],
          reason: 'Chờ chuyển',
          validTo: daysLater(TODAY, 30),
        },
      },
    );
    const { id } = made(requestWaiver.waiver);
    expect((await preview({ rule: elsewhere() })).orphanedWaivers.totalCount).toBe(0);
    await ask(
      TEST_TOKEN,
      'mutation ($input: DecideWaiverInput!) { decideWaiver(input: $input) { userErrors { reason } } }',
      { input: { waiver: id, decision: 'APPROVE', reason: 'Đồng ý', document: '1/QĐ' } },
    );
    const { orphanedWaivers, changes, newlyPassing } = await preview({ rule: elsewhere() });
    expect(orphanedWaivers).toEqual({ totalCount: 1, nodes: [{ waiver: { id }, failing: 1 }] });
    expect(changes.nodes).toContainEqual({ element: { urn: urn('qt-tai-cho') }, before: 'FAIL', after: 'PASS' });
    expect(newlyPassing).toBe(changes.nodes.filter(({ after }) => after === 'PASS').length);
  });

  it('is cut into pages, by what changes', async () => {
    const page = `query ($rule: JSON, $after: String) { previewRule(rule: $rule) {
      changes(kind: NEWLY_PASSING, first: 1, after: $after) { totalCount nodes { element { urn } }
        pageInfo { hasNextPage endCursor } } } }`;
    interface Page {
      readonly previewRule: {
        changes: {
          totalCount: number;
          nodes: { element: { urn: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
    }
    const whole = await preview({ rule: elsewhere() });
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const { changes } = (await ask<Page>(TEST_TOKEN, page, { rule: elsewhere(), after })).previewRule;
      seen.push(...changes.nodes.map(({ element }) => element.urn));
      expect(changes.totalCount).toBe(whole.newlyPassing);
      if (!changes.pageInfo.hasNextPage) break;
      after = changes.pageInfo.endCursor;
    }
    expect(seen).toEqual(
      whole.changes.nodes.filter(({ after: to }) => to === 'PASS').map(({ element }) => element.urn),
    );
  });

  it('is refused to whoever does not speak for the city, and of what is wrong or asked twice', async () => {
    for (const token of [null, OFFICER])
      await expect(preview({ rule: ruleWith() }, token)).rejects.toThrow('NOT_PERMITTED');
    await expect(preview({ rule: ruleWith({ citations: [] }) })).rejects.toThrow('RULE_WRONG');
    await expect(preview({ rule: ruleWith(), draft: 1 })).rejects.toThrow('ARGUMENTS_EXCLUSIVE');
    await expect(preview({ draft: 999_999 })).rejects.toThrow('RULE_DRAFT_UNKNOWN');
  });
});

describe('the work of previews', () => {
  it('is taken from what a request may take, and is refused past it', async () => {
    const expression = 'self.flows.all(f, f.channels.all(c, c != "FILE")) && self.hosting == "CITY_DATA_CENTRE"';
    const facts = { hosting: 'CITY_DATA_CENTRE', flows: [] };
    const rule = ruleWith(
      { code: 'R-60A' },
      {
        appliesTo: ['SYSTEM'],
        expression,
        examples: [
          { outcome: 'PASS', facts },
          { outcome: 'FAIL', facts: { ...facts, hosting: 'AGENCY_SERVER' } },
        ],
      },
    );
    const previews = (count: number): string =>
      `query ($rule: JSON) { ${Array.from({ length: count }, (_, at) => `p${at}: previewRule(rule: $rule) { hash }`).join(' ')} }`;
    await ask(TEST_TOKEN, previews(1), { rule });
    await expect(ask(TEST_TOKEN, previews(6), { rule })).rejects.toThrow('WORK_EXHAUSTED');
  });
});

describe('the preview of a withdrawal', () => {
  it('tells which failures nobody would be told of, and which waivers would cover nothing more', async () => {
    const before = await previewOfWithdrawal('R-90');
    expect(before.newlyFailing).toBe(0);
    expect(before.changes.totalCount).toBeGreaterThan(0);
    expect(before.changes.nodes).toContainEqual({
      element: { urn: urn('qt-tai-cho') },
      before: 'FAIL',
      after: null,
    });
    expect(before.orphanedWaivers).toMatchObject({ totalCount: 1, nodes: [{ failing: 1 }] });
    await expect(previewOfWithdrawal('R-99')).rejects.toThrow('RULE_UNKNOWN');
    await expect(ask(TEST_TOKEN, '{ previewRule(withdrawal: "R-90", draft: 1) { hash } }')).rejects.toThrow(
      'ARGUMENTS_EXCLUSIVE',
    );
    await expect(previewOfWithdrawal('R-90', OFFICER)).rejects.toThrow('NOT_PERMITTED');
  });

  it('is looked at again where the withdrawal would do something else by now, and nothing is recorded', async () => {
    const { hash } = await previewOfWithdrawal('R-90');
    await ask(
      TEST_TOKEN,
      `mutation ($operations: [ChangeOperationInput!]!) {
        commitChangeSet(input: { operations: $operations, reason: "Kiểm thử" }) { userErrors { reason } } }`,
      { operations: [hosted('qt-rut', 'AGENCY_SERVER')] },
    );
    const recorded = await events();
    const input = { rule: 'R-90', from: daysLater(TODAY, 20) };
    const outcome = await withdrawLooked(TEST_TOKEN, { ...input, preview: hash });
    expect(refusalsOf(outcome)).toEqual(['RULE_PREVIEW_STALE preview']);
    const { hash: now, changes } = made(outcome.preview);
    expect(now).not.toBe(hash);
    expect(changes.nodes.map(({ element }) => element.urn)).toContain(urn('qt-rut'));
    expect(await events()).toBe(recorded);
    const dry = await withdrawLooked(TEST_TOKEN, { ...input, preview: now, dryRun: true });
    expect([dry.userErrors, dry.preview?.hash]).toEqual([[], now]);
    // The preview of another act is none of this one.
    const draft = await preview({ rule: ruleWith() });
    expect(refusalsOf(await withdrawLooked(TEST_TOKEN, { ...input, preview: draft.hash }))).toEqual([
      'RULE_PREVIEW_STALE preview',
    ]);
    expect(await events()).toBe(recorded);
  });
});

describe('a rule that is withdrawn', () => {
  it('is not asked from that day on', async () => {
    const input = { rule: 'R-90', from: TODAY };
    for (const token of [null, OFFICER, ARCHITECT]) {
      expect(refusalsOf(await withdraw(token, input))).toEqual(['NOT_PERMITTED ']);
    }
    expect(refusalsOf(await withdraw(TEST_TOKEN, { ...input, from: daysLater(TODAY, -1) }))).toEqual([
      'VALUE_OUT_OF_BOUNDS from',
    ]);
    expect(refusalsOf(await withdraw(TEST_TOKEN, { ...input, from: '2027' }))).toEqual(['VALUE_OF_WRONG_TYPE from']);
    expect(refusalsOf(await withdraw(TEST_TOKEN, { ...input, rule: 'R-99' }))).toEqual(['RULE_UNKNOWN rule']);
    const later = daysLater(TODAY, 10);
    expect((await withdraw(TEST_TOKEN, { ...input, from: later })).version?.rule).toMatchObject({
      withdrawnFrom: later,
      effectiveTo: daysLater(TODAY, 9),
    });
    expect(await outcomes('qt-tai-cho')).toHaveProperty('R-90');
    expect(refusalsOf(await withdraw(TEST_TOKEN, { ...input, from: later }))).toEqual(['NOTHING_TO_DO from']);

    const { version } = await withdraw(TEST_TOKEN, input);
    expect(version?.rule).toMatchObject({ withdrawnFrom: TODAY, effectiveTo: daysLater(TODAY, -1) });
    expect(await outcomes('qt-tai-cho')).not.toHaveProperty('R-90');
    expect(await ruleInUse('R-90')).toMatchObject({ withdrawnFrom: TODAY });
  });

  it('may be one that is shipped', async () => {
    expect(await outcomes('qt-tai-cho')).toHaveProperty('R-19');
    expect((await withdraw(TEST_TOKEN, { rule: 'R-19', from: TODAY })).userErrors).toEqual([]);
    expect(await outcomes('qt-tai-cho')).not.toHaveProperty('R-19');
    expect((await ruleInUse('R-19'))?.version).toBe('2026.1');
  });
});

describe('a rule that is withdrawn before it took effect', () => {
  it.each([0, 60])('leaves the pack, and all others stay in use (first day of effect in %i days)', async (days) => {
    const code = `R-8${days}`;
    const before = (await packInUse()).rules;
    await published(ruleWith({ code, effectiveFrom: daysLater(TODAY, days) }));
    const { hash: looked } = await previewOfWithdrawal(code);
    const input = { rule: code, from: TODAY, preview: looked, idempotencyKey: `rút ${code} ${days}` };
    const { version, userErrors } = await withdrawLooked(TEST_TOKEN, input);
    const recorded = await events();
    expect(await withdrawLooked(TEST_TOKEN, input)).toMatchObject({ version, userErrors: [] });
    expect(await events()).toBe(recorded);
    expect(userErrors).toEqual([]);
    expect(version?.rule).toMatchObject({ code, withdrawnFrom: TODAY });
    expect((await packInUse()).rules).toEqual(before);
    expect(await ruleInUse(code)).toBeNull();
    expect(await outcomes('qt-tai-cho')).toHaveProperty('R-16');
    expect(await versionsOf(code)).toHaveLength(1);
    expect(refusalsOf(await withdraw(TEST_TOKEN, { rule: code, from: daysLater(TODAY, 90) }))).toEqual([
      'NOTHING_TO_DO from',
    ]);
  });

  it('leaves the pack for who starts anew too, and is told from what would leave something wrong', async () => {
    const config = readConfig({ KHUNG_ADMIN_TOKEN: 'not served' });
    const other = await NestFactory.create(AppModule.forRoot(config, service.database), { logger: false });
    await other.init();
    await other.get(LandscapeReader).lookNow();
    const packs = other.get(RulePackReader);
    expect(packs.checked.pack.version).toBe((await packInUse()).version);
    expect(packs.checked.rules.map(({ rule }) => rule.code)).not.toContain('R-80');

    const last = await service.database.source.manager.findOneOrFail(RuleEventRow, {
      where: { kind: 'PUBLISHED' },
      order: { number: 'DESC' },
    });
    const problems = (more: object): object[] => {
      const row = Object.assign(new RuleEventRow(), last, {
        number: last.number + 100,
        rule: ruleWith({ code: last.code, ...more }),
      });
      return packs.problemsAfter(row).map(({ where, reason }) => [where, reason]);
    };
    expect(problems({})).toEqual([]);
    expect(problems({ effectiveTo: '2025-01-01' })).toEqual([[last.code, 'DATES_REVERSED']]);
    await other.close();
  });
});

describe('a version that would be in effect on fewer days', () => {
  it('is refused: the law of the other days would be asked of nobody', async () => {
    const later = await draft({ ...shipped('R-24'), effectiveFrom: daysLater(TODAY, 200) });
    expect(refusalsOf(later)).toEqual(['RULE_WRONG rule.effectiveFrom']);
    expect(later.userErrors[0]?.message).toContain('withdrawRule');
    const shorter = await draft({ ...shipped('R-24'), effectiveTo: daysLater(TODAY, 200) });
    expect(refusalsOf(shorter)).toEqual(['RULE_WRONG rule.effectiveTo']);
    const own = await draft({ ...shipped('R-24'), code: 'R-24.2027', effectiveFrom: daysLater(TODAY, 200) });
    expect(own.userErrors).toEqual([]);
  });
});

describe('an answer that is kept', () => {
  it('is worked out anew once the rules are others', async () => {
    const document = `{ element(urn: "${urn('qt-tai-cho')}") { findings { nodes { rule { code } } } } }`;
    const { registerTrustedDocument } = await ask<{
      registerTrustedDocument: { trustedDocument: { id: string } | null; userErrors: UserError[] };
    }>(
      TEST_TOKEN,
      `mutation ($input: RegisterTrustedDocumentInput!) {
        registerTrustedDocument(input: $input) { trustedDocument { id } userErrors { reason path message } } }`,
      { input: { name: 'Kết quả theo quy tắc', document } },
    );
    expect(registerTrustedDocument.userErrors).toEqual([]);
    const { id } = made(registerTrustedDocument.trustedDocument);
    const codes = async (): Promise<string> => {
      const response = await fetch(`${service.url}/q/${id}`, { headers: { authorization: `Bearer ${TEST_TOKEN}` } });
      return response.text();
    };
    const before = await codes();
    expect(await codes()).toBe(before);
    await published({ ...ruleWith(), code: 'R-91' });
    expect(await codes()).toContain('R-91');
    expect(before).not.toContain('R-91');
  });
});

describe('what another process publishes', () => {
  it('is in use here as soon as the head is looked at again', async () => {
    const config = readConfig({ KHUNG_ADMIN_TOKEN: 'not served' });
    const other = await NestFactory.create(AppModule.forRoot(config, service.database), { logger: false });
    await other.init();
    const { schema } = other.get(GraphQLSchemaHost);
    const version = async (): Promise<unknown> => {
      const contextValue = { actor: ADMINISTRATOR, language: 'VI' };
      const { data } = await execute({ schema, document: parse('{ rulePack { version } }'), contextValue });
      return JSON.parse(JSON.stringify(data));
    };
    const { version: before } = await packInUse();
    expect(await version()).toEqual({ rulePack: { version: before } });
    await published({ ...ruleWith({ severity: 'MINOR' }), code: 'R-91' });
    const { version: after } = await packInUse();
    expect(after).not.toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await version()).toEqual({ rulePack: { version: after } });
    await other.close();
  });
});
