import { UNEXPLAINED } from '../../../test/support/unexplained.js';
import { turnOf } from './change-standing.js';
import type { Said, Turn } from './change-standing.js';
import type { Finding, MissingFact } from './finding.js';
import type { OutcomeOrNone } from './preview.js';

const missingOf = (path: string): MissingFact => ({
  path,
  field: path.replace(/\[\d+\]/g, ''),
  item: null,
  question: null,
  askedFrom: null,
  element: null,
});
const saying = (...paths: string[]): Said => {
  const finding: Pick<Finding, 'missingFacts' | 'explanation'> = {
    missingFacts: paths.map(missingOf),
    explanation: UNEXPLAINED,
  };
  // Nothing else of a finding is looked at.
  return { finding: finding as Finding, facts: {} };
};

function turn(before: OutcomeOrNone, after: OutcomeOrNone, sides: { before: Said; after: Said }): Turn | undefined {
  return turnOf({ before, after, sides: () => sides, isNewWay: () => false, spend: () => undefined });
}

describe('what becomes of a finding', () => {
  it.each<[OutcomeOrNone, OutcomeOrNone, Turn | undefined]>([
    [null, 'ERROR', 'INTRODUCED'],
    ['PASS', 'ERROR', 'INTRODUCED'],
    ['NOT_APPLICABLE', 'NEEDS_EVIDENCE', 'INTRODUCED'],
    ['ERROR', 'FAIL', 'INTRODUCED'],
    ['FAIL', 'ERROR', 'OLDER_DEBT'],
    ['ERROR', 'ERROR', undefined],
    ['NEEDS_EVIDENCE', 'ERROR', undefined],
    ['ERROR', 'PASS', undefined],
    ['FAIL', 'NOT_APPLICABLE', 'MENDED'],
    ['FAIL', null, 'MENDED'],
    ['PASS', 'PASS', undefined],
  ])('of %s that turns to %s', (before, after, expected) => {
    expect(turn(before, after, { before: saying(), after: saying() })).toBe(expected);
  });

  it('is introduced where an error leaves open what was known before', () => {
    const sides = { before: saying('a'), after: saying('a', 'b') };
    expect(turn('ERROR', 'NEEDS_EVIDENCE', sides)).toBe('INTRODUCED');
    expect(turn('ERROR', 'NEEDS_EVIDENCE', { before: saying('a'), after: saying('a') })).toBeUndefined();
  });
});
