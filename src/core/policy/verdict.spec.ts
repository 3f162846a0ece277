import { UNEXPLAINED } from '../../../test/support/unexplained.js';
import type { Json } from '../landscape/model.js';
import type { Finding } from './finding.js';
import type { Enforcement, FindingOutcome, Severity } from './rule.js';
import { outsideOf, readOutsideFramework, readSelfCheckCriteria, selfCheck, verdictOf } from './verdict.js';
import type { Light, SelfCheckCriterion } from './verdict.js';

const TEXT = { vi: 'Chữ', en: 'Text' };

interface Said {
  readonly outcome: FindingOutcome;
  readonly code?: string;
  readonly severity?: Severity;
  readonly enforcement?: Enforcement;
  readonly provisional?: boolean;
}
function finding({
  outcome,
  code = 'R1',
  severity = 'MAJOR',
  enforcement = 'WARN',
  provisional = false,
}: Said): Finding {
  return {
    rule: {
      code,
      title: TEXT,
      severity,
      enforcement,
      tier: 1,
      citations: [
        {
          instrument: null,
          article: null,
          text: TEXT,
          url: null,
          confidence: 'LOW',
          verification: 'UNVERIFIED',
          verifiedBy: null,
          verifiedOn: null,
        },
      ],
      effectiveFrom: null,
      effectiveTo: null,
      regimes: null,
      parameters: {},
      fixHint: TEXT,
      cases: [
        { appliesTo: ['PROJECT'], appliesWhen: null, expression: 'true', values: {}, messages: {}, examples: [] },
      ],
    },
    subject: null,
    subjectName: 'Dự án',
    outcome,
    message: undefined,
    values: {},
    missingFacts: [],
    explanation: UNEXPLAINED,
    unverifiedDays: [],
    provisional,
  };
}

describe('the light of a criterion', () => {
  const criterion = (rules: readonly string[], answers: readonly string[] = []): SelfCheckCriterion => ({
    code: 'C1',
    title: TEXT,
    rules,
    answers,
  });
  const outcomes = (said: string): Finding[] =>
    said
      .split(' ')
      .filter((each) => each !== '')
      .map((each, index) => {
        const known = (['PASS', 'FAIL', 'NOT_APPLICABLE', 'NEEDS_EVIDENCE', 'ERROR'] as const).find(
          (outcome) => outcome === each,
        );
        if (known === undefined) throw new RangeError(each);
        return finding({ outcome: known, code: `R${index + 1}` });
      });

  it.each<[string, readonly string[], string, readonly string[], Readonly<Record<string, Json>>, Light]>([
    ['every rule is met', ['R1', 'R2'], 'PASS PASS', [], {}, 'GREEN'],
    ['a rule does not apply', ['R1'], 'NOT_APPLICABLE', [], {}, 'GREEN'],
    ['a rule is not met', ['R1', 'R2'], 'PASS FAIL', [], {}, 'RED'],
    ['a rule is not met, whatever is answered', ['R1'], 'FAIL', ['a'], { a: true }, 'RED'],
    ['a rule is not met and another is open', ['R1', 'R2'], 'NEEDS_EVIDENCE FAIL', [], {}, 'RED'],
    ['a rule is met and another is open', ['R1', 'R2'], 'PASS NEEDS_EVIDENCE', [], {}, 'YELLOW'],
    ['a rule is met and another could not be asked', ['R1', 'R2'], 'PASS ERROR', [], {}, 'YELLOW'],
    ['a rule is met and another says nothing', ['R1', 'R2'], 'PASS', [], {}, 'YELLOW'],
    ['its only rule is open', ['R1'], 'NEEDS_EVIDENCE', [], {}, 'UNKNOWN'],
    ['its only rule could not be asked', ['R1'], 'ERROR', [], {}, 'UNKNOWN'],
    ['its only rule says nothing', ['R1'], '', [], {}, 'UNKNOWN'],
    ['only other rules are met', ['R9'], 'PASS', [], {}, 'UNKNOWN'],
    ['only other rules are not met', ['R2'], 'FAIL PASS', [], {}, 'GREEN'],
    ['every question is answered', [], '', ['a', 'b'], { a: 'x', b: 0 }, 'GREEN'],
    ['some questions are answered', [], '', ['a', 'b'], { a: true }, 'YELLOW'],
    ['no question is answered', [], '', ['a', 'b'], {}, 'UNKNOWN'],
    ['the answer is no', [], '', ['a'], { a: false }, 'UNKNOWN'],
    ['the answer is declared absent', [], '', ['a'], { a: null }, 'UNKNOWN'],
    ['a rule is met and no question is answered', ['R1'], 'PASS', ['a'], { a: false }, 'YELLOW'],
    ['a rule is open and a question is answered', ['R1'], 'NEEDS_EVIDENCE', ['a'], { a: true }, 'YELLOW'],
    ['everything is there', ['R1'], 'PASS', ['a'], { a: true }, 'GREEN'],
  ])('where %s', (_what, rules, said, answers, given, light) => {
    expect(selfCheck([criterion(rules, answers)], outcomes(said), given).map((each) => each.light)).toEqual([light]);
  });

  it.each<[string, Light]>([
    ['FAIL', 'RED'],
    ['NEEDS_EVIDENCE', 'YELLOW'],
    ['ERROR', 'YELLOW'],
    ['PASS', 'GREEN'],
  ])('is not green by what is said where the change introduces %s', (said, light) => {
    const own = outcomes('PASS');
    const introduced = outcomes(said);
    const [check, other] = selfCheck([criterion(['R1']), criterion([], ['a'])], own, { a: true }, introduced);
    expect([check?.light, other?.light]).toEqual([light, 'GREEN']);
    expect(check?.findings).toEqual(light === 'GREEN' ? own : [...own, ...introduced]);
  });

  it('comes with the findings that decided it, in the order of its rules, and what is not answered', () => {
    const findings = outcomes('PASS NEEDS_EVIDENCE PASS');
    const [check] = selfCheck([criterion(['R2', 'R9', 'R1'], ['a', 'b', 'c'])], findings, { b: true, c: false });
    expect(check?.findings.map(({ rule }) => rule.code)).toEqual(['R2', 'R1']);
    expect(check?.unanswered).toEqual(['a', 'c']);
  });

  it('is told for each criterion, in their order', () => {
    const checks = selfCheck([criterion(['R2']), criterion(['R1'])], outcomes('PASS FAIL'), {});
    expect(checks.map(({ light }) => light)).toEqual(['RED', 'GREEN']);
    expect(selfCheck([], [], {})).toEqual([]);
  });
});

describe('the verdict on a proposal', () => {
  const PASS = finding({ outcome: 'PASS' });
  const OPEN = finding({ outcome: 'NEEDS_EVIDENCE' });

  it.each<[string, readonly Finding[], number, string]>([
    ['where every rule is met', [PASS, finding({ outcome: 'NOT_APPLICABLE' })], 0, 'CONFORMS'],
    ['where no rule says anything', [], 0, 'CONFORMS'],
    ['where conditions are suggested', [PASS], 1, 'CONFORMS_WITH_CONDITIONS'],
    ['where a minor rule fails', [finding({ outcome: 'FAIL', severity: 'MINOR' })], 0, 'CONFORMS_WITH_CONDITIONS'],
    [
      'where a rule that only informs fails',
      [finding({ outcome: 'FAIL', severity: 'INFO' })],
      0,
      'CONFORMS_WITH_CONDITIONS',
    ],
    ['where a major rule fails', [PASS, finding({ outcome: 'FAIL', severity: 'MAJOR' })], 0, 'DOES_NOT_CONFORM'],
    ['where a critical rule fails', [finding({ outcome: 'FAIL', severity: 'CRITICAL' })], 3, 'DOES_NOT_CONFORM'],
    [
      'where a major rule fails and facts are missing',
      [OPEN, finding({ outcome: 'FAIL', severity: 'MAJOR' })],
      0,
      'DOES_NOT_CONFORM',
    ],
    ['where facts are missing', [PASS, OPEN], 0, 'NOT_ENOUGH_EVIDENCE'],
    ['where a rule could not be asked', [PASS, finding({ outcome: 'ERROR' })], 0, 'NOT_ENOUGH_EVIDENCE'],
    [
      'where facts are missing and a minor rule fails',
      [OPEN, finding({ outcome: 'FAIL', severity: 'MINOR' })],
      2,
      'NOT_ENOUGH_EVIDENCE',
    ],
    [
      'where a rule under audit fails',
      [PASS, finding({ outcome: 'FAIL', severity: 'CRITICAL', enforcement: 'AUDIT' })],
      0,
      'CONFORMS',
    ],
    [
      'where facts are missing for a rule under audit',
      [PASS, finding({ outcome: 'NEEDS_EVIDENCE', enforcement: 'AUDIT' })],
      0,
      'CONFORMS',
    ],
  ])('%s', (_what, findings, conditions, verdict) => {
    expect(verdictOf(findings, conditions)).toEqual({ verdict, isBinding: false });
  });

  it.each<[string, readonly Finding[], boolean]>([
    ['a serious rule that may block fails', [finding({ outcome: 'FAIL', enforcement: 'ENFORCE' })], true],
    [
      'one of several may block',
      [finding({ outcome: 'FAIL' }), finding({ outcome: 'FAIL', enforcement: 'ENFORCE' })],
      true,
    ],
    ['the rule only warns', [finding({ outcome: 'FAIL', enforcement: 'WARN' })], false],
    [
      'only a lesser rule may block',
      [finding({ outcome: 'FAIL' }), finding({ outcome: 'FAIL', severity: 'MINOR', enforcement: 'ENFORCE' })],
      false,
    ],
    [
      'the rule that may block is met',
      [finding({ outcome: 'FAIL' }), finding({ outcome: 'PASS', enforcement: 'ENFORCE' })],
      false,
    ],
    [
      'the law may still change before the decision',
      [finding({ outcome: 'FAIL', enforcement: 'ENFORCE', provisional: true })],
      false,
    ],
  ])('binds or not where %s', (_what, findings, isBinding) => {
    expect(verdictOf(findings, 0)).toEqual({ verdict: 'DOES_NOT_CONFORM', isBinding });
  });
});

describe('the verdict where failures are waived', () => {
  const waived = finding({ outcome: 'FAIL', code: 'R1', severity: 'CRITICAL', enforcement: 'ENFORCE' });
  const isWaived = ({ rule }: Finding): boolean => rule.code === 'R1';
  const verdict = (...others: readonly Finding[]): unknown => verdictOf([waived, ...others], 0, isWaived);

  it('is at best one with conditions', () => {
    expect(verdict()).toEqual({ verdict: 'CONFORMS_WITH_CONDITIONS', isBinding: false });
    expect(verdict(finding({ outcome: 'PASS', code: 'R2' }))).toEqual(verdict());
  });

  it('says nothing better where facts are missing, and nothing better where another rule fails', () => {
    const open = finding({ outcome: 'NEEDS_EVIDENCE', code: 'R2' });
    expect(verdict(open)).toEqual({ verdict: 'NOT_ENOUGH_EVIDENCE', isBinding: false });
    const failed = finding({ outcome: 'FAIL', code: 'R2' });
    expect(verdict(failed)).toEqual({ verdict: 'DOES_NOT_CONFORM', isBinding: false });
  });
});

describe('the verdict on what lies outside the framework', () => {
  const signs = { rules: ['R1'], answers: [{ field: 'conclusion', value: 'OUTSIDE', rules: ['R2'] }] };
  const failed = (code: string, more: Partial<Said> = {}): Finding => finding({ outcome: 'FAIL', code, ...more });
  const verdict = (findings: readonly Finding[], answer: string | null = null, waived?: string): unknown =>
    verdictOf(findings, 0, ({ rule }) => rule.code === waived, outsideOf(signs, { conclusion: answer }));
  const outside = { verdict: 'OUTSIDE_FRAMEWORK', isBinding: false };

  it('is its own where the rule that says so fails, or the answer does, whatever is missing', () => {
    expect(verdict([failed('R1')])).toEqual(outside);
    expect(verdict([failed('R1', { severity: 'MINOR' })])).toEqual(outside);
    expect(verdict([], 'OUTSIDE')).toEqual(outside);
    expect(verdict([failed('R1'), finding({ outcome: 'NEEDS_EVIDENCE', code: 'R9' })])).toEqual(outside);
    expect(verdict([failed('R2')], 'OUTSIDE')).toEqual(outside);
    expect(verdict([failed('R1', { enforcement: 'ENFORCE' })])).toEqual({ ...outside, isBinding: true });
  });

  it('is none where another serious rule fails, what says so is open, waived or under audit, or another answer is given', () => {
    const conforms = { verdict: 'CONFORMS', isBinding: false };
    const fails = { verdict: 'DOES_NOT_CONFORM', isBinding: false };
    expect(verdict([failed('R1'), failed('R9')])).toEqual(fails);
    expect(verdict([failed('R1', { enforcement: 'ENFORCE' }), failed('R9')])).toEqual({ ...fails, isBinding: true });
    expect(verdict([failed('R9')], 'OUTSIDE')).toEqual(fails);
    expect(verdict([failed('R2')], 'WITHIN')).toEqual(fails);
    expect(verdict([finding({ outcome: 'NEEDS_EVIDENCE', code: 'R1' })])).toMatchObject({
      verdict: 'NOT_ENOUGH_EVIDENCE',
    });
    expect(verdict([failed('R1')], null, 'R1')).toMatchObject({ verdict: 'CONFORMS_WITH_CONDITIONS' });
    expect(verdict([failed('R1', { enforcement: 'AUDIT' })])).toEqual(conforms);
    expect(verdict([], 'WITHIN')).toEqual(conforms);
  });

  it('is told by data that is refused where it is wrong', () => {
    expect(readOutsideFramework(signs)).toEqual({ outside: signs, problems: [] });
    const wrong = { rules: 'R1', answers: [{ field: 'conclusion', value: 1, rules: [] }] };
    expect(readOutsideFramework(wrong).problems.map(({ path }) => path)).toEqual(['rules', 'answers[0].value']);
  });
});

describe('criteria read from a document', () => {
  const good = { code: 'C1', title: TEXT, rules: ['R1'], answers: [] };

  it('are taken as they stand', () => {
    expect(readSelfCheckCriteria([good])).toEqual({ criteria: [good], problems: [] });
    expect(readSelfCheckCriteria([])).toEqual({ criteria: [], problems: [] });
  });

  it.each<[unknown, string]>([
    [{}, ''],
    [[{ ...good, code: '' }], '[0].code'],
    [[good, { ...good, title: { vi: 'Chữ' } }], '[1].title.en'],
    [[{ ...good, rules: 'R1' }], '[0].rules'],
    [[{ ...good, answers: [7] }], '[0].answers[0]'],
    [[{ ...good, lights: [] }], '[0].lights'],
  ])('that are %j are refused at "%s"', (document, path) => {
    expect(readSelfCheckCriteria(document).problems.map((each) => each.path)).toEqual([path]);
  });
});
