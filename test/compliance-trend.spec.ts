import { execute, parse, validate } from 'graphql';
import { ADMINISTRATOR } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { monthEnds } from '../src/inventory/quality.resolver.js';
import { todayInVietnam } from '../src/runtime/today.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { urnOf } from './support/landscapes.js';

const TODAY = todayInVietnam();
/** The ends of the last three whole months, and today. */
const [FIRST = '', SECOND = '', THIRD = ''] = monthEnds(TODAY, 3);
const MONTHS = [FIRST, SECOND, THIRD, TODAY].map((day) => day.slice(0, 7));

const add = (id: string, value: object): Operation => ({ op: 'ADD', urn: urnOf(id), value: { ...value } });
const owned = (id: string, by: string, more: object = {}): Operation =>
  add(`${id}.${by}`, { kind: 'OWNED_BY', source: urnOf(id), target: urnOf(by), ...more });
const COMMITS: readonly (readonly Operation[])[] = [
  [
    ...['so-mot', 'so-hai'].map((id) => add(id, { kind: 'AGENCY', name: `Cơ quan ${id}`, level: 'DEPARTMENT' })),
    ...['giao', 'giu', 'het', 'xoa', 'khac'].map((id) => add(id, { kind: 'SYSTEM', name: `Phần mềm ${id}` })),
    ...['giao', 'giu', 'xoa'].map((id) => owned(id, 'so-mot')),
    owned('het', 'so-mot', { validTo: SECOND }),
    owned('khac', 'so-hai'),
    // What is only planned is so where nobody else owns it.
    owned('khac', 'so-mot', { status: 'PLANNED' }),
  ],
  [
    { op: 'REMOVE', urn: urnOf('giao.so-mot') },
    owned('giao', 'so-hai'),
    { op: 'REMOVE', urn: urnOf('xoa.so-mot') },
    { op: 'REMOVE', urn: urnOf('xoa') },
  ],
];

let application: TestApplication;
beforeAll(async () => {
  application = await openTestApplication(COMMITS);
  const { source } = application.database;
  // As it would be kept if it had been recorded in those months.
  await source.query('update change_set set at = $1 where revision = 1', [`${FIRST}T09:00:00+07:00`]);
  await source.query('update change_set set at = $1 where revision = 2', [`${THIRD}T09:00:00+07:00`]);
  const lines: [on: string, subject: string, previous: string | null, outcome: string | null, rule?: string][] = [
    ...['giao', 'giu', 'het', 'xoa', 'khac'].map((id): [string, string, null, string] => [FIRST, id, null, 'FAIL']),
    [FIRST, 'so-mot', null, 'NEEDS_EVIDENCE', 'R-41'],
    [SECOND, 'giu', 'FAIL', 'PASS'],
    [THIRD, 'giao', 'FAIL', 'PASS'],
    [THIRD, 'xoa', 'FAIL', null],
    [TODAY, 'giu', 'PASS', 'NEEDS_EVIDENCE'],
    [TODAY, 'giu', 'NEEDS_EVIDENCE', 'FAIL'],
  ];
  for (const [at, [on, subject, previous, outcome, rule = 'R-16']] of lines.entries()) {
    await source.query(
      `insert into finding_transition (number, revision, happened_on, pack, rule, subject, previous, outcome)
       values ($1, 1, $2, 'p 1', $3, $4, $5, $6)`,
      [at + 1, on, rule, urnOf(subject), previous, outcome],
    );
  }
});
afterAll(() => application.close());

async function ask(text: string, actor: Actor = ADMINISTRATOR): Promise<{ data: unknown; reasons: string[] }> {
  const { schema } = application;
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const { data, errors } = await execute({ schema, document, contextValue: { actor, language: 'EN' } });
  return { data: JSON.parse(JSON.stringify(data ?? null)), reasons: (errors ?? []).map(({ message }) => message) };
}

/** Passes, failures and unknown findings of each month. */
async function trend(asked: string): Promise<[month: string, pass: number, fail: number, unknown: number][]> {
  const { data, reasons } = await ask(`{ complianceTrend${asked} { month pass fail needsEvidence } }`);
  expect(reasons).toEqual([]);
  const { complianceTrend } = data as {
    complianceTrend: { month: string; pass: number; fail: number; needsEvidence: number }[];
  };
  return complianceTrend.map(({ month, pass, fail, needsEvidence }) => [month, pass, fail, needsEvidence]);
}
const months = (...counts: [number, number, number][]): object[] =>
  counts.map((each, at) => [MONTHS[at + MONTHS.length - counts.length], ...each]);

describe('the trend of findings', () => {
  it('is of the whole city', async () => {
    expect(await trend('')).toEqual(months([0, 5, 1], [1, 4, 1], [2, 2, 1], [1, 3, 1]));
  });

  it('is of one rule', async () => {
    expect(await trend('(rule: "R-16")')).toEqual(months([0, 5, 0], [1, 4, 0], [2, 2, 0], [1, 3, 0]));
    expect(await trend('(rule: "R-41", months: 2)')).toEqual(months([0, 0, 1], [0, 0, 1]));
  });

  it('is of one agency: of what it owned at the end of each month, and of itself', async () => {
    expect(await trend(`(agency: "${urnOf('so-mot')}")`)).toEqual(months([0, 4, 1], [1, 3, 1], [1, 0, 1], [0, 1, 1]));
    expect(await trend(`(agency: "${urnOf('so-hai')}")`)).toEqual(months([0, 1, 0], [0, 1, 0], [1, 1, 0], [1, 1, 0]));
    // What an agency has today says nothing of what it had.
    expect(await trend(`(agency: "${urnOf('so-mot')}", rule: "R-16", months: 2)`)).toEqual(
      months([1, 0, 0], [0, 1, 0]),
    );
  });

  it('asks the database as often, however many months it has', async () => {
    const { source } = application.database;
    const { logger } = source;
    const asked = async (count: number): Promise<number> => {
      let statements = 0;
      source.logger = Object.assign(Object.create(logger), {
        logQuery: (query: string) => {
          if (/finding_transition|relation_version|change_set/.test(query)) statements += 1;
        },
      });
      await trend(`(agency: "${urnOf('so-mot')}", months: ${count})`);
      source.logger = logger;
      return statements;
    };
    expect(await asked(4)).toBe(await asked(1));
  });

  it('has no months of a rule that nothing was judged by, and is refused for one that there is not', async () => {
    expect(await trend('(rule: "R-07")')).toEqual([]);
    expect((await ask('{ complianceTrend(rule: "R-1600") { month } }')).reasons).toEqual([
      expect.stringMatching(/RULE_UNKNOWN|R-1600/),
    ]);
    expect((await ask(`{ complianceTrend(agency: "${urnOf('giu')}") { month } }`)).reasons).toHaveLength(1);
    const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-mot'), grants: [] };
    expect((await ask(`{ complianceTrend(agency: "${urnOf('so-mot')}") { month } }`, officer)).reasons).toHaveLength(1);
  });
});
