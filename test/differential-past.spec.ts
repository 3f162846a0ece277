import { execute, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import type { Json, Visibility } from '../src/core/landscape/model.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { answerOf, withoutWork } from './support/answers.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { fieldOf } from './support/generated-documents.js';
import type { Choices } from './support/generated-documents.js';
import { urnOf } from './support/landscapes.js';

/** What an actor may not see does not exist for him in the past, in a scenario and between two revisions either. */

type Record_ = Readonly<Record<string, Json>>;

const WHOLE: Choices = {
  depth: 3,
  takes: (_parent, field) => !['edges', 'interfaces', 'possibleTypes'].includes(field),
  gives: ({ name }) => name === 'first' || name === 'search' || name === 'minStrength',
  decorate: () => ({ alias: '', directive: '' }),
};

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
        expect([urn, JSON.parse(withoutWork(await answerOf(whole, text, actor)))]).toEqual([urn, expected]);
      }
    });
  });
});
