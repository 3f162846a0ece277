import { TREATMENT_FACTS, TREATMENT_SIGNS } from '../core/policy/treatment.js';
import { readReferenceRulePack } from '../runtime/reference-file.js';
import { problemsOf, readTreatmentPolicy } from './treatment-policy.reader.js';

const POLICY = readTreatmentPolicy();

describe('how treatments are weighed', () => {
  it('says each sign in both languages, by values that there are', () => {
    for (const sign of TREATMENT_SIGNS) {
      for (const text of [POLICY.signs[sign].vi, POLICY.signs[sign].en]) {
        expect([sign, text.endsWith('.')]).toEqual([sign, true]);
        const names = Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name);
        expect(['names', 'count', 'date']).toEqual(expect.arrayContaining(names));
      }
    }
  });

  it('asks in both languages for every fact that KEEP needs', () => {
    expect(Object.keys(POLICY.keepNeeds).toSorted()).toEqual(TREATMENT_FACTS.toSorted());
    for (const question of Object.values(POLICY.keepNeeds)) {
      expect([question.vi.endsWith('?'), question.en.endsWith('?')]).toEqual([true, true]);
    }
  });

  it('speaks only of rules that the city has', () => {
    const { rules } = readReferenceRulePack('hcmc/rule-pack.json') as {
      readonly rules: readonly { readonly code: string }[];
    };
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(Object.keys(POLICY.rules)));
  });

  it('is refused where an answer is none, has no rank, or a sign says nothing', () => {
    const wrong = { ...POLICY, rules: { 'R-07': 'KEEP', 'R-08': 'NONE' }, signs: {} } as unknown as typeof POLICY;
    const problems = problemsOf(wrong);
    expect(problems).toContain('NONE is no answer');
    expect(problems).toContain('KEEP has no place in the precedence');
    expect(problems).toContain('NEEDED says nothing');
    const RULE_OPEN = { ...POLICY.signs.RULE_OPEN, option: null };
    const lenient = { ...POLICY, signs: { ...POLICY.signs, RULE_OPEN } };
    expect(problemsOf(lenient)).toEqual(['RULE_OPEN has to speak for UNDECIDED']);
  });
});
