import { urnOf } from '../../../test/support/landscapes.js';
import type { AttributeDefinition } from '../landscape/attribute.js';
import { RULE_MAXIMUM, checkRule } from './rule-check.js';
import type { RuleCheck, RuleProblem, RuleSetting } from './rule-check.js';
import type { RulePack } from './rule.js';
import { readRulePack } from './rule-pack-shape.js';
import { citationKey } from './rule-version.js';
import { NO_REFERENCE } from './world.js';

const HOSTING: AttributeDefinition = {
  key: 'hosting',
  type: 'ENUM',
  values: ['AGENCY_SERVER', 'CITY_DATA_CENTRE'],
  appliesTo: ['SYSTEM', 'DATABASE'],
  visibility: 'PUBLIC',
  nameVi: 'Nơi đặt',
  nameEn: 'Hosting',
  questionVi: 'Ở đâu?',
  questionEn: 'Where?',
  askedFrom: 'OWNER',
};
const definitions = new Map([
  ['hosting', HOSTING],
  ['tags', { ...HOSTING, key: 'tags', type: 'STRING_LIST' as const, values: ['a'], listMaximum: 50 }],
]);
const text = { vi: 'chữ', en: 'text' };
const CITATION = {
  instrument: urnOf('luat-mau'),
  article: 'Điều 1',
  text,
  url: null,
  confidence: 'HIGH',
  verification: 'UNVERIFIED',
  verifiedBy: null,
  verifiedOn: null,
};

function documentWith({ rule, ...change }: { rule?: object; case?: object; citation?: object } = {}): object {
  return {
    code: 'R-1',
    title: text,
    severity: 'MAJOR',
    enforcement: 'WARN',
    tier: 1,
    citations: [{ ...CITATION, ...change.citation }],
    effectiveFrom: '2026-01-01',
    fixHint: text,
    cases: [
      {
        appliesTo: ['SYSTEM', 'DATABASE'],
        expression: 'self.hosting == "CITY_DATA_CENTRE"',
        values: { place: 'self.hosting' },
        messages: { PASS: text, FAIL: text, NEEDS_EVIDENCE: text },
        examples: [
          { outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE' } },
          { outcome: 'FAIL', facts: { hosting: 'AGENCY_SERVER' } },
        ],
        ...change.case,
      },
    ],
    ...rule,
  };
}

function packWith(rules: readonly object[]): RulePack {
  const shape = { code: 'mau', version: '1', title: text, state: 'ACTIVE', questions: {}, words: {}, rules };
  return readRulePack(shape).pack;
}

function check(document: unknown, more: Partial<RuleSetting> = {}): RuleCheck {
  const isInstrument = (urn: string): boolean => urn === urnOf('luat-mau');
  const setting = {
    pack: packWith([]),
    events: [],
    definitions,
    reference: NO_REFERENCE,
    today: '2026-11-30',
    isInstrument,
  };
  return checkRule(document, { ...setting, ...more });
}
function problemsOf(change: Parameters<typeof documentWith>[0]): readonly RuleProblem[] {
  return check(documentWith(change)).problems;
}

describe('a rule that is drafted', () => {
  it('can be asked where nothing is wrong, and tells what it reads and costs, and what its examples give', () => {
    const { problems, checked, expressions, examples } = check(documentWith());
    expect(problems).toEqual([]);
    expect([...(checked?.cases.keys() ?? [])]).toEqual(['SYSTEM', 'DATABASE']);
    expect(expressions.map(({ where, type, fields }) => [where, type, fields])).toEqual([
      ['cases[0].expression SYSTEM', 'BOOLEAN', ['hosting']],
      ['cases[0].values.place SYSTEM', 'ENUM', ['hosting']],
      ['cases[0].expression DATABASE', 'BOOLEAN', ['hosting']],
      ['cases[0].values.place DATABASE', 'ENUM', ['hosting']],
    ]);
    expect(expressions.every(({ cost }) => cost > 0)).toBe(true);
    expect(examples.slice(0, 2)).toEqual([
      { where: 'cases[0] SYSTEM examples[0]', expected: 'PASS', actual: 'PASS' },
      { where: 'cases[0] SYSTEM examples[1]', expected: 'FAIL', actual: 'FAIL' },
    ]);
  });

  const LOOPS = 'self.tags.all(a, self.tags.all(b, self.tags.all(c, self.tags.all(d, a == d))))';
  const many = { outcome: 'PASS', facts: { tags: Array.from({ length: 400 }, () => 'a') } };
  it.each<[string, Parameters<typeof documentWith>[0], RuleProblem]>([
    [
      'a word that no fact has',
      { case: { expression: 'true &&\n  self.hostng == "x"' } },
      {
        where: 'cases[0].expression',
        at: { line: 2, column: 7 },
        reason: 'UNKNOWN_FIELD',
        params: { name: 'hostng', suggestion: 'hosting' },
      },
    ],
    [
      'what can not be read',
      { case: { expression: 'self.hosting ==' } },
      { where: 'cases[0].expression', at: expect.anything(), reason: 'SYNTAX', params: expect.anything() } as never,
    ],
    [
      'an expression that costs too much',
      { case: { expression: LOOPS } },
      {
        where: 'cases[0].expression',
        at: { line: 1, column: 10 },
        reason: 'COST_TOO_HIGH',
        params: expect.anything(),
      } as never,
    ],
    ['nothing that it rests on', { rule: { citations: [] } }, shape('citations', 'a list that is not empty')],
    ['no English title', { rule: { title: { vi: 'chữ' } } }, shape('title.en', 'a text')],
    [
      'no example of a failure',
      { case: { examples: [{ outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE' } }] } },
      { where: 'cases[0] SYSTEM', at: null, reason: 'EXAMPLE_MISSING', params: { outcome: 'FAIL' } },
    ],
    [
      'an example that does not hold',
      { case: { examples: [{ outcome: 'PASS', facts: { hosting: 'AGENCY_SERVER' } }] } },
      {
        where: 'cases[0] SYSTEM examples[0]',
        at: null,
        reason: 'EXAMPLE_DISAGREES',
        params: { expected: 'PASS', actual: 'FAIL' },
      },
    ],
    [
      'an instrument that has no record',
      { citation: { instrument: urnOf('khong-co') } },
      {
        where: 'citations[0].instrument',
        at: null,
        reason: 'INSTRUMENT_UNKNOWN',
        params: { urn: urnOf('khong-co') },
      },
    ],
    [
      'a citation that its author calls verified',
      { citation: { verification: 'VERIFIED_AGAINST_SIGNED_TEXT', verifiedBy: 'Tôi', verifiedOn: '2026-01-01' } },
      { where: 'citations[0].verification', at: null, reason: 'VERIFICATION_CLAIMED', params: { citation: 0 } },
    ],
    ['a code with a space', { rule: { code: 'R 1' } }, problem('code', 'CODE_MALFORMED', { code: 'R 1', limit: 40 })],
    [
      'too many examples',
      { case: { examples: Array.from({ length: 101 }, () => ({ outcome: 'PASS', facts: {} })) } },
      problem('cases[0].examples', 'TOO_MANY', { field: 'cases[0].examples', limit: 100, actual: 101 }),
    ],
    [
      'examples that would take too long',
      { case: { expression: LOOPS, examples: Array.from({ length: 20 }, () => many) } },
      problem('cases', 'EXAMPLES_TOO_COSTLY', expect.anything() as never),
    ],
    [
      'a character that can not be kept',
      { rule: { title: { vi: 'a\u0000', en: 'a' } } },
      problem('', 'TEXT_UNWRITABLE'),
    ],
    [
      'more than a rule has to say',
      { rule: { title: { vi: 'a'.repeat(RULE_MAXIMUM), en: 'a' } } },
      problem('', 'DOCUMENT_TOO_LONG', expect.anything() as never),
    ],
  ])('is refused with its place where it has %s', (_what, change, expected) => {
    const { problems, checked } = check(documentWith(change));
    expect(problems).toContainEqual(expected);
    expect(checked).toBeUndefined();
  });

  it.each([undefined, null, 'R-1', [], {}])('is refused where it is %j', (document) => {
    expect(check(document).problems.length).toBeGreaterThan(0);
  });

  it('may ask to be enforced before anybody has verified what it rests on, and is asked as a warning until then', () => {
    const document = documentWith({ rule: { enforcement: 'ENFORCE' } });
    const { problems, rule, checked } = check(document);
    expect([problems, rule?.enforcement, checked?.rule.enforcement]).toEqual([[], 'ENFORCE', 'WARN']);
    const [citation] = rule?.citations ?? [];
    if (citation === undefined) throw new Error('No citation.');
    const known = { citation: citationKey(citation), verifiedBy: 'Nguyễn Văn A' };
    const event = { kind: 'CITATION_VERIFIED', number: 1, on: '2026-01-02', code: 'R-1', ...known } as const;
    expect(check(document, { events: [event] }).checked?.rule.enforcement).toBe('ENFORCE');
  });

  it('may repeat what is known of the same citation', () => {
    const verified = { verification: 'VERIFIED_AGAINST_SIGNED_TEXT', verifiedBy: 'A', verifiedOn: '2026-01-01' };
    const pack = packWith([documentWith({ citation: verified })]);
    const reasons = (citation: object): string[] =>
      check(documentWith({ citation }), { pack }).problems.map(({ reason }) => reason);
    expect(reasons(verified)).toEqual([]);
    expect(reasons({ ...verified, verifiedBy: 'B' })).toEqual(['VERIFICATION_CLAIMED']);
    expect(reasons({ ...verified, article: 'Điều 2' })).toEqual(['VERIFICATION_CLAIMED']);
  });

  it.each<[object, object, string[]]>([
    [{ effectiveFrom: '2025-07-01' }, { effectiveFrom: '2027-07-01' }, ['effectiveFrom']],
    [{ effectiveFrom: '2025-07-01' }, { effectiveFrom: '2025-07' }, ['effectiveFrom']],
    [{ effectiveFrom: null }, { effectiveFrom: '2020-01-01' }, ['effectiveFrom']],
    [{ effectiveFrom: '2025-07-01' }, { effectiveFrom: '2025-06' }, []],
    [{ effectiveFrom: '2025-07' }, { effectiveFrom: '2025-07' }, []],
    [{ effectiveFrom: '2025-07' }, { effectiveFrom: '2025-07-01' }, []],
    [{ effectiveFrom: '2025-07' }, { effectiveFrom: '2025-07-02' }, ['effectiveFrom']],
    [{ effectiveFrom: '2025-07-01' }, { effectiveFrom: null }, []],
    [{ effectiveTo: null }, { effectiveTo: '2030' }, ['effectiveTo']],
    [{ effectiveTo: '2027-06-30' }, { effectiveTo: '2027-06' }, ['effectiveTo']],
    [{ effectiveTo: '2027-06-30' }, { effectiveTo: '2027-07-01' }, []],
    [{ effectiveTo: '2027-06-30' }, { effectiveTo: null }, []],
    // What has not begun is asked of nobody yet.
    [{ effectiveFrom: '2026-12-01' }, { effectiveFrom: '2027-07-01', effectiveTo: '2027-08-01' }, []],
    [
      { effectiveFrom: '2026-11-30' },
      { effectiveFrom: '2027-07-01', effectiveTo: '2027-08-01' },
      ['effectiveFrom', 'effectiveTo'],
    ],
  ])('in effect %j may not be replaced by a version in effect on fewer days: %j', (before, after, expected) => {
    const pack = packWith([documentWith({ rule: { ...before } })]);
    const { problems } = check(documentWith({ rule: { ...before, ...after } }), { pack });
    expect(problems.map(({ reason }) => reason)).toEqual(expected.map(() => 'EFFECT_NARROWED'));
    expect(problems.map(({ where }) => where)).toEqual(expected);
    expect(check(documentWith({ rule: { ...before, ...after, code: 'R-2' } }), { pack }).problems).toEqual([]);
  });

  it('tells all that is wrong at once', () => {
    const reasons = problemsOf({
      rule: { effectiveTo: '2025-01-01' },
      case: { expression: 'self.hostng == "x"', messages: { PASS: text, FAIL: { vi: '{noi}', en: 'x' } } },
    }).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(
      new Set(['DATES_REVERSED', 'MESSAGE_MISSING', 'VALUE_UNDEFINED', 'UNKNOWN_FIELD']),
    );
  });
});

function problem(where: string, reason: RuleProblem['reason'], params: RuleProblem['params'] = {}): RuleProblem {
  return { where, at: null, reason, params };
}
function shape(where: string, expected: string): RuleProblem {
  return problem(where, 'WRONG_SHAPE', { expected });
}
