import { execute, parse, validate } from 'graphql';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { fieldOf } from './support/generated-documents.js';
import type { Choices } from './support/generated-documents.js';

/** What is kept in the database and not in memory: sources of values, the log of changes, which revision there was when, scenarios, what agencies attest, the audit log, since when a finding is as it is, drafts of rules, jobs, stored documents, who asks and who may. */
const KEPT_IN_DATABASE: ReadonlySet<string> = new Set(['history', 'sources', 'trend']);
const KEPT_FIELDS: ReadonlySet<string> = new Set([
  'AttributeValue.source',
  'AttributeValue.confidence',
  'Finding.since',
]);
const KEPT_QUERIES: ReadonlySet<string> = new Set([
  'attestationCampaign',
  'attestationCampaigns',
  'attestationPage',
  'auditHead',
  'auditRecords',
  'changeSet',
  'changeSets',
  'complianceRuns',
  'complianceTrend',
  'job',
  'jobs',
  'me',
  'people',
  'serviceTokens',
  'findingChanges',
  'ruleDrafts',
  'scenario',
  'scenarios',
  'trustedDocument',
  'trustedDocuments',
]);

let application: TestApplication;
const statements: string[] = [];

beforeAll(async () => {
  application = await openTestApplication();
  const { source } = application.database;
  const createRunner = source.createQueryRunner.bind(source);
  // Every statement of a DataSource goes through one of its query runners.
  source.createQueryRunner = (mode) => {
    const runner = createRunner(mode);
    const query: (...given: Parameters<typeof runner.query>) => Promise<unknown> = runner.query.bind(runner);
    runner.query = async (...given: Parameters<typeof runner.query>): Promise<never> => {
      statements.push(given[0].replaceAll(/\s+/g, ' ').trim());
      return (await query(...given)) as never;
    };
    return runner;
  };
});
afterAll(() => application.close());

interface Answer {
  readonly wrong: boolean;
  readonly issued: readonly string[];
}

async function ask(text: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const { schema } = application;
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const from = statements.length;
  const contextValue = { actor: ADMINISTRATOR, language: 'VI' };
  const { errors } = await execute({ schema, document, contextValue, variableValues: variables });
  return { wrong: errors !== undefined, issued: statements.slice(from) };
}

/** What a read may issue once a second, whatever it asks: a look whether somebody else has written. */
async function lookAtHead(): Promise<ReadonlySet<string>> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { issued } = await ask('{ landscape { revision } }');
  return new Set(issued);
}

describe('a read of the landscape', () => {
  it('issues no statement beyond the look at the head, whichever query asks and whatever it asks for', async () => {
    const look = await lookAtHead();
    expect([...look].filter((each) => each.includes('landscape_head'))).toHaveLength(1);
    const choices: Choices = {
      depth: 3,
      takes: (parent, field) => !KEPT_IN_DATABASE.has(field) && !KEPT_FIELDS.has(`${parent}.${field}`),
      gives: ({ name }) => name === 'first',
      decorate: () => ({ alias: '', directive: '' }),
    };
    const all = Object.values(application.schema.getQueryType()?.getFields() ?? {});
    const fields = all.filter(({ name }) => !KEPT_QUERIES.has(name));
    const asked: string[] = [];
    const reading: string[] = [];
    for (const field of fields) {
      const text = fieldOf(application.schema, field, choices);
      if (text === undefined) throw new Error(`Nothing can be asked of ${field.name}.`);
      const { wrong, issued } = await ask(`{ ${text} }`);
      const beyond = issued.filter((statement) => !look.has(statement));
      if (beyond.length > 0) reading.push(field.name);
      if (!wrong) asked.push(field.name);
    }
    expect(reading).toEqual([]);
    // Most have to be answered at all, or little was counted.
    expect(asked.length).toBeGreaterThan((fields.length * 2) / 3);
    expect(asked).toEqual(expect.arrayContaining(['elements', 'relations', 'impactAnalysis', 'search', 'projects']));
  }, 300_000);

  it('issues none for lists of any shape', async () => {
    const look = await lookAtHead();
    const { wrong, issued } = await ask(
      `query ($filter: ElementFilterInput, $orderBy: [ElementOrderInput!]) {
        elements(filter: $filter, orderBy: $orderBy, first: 50) {
          totalCount
          facets(fields: ["kind", "owner", "attributes.hosting"]) { buckets { key label count } }
          countsBy(fields: ["owner", "phase", "attributes.securityLevelApproved"]) { keys labels count }
          coverage { verdict missingCount }
          edges { cursor node { owner { name } relations(filter: { direction: OUTGOING }) { nodes { target { name } } } } }
        }
      }`,
      {
        filter: {
          relation: { some: { direction: 'OUTGOING', other: { owner: { level: ['PROVINCE', 'DEPARTMENT'] } } } },
          changedAfter: '2099-01-01T00:00:00Z',
        },
        orderBy: [
          { field: 'OWNER_NAME', direction: 'DESC', nulls: 'FIRST' },
          { field: 'ATTRIBUTE', attribute: 'hosting' },
        ],
      },
    );
    expect([wrong, issued.filter((statement) => !look.has(statement))]).toEqual([false, []]);
  });
});

describe('what is kept in the database', () => {
  it('but evidence, waivers and cases are in memory, and so are findings, what they count as and all sums over them', async () => {
    const look = await lookAtHead();
    const { wrong, issued } = await ask(`{
      elements(first: 100) { nodes { findings { nodes { outcome effectiveOutcome waiver { id } evidence { id } } } treatment { proposed } } }
      byRule: complianceReport(by: RULE) { rows { fail waived } }
      byAgency: complianceReport(by: AGENCY) { rows { fail waived } }
      waivers { totalCount }
      evidence { totalCount }
      duplicateCases { totalCount }
      duplicateQuality { totalCount }
      duplicateCandidates(subject: "urn:khung:hcm-lgsp") { dismissed { totalCount } }
      treatments(first: 5) { totalCount nodes { proposed } }
    }`);
    expect([wrong, issued.filter((statement) => !look.has(statement))]).toEqual([false, []]);
  });

  it('is read in one statement for a whole page', async () => {
    const look = await lookAtHead();
    const { wrong, issued } = await ask(`{
      elements(first: 100) {
        nodes { attributes { key value source confidence } sources { field source } owner { attributes { source } } }
      }
    }`);
    const beyond = issued.filter((statement) => !look.has(statement));
    expect(wrong).toBe(false);
    // The owners are known before any source is, so that all are asked for together.
    expect(beyond).toHaveLength(1);
    expect(beyond[0]).toContain('sources');
  });

  it('tells the histories of a list in one statement', async () => {
    const look = await lookAtHead();
    for (const [list, other] of [
      ['elements', 'relations(first: 3) { nodes { kind } }'],
      ['relations', 'kind'],
    ] as const) {
      const text = `{ ${list}(first: 100) { nodes { urn ${other} history(first: 2) { totalCount nodes { reason operations { nodes { urn } } } } } } }`;
      const { wrong, issued } = await ask(text);
      const beyond = issued.filter((statement) => !look.has(statement));
      expect([wrong, beyond.length]).toEqual([false, 1]);
      expect(beyond[0]).toContain('change_set');
    }
  });

  it('tells which revisions there were at past moments in one statement', async () => {
    const look = await lookAtHead();
    const moments = ['2001-01-01T00:00:00Z', '2002-01-01T00:00:00Z'];
    const filter = { or: moments.map((changedAfter) => ({ changedAfter })) };
    const text = 'query ($filter: ElementFilterInput) { elements(filter: $filter, first: 1) { totalCount } }';
    const { wrong, issued } = await ask(text, { filter });
    const beyond = issued.filter((statement) => !look.has(statement));
    expect([wrong, beyond.length]).toEqual([false, 1]);
    expect(beyond[0]).toContain('unnest');
  });
});
