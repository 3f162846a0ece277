/** Something of every kind that a release records, done by its own doors. */
import { join } from 'node:path';

export const [ADMINISTRATOR, OFFICER, ARCHITECT] = ['administrator', 'officer', 'architect'];

const urn = (id) => `urn:khung:${id}`;
/** Whose officer the officer is. */
export const AGENCY = urn('so-phat-hanh-truoc');

/** The data that a query asks for. */
export async function ask(service, token, query, variables = {}) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** Does something by a mutation, which must not be refused. */
async function act(service, token, [name, type, made], input) {
  const query = `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${made} userErrors { reason path message } } }`;
  const { done } = await ask(service, token, query, { input });
  if (done.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(done.userErrors)}`);
  return done.made?.id;
}

const commit = (service, reason, ...operations) =>
  act(service, ADMINISTRATOR, ['commitChangeSet', 'CommitChangeSetInput', 'revision'], { reason, operations });
const system = (id, name) => [
  { op: 'ADD', urn: urn(id), value: { kind: 'SYSTEM', name, attributes: { hosting: 'AGENCY_SERVER' } } },
  { op: 'ADD', urn: urn(`${id}.chu`), value: { kind: 'OWNED_BY', source: urn(id), target: AGENCY } },
];
const DEFINITION = {
  kind: 'ATTRIBUTE_DEFINITION',
  key: 'soQuay',
  type: 'INTEGER',
  appliesTo: ['SYSTEM'],
  nameVi: 'Số quầy',
  nameEn: 'Counters',
  questionVi: 'Có bao nhiêu quầy?',
  questionEn: 'How many counters?',
  askedFrom: 'OWNER',
};

async function changeLandscape(service) {
  const agency = { kind: 'AGENCY', name: 'Sở của bản phát hành trước', level: 'DEPARTMENT' };
  await commit(service, 'Thêm một sở', { op: 'ADD', urn: AGENCY, value: agency }, ...system('pht-mot', 'Phần mềm một'));
  await commit(service, 'Thêm phần mềm', ...system('pht-hai', 'Phần mềm hai'), ...system('pht-ba', 'Phần mềm ba'));
  await commit(service, 'Đổi tên', {
    op: 'UPDATE',
    urn: urn('pht-mot'),
    path: 'name',
    value: 'Phần mềm “một”, tên mới',
  });
  const removed = [urn('pht-ba.chu'), urn('pht-ba')].map((each) => ({ op: 'REMOVE', urn: each }));
  await commit(service, 'Xóa phần mềm', ...removed);
  await commit(service, 'Thêm thuộc tính', { op: 'ADD', urn: urn('attribute-so-quay'), value: DEFINITION });
  const counters = { op: 'UPDATE', urn: urn('pht-mot'), path: 'attributes.soQuay', value: 12 };
  await commit(service, 'Ghi số quầy', counters);
}

async function fillLedgers(service, release) {
  const waiver = await act(service, OFFICER, ['requestWaiver', 'RequestWaiverInput', 'made: waiver { id }'], {
    agency: AGENCY,
    rule: 'R-16',
    subjects: [urn('pht-mot')],
    reason: 'Chờ nâng cấp',
    compensatingMeasure: 'Sao lưu hằng ngày',
    validTo: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
  });
  const decision = { waiver, decision: 'APPROVE', reason: 'Đồng ý', document: '15/QĐ-SKHCN' };
  await act(service, ADMINISTRATOR, ['decideWaiver', 'DecideWaiverInput', 'made: waiver { id }'], decision);
  const evidence = {
    subject: urn('pht-mot'),
    kind: 'exitPlan',
    link: 'https://hoso.hochiminhcity.gov.vn/1',
    note: 'Ký',
  };
  await act(service, OFFICER, ['submitEvidence', 'SubmitEvidenceInput', 'made: evidence { id }'], evidence);
  const pair = { subject: urn('pht-mot'), match: urn('pht-hai'), reason: 'Cùng chức năng' };
  const opened = await act(
    service,
    ARCHITECT,
    ['openDuplicateCase', 'OpenDuplicateCaseInput', 'made: case { id }'],
    pair,
  );
  const verdict = {
    case: opened,
    state: 'CONFIRMED',
    expectedState: 'OPEN',
    reason: 'Trùng',
    avoidedCost: 9_000_000_000,
  };
  await act(service, ARCHITECT, ['decideDuplicateCase', 'DecideDuplicateCaseInput', 'made: case { id }'], verdict);
  const { readReferenceRulePack } = await import(join(release, 'dist/src/runtime/reference-file.js'));
  const { rules } = readReferenceRulePack('hcmc/rule-pack.json');
  const rule = rules.find(({ code }) => code === 'R-16');
  const draft = { rule: { ...rule, severity: 'MINOR' }, reason: 'Nhẹ hơn' };
  await act(service, ARCHITECT, ['draftRule', 'DraftRuleInput', 'draft { number }'], draft);
}

async function fillTheRest(service) {
  const campaign = { name: 'Rà soát năm', dueOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) };
  await act(
    service,
    ADMINISTRATOR,
    ['openAttestationCampaign', 'OpenAttestationCampaignInput', 'campaign { number }'],
    campaign,
  );
  await act(service, OFFICER, ['attest', 'AttestInput', 'revision'], { agency: AGENCY, confirmed: [urn('pht-mot')] });
  const operations = [{ op: 'UPDATE', urn: urn('pht-hai'), path: 'name', value: 'Phần mềm hai, nếu đổi' }];
  const thought = { name: 'Nếu đổi tên', targetDate: '2030-12-31', operations };
  await act(service, ADMINISTRATOR, ['createScenario', 'CreateScenarioInput', 'scenario { id }'], thought);
  const document = 'query Platforms { elements(filter: { kind: [PLATFORM] }) { totalCount nodes { urn name } } }';
  const trusted = ['registerTrustedDocument', 'RegisterTrustedDocumentInput', 'trustedDocument { id }'];
  await act(service, ADMINISTRATOR, trusted, { name: 'Các nền tảng', document });
  // The schema of jobs is part of what a release leaves behind.
  await act(service, ADMINISTRATOR, ['startAuditVerification', 'StartAuditVerificationInput', 'job { id }'], {});
}

/** Does all of it, and waits for what the service does of itself. */
export async function leaveBehind(service, release) {
  await changeLandscape(service);
  await fillLedgers(service, release);
  await fillTheRest(service);
  // Supervision looks every second.
  await new Promise((later) => setTimeout(later, 8_000));
}
