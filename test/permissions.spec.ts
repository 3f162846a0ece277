import { execute, isObjectType, parse, validate } from 'graphql';
import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { ADMINISTRATOR, PUBLIC, readingKey } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { mayAtAll, may } from '../src/core/access/decide.js';
import type { Resource } from '../src/core/access/decide.js';
import { ACTIONS, ROLES } from '../src/core/access/policy.js';
import type { Action } from '../src/core/access/policy.js';
import { ACTION } from '../src/runtime/access-action.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { fieldOf } from './support/generated-documents.js';
import type { Choices } from './support/generated-documents.js';
import {
  BESIDE_CONTROLLERS,
  TRUSTED_DOCUMENT,
  declaredRoutes,
  filesBesideControllers,
  httpOperations,
} from './support/http-operations.js';
import type { HttpOperation } from './support/http-operations.js';
import { urnOf } from './support/landscapes.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestActor, TestService } from './support/service.js';

/**
 * Every query and mutation, asked by every role: refused just where the policy says so. What hangs on the thing itself (who
 * asked for it, whose it is) is asked of a thing of the officer's own agency, and where the caller names the agency, of
 * another one's too. Whether such a condition is kept for things that are there is tested where they are made.
 */
const OWN = 'urn:khung:so-y-te';
const OTHER = 'urn:khung:so-du-lich';
const grants: readonly never[] = [];
const actors: readonly Actor[] = [
  PUBLIC,
  { kind: 'OFFICER', agency: urnOf('so-y-te'), grants },
  { kind: 'LEGAL_OFFICER', grants },
  { kind: 'INSPECTOR', grants },
  { kind: 'REVIEWER', grants },
  { kind: 'ARCHITECT', grants },
  ADMINISTRATOR,
];

/** What holds of a thing in a service that has just begun, its findings being of the class that they have by default. */
const FRESH: Resource = { visibility: 'GOVERNMENT', author: 'nobody', showsFailure: false };

let application: TestApplication;
/** What is there of that of which nobody is told that it is, but who may see it. */
let jobs: ReadonlyMap<Actor, string>;
let scenarios: ReadonlyMap<string | null, string>;
beforeAll(async () => {
  application = await openTestApplication();
  const officials = actors.filter(({ kind }) => kind !== 'PUBLIC');
  const begun = officials.map(async (actor) => [actor, await jobOf(actor)] as const);
  jobs = new Map(await Promise.all(begun));
  scenarios = new Map();
  for (const agency of [OWN, OTHER, null]) scenarios = new Map([...scenarios, [agency, await scenarioOf(agency)]]);
}, 120_000);
afterAll(() => application.close());

async function done(actor: Actor, text: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const { schema } = application;
  const contextValue = { actor, language: 'VI' };
  const answer = await execute({ schema, document: parse(text), contextValue, variableValues: { input } });
  expect(JSON.stringify(answer)).toContain('"userErrors":[]');
  return answer.data?.['made'] as Readonly<Record<string, unknown>>;
}

async function jobOf(actor: Actor): Promise<string> {
  const text = `mutation ($input: StartGraphAnalysisInput!) {
    made: startGraphAnalysis(input: $input) { job { id } userErrors { message } } }`;
  const { job } = await done(actor, text, { kind: 'COMMUNITIES' });
  return (job as { readonly id: string }).id;
}

async function scenarioOf(agency: string | null): Promise<string> {
  const text = `mutation ($input: CreateScenarioInput!) {
    made: createScenario(input: $input) { scenario { id } userErrors { message } } }`;
  const { scenario } = await done(ADMINISTRATOR, text, { name: 'Ý tưởng', agency });
  return (scenario as { readonly id: string }).id;
}

/** A thing that is there, what holds of it, how it is asked for and what an answer that shows it has. */
interface Thing {
  readonly resource: Resource;
  readonly text: string;
  readonly shows: (answer: string) => boolean;
}

const jobThings = (
  asker: Actor,
  text: (id: string) => string,
  shows: (answer: string, id: string) => boolean,
): Thing[] =>
  [...jobs].flatMap(([owner, id]) => {
    // That of the first officer, and what the asker began himself.
    const isAsked = owner.kind === 'OFFICER' || owner === asker;
    const resource = { sight: readingKey(owner) };
    return isAsked ? [{ resource, text: text(id), shows: (answer) => shows(answer, id) }] : [];
  });
const scenarioThings = (text: (id: string) => string): Thing[] =>
  [...scenarios].map(([agency, id]) => ({
    resource: { agency },
    text: text(id),
    shows: (answer) => answer.includes(`"${id}"`),
  }));

/** What is answered with nothing in place of a refusal: it is asked for things that are there, and seen or not. */
const SILENT: Readonly<Record<string, (asker: Actor) => readonly Thing[]>> = {
  job: (asker) =>
    jobThings(
      asker,
      (id) => `{ job(id: "${id}") { id } }`,
      (answer, id) => answer.includes(`"${id}"`),
    ),
  cancelJob: (asker) =>
    jobThings(
      asker,
      (id) => `mutation { cancelJob(input: { id: "${id}" }) { job { id } userErrors { reason } } }`,
      // Of one that is over that is told, to who may see it.
      (answer, id) => answer.includes(`{"id":"${id}"}`) || answer.includes('"JOB_OVER"'),
    ),
  scenario: () => scenarioThings((id) => `{ scenario(id: "${id}") { id } }`),
  scenarios: () => scenarioThings(() => '{ scenarios(first: 500) { nodes { id } } }'),
};

/** Whether somebody is shown a thing. */
async function isShown({ text, shows }: Thing, actor: Actor): Promise<boolean> {
  const contextValue = { actor, language: 'VI' };
  return shows(JSON.stringify(await execute({ schema: application.schema, document: parse(text), contextValue })));
}

/** One cell of the matrix: what the policy says, and whether it is so. */
interface Cell {
  readonly allowed: readonly boolean[];
  readonly wrong: readonly string[];
}

async function silentCell(things: readonly Thing[], action: Action, actor: Actor): Promise<Cell> {
  const allowed: boolean[] = [];
  const wrong: string[] = [];
  for (const thing of things) {
    const isAllowed = may(actor, action, thing.resource);
    allowed.push(isAllowed);
    if ((await isShown(thing, actor)) !== isAllowed) wrong.push(`${thing.text} ${actor.kind} ${isAllowed}`);
  }
  return { allowed, wrong };
}

async function cellOf(operation: Operation, action: Action, actor: Actor): Promise<Cell> {
  const things = SILENT[operation.field.name]?.(actor);
  if (things !== undefined) return silentCell(things, action, actor);
  const allowed: boolean[] = [];
  const wrong: string[] = [];
  for (const agency of namesAgency(operation) ? [OWN, OTHER] : [OWN]) {
    const isAllowed = may(actor, action, { ...FRESH, agency });
    allowed.push(isAllowed);
    const refused = await isRefused(operation, actor, agency);
    if (refused === isAllowed) wrong.push(`${operation.field.name} ${actor.kind} ${agency} ${refused}`);
  }
  return { allowed, wrong };
}

function signOf({ allowed }: Cell): string {
  return allowed.every(Boolean) && allowed.length > 0 ? '+' : allowed.some(Boolean) ? 'own' : '-';
}

const line = (name: string, action: string, cells: readonly string[]): string =>
  `${name.padEnd(38)}${action.padEnd(20)}${cells.map((cell) => cell.padEnd(14)).join('')}\n`;

interface Operation {
  readonly kind: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
}

function operations(): Operation[] {
  const { schema } = application;
  const of = (kind: Operation['kind'], type: GraphQLObjectType | null | undefined): Operation[] =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field }));
  return [...of('query', schema.getQueryType()), ...of('mutation', schema.getMutationType())];
}
function actionOf({ field }: Operation): Action | undefined {
  return ACTIONS.find((action) => action === field.extensions[ACTION]);
}

/** Mutations whose input asks for the agency; queries ask for it by an argument. */
function namesAgency({ field }: Operation): boolean {
  return ['requestWaiver', 'attest', 'createScenario', 'attestationPage'].includes(field.name);
}

/** What an input must hold beside what its type must have, or of which any text would be refused as malformed. */
const INPUTS: Readonly<Record<string, (agency: string) => string>> = {
  reorganiseAgencies: () =>
    `{ effectiveOn: "2026-01-01", intents: [{ merge: { from: ["${OTHER}"], into: "${OWN}" } }], reason: "x", dryRun: true }`,
  requestWaiver: (agency) =>
    `{ agency: "${agency}", rule: "R-05", subjects: [], wholeAgency: true, validTo: "2027-01-01", reason: "x" }`,
  attest: (agency) => `{ agency: "${agency}", on: "2026-01-01", dryRun: true }`,
  createScenario: (agency) => `{ name: "x", agency: "${agency}", dryRun: true }`,
};

function documentOf({ kind, field }: Operation, agency: string): string {
  const input = INPUTS[field.name]?.(agency);
  const choices: Choices = {
    depth: 2,
    takes: (_, name) => name === 'userErrors' || name === 'code',
    gives: (argument) => argument.name === 'agency',
    literals: { agency: `"${agency}"`, ...(input !== undefined && { input }) },
    decorate: () => ({ alias: '', directive: '' }),
  };
  return `${kind} Asked { ${fieldOf(application.schema, field, choices)} }`;
}

/** Whether an answer refuses what was asked for want of permission, as an error or as data. */
async function isRefused(operation: Operation, actor: Actor, agency: string): Promise<boolean> {
  const document = parse(documentOf(operation, agency));
  expect(validate(application.schema, document)).toEqual([]);
  const contextValue = { actor, language: 'VI' };
  const answer = await execute({ schema: application.schema, document, contextValue });
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions['code']);
  expect([operation.field.name, codes]).not.toContainEqual([operation.field.name, ['INTERNAL_SERVER_ERROR']]);
  const payload = answer.data?.[operation.field.name] as { userErrors?: { code: string }[] } | null | undefined;
  return [...codes, ...(payload?.userErrors ?? []).map(({ code }) => code)].includes('FORBIDDEN');
}

describe('permissions', () => {
  it('are named by every query and mutation, out of the policy', () => {
    const unnamed = operations().filter((each) => actionOf(each) === undefined);
    const mend = `has no permission: put @Asks('<action>') above it (src/runtime/access-action.ts); a new action has a line in
      POLICY (src/core/access/policy.ts) and in the matrix of src/core/access/decide.spec.ts; what it answers is compared
      in test/differential.spec.ts, which finds it by itself`;
    expect(unnamed.map(({ field }) => `${field.name} ${mend}`)).toEqual([]);
    expect(operations().length).toBeGreaterThan(90);
  });

  it('are named by the fields that not everybody who reads a thing may read', () => {
    const { schema } = application;
    const named = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && type !== schema.getQueryType() && type !== schema.getMutationType()
        ? Object.values(type.getFields()).flatMap(({ name, extensions }) =>
            extensions[ACTION] === undefined
              ? []
              : [`${name === 'history' ? '' : `${type.name}.`}${name} ${JSON.stringify(extensions[ACTION])}`],
          )
        : [],
    );
    expect([...new Set(named)].toSorted()).toEqual([
      'Citation.verifiedBy "person.read"',
      'DuplicateCase.reason "case.grounds"',
      'Evidence.file "evidence.content"',
      'Evidence.link "evidence.content"',
      'RuleVersion.document "rule.drafts"',
      'RuleVersion.reason "rule.drafts"',
      'Waiver.compensatingMeasure "waiver.grounds"',
      'history "log.read"',
    ]);
  });

  it('are what the policy says, for every role and operation', async () => {
    const wrong: string[] = [];
    const matrix = [line('', '', ROLES)];
    for (const operation of operations()) {
      const action = actionOf(operation) as Action;
      const cells: string[] = [];
      for (const actor of actors) {
        const cell = await cellOf(operation, action, actor);
        wrong.push(...cell.wrong);
        cells.push(signOf(cell));
      }
      matrix.push(line(operation.field.name, action, cells));
    }
    process.stdout.write(matrix.join(''));
    expect(wrong).toEqual([]);
  }, 120_000);

  it('leave no action of the policy without somebody who may do it', () => {
    expect(ACTIONS.filter((action) => !actors.some((actor) => mayAtAll(actor, action)))).toEqual([]);
  });
});

describe('permissions over HTTP', () => {
  const tokenOf = (role: string): string | null =>
    role === 'PUBLIC' ? null : role === 'ADMINISTRATOR' ? TEST_TOKEN : `token-of-${role}`;
  let service: TestService;
  let asked: readonly HttpOperation[];
  beforeAll(async () => {
    const tokens = actors.flatMap((actor): TestActor[] => {
      const { kind } = actor;
      if (kind === 'PUBLIC' || kind === 'ADMINISTRATOR') return [];
      return [{ token: `token-of-${kind}`, kind, ...(actor.kind === 'OFFICER' && { agency: actor.agency }) }];
    });
    service = await startTestService({ KHUNG_DEMO_PEOPLE: '1' }, tokens);
    const text = `mutation ($input: RegisterTrustedDocumentInput!) {
      made: registerTrustedDocument(input: $input) { trustedDocument { id } userErrors { code } } }`;
    const { made } = await service.askAs<{ made: { trustedDocument: { id: string } } }>(TEST_TOKEN, text, {
      input: TRUSTED_DOCUMENT,
    });
    asked = httpOperations(made.trustedDocument.id);
  });
  afterAll(() => service.close());

  it('are told of every route of a controller', () => {
    const routes = declaredRoutes(application);
    expect(routes.length).toBeGreaterThan(10);
    const mend = 'has no line in httpOperations (test/support/http-operations.ts): say by which action it is refused';
    const unknown = routes.filter((each) => !asked.some(({ route }) => route === each));
    expect(unknown.map((each) => `${each} ${mend}`)).toEqual([]);
  });

  it('are told of all that answers without one', () => {
    const mend = 'has no line in BESIDE_CONTROLLERS (test/support/http-operations.ts): name the routes that it answers';
    const files = filesBesideControllers();
    const unknown = files.filter((each) => BESIDE_CONTROLLERS[each] === undefined);
    expect(unknown.map((each) => `${each} ${mend}`)).toEqual([]);
    expect(Object.keys(BESIDE_CONTROLLERS).filter((each) => !files.includes(each))).toEqual([]);
    const answered = Object.values(BESIDE_CONTROLLERS).flat();
    expect(answered.filter((each) => !asked.some(({ route }) => route === each))).toEqual([]);
    // What no controller declares is one of these.
    const routes = [...declaredRoutes(application), ...answered];
    expect(asked.map(({ route }) => route).filter((each) => !routes.includes(each))).toEqual([]);
  });

  it('are what the policy says, for every role and route', async () => {
    const wrong: string[] = [];
    const matrix = [line('', '', ROLES)];
    for (const { route, name, action, path, headers, body, status } of asked) {
      const cells: string[] = [];
      for (const actor of actors) {
        const token = tokenOf(actor.kind);
        const [method = 'GET'] = route.split(' ');
        const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
        const sent: RequestInit = {
          method,
          redirect: 'manual',
          headers: { ...headers, ...authorization },
          ...(body !== undefined && { body }),
        };
        const response = await fetch(service.url + path, sent);
        const answer = await response.text();
        const isAllowed = action === null || may(actor, action, { ...FRESH, agency: OWN });
        // It is answered, or refused for want of permission: nothing else.
        const isAnswered = status === undefined ? response.ok : response.status === status;
        const isRight = isAllowed ? isAnswered : response.status === 403 && answer.includes('"code":"FORBIDDEN"');
        if (!isRight) wrong.push(`${route} ${actor.kind} ${response.status} ${answer.slice(0, 200)}`);
        cells.push(isAllowed ? '+' : '-');
      }
      matrix.push(line(name === undefined ? route : `${route} (${name})`, action ?? 'anybody', cells));
    }
    process.stdout.write(matrix.join(''));
    expect(wrong).toEqual([]);
  }, 120_000);
});
