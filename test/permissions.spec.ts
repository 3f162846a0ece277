import { execute, isObjectType, parse, validate } from 'graphql';
import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
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
import { urnOf } from './support/landscapes.js';

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

/** What is answered with nothing in place of a refusal: nobody is told whether there is something. */
const SILENT: ReadonlySet<string> = new Set(['job', 'cancelJob', 'scenario', 'scenarios']);

let application: TestApplication;
beforeAll(async () => {
  application = await openTestApplication();
});
afterAll(() => application.close());

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
    expect(unnamed.map(({ field }) => field.name)).toEqual([]);
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
    const matrix: string[] = [];
    const wrong: string[] = [];
    for (const operation of operations()) {
      const action = actionOf(operation) as Action;
      const cells: string[] = [];
      for (const actor of actors) {
        const told: boolean[] = [];
        for (const agency of namesAgency(operation) ? [OWN, OTHER] : [OWN]) {
          const allowed = may(actor, action, { ...FRESH, agency });
          const refused = await isRefused(operation, actor, agency);
          told.push(allowed);
          if (refused === (allowed || SILENT.has(operation.field.name)))
            wrong.push(`${operation.field.name} ${actor.kind} ${agency} ${refused}`);
        }
        cells.push(told.every(Boolean) ? '+' : told.some(Boolean) ? 'own' : '-');
      }
      matrix.push(
        `${operation.field.name.padEnd(28)}${action.padEnd(20)}${cells.map((cell) => cell.padEnd(14)).join('')}`,
      );
    }
    process.stdout.write(`${''.padEnd(48)}${ROLES.map((role) => role.padEnd(14)).join('')}\n${matrix.join('\n')}\n`);
    expect(wrong).toEqual([]);
  });

  it('leave no action of the policy without somebody who may do it', () => {
    expect(ACTIONS.filter((action) => !actors.some((actor) => mayAtAll(actor, action)))).toEqual([]);
  });
});
