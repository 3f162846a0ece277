import { readFileSync } from 'node:fs';
import { compileExpression, decide, valueOfCompiled } from './compile.js';
import type { Compiled } from './compile.js';
import { DATE } from './fact-type.js';
import { readRegimes } from './regime.js';
import { readWorkingCalendar } from './working-calendar.js';
import { NO_REFERENCE } from './world.js';
import type { World } from './world.js';

function national(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../reference/national/${name}`, import.meta.url), 'utf8'));
}
const { regimes } = readRegimes(national('regimes.json'));
const { calendar } = readWorkingCalendar(national('calendar.json'));
const WORLD: World = { today: '2026-11-23', graph: null, regimes, calendar };
const WORDS = { regimes: regimes.map(({ code }) => code) };

function compiled(source: string): Compiled {
  const result = compileExpression(source, { decidedOn: DATE, tenderedOn: DATE }, {}, WORDS);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}

describe('the law in force', () => {
  it.each([
    ['2018-05-01', 'ND102'],
    ['2023', 'ND73'],
    ['2024-07-10', 'ND73+82'],
    ['2024', undefined],
  ])('on %s is %s', (decidedOn, code) => {
    expect(valueOfCompiled(compiled('regime(self.decidedOn)'), { decidedOn }, WORLD)).toBe(code);
  });

  it('asks for the date where it leaves two possible', () => {
    const { missing } = decide(compiled('regime(self.decidedOn) == "ND73"'), { decidedOn: '2024' }, WORLD);
    expect(missing).toMatchObject([{ path: 'decidedOn', incomplete: true }]);
  });

  it('is one of those on record', () => {
    expect(compileExpression('regime(today) == "ND37"', {}, {}, WORDS)).toMatchObject({
      problems: [{ reason: 'UNKNOWN_VALUE', params: { value: 'ND37' } }],
    });
    expect(decide(compiled('regime(today) == "ND73"'), {}, { ...WORLD, ...NO_REFERENCE })).toMatchObject({
      outcome: 'UNKNOWN',
      missing: [{ path: 'regimes' }],
    });
  });
});

describe('working days', () => {
  const rule = compiled('workdays(self.decidedOn, self.tenderedOn) <= 5');
  const decided = (decidedOn: string | null, tenderedOn: string): ReturnType<typeof decide> =>
    decide(rule, { decidedOn, tenderedOn }, WORLD);

  it('are counted', () => {
    expect(decided('2026-03-02', '2026-03-09')).toMatchObject({ outcome: 'TRUE', unverifiedDays: [] });
    expect(decided('2026-03-02', '2026-03-10')).toMatchObject({ outcome: 'FALSE' });
  });

  it('say which days nobody verified', () => {
    const { unverifiedDays } = decided('2026-08-28', '2026-09-01');
    expect(unverifiedDays.map(({ date }) => date)).toEqual(['2026-08-31', '2026-09-01']);
  });

  it('are unknown of rough dates and of years that are not covered', () => {
    expect(decided('2026-03', '2026-03-09').missing).toMatchObject([{ path: 'decidedOn' }]);
    expect(decided('2026-03-09', '2027-03-09').missing).toMatchObject([{ path: 'calendar.2027', field: 'calendar' }]);
    expect(decide(rule, { decidedOn: '2026-03-02', tenderedOn: '2026-03-09' }, '2026-11-23').missing).toMatchObject([
      { path: 'calendar' },
    ]);
  });

  it('can not be counted from what is declared absent', () => {
    expect(decided(null, '2026-03-09')).toMatchObject({ outcome: 'ERROR', failure: { detail: 'ABSENT' } });
  });
});
