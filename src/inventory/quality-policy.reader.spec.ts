import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { problemsOf, questionOf, readQualityPolicy } from './quality-policy.reader.js';

const DEFINITIONS = new AttributeDefinitionReader().all;
const POLICY = readQualityPolicy(DEFINITIONS);

describe('what should be known', () => {
  it('is asked in both languages', () => {
    for (const fact of POLICY.facts) {
      for (const language of ['VI', 'EN'] as const) {
        expect([fact.field, questionOf(fact, DEFINITIONS, language)?.endsWith('?')]).toEqual([fact.field, true]);
      }
    }
  });

  it.each([
    [{ field: 'hosting', weight: 0, kinds: ['SYSTEM'] }, 'hosting: 0 is no weight'],
    [{ field: 'hostnig', weight: 1, kinds: ['SYSTEM'] }, 'hostnig is no field'],
    [{ field: 'hosting', weight: 1, kinds: ['AGENCY'] }, 'hosting is no attribute of AGENCY'],
    [{ field: 'phases', weight: 1, kinds: ['SYSTEM'] }, 'phases: nobody is asked'],
  ] as const)('is refused: %o', (fact, problem) => {
    expect(problemsOf(fact, DEFINITIONS)).toEqual([problem]);
  });
});
