import { execute, parse, validate } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { isElementKind, isUrn } from '../src/core/landscape/model.js';
import type { Json, Urn, Visibility } from '../src/core/landscape/model.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { readReferenceProjects, referenceProjectOperations } from '../src/portfolio/reference-projects.js';
import { readReferenceLandscape, referenceLandscapeOperations } from '../src/registry/reference-landscape.reader.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { EVIDENCE_RULES } from './support/evidence-rules.js';
import { fieldOf } from './support/generated-documents.js';
import type { Choices } from './support/generated-documents.js';
import { noteInHead } from './support/ledgers.js';
import { urnOf } from './support/landscapes.js';
import { seededRandom } from './support/seeded-random.js';

/**
 * What an actor may not see does not exist for him: every query there is answers him as it would in a registry that
 * never held it. Known exemptions: a urn that is taken can not be given again, and revisions count everybody's commits.
 */

/** Named by the documents, or needed to say whose something is: never hidden. */
const OPEN: ReadonlySet<string> = new Set(['urn:khung:hcm-lgsp']);

type Record_ = Readonly<Record<string, Json>>;
interface Added {
  readonly operation: Operation;
  readonly value: Record_;
}

/** Some gaps with tasks: the city's pack has none. */
function gapOperations(): Operation[] {
  return Array.from({ length: 10 }, (_, index): Operation[] => {
    const [gap, task] = [`urn:khung:nd-${index}`, `urn:khung:nv-${index}`];
    return [
      { op: 'ADD', urn: gap, value: { kind: 'GAP', name: `Nội dung ${index}` } },
      {
        op: 'ADD',
        urn: task,
        value: { kind: 'TASK', name: `Nhiệm vụ ${index}`, attributes: { progressPercent: index } },
      },
      { op: 'ADD', urn: `${task}.closes`, value: { kind: 'CLOSES', source: task, target: gap } },
      {
        op: 'ADD',
        urn: `${gap}.about`,
        value: { kind: 'ASSOCIATED_WITH', source: gap, target: 'urn:khung:hcm-lgsp' },
      },
    ];
  }).flat();
}

/** What is known of checks and tenders: of some of the projects of the city that have a tender code. */
function procurementOperations(): Operation[] {
  const told: readonly (readonly [id: string, key: string, value: Json])[] = [
    ['p0021', 'architectureCheckedOn', null],
    ['p0030', 'architectureCheckedOn', '2023-03'],
    ['p0030', 'tenderedOn', '2023-03-15'],
    ['p0079', 'architectureCheckedOn', '2025'],
    ['p0079', 'tenderedOn', '2026'],
  ];
  return told.map(([id, key, value]) => ({ op: 'UPDATE', urn: `urn:khung:${id}`, path: `attributes.${key}`, value }));
}

/** Each fourth system of the city runs where it should not: without that no rule fails. */
function hostingOperations(added: readonly Operation[]): Operation[] {
  const systems = added.filter(({ op, value }) => op === 'ADD' && (value as Record_)['kind'] === 'SYSTEM');
  return systems.flatMap(({ urn }, index): Operation[] => {
    return index % 4 === 0 ? [{ op: 'UPDATE', urn, path: 'attributes.hosting', value: 'AGENCY_SERVER' }] : [];
  });
}

/** The city's own data, each operation with the record that it adds or speaks of. */
function cityRecords(): Added[] {
  const landscape = referenceLandscapeOperations(readReferenceLandscape());
  const operations = [
    ...landscape,
    ...hostingOperations(landscape),
    ...referenceProjectOperations(readReferenceProjects()),
    ...gapOperations(),
    ...procurementOperations(),
  ];
  const added = new Map<string, Record_>();
  return operations.map((operation) => {
    // The pack is JSON; what it does not add it only says more about.
    if (operation.op === 'ADD') added.set(operation.urn, operation.value as Record_);
    return { operation, value: added.get(operation.urn) ?? {} };
  });
}

/** A hidden attribute, and what nobody but its readers may learn of it. */
const DEFINITION: Operation = {
  op: 'ADD',
  urn: 'urn:khung:attribute-ma-so-ngam',
  value: {
    kind: 'ATTRIBUTE_DEFINITION',
    key: 'hiddenNumber',
    type: 'INTEGER',
    appliesTo: ['SYSTEM', 'PLATFORM', 'DATABASE'],
    visibility: 'AGENCY',
    nameVi: 'Mã số ngầm',
    nameEn: 'Hidden number',
    questionVi: 'Mã số ngầm là gì?',
    questionEn: 'Which hidden number?',
    askedFrom: 'OWNER',
  },
};

interface City {
  readonly records: readonly Added[];
  readonly classes: ReadonlyMap<string, Visibility>;
  /** The agency that owns most. */
  readonly agency: Urn;
  readonly owners: ReadonlyMap<string, string>;
  readonly parents: ReadonlyMap<string, string>;
}

/** Hides about a fifth of the city, agencies too. */
function drawCity(): City {
  const records = cityRecords();
  const random = seededRandom(7);
  const classes = new Map<string, Visibility>();
  const owned = new Map<string, number>();
  const owners = new Map<string, string>();
  const parents = new Map<string, string>();
  for (const { operation, value } of records) {
    if (operation.op !== 'ADD') continue;
    const { kind, source, target } = value;
    if (typeof source === 'string' && typeof target === 'string') {
      if (kind === 'OWNED_BY') {
        owners.set(source, owners.get(source) ?? target);
        owned.set(target, (owned.get(target) ?? 0) + 1);
      }
      if (kind === 'PART_OF') parents.set(source, target);
    } else if (!OPEN.has(operation.urn)) {
      const visibility = random.weighted<Visibility>([
        ['PUBLIC', 80],
        ['GOVERNMENT', 7],
        ['AGENCY', 7],
        ['RESTRICTED', 6],
      ]);
      if (visibility !== 'PUBLIC') classes.set(operation.urn, visibility);
    }
  }
  const [agency = ''] = [...owned].toSorted((a, b) => b[1] - a[1]).map(([urn]) => urn);
  if (!isUrn(agency)) throw new Error(`No agency owns anything: ${agency}`);
  return { records, classes, agency, owners, parents };
}

const city = drawCity();
const granted = [...city.classes].filter(([, visibility]) => visibility === 'RESTRICTED').map(([urn]) => urn)[0];
if (granted === undefined || !isUrn(granted)) throw new Error('Nothing is restricted.');
const ACTORS: readonly Actor[] = [
  PUBLIC,
  { kind: 'OFFICER', agency: city.agency, grants: [granted] },
  { kind: 'ARCHITECT', grants: [] },
];

function isOwn(urn: string, agency: string): boolean {
  const chain = (start: string | undefined): boolean => {
    for (let at = start, steps = 0; at !== undefined && steps < 20; at = city.parents.get(at), steps += 1) {
      if (at === agency) return true;
    }
    return false;
  };
  return chain(urn) || chain(city.owners.get(urn));
}

/** Whether an actor may see an element, found without the registry's own help. */
function maySee(actor: Actor, urn: string): boolean {
  const visibility = city.classes.get(urn) ?? 'PUBLIC';
  if (visibility === 'PUBLIC') return true;
  if (actor.kind === 'PUBLIC' || actor.kind === 'ADMINISTRATOR') return false;
  if (visibility === 'GOVERNMENT' || actor.grants.some((each) => each === urn)) return true;
  if (visibility === 'RESTRICTED') return false;
  if (actor.kind === 'OFFICER') return isOwn(urn, actor.agency);
  return actor.kind !== 'LEGAL_OFFICER';
}

/** What gets the hidden number: each third record. */
const numbered = new Set(city.records.filter((_, index) => index % 3 === 0).map(({ operation }) => operation.urn));

function isSystem({ kind }: Record_): boolean {
  return kind === 'SYSTEM' || kind === 'PLATFORM';
}

/** The change sets of a city in which only that exists which an actor sees; all of it where nobody is named. */
function commitsFor(actor: Actor | undefined): Operation[][] {
  const sees = (urn: Json | undefined): boolean =>
    typeof urn !== 'string' || !isUrn(urn) || actor === undefined || maySee(actor, urn);
  const kept = city.records.filter(
    ({ operation, value }) => sees(operation.urn) && sees(value['source']) && sees(value['target']),
  );
  const hides = actor === undefined || actor.kind === 'ARCHITECT';
  return [
    kept.map(({ operation }) => operation),
    // A change that everybody sees, so that the second change set is there for all.
    [
      { op: 'UPDATE', urn: 'urn:khung:hcm-lgsp', path: 'aliases', value: ['LGSP', 'Trục liên thông'] },
      ...kept.flatMap(({ operation, value }): Operation[] => {
        if (operation.op !== 'ADD') return [];
        const visibility = city.classes.get(operation.urn);
        if (visibility === undefined || !isElementKind(value['kind'])) return [];
        return [{ op: 'UPDATE', urn: operation.urn, path: 'visibility', value: visibility }];
      }),
    ],
    [
      { op: 'UPDATE', urn: 'urn:khung:hcm-lgsp', path: 'nameEn', value: 'City integration platform' },
      ...(hides ? [DEFINITION] : []),
    ],
    kept.flatMap(({ operation: { op, urn }, value }): Operation[] => {
      if (op !== 'ADD' || !isSystem(value) || !numbered.has(urn)) return [];
      if (hides) return [{ op: 'UPDATE', urn, path: 'attributes.hiddenNumber', value: 7 }];
      // Nothing changes, but a record tells the revision in which it was last touched.
      return [{ op: 'UPDATE', urn, path: 'visibility', value: city.classes.get(urn) ?? 'PUBLIC' }];
    }),
  ];
}

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

/** R-16 as it would be were no system to run anywhere but with its agency. */
const TRIED = `{ previewRule(rule: { code: "R-16", title: { vi: "a", en: "a" }, severity: "MAJOR", enforcement: "WARN", tier: 1,
  citations: [{ text: { vi: "a", en: "a" }, confidence: "HIGH", verification: "UNVERIFIED" }], fixHint: { vi: "a", en: "a" },
  cases: [{ appliesTo: ["SYSTEM", "PROJECT"], expression: "self.hosting == \\"AGENCY_SERVER\\"",
    messages: { PASS: { vi: "a", en: "a" }, FAIL: { vi: "a", en: "a" }, NEEDS_EVIDENCE: { vi: "a", en: "a" } },
    examples: [{ outcome: "PASS", facts: { hosting: "AGENCY_SERVER" } }, { outcome: "FAIL", facts: { hosting: "CITY_DATA_CENTRE" } }] }] }) {
  hash subjects newlyFailing newlyPassing transitions { before after count }
  changes(first: 500) { totalCount nodes { element { urn } agency { urn } before after } }
  byAgency { agency { urn } newlyFailing newlyPassing changed }
  orphanedWaivers(first: 500) { totalCount nodes { failing waiver { id } } } } }`;

/** What nobody would be told any more were R-16 withdrawn. */
const WITHDRAWN = `{ previewRule(withdrawal: "R-16") { hash subjects transitions { before after count }
  changes(first: 500) { totalCount nodes { element { urn } agency { urn } before after } }
  orphanedWaivers(first: 500) { totalCount nodes { failing waiver { id } } } } }`;

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

const WHOLE: Choices = {
  depth: 3,
  takes: (_parent, field) => !['edges', 'interfaces', 'possibleTypes'].includes(field),
  gives: ({ name }) => name === 'first' || name === 'search' || name === 'minStrength',
  decorate: () => ({ alias: '', directive: '' }),
};

const DUPLICATES = `dismissed(first: 500) { totalCount nodes { id match { urn } } } byComponent { band advice totalCount truncated suggestedCondition candidates { match { urn } case { id state } changedSinceDismissal score band
  reach gaps signals { name contribution evidence { text spanInMatch } } } } coverage { objectsKnown missing { field } }`;

/** Documents that ask for what the generated ones do not: hidden things by name, the past, other days. */
function documentsOn(hidden: string): string[] {
  const named = JSON.stringify(hidden);
  return [
    `{ element(urn: ${named}) { urn name } }`,
    `{ element(urn: ${named}, asOf: { revision: 1 }) { urn name } }`,
    `{ impactAnalysis(from: ${named}) { totalCount } }`,
    `{ shortestPaths(from: "urn:khung:hcm-lgsp", to: ${named}) { paths { steps { from { urn } } } } }`,
    `{ portfolioSimilarity(agency: ${named}) { state } }`,
    `{ capabilityOverlap(agencies: [${named}, "${city.agency}"]) { coverage { objectsKnown } } }`,
    `{ portfolioDuplicates { state duplicateCount overlapCount outsideCount tooLittleCount cutCount coverage { verdict objectsKnown missingCount }
        duplicateClusters(first: 500) { totalCount nodes { id size capability { code } strongest { score left { urn } right { urn } }
          members(first: 100) { nodes { element { urn } owner { urn } phase } } } } } }`,
    `{ portfolioSimilarity(agency: "${city.agency}") { agencies(first: 500) { totalCount nodes { agency { urn } similarity
        duplicatePairs overlapPairs sharedCapabilities { capability { code } own theirs } } } coverage { objectsKnown } } }`,
    `{ elements(filter: { urn: [${named}] }) { totalCount } }`,
    `{ elements(filter: { attribute: { key: "hiddenNumber", isKnown: true } }, first: 500) { totalCount nodes { urn } } }`,
    `{ elements(first: 500, asOf: { revision: 1 }) { totalCount nodes { urn owner { urn } attributes { key value } } } }`,
    `{ relations(first: 500) { totalCount nodes { urn source { urn } target { urn } crossAgency } } }`,
    `{ landscape(asOf: { validOn: "2025-01-01" }) { revision relationCount counts { key count } } }`,
    `{ impactAnalysis(from: "urn:khung:hcm-lgsp", direction: DEPENDENTS) { totalCount untypedCount
        impacted(first: 500) { nodes { element { urn } severity depth explanation { steps { relation { urn } } } } }
        coverage { verdict missingCount } } }`,
    `{ procurementChecks(first: 500) { totalCount counts { state count } coverage { objectsKnown missing { field } }
        nodes { state checkedOn tenderedOn project { urn } tenderCodes { value } missing { field askedFrom { urn } } } } }`,
    `{ procurementChecks(agency: ${named}) { totalCount } }`,
    `{ waivers(agency: ${named}) { totalCount } }`,
    `{ duplicateCandidates(subject: ${named}) { modelVersion } }`,
    `{ duplicateCandidates(subject: "urn:khung:hcm-lgsp") { ${DUPLICATES} } }`,
    `{ duplicateCandidates(draft: { title: "Hệ thống một cửa điện tử", agency: ${named} }) { ${DUPLICATES} } }`,
    `{ evidence(filter: { agency: ${named} }) { totalCount } }`,
    `{ evidence(filter: { subject: [${named}] }) { totalCount } }`,
    `{ evidence(first: 500) { totalCount nodes { id state verdict link subject { urn } agency { urn } events { reason } } } }`,
    `{ complianceReport(by: AGENCY) { rows { agency { urn } pass fail waived coverage } } }`,
    `{ complianceAssessment(subject: ${named}) { score } }`,
    `{ byLayer: complianceReport(by: LAYER) { rows { layer pass fail waived score scoreLow scoreHigh } }
        bySeverity: complianceReport(by: SEVERITY) { rows { severity pass fail waived score scoreLow scoreHigh } } }`,
    `{ waivers(first: 500) { totalCount nodes { id ruleCode agency { urn } wholeAgency failingCount isIdle state
        compensatingMeasure subjects(first: 500) { totalCount nodes { urn } } events { kind reason } } } }`,
    `{ elements(first: 500) { nodes { urn findings { nodes { outcome effectiveOutcome waiver { id } evidence { id } } } } } }`,
    `{ landscapeDifference(from: { revision: 1 }) { elementCount { added removed changed }
        elements(first: 500) { nodes { urn way fields { path } } } } }`,
  ];
}

const ATTESTATIONS: readonly string[] = [
  `{ attestationPage(agency: "${city.agency}") { agency { urn } inventoryDeclaredCompleteOn withoutDeclaredFlows
      campaigns { campaign { number } asked confirmed correctionsPending listDeclaredCompleteOn answeredLate state }
      records(first: 500) { totalCount nodes { element { urn } state attestedOn freshness missingCount changedSince } }
      worthAsking(first: 50) { worth dependentCount fact { field element { urn } } } corrections { totalCount }
      attestations { nodes { number revision confirmed(first: 500) { totalCount nodes { urn } } } } } }`,
  `{ attestationCampaigns(first: 10) { totalCount nodes { number closed
      agencies(first: 500) { totalCount nodes { agency { urn } asked confirmed correctionsPending state } } } } }`,
  '{ attestationCampaign(number: 1) { agencies(first: 500) { totalCount nodes { agency { urn } asked confirmed } } } }',
];

/** A proposal that changes much of what an actor sees: what rules say of it, of its neighbours, of those of its owners. */
function proposalOn(actor: Actor): string {
  const systems = city.records.filter(({ operation, value }) => {
    return operation.op === 'ADD' && isSystem(value) && maySee(actor, operation.urn);
  });
  const urns = systems.map(({ operation }) => operation.urn).slice(0, 30);
  const operations = urns.flatMap((urn, at): object[] => {
    const hosting = at % 2 === 0 ? 'CITY_DATA_CENTRE' : 'PUBLIC_CLOUD';
    const value = { kind: 'EXCHANGES_DATA_WITH', source: urn, target: urns[at + 1] ?? '', channels: ['FILE'] };
    return [
      { op: 'UPDATE', urn, path: 'name', value: `Tên khác ${at}` },
      ...(at % 3 === 0 ? [{ op: 'UPDATE', urn, path: 'attributes.hosting', value: hosting }] : []),
      ...(at % 5 === 0 && urns[at + 1] !== undefined ? [{ op: 'ADD', urn: `urn:khung:luong-thu-${at}`, value }] : []),
    ];
  });
  const added = { op: 'ADD', urn: 'urn:khung:he-thong-thu', value: { kind: 'SYSTEM', name: 'Thử' } };
  const agency = { op: 'UPDATE', urn: city.agency, path: 'name', value: 'Cơ quan khác' };
  const written = [...operations, added, agency].map((each) => literal(each)).join(', ');
  return `{ checkProposal(input: { title: "Kho thử nghiệm", operations: [${written}] }, tier: 3) {
    userErrors { message path } check { verdict changeCoverage { judged truncated onlyAdded }
      changeFindings(first: 100) { totalCount nodes { standing before after finding { rule { code } outcome sentenceVi effectiveOutcome explanation
        subject { urn name owner { urn } } missingFacts { field element { urn } askedFrom { urn } } } } } } } }`;
}

/** A value as it is written in a document; an operation is a word. */
function literal(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const fields = Object.entries(value).map(([key, each]) => `${key}: ${key === 'op' ? each : literal(each)}`);
  return `{ ${fields.join(', ')} }`;
}

async function carryOut({ schema }: TestApplication, text: string, input: object): Promise<void> {
  const contextValue = { actor: ADMINISTRATOR, language: 'VI' };
  const answer = await execute({ schema, document: parse(text), contextValue, variableValues: { input } });
  expect(JSON.stringify(answer)).toContain('"userErrors":[]');
}

/** A city in which only that exists which an actor sees, with a closed campaign and an open one that one agency answers. */
async function answeredCity(actor: Actor | undefined): Promise<TestApplication> {
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
  return application;
}

/** Two services do not commit at the same moment. */
const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

async function answerOf({ schema }: TestApplication, text: string, actor: Actor): Promise<string> {
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const answer = await execute({ schema, document, contextValue: { actor, language: 'VI' } });
  return JSON.stringify(answer).replaceAll(MOMENT, 'MOMENT');
}

/** Where the audit log ends is published like the revision: it says that something happened, and a hash that hides what. */
const isOfWhatIsSeen = ({ name }: { readonly name: string }): boolean => name !== 'auditHead';

describe('what an actor may not see does not exist', () => {
  let whole: TestApplication;
  beforeAll(async () => {
    whole = await answeredCity(undefined);
    expect(await waive(whole, undefined)).toBeGreaterThan(50);
    expect(await showEvidence(whole, undefined)).toBeGreaterThan(20);
    expect(await openCases(whole, undefined)).toBeGreaterThan(50);
  }, 120_000);
  afterAll(() => whole.close());

  describe.each(ACTORS.map((actor) => [actor.kind, actor] as const))('for %s', (_kind, actor) => {
    let seen: TestApplication;
    beforeAll(async () => {
      seen = await answeredCity(actor);
      await waive(seen, actor);
      await showEvidence(seen, actor);
      await openCases(seen, actor);
    }, 120_000);
    afterAll(() => seen.close());

    it('in any answer of any query', async () => {
      const fields = Object.values(whole.schema.getQueryType()?.getFields() ?? {}).filter(isOfWhatIsSeen);
      expect(fields.length).toBeGreaterThan(10);
      for (const field of fields) {
        const text = `query Whole { ${fieldOf(whole.schema, field, WHOLE)} }`;
        const expected = await answerOf(seen, text, actor);
        expect([field.name, await answerOf(whole, text, actor)]).toEqual([field.name, expected]);
      }
    }, 300_000);

    it('in what agencies are asked, and have said', async () => {
      for (const text of ATTESTATIONS) {
        const expected = await answerOf(seen, text, actor);
        expect([text, await answerOf(whole, text, actor)]).toEqual([text, expected]);
        // Only the public is refused.
        expect(expected.includes('NOT_PERMITTED')).toBe(actor.kind === 'PUBLIC');
      }
    }, 60_000);

    it('in what is waived', async () => {
      const text = `{ complianceReport(by: RULE) { rows { rule { code } fail waived } } waivers { totalCount } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind !== 'PUBLIC') expect(told).toMatch(/"waived":[1-9]/);
    });

    it('in what people made of duplicates', async () => {
      const text = `{ duplicateCases(first: 500) { totalCount nodes { id state reason band subject { urn } match { urn }
          history { reason } } }
        duplicateQuality { nodes { quarter decided bands { band called right decided precision recall } } } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind === 'PUBLIC') expect(told).toContain('NOT_PERMITTED');
      else expect(told).toMatch(/"totalCount":[1-9]/);
    });

    it('in what a rule would do', async () => {
      for (const text of [TRIED, WITHDRAWN]) {
        const told = await answerOf(whole, text, actor);
        expect(told).toBe(await answerOf(seen, text, actor));
        if (actor.kind === 'ARCHITECT' || actor.kind === 'ADMINISTRATOR') {
          expect(told).toMatch(/"changes":\{"totalCount":[1-9]/);
        } else {
          expect(told).toContain('NOT_PERMITTED');
        }
      }
    });

    it('in why a finding came out so, and what would let it pass', async () => {
      const text = `{ elements(filter: { kind: [SYSTEM] }, first: 40) { nodes { urn findings(tier: 9) { nodes {
        rule { code } outcome explanation explanationTree missingFacts { field }
        changesToPass { changes { needed item oneOf now } sentenceVi sentenceEn } } } } } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind === 'PUBLIC') return;
      expect(told).not.toContain('"errors"');
      expect(told).toMatch(/"explanationTree":\{/);
      expect(told).toMatch(/"changesToPass":\[\{/);
    }, 120_000);

    it('in what evidence shows', async () => {
      const text = `{ evidence(first: 500) { totalCount nodes { state subject { urn } } }
        elements(filter: { kind: [SYSTEM] }, first: 500) { nodes { urn findings { nodes {
          rule { code } outcome evidence { verdict } } } } } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind !== 'PUBLIC') {
        for (const verdict of ['MET', 'NOT_MET']) expect(told).toContain(`"evidence":[{"verdict":"${verdict}"}]`);
      }
    });

    it('in what a proposal does to what is there', async () => {
      const text = proposalOn(actor);
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      expect(told).toContain('"userErrors":[]');
      const standings = ['BY_CHANGE', 'OLDER_DEBT', 'MENDED'].filter((each) => told.includes(`"${each}"`));
      expect(standings).toEqual(actor.kind === 'PUBLIC' ? ['BY_CHANGE'] : ['BY_CHANGE', 'OLDER_DEBT', 'MENDED']);
    });

    it('when it is asked for by name, in the past, on another day, by its values', async () => {
      const hidden = [...city.classes.keys()].filter((urn) => !maySee(actor, urn));
      expect(hidden.length).toBeGreaterThan(5);
      // Most of them name nothing that is hidden: those are the same for each.
      const documents = new Set(hidden.slice(0, 5).flatMap(documentsOn));
      expect(documents.size).toBeGreaterThan(40);
      for (const text of documents) {
        expect([text, await answerOf(whole, text, actor)]).toEqual([text, await answerOf(seen, text, actor)]);
      }
    }, 300_000);
  });
});

/** One step of a story, with what it speaks of beside the object of its operation. */
interface Step {
  readonly operation: Operation;
  readonly about?: readonly string[];
}

const OWN = urnOf('so-ta');
const OTHER = urnOf('so-ho');
const SHARED = 'urn:khung:kho-chung';

/** Who else than the administrator sees what in any of its revisions: what was hidden once is hidden in all of them. */
const STORY_READERS: ReadonlyMap<string, readonly Actor['kind'][]> = new Map([
  ['urn:khung:go-kin', []],
  ['urn:khung:go-nang-ha', []],
  ['urn:khung:go-cua-ta', ['OFFICER', 'ARCHITECT']],
  ['urn:khung:go-cua-ho', ['ARCHITECT']],
  ['urn:khung:go-mat-chu', ['ARCHITECT']],
  ['urn:khung:nang-kin', []],
  ['urn:khung:nang-cong-chuc', ['OFFICER', 'ARCHITECT']],
  ['urn:khung:chu-du-kien', ['ARCHITECT']],
  ['urn:khung:chu-tren-giay', ['ARCHITECT']],
]);

function system(id: string, name: string, more: Record_ = {}): Step {
  const urn = `urn:khung:${id}`;
  return {
    operation: { op: 'ADD', urn, value: { kind: 'SYSTEM', name, description: `${name} của thành phố`, ...more } },
  };
}
function owned(id: string, agency: string, more: Record_ = {}): Step {
  const source = `urn:khung:${id}`;
  const value = { kind: 'OWNED_BY', source, target: agency, ...more };
  return { operation: { op: 'ADD', urn: `urn:khung:${id}.chu`, value }, about: [source] };
}
function needed(id: string): Step {
  const source = `urn:khung:${id}`;
  const value = { kind: 'DEPENDS_ON', source, target: SHARED, strength: 'HARD' };
  return { operation: { op: 'ADD', urn: `urn:khung:${id}.can`, value }, about: [source] };
}
function classed(id: string, visibility: Visibility): Step {
  return { operation: { op: 'UPDATE', urn: `urn:khung:${id}`, path: 'visibility', value: visibility } };
}
function gone(id: string, of = id): Step {
  return { operation: { op: 'REMOVE', urn: `urn:khung:${id}` }, about: [`urn:khung:${of}`] };
}

/** Change sets in which things are hidden, handed over, removed. Each begins with a step that everybody sees. */
const STORY: readonly (readonly Step[])[] = [
  [
    { operation: { op: 'ADD', urn: OWN, value: { kind: 'AGENCY', name: 'Sở Ta' } } },
    { operation: { op: 'ADD', urn: OTHER, value: { kind: 'AGENCY', name: 'Sở Họ' } } },
    system('kho-chung', 'Kho dữ liệu dùng chung'),
    owned('kho-chung', OTHER),
    ...['Kho hộ tịch', 'Kho đất đai', 'Kho y tế'].map((name, at) => system(`kho-${at}`, name)),
    system('go-mo', 'Kho kim cương'),
    system('go-kin', 'Kho hổ phách'),
    system('go-nang-ha', 'Kho san hô'),
    system('nang-kin', 'Kho mã não', { aliases: ['Ngọc mã não'] }),
    system('nang-cong-chuc', 'Kho thạch anh'),
    system('go-cua-ta', 'Kho trầm hương', { visibility: 'AGENCY' }),
    owned('go-cua-ta', OWN),
    system('go-cua-ho', 'Kho ngọc trai', { visibility: 'AGENCY' }),
    owned('go-cua-ho', OTHER),
    system('go-mat-chu', 'Kho đồi mồi', { visibility: 'AGENCY' }),
    owned('go-mat-chu', OWN),
    system('chu-du-kien', 'Kho xà cừ', { visibility: 'AGENCY' }),
    owned('chu-du-kien', OWN, { status: 'PLANNED' }),
    system('chu-tren-giay', 'Kho ngà voi', { visibility: 'AGENCY' }),
    ...['go-mo', 'go-kin', 'nang-kin', 'nang-cong-chuc', 'chu-du-kien', 'go-cua-ta', 'kho-1'].map(needed),
  ],
  [
    classed('kho-0', 'PUBLIC'),
    { operation: { op: 'UPDATE', urn: 'urn:khung:nang-kin', path: 'name', value: 'Kho cũ' } },
    classed('go-nang-ha', 'RESTRICTED'),
    gone('go-mat-chu.chu', 'go-mat-chu'),
  ],
  [
    classed('kho-1', 'PUBLIC'),
    classed('go-kin', 'RESTRICTED'),
    classed('nang-kin', 'RESTRICTED'),
    classed('nang-cong-chuc', 'GOVERNMENT'),
  ],
  [
    gone('go-mo.can', 'go-mo'),
    gone('go-mo'),
    gone('go-kin.can', 'go-kin'),
    gone('go-kin'),
    gone('go-nang-ha'),
    gone('go-cua-ta.can', 'go-cua-ta'),
    gone('go-cua-ta.chu', 'go-cua-ta'),
    gone('go-cua-ta'),
    gone('go-cua-ho.chu', 'go-cua-ho'),
    gone('go-cua-ho'),
    gone('go-mat-chu'),
  ],
  [classed('kho-2', 'PUBLIC')],
];

/** What is only thought of: who owns something by it. */
const THOUGHTS: readonly Step[] = [
  system('kho-nghi', 'Kho đang nghĩ tới'),
  owned('kho-nghi', OWN),
  owned('chu-tren-giay', OWN),
  classed('kho-2', 'GOVERNMENT'),
];

const STORY_ACTORS: readonly Actor[] = [
  PUBLIC,
  { kind: 'OFFICER', agency: OWN, grants: [] },
  { kind: 'ARCHITECT', grants: [] },
];

/** The operations that speak of nothing which an actor never may see; all of them where nobody is named. */
function toldTo(actor: Actor | undefined, steps: readonly Step[]): Operation[] {
  const sees = (urn: string): boolean => actor === undefined || (STORY_READERS.get(urn)?.includes(actor.kind) ?? true);
  return steps.flatMap(({ operation, about = [] }) => ([operation.urn, ...about].every(sees) ? [operation] : []));
}

const SCENARIO = '00000000-0000-4000-8000-000000000001';

async function tell(actor: Actor | undefined): Promise<TestApplication> {
  const application = await openTestApplication(STORY.map((steps) => toldTo(actor, steps)));
  const document = parse(`mutation ($input: CreateScenarioInput!) {
    createScenario(input: $input) { scenario { id } userErrors { message } }
  }`);
  const input = { name: 'Ý tưởng', agency: OWN, operations: toldTo(actor, THOUGHTS) };
  const contextValue = { actor: ADMINISTRATOR, language: 'VI' };
  const answer = await execute({ schema: application.schema, document, contextValue, variableValues: { input } });
  expect(JSON.stringify(answer)).toContain('"userErrors":[]');
  // The cursors of a list are good for one scenario alone: it is the same in all cities.
  await application.database.source.query(`update scenario set id = $1`, [SCENARIO]);
  return application;
}

/** Words of names and aliases of what was removed or hidden since, of what is there, of neither. */
const WORDS = ['kho', 'kim cương', 'hổ phách', 'san hô', 'mã não', 'mã nao', 'thạch', 'trầm hương', 'ngọc', 'kho xyz'];

/** @param at - arguments that name the landscape. */
function storyDocuments(schema: GraphQLSchema, at: Readonly<Record<string, string>>): string[] {
  const given = Object.entries(at).map(([name, value]) => `${name}: ${value}`);
  const searches = WORDS.map(
    (text, each) => `s${each}: search(text: "${text}", first: 50, ${given.join(', ')}) {
      totalCount match hits { element { urn name } score reasons { field } } }`,
  );
  const choices: Choices = {
    ...WHOLE,
    depth: 2,
    gives: ({ name }) => ['first', 'asOf', 'scenarioId'].includes(name) && (at[name] !== undefined || name === 'first'),
    literals: { urn: `"${SHARED}"`, from: `"${SHARED}"`, to: '"urn:khung:kho-1"', ...at },
  };
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const asking = fields.filter(({ args }) => args.some(({ name }) => at[name] !== undefined));
  return [
    `{ ${searches.join(' ')} }`,
    ...[...STORY_READERS.keys()].map(
      (urn) => `{ element(urn: "${urn}", ${given.join(', ')}) { urn name owner { urn } } }`,
    ),
    ...asking.map((field) => `query Whole { ${fieldOf(schema, field, choices)} }`),
  ];
}

describe('what was hidden once, or was hidden when it was removed, never was', () => {
  let whole: TestApplication;
  beforeAll(async () => {
    whole = await tell(undefined);
  }, 60_000);
  afterAll(() => whole.close());

  describe.each(STORY_ACTORS.map((actor) => [actor.kind, actor] as const))('for %s', (_kind, actor) => {
    let seen: TestApplication;
    beforeAll(async () => {
      seen = await tell(actor);
    }, 60_000);
    afterAll(() => seen.close());

    async function expectSame(texts: readonly string[]): Promise<void> {
      for (const text of texts) {
        const expected = await answerOf(seen, text, actor);
        expect([text, await answerOf(whole, text, actor)]).toEqual([text, expected]);
      }
    }

    it.each(STORY.map((_steps, at) => at + 1))(
      'in any answer of any query as of revision %i',
      async (revision) => {
        await expectSame(storyDocuments(whole.schema, { asOf: `{ revision: ${revision} }` }));
      },
      60_000,
    );

    it('in any answer of any query about a scenario', async () => {
      await expectSame(storyDocuments(whole.schema, { scenarioId: `"${SCENARIO}"` }));
    }, 60_000);

    it('in what changed from one revision to another', async () => {
      const pairs = STORY.flatMap((_from, from) => STORY.map((_to, to) => [from + 1, to + 1] as const));
      await expectSame(
        pairs.map(
          ([from, to]) => `{ landscapeDifference(from: { revision: ${from} }, to: { revision: ${to} }) {
            elementCount { added removed changed } relationCount { added removed changed }
            byOwner { owner { urn } added removed changed }
            elements(first: 500) { nodes { urn way fields { path } } }
            relations(first: 500) { nodes { urn way fields { path } } } } }`,
        ),
      );
    }, 60_000);

    it('and the rest of what was removed is seen in the past', async () => {
      const removed = ['go-mo', 'go-cua-ta', 'go-cua-ho'].map((id) => `urn:khung:${id}`);
      for (const urn of removed) {
        const text = `{ element(urn: "${urn}", asOf: { revision: 1 }) { urn } }`;
        const readers = STORY_READERS.get(urn)?.includes(actor.kind) ?? true;
        const expected = { data: { element: readers ? { urn } : null } };
        expect([urn, JSON.parse(await answerOf(whole, text, actor))]).toEqual([urn, expected]);
      }
    });
  });
});
