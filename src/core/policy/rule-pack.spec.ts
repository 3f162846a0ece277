import type { AttributeDefinition } from '../landscape/attribute.js';
import { contextOf, evaluateRule, findingsOf } from './finding.js';
import { checkRulePack, packOfTier } from './rule-pack.js';
import type { CheckedRulePack, PackProblem } from './rule-pack.js';
import type { SubjectFacts } from './subject.js';
import type { Facts } from './value.js';

const HOSTING: AttributeDefinition = {
  key: 'hosting',
  type: 'ENUM',
  values: ['AGENCY_SERVER', 'CITY_DATA_CENTRE'],
  appliesTo: ['SYSTEM'],
  visibility: 'PUBLIC',
  nameVi: 'Nơi đặt',
  nameEn: 'Hosting',
  questionVi: 'Hệ thống chạy ở đâu?',
  questionEn: 'Where does it run?',
  askedFrom: 'OPERATOR',
};
const DEFINITIONS = new Map([
  ['hosting', HOSTING],
  ['level', { ...HOSTING, key: 'level', type: 'INTEGER' as const }],
  ['tags', { ...HOSTING, key: 'tags', type: 'STRING_LIST' as const, values: ['a'] }],
  ['watched', { ...HOSTING, key: 'watched', type: 'BOOLEAN' as const }],
  ['until', { ...HOSTING, key: 'until', type: 'DATE' as const }],
]);
const REGIMES = [
  { code: 'OLD', from: null, to: '2025-12-31' },
  { code: 'NEW', from: '2026-01-01', to: null },
].map((each) => ({
  ...each,
  name: { vi: each.code, en: each.code },
  instruments: [],
  confidence: 'HIGH' as const,
  source: { vi: 'mẫu', en: 'sample' },
}));
const text = (vi: string): unknown => ({ vi, en: `${vi} (en)` });

/** A right pack, with one part replaced: of the pack, of its rule, of the rule's case or of its citation. */
function packWith(change: {
  pack?: object;
  rule?: object;
  case?: object;
  citation?: object;
}): Readonly<Record<string, unknown>> {
  const citation = {
    instrument: 'urn:khung:luat-mau',
    article: 'Điều 1',
    text: text('Luật mẫu'),
    url: null,
    confidence: 'HIGH',
    verification: 'UNVERIFIED',
    verifiedBy: null,
    verifiedOn: null,
    ...change.citation,
  };
  const ruleCase = {
    appliesTo: ['SYSTEM'],
    expression: 'self.hosting == "CITY_DATA_CENTRE"',
    values: { place: 'self.hosting' },
    messages: { PASS: text('{subject} ở {place}'), FAIL: text('sai'), NEEDS_EVIDENCE: text('thiếu') },
    examples: [
      { outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE' } },
      { outcome: 'FAIL', facts: { hosting: 'AGENCY_SERVER' } },
    ],
    ...change.case,
  };
  const rule = {
    code: 'R-1',
    title: text('Quy tắc'),
    severity: 'MAJOR',
    enforcement: 'WARN',
    tier: 1,
    citations: [citation],
    effectiveFrom: '2025',
    effectiveTo: null,
    fixHint: text('Sửa'),
    cases: [ruleCase],
    ...change.rule,
  };
  return {
    code: 'mau',
    version: '1',
    title: text('Bộ mẫu'),
    state: 'ACTIVE',
    effectiveFrom: null,
    effectiveTo: null,
    questions: {},
    words: {},
    rules: [rule],
    ...change.pack,
  };
}

function problemsOf(document: unknown): readonly PackProblem[] {
  const result = checkRulePack(document, DEFINITIONS, { regimes: REGIMES, calendar: null });
  return 'problems' in result ? result.problems : [];
}
function checked(document: unknown): CheckedRulePack {
  const result = checkRulePack(document, DEFINITIONS, { regimes: REGIMES, calendar: null });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}

const TWO = { vi: 'mẫu', en: 'sample' };
const oneRule = packWith({})['rules'];
const twice = { pack: { rules: [oneRule, oneRule].flat() } };
const messages = { PASS: text('{x}'), FAIL: text('sai'), NEEDS_EVIDENCE: text('thiếu') };

describe('a rule pack', () => {
  it('can be asked where nothing is wrong', () => {
    const pack = checked(packWith({}));
    expect(pack.rules.map(({ rule }) => rule.code)).toEqual(['R-1']);
    expect(pack.questions.get('hosting')).toEqual({
      vi: 'Hệ thống chạy ở đâu?',
      en: 'Where does it run?',
      askedFrom: 'OPERATOR',
    });
  });

  it.each<[string, Parameters<typeof packWith>[0], Partial<PackProblem>]>([
    ['two rules of one code', twice, { reason: 'CODE_REPEATED', params: { code: 'R-1' } }],
    ['two cases for one kind', { case: { appliesTo: ['SYSTEM', 'SYSTEM'] } }, { reason: 'KIND_REPEATED' }],
    [
      'a wrong word in a rule',
      { case: { expression: 'self.hostng == "x"' } },
      {
        where: 'R-1 cases[0].expression 1:5',
        reason: 'UNKNOWN_FIELD',
        params: { name: 'hostng', suggestion: 'hosting' },
      },
    ],
    ['a condition that is no condition', { case: { expression: 'self.hosting' } }, { reason: 'WRONG_TYPE' }],
    ['a broken value', { case: { values: { place: 'self.' } } }, { where: 'R-1 cases[0].values.place 1:5' }],
    [
      'a broken applicability',
      { case: { appliesWhen: 'self.levl == 1' } },
      { reason: 'UNKNOWN_FIELD', where: 'R-1 cases[0].appliesWhen 1:5' },
    ],
    [
      'a given fact that there is not',
      { pack: { given: ['hosting', 'flows.crossAgency', 'flows.crossAgenci'] } },
      {
        where: 'given',
        reason: 'UNKNOWN_FIELD',
        params: { name: 'flows.crossAgenci', suggestion: 'flows.crossAgency' },
      },
    ],
    ['a message that names no value', { case: { messages } }, { reason: 'VALUE_UNDEFINED', params: { name: 'x' } }],
    [
      'a missing message',
      { case: { appliesWhen: 'self.level == null || self.level != 9' } },
      { reason: 'MESSAGE_MISSING', params: { outcome: 'NOT_APPLICABLE' } },
    ],
    ['no failing example', { case: { examples: [] } }, { reason: 'EXAMPLE_MISSING', params: { outcome: 'FAIL' } }],
    [
      'an example that disagrees',
      { case: { examples: [{ outcome: 'PASS', facts: {} }] } },
      { reason: 'EXAMPLE_DISAGREES', params: { expected: 'PASS', actual: 'NEEDS_EVIDENCE' } },
    ],
    [
      'an example of a fact that is none',
      { case: { examples: [{ outcome: 'NEEDS_EVIDENCE', facts: { hostng: 'x' } }] } },
      { reason: 'EXAMPLE_FIELD_UNKNOWN', params: { field: 'hostng' } },
    ],
    [
      'a fact whose declared absence nobody thought of',
      { case: { expression: 'self.level > 1', examples: [{ outcome: 'PASS', facts: { level: 2 } }] } },
      { reason: 'ABSENCE_UNGUARDED', params: { field: 'level' } },
    ],
    [
      'a list whose declared absence nobody thought of',
      { case: { expression: 'self.tags.all(t, t == "a")', examples: [{ outcome: 'PASS', facts: { tags: [] } }] } },
      { reason: 'ABSENCE_UNGUARDED', params: { field: 'tags' } },
    ],
    [
      'a fact that nobody asks for',
      { case: { expression: 'self.owner.name == "x"' } },
      { reason: 'QUESTION_MISSING', params: { field: 'owner' } },
    ],
    ['force without verification', { rule: { enforcement: 'ENFORCE' } }, { reason: 'ENFORCED_UNVERIFIED' }],
    ['a score on a weak source', { citation: { confidence: 'LOW' } }, { reason: 'WEAK_SOURCE_NOT_AUDIT' }],
    [
      'verification by nobody',
      { citation: { verification: 'VERIFIED_AGAINST_SIGNED_TEXT' } },
      { reason: 'VERIFIER_MISSING' },
    ],
    ['an end before the beginning', { rule: { effectiveTo: '2024-12' } }, { reason: 'DATES_REVERSED' }],
  ])('is not used with %s', (_, change, expected) => {
    expect(problemsOf(packWith(change))).toContainEqual(expect.objectContaining(expected));
  });

  it('may enforce what a person verified, and audit what is weak', () => {
    const verified = {
      verification: 'VERIFIED_AGAINST_SIGNED_TEXT',
      verifiedBy: 'Nguyễn Văn A',
      verifiedOn: '2026-11',
    };
    expect(problemsOf(packWith({ rule: { enforcement: 'ENFORCE' }, citation: verified }))).toEqual([]);
    expect(problemsOf(packWith({ rule: { enforcement: 'AUDIT' }, citation: { confidence: 'UNSOURCED' } }))).toEqual([]);
  });

  it.each([
    ['no object', 3, '', 'an object'],
    ['a wrong field', packWith({ pack: { ruls: [] } }), 'ruls', 'no such field; did you mean rules'],
    ['a field far from any', packWith({ pack: { zzzzzzzz: 1 } }), 'zzzzzzzz', 'no such field'],
    ['a blank text', packWith({ pack: { code: ' ' } }), 'code', 'a text'],
    ['a word that is none', packWith({ rule: { severity: 'BAD' } }), 'rules[0].severity', expect.anything()],
    ['a number that is none', packWith({ rule: { tier: 1.5 } }), 'rules[0].tier', 'a whole number'],
    ['a given fact that is no text', packWith({ pack: { given: [1] } }), 'given[0]', 'a text'],
    ['a date that is none', packWith({ rule: { effectiveFrom: '1/2' } }), 'rules[0].effectiveFrom', expect.anything()],
    ['no citation', packWith({ rule: { citations: [] } }), 'rules[0].citations', 'a list that is not empty'],
    ['no list', packWith({ rule: { cases: 1 } }), 'rules[0].cases', 'a list'],
    ['no map', packWith({ pack: { words: [] } }), 'words', 'an object'],
    [
      'facts that are none',
      packWith({ case: { examples: [{ outcome: 'PASS', facts: [] }] } }),
      expect.anything(),
      'an object of facts',
    ],
    ['one language only', packWith({ rule: { title: { vi: 'Chỉ tiếng Việt' } } }), 'rules[0].title.en', 'a text'],
    ['a urn that is none', packWith({ citation: { instrument: 'Luật' } }), 'rules[0].citations[0].instrument', 'a urn'],
    [
      'a message for no outcome',
      packWith({ case: { messages: { ...messages, PASSED: text('x') } } }),
      'rules[0].cases[0].messages.PASSED',
      expect.anything(),
    ],
  ])('is not used with %s', (_, document, path, expected) => {
    expect(problemsOf(document)).toContainEqual({ where: path, reason: 'WRONG_SHAPE', params: { expected } });
  });
});

const NUMBERED = {
  parameters: {
    levels: { value: ['AGENCY_SERVER'], ...TWO },
    most: { value: 3, ...TWO },
    share: { value: 0.3, ...TWO },
  },
};

describe('what a rule is asked with', () => {
  const subject = (values: Facts): SubjectFacts => ({
    kind: 'SYSTEM',
    urn: null,
    name: 'ví dụ',
    values: { evidence: {}, ...values },
    respondents: { OWNER: null, OPERATOR: null, SELF: null },
  });
  const outcomeFor = (pack: CheckedRulePack, values: Facts, decidedOn = '2026-12-01'): string | undefined => {
    const [rule] = pack.rules;
    return rule && evaluateRule(rule, subject(values), contextOf(decidedOn, '2026-12-01'), pack.questions)?.outcome;
  };

  it('are numbers of its own, in place of those that law will change', () => {
    const examples = [
      { outcome: 'PASS', facts: { level: 3 } },
      { outcome: 'FAIL', facts: { level: 4 } },
    ];
    const values = { place: 'params.most' };
    const pack = checked(
      packWith({
        rule: NUMBERED,
        case: { expression: 'self.level != null && self.level <= params.most', examples, values },
      }),
    );
    expect(outcomeFor(pack, { level: 3 })).toBe('PASS');
    expect(outcomeFor(pack, {})).toBe('NEEDS_EVIDENCE');
    const share = 'self.level != null && self.level > params.share && !(self.hosting in params.levels)';
    expect(problemsOf(packWith({ rule: NUMBERED, case: { expression: share } }))).not.toContainEqual(
      expect.objectContaining({ reason: 'WRONG_TYPE' }),
    );
    const unknown = packWith({ rule: NUMBERED, case: { expression: 'self.level <= params.mosts' } });
    expect(problemsOf(unknown)).toContainEqual({
      where: 'R-1 cases[0].expression 1:21',
      reason: 'UNKNOWN_FIELD',
      params: { name: 'mosts', suggestion: 'most' },
      at: { line: 1, column: 21 },
    });
  });

  it('are days of its own, which are compared as days', () => {
    const deadline = { value: '2026-06-30', type: 'DATE', ...TWO };
    const expression = 'self.until != null && self.until <= params.deadline';
    const examples = [
      { outcome: 'PASS', facts: { until: '2026-05' } },
      { outcome: 'FAIL', facts: { until: '2026-07-01' } },
    ];
    const withDay = (parameter: object, own = expression): Readonly<Record<string, unknown>> =>
      packWith({
        rule: { parameters: { deadline: parameter } },
        case: { expression: own, examples, values: { place: 'params.deadline' } },
      });
    const pack = checked(withDay(deadline));
    expect(pack.rules[0]?.rule.parameters['deadline']).toEqual(deadline);
    expect(outcomeFor(pack, { until: '2026' })).toBe('NEEDS_EVIDENCE');
    const wrongShape = (field: string, expected: unknown): object => ({
      where: `rules[0].parameters.deadline.${field}`,
      reason: 'WRONG_SHAPE',
      params: { expected },
    });
    for (const value of ['30/06/2026', '2026-06-31', 20_260_630, ['2026-06-30']]) {
      expect(problemsOf(withDay({ ...deadline, value }))).toEqual([wrongShape('value', 'YYYY, YYYY-MM or YYYY-MM-DD')]);
    }
    expect(problemsOf(withDay({ ...deadline, type: 'DAY' }))).toEqual([wrongShape('type', 'one of DATE')]);
    // A text that looks like a day is a text still, and no day is equal to another.
    const wrongType = expect.objectContaining({ reason: 'WRONG_TYPE' });
    expect(problemsOf(withDay({ ...TWO, value: '2026-06-30' }))).toContainEqual(wrongType);
    expect(problemsOf(withDay(deadline, 'self.until == params.deadline'))).toContainEqual(wrongType);
  });

  it('is evidence that people judged: shown, shown not to be so, or not there', () => {
    const evidence = { dossier: { ...TWO, askedFrom: 'OWNER', validityDays: 365 } };
    const expression = 'self.hosting == "CITY_DATA_CENTRE" && self.evidence.dossier';
    const facts = { hosting: 'CITY_DATA_CENTRE', evidence: { dossier: true } };
    const examples = [
      { outcome: 'PASS', facts },
      { outcome: 'FAIL', facts: { ...facts, evidence: { dossier: false } } },
      { outcome: 'NEEDS_EVIDENCE', facts: { ...facts, evidence: {} } },
    ];
    const pack = checked(packWith({ pack: { evidence }, case: { expression, examples } }));
    expect(outcomeFor(pack, { hosting: 'AGENCY_SERVER' })).toBe('FAIL');
    const [finding] = findingsOf(pack, subject({ hosting: 'CITY_DATA_CENTRE' }), contextOf(null, '2026-12-01'));
    expect(finding?.missingFacts).toEqual([
      {
        path: 'evidence.dossier',
        field: 'evidence.dossier',
        item: null,
        question: TWO,
        askedFrom: null,
        element: null,
      },
    ]);
    expect(problemsOf(packWith({ case: { expression: 'self.evidence.dosier', examples } }))).toContainEqual(
      expect.objectContaining({ reason: 'UNKNOWN_FIELD' }),
    );
  });

  it('is the law of its day, and one of another law is not asked', () => {
    const pack = checked(packWith({ rule: { regimes: ['NEW'] } }));
    const facts = { hosting: 'CITY_DATA_CENTRE' };
    expect(outcomeFor(pack, facts, '2026-01-01')).toBe('PASS');
    expect(outcomeFor(pack, facts, '2025-12-31')).toBeUndefined();
    const [rule] = pack.rules;
    const rough = rule && evaluateRule(rule, subject(facts), contextOf('2026', '2026-12-01'), new Map());
    expect(rough?.provisional).toBe(false);
    expect(problemsOf(packWith({ rule: { regimes: ['NEWS'] } }))).toEqual([
      { where: 'R-1', reason: 'REGIME_UNKNOWN', params: { regime: 'NEWS', suggestion: 'NEW' } },
    ]);
  });

  it('is its tier, and finer rules wait until they are asked for', () => {
    const finer = packWith({ rule: { code: 'R-2', tier: 2 } })['rules'];
    const pack = checked(packWith({ pack: { rules: [oneRule, finer].flat() } }));
    expect(packOfTier(pack, 1).rules.map(({ rule }) => rule.code)).toEqual(['R-1']);
    expect(packOfTier(pack, 2).rules.map(({ rule }) => rule.code)).toEqual(['R-1', 'R-2']);
  });

  it('is proved by examples with a landscape of their own, through the same functions', () => {
    const expression = '!inCycle(self, ["EXCHANGES_DATA_WITH"])';
    const [own, other] = ['urn:khung:a', 'urn:khung:b'];
    const attributes = { flowsDeclaredCompleteOn: '2026-10' };
    const graph = {
      elements: [
        { urn: own, kind: 'SYSTEM', attributes },
        { urn: other, kind: 'DATABASE', attributes },
      ],
      relations: [{ kind: 'EXCHANGES_DATA_WITH', source: own, target: other }],
    };
    const back = { kind: 'EXCHANGES_DATA_WITH', source: other, target: own };
    const facts = { urn: own };
    const examples = [
      { outcome: 'PASS', facts, graph },
      { outcome: 'FAIL', facts, graph: { ...graph, relations: [...graph.relations, back] } },
      { outcome: 'NEEDS_EVIDENCE', facts },
    ];
    const questions = { flows: { ...TWO, askedFrom: 'OWNER' } };
    const document = packWith({ pack: { questions }, case: { expression, examples } });
    expect(problemsOf(document)).toEqual([]);
    const ended = { ...graph, relations: [...graph.relations, { ...back, status: 'ENDED' }] };
    const wrong = [...examples, { outcome: 'FAIL', facts, graph: ended }];
    expect(problemsOf(packWith({ pack: { questions }, case: { expression, examples: wrong } }))).toMatchObject([
      { reason: 'EXAMPLE_DISAGREES', params: { expected: 'FAIL', actual: 'PASS' } },
    ]);
    expect(problemsOf(packWith({ case: { expression, examples } }))).toMatchObject([
      { reason: 'QUESTION_MISSING', params: { field: 'flows' } },
    ]);
    const stray = [{ outcome: 'PASS', facts, graph: { ...graph, elements: [graph.elements[0], graph.elements[0]] } }];
    expect(problemsOf(packWith({ case: { expression, examples: stray } })).map(({ where }) => where)).toEqual([
      'rules[0].cases[0].examples[0].graph.elements[1].urn',
      'rules[0].cases[0].examples[0].graph.relations[0].target',
    ]);
  });
});
