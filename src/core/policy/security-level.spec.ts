import * as fc from 'fast-check';
import type { AttributeDefinition } from '../landscape/attribute.js';
import { readReferenceJson } from '../../runtime/reference-file.js';
import { readLevelTable, suggestLevel } from './security-level.js';
import type { SuggestedLevel } from './security-level.js';
import type { Facts } from './value.js';

// A file of ours, checked where the product loads it.
const list = readReferenceJson('national/attributes.json') as readonly AttributeDefinition[];
const definitions = new Map(list.map((each) => [each.key, each]));
const document = readReferenceJson('national/security-levels.json');
const { table, problems } = readLevelTable(document, definitions);
const TODAY = '2026-12-01';

/** Everything is told, and nothing of it raises the level. */
const PLAIN: Facts = {
  servesPublicOnline: false,
  dataClasses: ['OPEN'],
  infrastructureServes: 'NO_INFRASTRUCTURE',
  stateSecret: false,
  defenceSecurityUse: false,
  conditionalBusiness: false,
  handlesProcedures: false,
  basicDataSubjects: 0,
  sensitiveDataSubjects: 0,
  controlledWorks: 'NO_WORKS',
  nationwideContinuous: false,
  nationalCriticalStore: false,
  nationalSecurityImportance: false,
};

function suggest(facts: Facts): SuggestedLevel {
  return suggestLevel(table, facts, TODAY);
}

describe('the security level that the criteria ask for', () => {
  it('is read from data with an article for every row, none of them verified', () => {
    expect(problems).toEqual([]);
    expect(table.length).toBeGreaterThanOrEqual(16);
    for (const { criterion } of table) {
      expect(criterion.article).toMatch(/^Điều \d/);
      expect(criterion).toMatchObject({ instrument: 'urn:khung:nd-331-2026', verification: 'UNVERIFIED' });
    }
  });

  it.each<[Facts, number, string]>([
    [{}, 1, 'Điều 11.1'],
    [{ dataClasses: ['OPEN', 'INTERNAL'] }, 2, 'Điều 12.1'],
    [{ servesPublicOnline: true }, 2, 'Điều 12.2'],
    [{ infrastructureServes: 'ONE_ORGANISATION' }, 2, 'Điều 12.3'],
    [{ servesPublicOnline: true, conditionalBusiness: true }, 3, 'Điều 13.2.a'],
    [{ handlesProcedures: true }, 3, 'Điều 13.2.b'],
    [{ servesPublicOnline: true, basicDataSubjects: 100_000 }, 3, 'Điều 13.2.c'],
    [{ servesPublicOnline: true, sensitiveDataSubjects: 10_000 }, 3, 'Điều 13.2.c'],
    [{ servesPublicOnline: true, basicDataSubjects: 99_999, sensitiveDataSubjects: 9_999 }, 2, 'Điều 12.2'],
    [{ infrastructureServes: 'SEVERAL_AGENCIES' }, 3, 'Điều 13.3'],
    [{ controlledWorks: 'GRADE_TWO_TO_FOUR' }, 3, 'Điều 13.4'],
    [{ controlledWorks: 'GRADE_ONE' }, 4, 'Điều 14.3'],
    [{ nationwideContinuous: true }, 4, 'Điều 14.2'],
    [{ controlledWorks: 'SPECIAL_GRADE' }, 5, 'Điều 15.4'],
    [{ infrastructureServes: 'INTERNATIONAL_LINK' }, 5, 'Điều 15.3'],
    [{ nationalCriticalStore: true, handlesProcedures: true }, 5, 'Điều 15.2'],
    [{ nationalSecurityImportance: true }, 5, 'Điều 16–17, Điều 20.4'],
  ])('with all told and %j is %d by %s', (facts, level, article) => {
    const suggested = suggest({ ...PLAIN, ...facts });
    expect(suggested).toMatchObject({ minimum: level, isFinal: true, missing: [] });
    expect(suggested.because[0]?.article).toBe(article);
  });

  it('is what a person judges where the damage decides', () => {
    const suggested = suggest({ ...PLAIN, defenceSecurityUse: true });
    expect(suggested).toMatchObject({ minimum: 3, isFinal: false, missing: [] });
  });

  it('is open where nobody told anything, and asks for all that could raise it', () => {
    const { minimum, isFinal, because, missing } = suggest({});
    expect([minimum, isFinal, because]).toEqual([null, false, []]);
    expect(missing.toSorted()).toEqual(Object.keys(PLAIN).toSorted());
  });

  it('asks for nothing that could not raise it', () => {
    expect(suggest({ nationalCriticalStore: true })).toMatchObject({ minimum: 5, isFinal: true, missing: [] });
    expect(suggest({ nationwideContinuous: true }).missing.toSorted()).toEqual([
      'controlledWorks',
      'defenceSecurityUse',
      'infrastructureServes',
      'nationalCriticalStore',
      'nationalSecurityImportance',
      'stateSecret',
    ]);
  });

  it('never falls when one more fact is told', () => {
    const facts = fc.record(
      {
        servesPublicOnline: fc.boolean(),
        handlesProcedures: fc.boolean(),
        basicDataSubjects: fc.constantFrom(0, 99_999, 100_000),
        dataClasses: fc.constantFrom(['OPEN'], ['INTERNAL', 'OPEN'], ['PERSONAL']),
        infrastructureServes: fc.constantFrom('NO_INFRASTRUCTURE', 'ONE_ORGANISATION', 'SEVERAL_AGENCIES'),
        controlledWorks: fc.constantFrom('NO_WORKS', 'GRADE_ONE', 'SPECIAL_GRADE'),
        nationalCriticalStore: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(facts, fc.constantFrom(...Object.keys(PLAIN)), (known, field) => {
        const before = suggest(known);
        const after = suggest({ ...PLAIN, ...known });
        const oneMore = suggest({ [field]: PLAIN[field] ?? null, ...known });
        expect(oneMore.minimum ?? 0).toBeGreaterThanOrEqual(before.minimum ?? 0);
        expect(after.minimum ?? 0).toBeGreaterThanOrEqual(before.minimum ?? 0);
        if (before.isFinal) expect(after.minimum).toBe(before.minimum);
      }),
    );
  });

  it('is not read from a document that asks for what no system tells', () => {
    const row = { ...table[0]?.criterion, condition: 'self.nothing == true' };
    const source = { vi: 'Nguồn', en: 'Source' };
    expect(readLevelTable({ source, rows: [row] }, definitions).problems).toEqual([
      { path: 'rows[0].condition', expected: 'no UNKNOWN_FIELD' },
    ]);
    expect(readLevelTable({ rows: [] }, definitions).problems.length).toBeGreaterThan(0);
  });
});
