import { setTimeout } from 'node:timers/promises';
import { execute, parse } from 'graphql';
import { ADMINISTRATOR } from '../../src/core/access/actor.js';
import type { Actor } from '../../src/core/access/actor.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { Jobs } from '../../src/runtime/jobs.js';
import { openTestApplication } from './application.js';
import type { TestApplication } from './application.js';
import { EVIDENCE_RULES } from './evidence-rules.js';
import { city, commitsFor, isSystem, maySee } from './hidden-city.js';
import { noteInHead } from './ledgers.js';

const WAIVED_RULES = ['R-07', 'R-16', 'R-19', 'R-03', 'R-53'];

/** Waivers of a city in which only that exists which an actor sees: each agency has some, every third for all it owns. */
async function waive({ database }: TestApplication, actor: Actor | undefined): Promise<number> {
  const agencies = [...new Set(city.owners.values())];
  const sees = (urn: string): boolean => actor === undefined || maySee(actor, urn);
  const statement = `insert into waiver_event (number, waiver, kind, happened_on, agency, rule, pack, subjects, valid_from,
    valid_to, reason, author, request_hash, at) values ($1, $2, $3, '2026-01-02', $4, $5, $6, $7, $8, $9, 'Lý do',
    'officer', 'x', '2026-01-02')`;
  let number = 0;
  for (const [index, agency] of agencies.entries()) {
    const own = [...city.owners].flatMap(([urn, owner]) => (owner === agency && sees(urn) ? [urn] : []));
    for (const [at, rule] of WAIVED_RULES.entries()) {
      const isWhole = (index + at) % 3 === 0;
      if (!sees(agency) || (!isWhole && own.length === 0)) continue;
      const id = `00000000-0000-4000-8000-${String(index * WAIVED_RULES.length + at).padStart(12, '0')}`;
      const terms = [rule, 'p 1', isWhole ? null : JSON.stringify(own), '2026-01-02', '9998-12-31'];
      await database.source.query(statement, [++number, id, 'REQUESTED', agency, ...terms]);
      await database.source.query(statement, [++number, id, 'APPROVED', agency, null, null, null, null, null]);
    }
  }
  await noteInHead(database.source, 'waivers');
  return number;
}
/** Evidence of a city in which only that exists which an actor sees: every third system has some, half of it accepted. */
async function showEvidence({ database }: TestApplication, actor: Actor | undefined): Promise<number> {
  const systems = city.records.flatMap(({ operation, value }) => {
    return operation.op === 'ADD' && value['kind'] === 'SYSTEM' ? [operation.urn] : [];
  });
  const statement = `insert into evidence_event (number, evidence, kind, happened_on, agency, subject, evidence_kind, pack,
    link, verdict, valid_from, reason, author, request_hash, at) values ($1, $2, $3, '2026-01-02', $4, $5, $6, $7, $8, $9,
    $10, 'Lý do', 'officer', 'x', '2026-01-02')`;
  let number = 0;
  for (const [index, urn] of systems.entries()) {
    const agency = city.owners.get(urn);
    if (index % 3 > 0 || agency === undefined) continue;
    if (actor !== undefined && !(maySee(actor, urn) && maySee(actor, agency))) continue;
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const terms = [urn, 'dossier', 'p 1', 'https://hoso.vn', null, null];
    await database.source.query(statement, [++number, id, 'SUBMITTED', agency, ...terms]);
    if (index % 2 > 0) continue;
    const judged = [null, null, null, null, index % 4 === 0 ? 'MET' : 'NOT_MET', '2026-01-02'];
    await database.source.query(statement, [++number, id, 'ACCEPTED', agency, ...judged]);
  }
  await noteInHead(database.source, 'evidence');
  return number;
}

/** Cases of a city in which only that exists which an actor sees: of neighbours in the list of systems, every third decided. */
async function openCases({ database }: TestApplication, actor: Actor | undefined): Promise<number> {
  const systems = city.records.flatMap(({ operation, value }) => {
    return operation.op === 'ADD' && value['kind'] === 'SYSTEM' ? [operation.urn] : [];
  });
  const statement = `insert into duplicate_case_event (number, duplicate_case, state, happened_on, pair, subject, match,
    revision, model_version, band, score, signals, reason, author, request_hash, at) values ($1, $2, $3, '2026-01-02', $4,
    $5, $6, 1, 'm', 'OVERLAP', 0.6, '[]', 'Lý do', 'architect', 'x', '2026-01-02')`;
  const verdicts = ['CONFIRMED', 'DISMISSED', 'PARTIAL'];
  let number = 0;
  for (const [index, subject] of systems.entries()) {
    const match = systems[index + 1];
    if (match === undefined || (actor !== undefined && !(maySee(actor, subject) && maySee(actor, match)))) continue;
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const pair = [subject, match].toSorted().join(' ');
    await database.source.query(statement, [++number, id, 'OPEN', pair, subject, match]);
    const verdict = verdicts[index % 4];
    if (verdict !== undefined) await database.source.query(statement, [++number, id, verdict, null, subject, match]);
  }
  await noteInHead(database.source, 'cases');
  return number;
}

async function carryOut(
  { schema }: TestApplication,
  text: string,
  input: object,
  actor: Actor = ADMINISTRATOR,
): Promise<Readonly<Record<string, unknown>>> {
  const contextValue = { actor, language: 'VI' };
  const answer = await execute({ schema, document: parse(text), contextValue, variableValues: { input } });
  expect(JSON.stringify(answer)).toContain('"userErrors":[]');
  return answer.data ?? {};
}

/** The scenarios of every city: of the agency that owns most, of another, of the whole city. */
export const SCENARIOS = [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000000${number}`);

/** What is thought of in each: of what an actor sees alone. Beside that nothing of it tells that there is more. */
function thoughts(number: number, actor: Actor | undefined): Operation[] {
  const systems = city.records.filter(({ operation, value }) => operation.op === 'ADD' && isSystem(value));
  const sees = (urn: string): boolean => actor === undefined || maySee(actor, urn);
  return systems.flatMap(({ operation: { urn } }, at): Operation[] => {
    if (at % 7 !== number) return [];
    const added = `urn:khung:nghi-${number}-${at}`;
    const value = { kind: 'SYSTEM', name: `Ý tưởng ${at}` };
    const needed = { kind: 'DEPENDS_ON', source: added, target: urn, strength: 'HARD' };
    const imagined: Operation = { op: 'ADD', urn: added, value };
    if (!sees(urn)) return [imagined];
    return [
      { op: 'UPDATE', urn, path: 'description', value: `Sẽ khác ${at}` },
      ...(at % 2 === 0 ? [{ op: 'UPDATE', urn, path: 'attributes.hosting', value: 'PUBLIC_CLOUD' } as const] : []),
      imagined,
      { op: 'ADD', urn: `${added}.can`, value: needed },
    ];
  });
}

async function imagine(application: TestApplication, actor: Actor | undefined): Promise<void> {
  const create = `mutation ($input: CreateScenarioInput!) { createScenario(input: $input) {
    scenario { id } userErrors { message } } }`;
  const agencies = [city.agency, city.otherAgency, null];
  for (const [index, id] of SCENARIOS.entries()) {
    const input = { name: `Ý tưởng ${index}`, agency: agencies[index], operations: thoughts(index + 1, actor) };
    const told = await carryOut(application, create, input);
    const { scenario } = told['createScenario'] as { readonly scenario: { readonly id: string } };
    // The cursors of a list are good for one scenario alone: it is the same in all cities.
    await application.database.source.query(
      `update scenario set id = $1, created_at = '2026-01-02', changed_at = '2026-01-02' where id = $2`,
      [id, scenario.id],
    );
  }
}

/** A rule that the pack does not have so. */
export const RULE = {
  code: 'R-16',
  title: { vi: 'a', en: 'a' },
  severity: 'MAJOR',
  enforcement: 'WARN',
  tier: 1,
  citations: [{ text: { vi: 'a', en: 'a' }, confidence: 'HIGH', verification: 'UNVERIFIED' }],
  fixHint: { vi: 'a', en: 'a' },
  cases: [
    {
      appliesTo: ['SYSTEM', 'PROJECT'],
      expression: 'self.hosting == "AGENCY_SERVER"',
      messages: Object.fromEntries(['PASS', 'FAIL', 'NEEDS_EVIDENCE'].map((each) => [each, { vi: 'a', en: 'a' }])),
      examples: [
        { outcome: 'PASS', facts: { hosting: 'AGENCY_SERVER' } },
        { outcome: 'FAIL', facts: { hosting: 'CITY_DATA_CENTRE' } },
      ],
    },
  ],
};

const ARCHITECT: Actor = { kind: 'ARCHITECT', grants: [] };

/** Has what an actor may see analysed: the ids of his jobs, once they are over. */
export async function analyse(application: TestApplication, actor: Actor): Promise<readonly string[]> {
  const start = `mutation ($input: StartGraphAnalysisInput!) { startGraphAnalysis(input: $input) {
    job { id } userErrors { message } } }`;
  const ids: string[] = [];
  for (const input of [{ kind: 'COMMUNITIES' }, { kind: 'CENTRALITY', limit: 20 }]) {
    const told = await carryOut(application, start, input, actor);
    ids.push((told['startGraphAnalysis'] as { readonly job: { readonly id: string } }).job.id);
  }
  const jobs = application.part(Jobs);
  for (let left = 600; left > 0; left -= 1) {
    const states = await Promise.all(ids.map(async (id) => (await jobs.find(id, actor))?.state));
    if (states.every((state) => state === 'SUCCEEDED')) return ids;
    await setTimeout(20);
  }
  throw new Error('The graph was not analysed.');
}

/** A city in which only that exists which an actor sees, with a closed campaign and an open one that one agency answers. */
export async function answeredCity(actor: Actor | undefined): Promise<TestApplication> {
  const application = await openTestApplication(commitsFor(actor), EVIDENCE_RULES);
  const open = `mutation ($input: OpenAttestationCampaignInput!) {
    openAttestationCampaign(input: $input) { userErrors { message } } }`;
  const owned = city.records.filter(({ operation: { op, urn }, value }) => {
    return op === 'ADD' && isSystem(value) && city.owners.get(urn) === city.agency;
  });
  const confirmed = owned.map(({ operation }) => operation.urn);
  const attest = 'mutation ($input: AttestInput!) { attest(input: $input) { userErrors { message } } }';
  const change = `mutation ($input: ChangeAttestationCampaignInput!) {
    changeAttestationCampaign(input: $input) { userErrors { message } } }`;
  await carryOut(application, open, { name: 'Đã đóng', dueOn: '9998-12-31' });
  await carryOut(application, attest, {
    agency: city.agency,
    confirmed: confirmed.filter((urn) => actor === undefined || maySee(actor, urn)),
    inventoryComplete: true,
  });
  await carryOut(application, change, { number: 1, expectedVersion: 1, closed: true });
  await carryOut(application, open, { name: 'Đang hỏi', dueOn: '9998-12-31' });
  expect(await waive(application, actor)).toBeGreaterThan(50);
  expect(await showEvidence(application, actor)).toBeGreaterThan(10);
  expect(await openCases(application, actor)).toBeGreaterThan(20);
  const draft = 'mutation ($input: DraftRuleInput!) { draftRule(input: $input) { userErrors { message } } }';
  await carryOut(application, draft, { rule: RULE, reason: 'Lý do', document: 'Văn bản' }, ARCHITECT);
  const register = `mutation ($input: RegisterTrustedDocumentInput!) {
    registerTrustedDocument(input: $input) { userErrors { message } } }`;
  await carryOut(application, register, { name: 'Bảng', document: '{ landscape { revision } }' });
  await imagine(application, actor);
  return application;
}
