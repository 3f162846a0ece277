import { setTimeout } from 'node:timers/promises';
import { execute, parse, validate } from 'graphql';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { SupervisionWriter } from '../src/compliance/supervision.writer.js';
import { ChangeSetWriter } from '../src/registry/change-set.writer.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { openBeside, openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { urnOf } from './support/landscapes.js';

/** How old what is known of the database may be: milliseconds. */
const FRESH_FOR = 1_000;
const OFFICER: Actor = { kind: 'OFFICER', agency: urnOf('so-hai'), grants: [] };
const SYSTEM = urnOf('hai-a');

const add = (id: string, value: object): Operation => ({ op: 'ADD', urn: urnOf(id), value: { ...value } });
const CITY: readonly Operation[] = [
  add('so-hai', { kind: 'AGENCY', name: 'Sở Hai máy chủ', level: 'DEPARTMENT' }),
  add('hai-a', { kind: 'SYSTEM', name: 'Phần mềm A', attributes: { hosting: 'AGENCY_SERVER' } }),
  add('hai-a.chu', { kind: 'OWNED_BY', source: SYSTEM, target: urnOf('so-hai') }),
];

let one: TestApplication;
let other: TestApplication;
beforeAll(async () => {
  one = await openTestApplication([CITY]);
  other = await openBeside(one);
});
afterAll(async () => {
  await other.close();
  await one.close();
});

/** Asks one of the services in somebody's name. T is the shape that the query asks for. */
async function ask<T>({ schema }: TestApplication, actor: Actor, query: string, input?: object): Promise<T> {
  const document = parse(query);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const contextValue = { actor, language: 'VI' };
  const { data, errors } = await execute({ schema, document, contextValue, variableValues: { input } });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data)) as T;
}

/** What one of the services says that R-16 counts as. */
async function counts(service: TestApplication): Promise<string | undefined> {
  const { element } = await ask<{
    element: { findings: { nodes: { rule: { code: string }; effectiveOutcome: string }[] } };
  }>(service, ADMINISTRATOR, `{ element(urn: "${SYSTEM}") { findings { nodes { rule { code } effectiveOutcome } } } }`);
  return element.findings.nodes.find(({ rule }) => rule.code === 'R-16')?.effectiveOutcome;
}

/** Has one of the services record something about a waiver. */
async function act(service: TestApplication, actor: Actor, name: string, input: object): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { outcome } = await ask<{ outcome: { waiver: { id: string } | null; userErrors: object[] } }>(
    service,
    actor,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { waiver { id } userErrors { reason path } } }`,
    input,
  );
  expect(outcome.userErrors).toEqual([]);
  return outcome.waiver?.id ?? '';
}

describe('what one service records of waivers and evidence', () => {
  it('counts there at once, and at another as soon as that looks at the head again', async () => {
    expect([await counts(one), await counts(other)]).toEqual(['FAIL', 'FAIL']);
    const waiver = await act(one, OFFICER, 'requestWaiver', {
      agency: urnOf('so-hai'),
      rule: 'R-16',
      subjects: [SYSTEM],
      reason: 'Chờ nâng cấp',
      compensatingMeasure: 'Sao lưu hằng ngày',
      validTo: daysLater(todayInVietnam(), 60),
    });
    // What it has not read yet, it reads under the lock before it decides.
    await act(other, ADMINISTRATOR, 'decideWaiver', {
      waiver,
      decision: 'APPROVE',
      reason: 'Đồng ý',
      document: '15/QĐ-SKHCN',
    });
    expect(await counts(other)).toBe('WAIVED');
    await setTimeout(FRESH_FOR + 100);
    expect(await counts(one)).toBe('WAIVED');
    await act(one, ADMINISTRATOR, 'revokeWaiver', { waiver, reason: 'Xong' });
    expect(await counts(one)).toBe('FAIL');
    await setTimeout(FRESH_FOR + 100);
    expect(await counts(other)).toBe('FAIL');
  });

  it('and is known to a service that starts', async () => {
    const third = await openBeside(one);
    const { waivers } = await ask<{ waivers: { nodes: { state: string }[] } }>(
      third,
      ADMINISTRATOR,
      '{ waivers { nodes { state } } }',
    );
    expect(waivers.nodes).toEqual([{ state: 'REVOKED' }]);
    await third.close();
  });
});

interface Line {
  readonly number: number;
  readonly revision: number;
  readonly subject: string;
  readonly rule: string;
  readonly previous: string | null;
  readonly outcome: string | null;
}

/** What is recorded of findings, the first first. */
function recorded(): Promise<readonly Line[]> {
  return one.database.source.query(
    'select number, revision, subject, rule, previous, outcome from finding_transition order by number',
  );
}

/** The last outcome of each finding, by subject and rule; each line has to lead on from the one before it. */
function standing(lines: readonly Line[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const { subject, rule, previous, outcome } of lines) {
    const key = `${subject} ${rule}`;
    expect([key, last.get(key) ?? null]).toEqual([key, previous]);
    if (outcome === null) last.delete(key);
    else last.set(key, outcome);
  }
  return last;
}

describe('what two services record of findings at once', () => {
  const commit = async (service: TestApplication, at: number): Promise<void> => {
    const value = at % 2 === 0 ? 'CITY_DATA_CENTRE' : 'AGENCY_SERVER';
    const added = add(`hai-moi-${at}`, { kind: 'SYSTEM', name: `Phần mềm số ${at}`, attributes: { hosting: value } });
    const changed: Operation = { op: 'UPDATE', urn: SYSTEM, path: 'attributes.hosting', value };
    const request = { operations: [added, changed], reason: 'Kiểm thử', source: 'USER' as const };
    await service.part(ChangeSetWriter).commit(request, ADMINISTRATOR);
  };
  const look = (service: TestApplication): Promise<unknown> => service.part(SupervisionWriter).catchUp();

  it('is one line without gaps or repetitions, in which each change leads on from the one before', async () => {
    await Promise.all([look(one), look(other)]);
    const first = await recorded();
    expect(first.length).toBeGreaterThan(5);
    expect(new Set(first.map(({ subject, rule }) => `${subject} ${rule}`)).size).toBe(first.length);
    for (let round = 0; round < 6; round += 1) {
      const [writes, reads] = round % 2 === 0 ? [one, other] : [other, one];
      await Promise.all([commit(writes, round), look(writes), look(reads), look(writes)]);
      await Promise.all([look(reads), commit(reads, round + 6), look(writes)]);
    }
    await setTimeout(FRESH_FOR + 100);
    await Promise.all([look(one), look(other)]);
    const lines = await recorded();
    expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
    const revisions = lines.map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    expect(lines.length).toBeGreaterThan(first.length + 12);
    const stands = standing(lines);
    for (const service of [one, other]) {
      const { supervision, recorded: more } = await service.part(SupervisionWriter).catchUp();
      expect(more).toBe(0);
      const outcomes = [...supervision.outcomes()].map(({ subject, rule, outcome }): [string, string] => [
        `${subject} ${rule}`,
        outcome,
      ]);
      expect(new Map(outcomes)).toEqual(stands);
    }
  }, 120_000);

  it('and where one judges what the other has recorded already, it adds nothing', async () => {
    const before = await recorded();
    const third = await openBeside(one);
    expect(await third.part(SupervisionWriter).catchUp()).toMatchObject({ recorded: 0 });
    await third.close();
    expect(await recorded()).toEqual(before);
  });
});
