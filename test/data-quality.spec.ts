import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { execute, parse } from 'graphql';
import { ADMINISTRATOR, PUBLIC } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { monthEnds } from '../src/inventory/quality.resolver.js';
import { todayInVietnam } from '../src/runtime/today.js';

const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): Operation => ({ op: 'ADD', urn: urn(id), value });
const owned = (id: string, agency: string): Operation =>
  add(`${id}.owned-by.${agency}`, { kind: 'OWNED_BY', source: urn(id), target: urn(agency) });

const FIRST: readonly Operation[] = [
  add('so-a', { kind: 'AGENCY', name: 'Sở A', level: 'DEPARTMENT' }),
  add('so-b', { kind: 'AGENCY', name: 'Sở B', level: 'DEPARTMENT' }),
  add('tron', {
    kind: 'SYSTEM',
    name: 'Đủ thông tin',
    description: 'Mô tả',
    layer: 3,
    phases: [{ phase: 'ACTIVE', from: null }],
    attributes: {
      hosting: 'GOVERNMENT_CLOUD',
      securityLevelApproved: 2,
      dataClasses: null,
      flowsDeclaredCompleteOn: '2026-01-01',
      attestedOn: '2026-11-01',
    },
  }),
  add('ha-tang', { kind: 'INFRASTRUCTURE', name: 'Hạ tầng' }),
  add('thieu', { kind: 'SYSTEM', name: 'Thiếu thông tin' }),
  add('mo-coi', { kind: 'DATABASE', name: 'Không rõ chủ' }),
  owned('tron', 'so-a'),
  owned('thieu', 'so-a'),
  owned('ha-tang', 'so-b'),
  add('tron.runs', { kind: 'RUNS_ON', source: urn('tron'), target: urn('ha-tang') }),
];
const SECOND: readonly Operation[] = [
  add('tron.operated', { kind: 'OPERATED_BY', source: urn('tron'), target: urn('so-b') }),
  { op: 'UPDATE', urn: urn('thieu'), path: 'description', value: 'Nay đã có mô tả' },
];

let application: TestApplication;
beforeAll(async () => {
  application = await openTestApplication([FIRST, SECOND]);
});
afterAll(() => application.close());

interface Asked {
  readonly data: Record<string, unknown> | null | undefined;
  readonly reasons: readonly unknown[];
}

async function ask(text: string, actor: Actor = ADMINISTRATOR, asked = application): Promise<Asked> {
  const { data, errors = [] } = await execute({
    schema: asked.schema,
    document: parse(text),
    contextValue: { actor, language: 'VI' },
  });
  const told: unknown = JSON.parse(JSON.stringify(data ?? null));
  return { data: told as Asked['data'], reasons: errors.map(({ originalError }) => originalError?.message) };
}

const DAY = 'asOf: { validOn: "2026-11-25" }';

describe('the quality of a record', () => {
  it('counts what is known by weight, declared absence too, and names what is missing', async () => {
    const { data } = await ask(
      `{ whole: element(urn: "${urn('tron')}", ${DAY}) { dataQuality { completeness missingCount attestedOn freshness } }
         poor: element(urn: "${urn('thieu')}", ${DAY}) { dataQuality { completeness missingCount freshness
           missing(first: 2) { field question askedFrom { urn } } } }
         law: element(urn: "${urn('so-a')}", ${DAY}) { dataQuality { missing { field askedFrom { urn } } } } }`,
      PUBLIC,
    );
    expect(data).toEqual({
      whole: { dataQuality: { completeness: 1, missingCount: 0, attestedOn: '2026-11-01', freshness: 'FRESH' } },
      poor: {
        dataQuality: {
          // An owner (5) and a description (3) of 30.
          completeness: 8 / 30,
          missingCount: 9,
          freshness: 'NEVER_CONFIRMED',
          missing: [
            { field: 'phases', question: 'Đối tượng đang ở giai đoạn nào?', askedFrom: { urn: urn('so-a') } },
            {
              field: 'layer',
              question: 'Đối tượng thuộc lớp nào (1-4) của khung kiến trúc?',
              askedFrom: { urn: urn('so-a') },
            },
          ],
        },
      },
      law: {
        dataQuality: {
          missing: [
            { field: 'externalIds', askedFrom: { urn: urn('so-a') } },
            { field: 'inventoryDeclaredCompleteOn', askedFrom: { urn: urn('so-a') } },
          ],
        },
      },
    });
  });
});

describe('the report on quality', () => {
  it('has a row for each owner and one for what has none, which add up', async () => {
    const { data } = await ask(`{ dataQualityReport(${DAY}) { total { elements completeness withoutOwner }
      rows { agency { urn } elements completeness withoutOwner freshness { freshness count } }
      leastComplete(first: 2) { totalCount nodes { urn } } } }`);
    expect(data?.['dataQualityReport']).toMatchObject({
      total: { elements: 4, withoutOwner: 1 },
      rows: [
        {
          agency: { urn: urn('so-a') },
          elements: 2,
          completeness: 38 / 60,
          withoutOwner: 0,
          freshness: [
            { freshness: 'FRESH', count: 1 },
            { freshness: 'AGING', count: 0 },
            { freshness: 'STALE', count: 0 },
            { freshness: 'NEVER_CONFIRMED', count: 1 },
          ],
        },
        { agency: { urn: urn('so-b') }, elements: 1, withoutOwner: 0 },
        { agency: null, elements: 1, completeness: 0, withoutOwner: 1 },
      ],
      leastComplete: { totalCount: 4, nodes: [{ urn: urn('mo-coi') }, { urn: urn('ha-tang') }] },
    });
  });

  it('asks first for what others stand on', async () => {
    const { data } = await ask(`{ dataQualityReport(agency: "${urn('so-b')}") {
      worthAsking(first: 2) { worth dependentCount fact { field element { urn } askedFrom { urn } } } } }`);
    const fact = (field: string): object => ({
      field,
      element: { urn: urn('ha-tang') },
      askedFrom: { urn: urn('so-b') },
    });
    expect(data).toEqual({
      dataQualityReport: {
        worthAsking: [
          { worth: 8, dependentCount: 1, fact: fact('phases') },
          { worth: 6, dependentCount: 1, fact: fact('description') },
        ],
      },
    });
  });

  it('tells how it was at the ends of months', async () => {
    const [older, newer] = monthEnds(todayInVietnam(), 2);
    await application.database.source.query(`update change_set set at = $1 where revision = 1`, [
      `${older}T12:00:00+07:00`,
    ]);
    await application.database.source.query(`update change_set set at = $1 where revision = 2`, [
      `${newer}T12:00:00+07:00`,
    ]);
    const { data } = await ask(
      `{ dataQualityReport(agency: "${urn('so-a')}") { trend(months: 3) { on revision elements completeness } } }`,
    );
    expect(data).toEqual({
      dataQualityReport: {
        trend: [
          { on: monthEnds(todayInVietnam(), 3)[0], revision: 0, elements: 0, completeness: null },
          { on: older, revision: 1, elements: 2, completeness: 33 / 60 },
          { on: newer, revision: 2, elements: 2, completeness: 38 / 60 },
        ],
      },
    });
  });

  it('tells of each month by who owned what on its last day, whoever has it now', async () => {
    const [newer = ''] = monthEnds(todayInVietnam(), 1);
    const handedOver = await openTestApplication([
      [
        add('so-a', { kind: 'AGENCY', name: 'Sở A', level: 'DEPARTMENT' }),
        add('giao', { kind: 'SYSTEM', name: 'Đã giao đi' }),
        // What is only planned counts in every month, as it does today.
        add('se-co', { kind: 'SYSTEM', name: 'Sẽ có', phases: [{ phase: 'PLAN', from: '2199' }] }),
        owned('se-co', 'so-a'),
        add('giao.owned', { kind: 'OWNED_BY', source: urn('giao'), target: urn('so-a'), validTo: newer }),
      ],
    ]);
    try {
      const months = monthEnds(todayInVietnam(), 2);
      await handedOver.database.source.query(`update change_set set at = $1`, [`${months[0]}T12:00:00+07:00`]);
      const { data } = await ask(
        `{ dataQualityReport(agency: "${urn('so-a')}") { total { elements } trend(months: 2) { on elements } } }`,
        ADMINISTRATOR,
        handedOver,
      );
      expect(data).toEqual({
        dataQualityReport: { total: { elements: 1 }, trend: months.map((on) => ({ on, elements: 2 })) },
      });
    } finally {
      await handedOver.close();
    }
  });

  it.each([
    [`dataQualityReport(agency: "${urn('khong-co')}") { total { elements } }`],
    [`dataQualityReport(agency: "${urn('tron')}") { total { elements } }`],
    [`dataQualityReport { trend(months: 7) { on } }`],
    [`dataQualityReport { worthAsking(first: -1) { worth } }`],
  ])('is refused: %s', async (text) => {
    const { reasons } = await ask(`{ ${text} }`);
    expect(reasons).toHaveLength(1);
  });
});

describe('the ends of months', () => {
  it.each([
    ['2026-01-31', 2, ['2025-11-30', '2025-12-31']],
    ['2024-03-01', 1, ['2024-02-29']],
    ['2026-05-05', 0, []],
  ])('before %s', (today, months, ends) => {
    expect(monthEnds(today, months)).toEqual(ends);
  });
});
