import * as fc from 'fast-check';
import { element } from '../../../test/support/landscapes.js';
import { earliestDay, latestDay } from './calendar-day.js';
import type { Element, Json } from './model.js';
import { PROCUREMENT_STATES, procuredProjects, procurementOf } from './procurement.js';

const NOTICE = { scheme: 'MUASAMCONG-IB', value: 'IB2500000001', recordType: null };
const TODAY = '2027-06-15';
const PLAN = { scheme: 'MUASAMCONG-PL', value: 'PL2500000001', recordType: null };

function project(attributes: Readonly<Record<string, Json>>, more: Partial<Element> = {}): Element {
  return element(1, { kind: 'PROJECT', externalIds: [NOTICE], attributes, ...more });
}

function stateOf(checked: Json | undefined, tendered: Json | undefined, more: Partial<Element> = {}): unknown[] {
  const attributes = {
    ...(checked !== undefined && { architectureCheckedOn: checked }),
    ...(tendered !== undefined && { tenderedOn: tendered }),
  };
  const { state, missing } = procurementOf(project(attributes, more), TODAY);
  return [state, missing];
}

const [CHECK, TENDER] = ['architectureCheckedOn', 'tenderedOn'];

describe('whether a procured project was checked', () => {
  it.each<[Json | undefined, Json | undefined, string, readonly string[]]>([
    [undefined, undefined, 'NO_CHECK_KNOWN', [CHECK, TENDER]],
    [undefined, '2025-05-01', 'NO_CHECK_KNOWN', [CHECK]],
    [undefined, null, 'NO_CHECK_KNOWN', [CHECK]],
    [null, undefined, 'NOT_CHECKED', []],
    [null, '2025', 'NOT_CHECKED', []],
    ['2025-04-30', '2025-05-01', 'CHECKED_BEFORE', []],
    ['2025-05-02', '2025-05-01', 'CHECKED_AFTER_TENDER', []],
    ['2025-05-01', '2025-05-01', 'CHECK_AND_TENDER_UNDATED', []],
    ['2024', '2025', 'CHECKED_BEFORE', []],
    ['2025', '2025-05', 'CHECK_AND_TENDER_UNDATED', [CHECK, TENDER]],
    ['2025-04', '2025-05', 'CHECKED_BEFORE', []],
    ['2025-05', '2025-05-31', 'CHECK_AND_TENDER_UNDATED', [CHECK]],
    ['2025-06', '2025-05-31', 'CHECKED_AFTER_TENDER', []],
    ['2025-05-31', '2025-05', 'CHECK_AND_TENDER_UNDATED', [TENDER]],
    ['2025-05-31', undefined, 'CHECK_AND_TENDER_UNDATED', [TENDER]],
    ['2025-05-31', null, 'CHECK_AND_TENDER_UNDATED', [TENDER]],
    ['2027-06-15', '2027-07', 'CHECKED_BEFORE', []],
    ['2027-06-16', '2027-07', 'NO_CHECK_KNOWN', [CHECK]],
    ['2028', '2029', 'NO_CHECK_KNOWN', [CHECK]],
    ['2027', '2028', 'CHECKED_BEFORE', []],
  ])('checked %s, tendered %s: %s', (checked, tendered, state, missing) => {
    expect(stateOf(checked, tendered)).toEqual([state, missing]);
  });

  it('a plan that is known not to be tendered yet was checked before', () => {
    expect(stateOf('2025-05-31', null, { externalIds: [PLAN] })).toEqual(['CHECKED_BEFORE', []]);
  });

  it('is said only where it is so on every day that the dates may mean', () => {
    const dates = fc.constantFrom('2025', '2026', '2025-02', '2025-03', '2025-02-28', '2025-03-01', '2026-12-31');
    fc.assert(
      fc.property(dates, dates, (checked, tendered) => {
        const [state] = stateOf(checked, tendered);
        const surely = latestDay(checked) < earliestDay(tendered);
        const surelyAfter = earliestDay(checked) > latestDay(tendered);
        expect([state === 'CHECKED_BEFORE', state === 'CHECKED_AFTER_TENDER']).toEqual([surely, surelyAfter]);
      }),
    );
  });
});

describe('the projects that were procured', () => {
  it('are those with a code, what was not checked first, each as old as it is', () => {
    const elements = [
      project({ architectureCheckedOn: '2024', tenderedOn: '2025' }, { seq: 1 }),
      project({}, { seq: 2 }),
      project({ architectureCheckedOn: null }, { seq: 3 }),
      project({}, { seq: 4, externalIds: [] }),
      project({}, { seq: 5, kind: 'SYSTEM' }),
      project({}, { seq: 6, externalIds: [PLAN] }),
    ];
    expect(procuredProjects(elements, TODAY).map((each) => [each.project.seq, each.state])).toEqual([
      [3, 'NOT_CHECKED'],
      [2, 'NO_CHECK_KNOWN'],
      [6, 'NO_CHECK_KNOWN'],
      [1, 'CHECKED_BEFORE'],
    ]);
    expect(PROCUREMENT_STATES).toHaveLength(5);
  });
});
