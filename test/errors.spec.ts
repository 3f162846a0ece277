import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function errorOf(query: string, language: 'vi' | 'en', variables?: unknown): Promise<object | undefined> {
  const { errors } = await service.ask(query, { language, variables, asAdministrator: true });
  return errors?.[0];
}

const VIETNAMESE = /[ăâđêôơưáàảãạ]/i;

describe('an error speaks the language of the request', () => {
  it.each<[string, string]>([
    ['a list of the service', '{ elements(first: 501) { totalCount } }'],
    ['a field of a record', '{ elements(first: 1) { nodes { relations(first: 501) { totalCount } } } }'],
    ['a field of an answer', '{ impactAnalysis(from: "urn:khung:hcm-lgsp") { impacted(first: 501) { totalCount } } }'],
    ['a value of a scalar', '{ element(urn: "x") { name } }'],
    ['a document that is too deep', `{ elements { nodes ${'{ owner '.repeat(15)}{ urn }${' }'.repeat(15)} } }`],
    ['a scenario that is not there', '{ landscape(scenarioId: "x") { revision } }'],
  ])('%s', async (_name, query) => {
    const [vi, en] = [await errorOf(query, 'vi'), await errorOf(query, 'en')];
    expect(vi).toMatchObject({ message: expect.stringMatching(VIETNAMESE), extensions: { userErrors: [{}] } });
    expect(en).toMatchObject({ message: expect.not.stringMatching(VIETNAMESE), extensions: { userErrors: [{}] } });
  });
});

describe('a value that a scalar does not take is told with a code and its place', () => {
  const WRONG = { code: 'VALIDATION', reason: 'VALUE_OF_WRONG_TYPE' };
  it.each<[string, string, string[], object | undefined]>([
    [
      'a date within the document',
      '{ landscape(asOf: { validOn: "1/7/2025" }) { revision } }',
      ['asOf', 'validOn'],
      undefined,
    ],
    ['a number for a date', '{ landscape(asOf: { validOn: 2025 }) { revision } }', ['asOf', 'validOn'], undefined],
    [
      'a urn in a list of a filter',
      '{ elements(filter: { or: [{ urn: ["urn:khung:a", "b"] }] }) { totalCount } }',
      ['filter', 'or', '0', 'urn', '1'],
      undefined,
    ],
    [
      'a date in a variable',
      'query ($at: AsOf) { landscape(asOf: $at) { revision } }',
      ['asOf', 'validOn'],
      { at: { validOn: 'x' } },
    ],
    [
      'a date as a variable',
      'query ($day: Date) { landscape(asOf: { validOn: $day }) { revision } }',
      ['asOf', 'validOn'],
      { day: '2025-02-30' },
    ],
    [
      'a day of a proposal, without the word input',
      'query ($proposal: ProposalInput!) { checkProposal(input: $proposal) { check { verdict } } }',
      ['decidedOn'],
      { proposal: { title: 'x', decidedOn: '30/2/2026' } },
    ],
  ])('%s', async (_name, query, path, variables) => {
    expect(await errorOf(query, 'vi', variables)).toMatchObject({
      message: expect.stringContaining(`"${path.at(-1)}" phải là: `),
      extensions: { ...WRONG, path, userErrors: [{ ...WRONG, path }] },
    });
  });

  it.each(['0050', '0999-12-31', '9999', '9999-12-31', '10000-01-01'])('the year of %s', async (validOn) => {
    const query = 'query ($day: Date) { landscape(asOf: { validOn: $day }) { revision } }';
    expect(await errorOf(query, 'en', { day: validOn })).toMatchObject({
      message: expect.stringContaining('1000 - 9998'),
      extensions: WRONG,
    });
    expect(await errorOf(query, 'en', { day: '9998-12-31' })).toBeUndefined();
    expect(await errorOf(query, 'en', { day: '1000' })).toBeUndefined();
  });
});

describe('the place of an error', () => {
  it('is the argument by the name it has there', async () => {
    const error = await errorOf('{ landscape(scenarioId: "x") { revision } }', 'en');
    expect(error).toMatchObject({ extensions: { reason: 'SCENARIO_UNKNOWN', path: ['scenarioId'] } });
  });
});
