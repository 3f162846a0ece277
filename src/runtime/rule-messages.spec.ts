import { RULE_PROBLEM_REASONS } from '../core/policy/rule-check.js';
import { readRule } from '../core/policy/rule-pack-shape.js';
import { messageOf } from './messages.js';
import { expectedIn, ruleProblemMessage } from './rule-messages.js';

const params = {
  limit: 1,
  actual: 2,
  expected: 'a text',
  name: 'tên',
  suggestion: '',
  detail: 'chi tiết',
  construct: 'x',
  value: 'y',
  code: 'R-1',
  kind: 'SYSTEM',
  outcome: 'PASS',
  field: 'hosting',
  confidence: 'LOW',
  regime: 'CU',
  urn: 'urn:khung:x',
  citation: 0,
  replaced: '2025-07-01 – …',
  replacing: '2026-07-01 – …',
};

describe('what can be wrong with a rule', () => {
  it('is told in both languages, whichever it is', () => {
    expect(new Set(RULE_PROBLEM_REASONS).size).toBe(RULE_PROBLEM_REASONS.length);
    expect(RULE_PROBLEM_REASONS.length).toBeGreaterThan(30);
    for (const reason of RULE_PROBLEM_REASONS) {
      const [vi, en] = (['VI', 'EN'] as const).map((language) => ruleProblemMessage({ reason, params }, language));
      expect(vi).not.toMatch(/[{}]|Có phải/);
      expect(en).not.toMatch(/[{}]|Did you/);
      expect(vi).not.toBe(en);
    }
  });

  it('is told with what was probably meant', () => {
    const problem = { reason: 'UNKNOWN_FIELD', params: { name: 'hostng', suggestion: 'hosting' } } as const;
    expect(ruleProblemMessage(problem, 'VI')).toBe('Không có dữ kiện "hostng" ở đây. Có phải ý bạn là "hosting"?');
    expect(ruleProblemMessage(problem, 'EN')).toBe('There is no fact "hostng" here. Did you mean "hosting"?');
  });

  it('stands in a refusal with its place', () => {
    const told = { problem: 'EXAMPLE_MISSING', outcome: 'FAIL' };
    const at = (place: object): string =>
      messageOf({ reason: 'RULE_WRONG', path: [], params: { ...told, ...place } }, 'EN');
    expect(at({ where: 'cases[0]', line: 0, column: 0 })).toBe(
      'The rule is wrong at cases[0]: There is no example of FAIL.',
    );
    expect(at({ where: 'cases[0].expression', line: 2, column: 7 })).toContain('cases[0].expression 2:7:');
    expect(at({ where: '', line: 0, column: 0 })).toContain('the rule as a whole');
  });

  it('is told in Vietnamese of every shape that a document must have', () => {
    const wrong = [
      undefined,
      { code: 1, title: 1, severity: 'X', tier: 1.5, citations: [{ instrument: 'x', verifiedOn: 'x' }], cases: [] },
      { titel: {}, khong: 1, citations: 1, cases: [{ appliesTo: [], examples: [{ facts: 1 }], values: 1 }] },
    ];
    const expected = wrong.flatMap((document) => readRule(document).problems.map((each) => each.expected));
    expect(expected.length).toBeGreaterThan(20);
    for (const each of new Set(expected)) expect([each, expectedIn('VI', each) !== each]).toEqual([each, true]);
  });
});
