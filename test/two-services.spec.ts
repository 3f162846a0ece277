import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execute, parse, validate } from 'graphql';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import type { Operation } from '../src/core/landscape/operation.js';
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
