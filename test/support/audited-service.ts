import { daysLater } from '../../src/core/landscape/calendar-day.js';
import { readReferenceRulePack } from '../../src/runtime/reference-file.js';
import { todayInVietnam } from '../../src/runtime/today.js';
import { TEST_TOKEN, startTestService } from './service.js';
import type { TestService } from './service.js';

export const OFFICER = 'officer-of-the-audited';
export const ARCHITECT = 'architect-of-the-audited';

const urn = (id: string): string => `urn:khung:${id}`;
const system = (id: string): object[] => [
  {
    op: 'ADD',
    urn: urn(id),
    value: { kind: 'SYSTEM', name: `Phần mềm ${id}`, attributes: { hosting: 'AGENCY_SERVER' } },
  },
  { op: 'ADD', urn: urn(`${id}.chu`), value: { kind: 'OWNED_BY', source: urn(id), target: urn('so-kt') } },
];

/** Does something by a mutation, which must not be refused; the id of what it made, where it tells one. */
async function act(
  service: TestService,
  token: string,
  [name, type, fields]: readonly [string, string, string],
  input: object,
): Promise<string> {
  const { outcome } = await service.askAs<{ outcome: { userErrors: object[]; made?: { id?: string } | null } }>(
    token,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { ${fields} userErrors { reason path message } } }`,
    { input },
  );
  expect(outcome.userErrors).toEqual([]);
  return outcome.made?.id ?? '';
}

/** Commits a change of the landscape as the administrator. */
export function commit(service: TestService, ...operations: readonly object[]): Promise<string> {
  const commands = ['commitChangeSet', 'CommitChangeSetInput', 'revision'] as const;
  return act(service, TEST_TOKEN, commands, { operations, reason: 'Kiểm thử' });
}

/** A service in which something of every kind that is recorded happened: two rows in each ledger at least. */
export async function startAuditedService(): Promise<TestService> {
  const service = await startTestService({}, [
    { token: OFFICER, kind: 'OFFICER', agency: urn('so-kt') },
    { token: ARCHITECT, kind: 'ARCHITECT' },
  ]);
  const done = (token: string, mutation: readonly [string, string, string], input: object): Promise<string> =>
    act(service, token, mutation, input);
  const agency = { kind: 'AGENCY', name: 'Sở Kiểm thử', level: 'DEPARTMENT' };
  await commit(service, { op: 'ADD', urn: urn('so-kt'), value: agency }, ...system('kt-a'), ...system('kt-b'));
  // Those that wait for each other share a transaction.
  await Promise.all(
    ['mot', 'hai', 'ba'].map((name) => commit(service, { op: 'UPDATE', urn: urn('kt-a'), path: 'name', value: name })),
  );
  const waiver = await done(OFFICER, ['requestWaiver', 'RequestWaiverInput', 'made: waiver { id }'], {
    agency: urn('so-kt'),
    rule: 'R-16',
    subjects: [urn('kt-a')],
    reason: 'Chờ nâng cấp',
    compensatingMeasure: 'Sao lưu hằng ngày',
    validTo: daysLater(todayInVietnam(), 60),
  });
  await done(TEST_TOKEN, ['decideWaiver', 'DecideWaiverInput', 'made: waiver { id }'], {
    waiver,
    decision: 'APPROVE',
    reason: 'Đồng ý',
    document: '15/QĐ-SKHCN',
  });
  const submitted = { subject: urn('kt-a'), kind: 'exitPlan', link: 'https://hoso.hochiminhcity.gov.vn/1', note: 'Ký' };
  const evidence = ['submitEvidence', 'SubmitEvidenceInput', 'made: evidence { id }'] as const;
  await done(OFFICER, evidence, submitted);
  await done(OFFICER, evidence, { ...submitted, subject: urn('kt-b') });
  const opened = await done(ARCHITECT, ['openDuplicateCase', 'OpenDuplicateCaseInput', 'made: case { id }'], {
    subject: urn('kt-a'),
    match: urn('kt-b'),
    reason: 'Cùng chức năng',
  });
  await done(ARCHITECT, ['decideDuplicateCase', 'DecideDuplicateCaseInput', 'made: case { id }'], {
    case: opened,
    state: 'CONFIRMED',
    expectedState: 'OPEN',
    reason: 'Trùng',
    avoidedCost: 9_000_000_000,
  });
  const { rules } = readReferenceRulePack('hcmc/rule-pack.json') as { rules: { code: string }[] };
  const rule = rules.find(({ code }) => code === 'R-16');
  const draft = ['draftRule', 'DraftRuleInput', 'draft { number }'] as const;
  await done(ARCHITECT, draft, { rule: { ...rule, severity: 'MINOR' }, reason: 'Nhẹ hơn' });
  await done(ARCHITECT, draft, { rule: { ...rule, severity: 'CRITICAL' }, reason: 'Nặng hơn' });
  const attest = ['attest', 'AttestInput', 'revision'] as const;
  await done(OFFICER, attest, { agency: urn('so-kt'), confirmed: [urn('kt-a')] });
  await done(OFFICER, attest, { agency: urn('so-kt'), confirmed: [urn('kt-b')], note: 'Đã rà soát' });
  return service;
}
