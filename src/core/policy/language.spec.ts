import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { RANDOM_TYPES, randomFacts, randomTruth } from '../../../test/support/random-expression.js';
import type { Json } from '../landscape/model.js';
import { parseExpression } from './cel-syntax.js';
import { compileExpression, compileRule, decide, evaluate, truthOfCompiled, valueOfCompiled } from './compile.js';
import type { Compiled } from './compile.js';
import { Context } from './context.js';
import { BUDGET } from './limits.js';
import { BOOLEAN, DATE, DOUBLE, INT, TEXT, enumOf, listOf, recordOf, setOf, textOf } from './fact-type.js';
import type { FactTypes } from './fact-type.js';
import { PROBLEM_REASONS } from './expression.js';
import { FUNCTIONS } from './functions.js';
import { printExpression } from './print.js';
import { fieldsRead } from './reads.js';
import type { Facts } from './value.js';

const OWNER = recordOf({ name: TEXT, code: textOf(20) });
const TYPES: FactTypes = {
  layer: INT,
  share: DOUBLE,
  title: TEXT,
  watched: BOOLEAN,
  hosting: enumOf(['AGENCY_SERVER', 'CITY_DATA_CENTRE']),
  from: DATE,
  to: DATE,
  tags: listOf(TEXT, 10),
  numbers: listOf(INT, 10),
  many: listOf(INT),
  owner: OWNER,
  operator: OWNER,
  flows: setOf(recordOf({ name: TEXT, owner: OWNER, channels: setOf(TEXT, 5) }), 20),
};
const TODAY = '2026-11-23';

function compiled(source: string): Compiled {
  const result = compileExpression(source, TYPES);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}
const ask = (source: string, facts: Facts = {}): ReturnType<typeof decide> => decide(compiled(source), facts, TODAY);
const valueOf = (source: string, facts: Facts = {}): Json | undefined =>
  valueOfCompiled(compiled(source), facts, TODAY);

describe('the value of a calculation', () => {
  it.each<[string, Facts, Json]>([
    ['7 / 2 * 2 + 7 % 2', {}, 7],
    ['-7 / 2', {}, -3],
    ['-7 % 2', {}, -1],
    ['-(self.layer) - 1', { layer: 2 }, -3],
    ['7.0 / 2.0', {}, 3.5],
    ['self.share * 2.0', { share: 0.25 }, 0.5],
    ['"a" + self.title', { title: 'b' }, 'ab'],
    ['self.title.size() + size(self.tags)', { title: '𝄞a', tags: ['x'] }, 3],
    ['self.numbers[1]', { numbers: [4, 5] }, 5],
    ['self.title.startsWith("Hồ")', { title: 'Hồ sơ' }, true],
    ['self.title.endsWith("sơ") && self.title.contains("ồ s")', { title: 'Hồ sơ' }, true],
    ['self.title.matches("^H[0-9]{2}(\\\\.[0-9]+)*$")', { title: 'H29.12.3' }, true],
    ['self.title.matches("29")', { title: 'H29' }, true],
    ['self.hosting.contains("CITY")', { hosting: 'CITY_DATA_CENTRE' }, true],
    ['int(2.9) + int("-7") + int(timestamp("1970-01-01T00:00:01Z"))', {}, -4],
    ['double(1) / 4.0 + double("0.5")', {}, 0.75],
    ['string(1) + string(true) + string("x")', {}, '1truex'],
    ['string(duration("90m"))', {}, '5400s'],
    ['timestamp("2026-07-01T07:00:00+07:00") + duration("1h30m")', {}, '2026-07-01T01:30:00Z'],
    ['timestamp("2026-07-01T00:00:00Z") - timestamp("2026-06-30T00:00:00.5Z")', {}, '86399.5s'],
    ['[duration("1h")].map(d, d)', {}, ['3600s']],
    ['self.to - self.from', { from: '2026-01-01', to: '2026-03-01' }, '5097600s'],
    ['self.from + duration("48h")', { from: '2026-02-27' }, '2026-03-01'],
    ['self.from - duration("24h")', { from: '2026-03-01' }, '2026-02-28'],
    ['self.to - today <= duration("2160h")', { to: '2026-12-31' }, true],
    ['1 < 1.5 && 1.0 == 1 && 2 in [2.0]', {}, true],
    ['self.watched ? self.title : self.hosting', { watched: true, title: 'x' }, 'x'],
  ])('%s of %j is %j', (source, facts, value) => {
    expect(valueOf(source, facts)).toEqual(value);
  });

  it.each<[string, Facts, string]>([
    ['self.layer + 1 > 0', { layer: 9007199254740991 }, 'OVERFLOW'],
    ['self.layer * self.layer > 0', { layer: 94906267 }, 'OVERFLOW'],
    ['self.layer - 1 < 0', { layer: -9007199254740991 }, 'OVERFLOW'],
    ['int(1e300) > 0', {}, 'OVERFLOW'],
    ['timestamp("9999-12-31T23:59:59Z") + duration("1s") > timestamp("2026-01-01T00:00:00Z")', {}, 'OVERFLOW'],
    ['self.from + duration("876000h") > today', { from: '9950-01-01' }, 'OVERFLOW'],
    ['1 / self.layer == 1', { layer: 0 }, 'DIVISION_BY_ZERO'],
    ['1 % self.layer == 1', { layer: 0 }, 'DIVISION_BY_ZERO'],
    ['self.numbers[2] == 1', { numbers: [1, 2] }, 'OUT_OF_RANGE'],
    ['self.numbers[-1] == 1', { numbers: [1, 2] }, 'OUT_OF_RANGE'],
    ['int(self.title) == 1', { title: '1.5' }, 'MALFORMED'],
    ['double(self.title) == 1.0', { title: 'x' }, 'MALFORMED'],
    ['timestamp(self.title) > timestamp("2026-01-01T00:00:00Z")', { title: '2026-02-30T00:00:00Z' }, 'MALFORMED'],
    ['duration(self.title) > duration("1h")', { title: '1 h' }, 'MALFORMED'],
    ['self.from + duration("1h") > today', { from: '2026-01-01' }, 'MALFORMED'],
    ['self.layer + 1 > 0', { layer: null }, 'ABSENT'],
    ['self.layer + 1 > 0', { layer: 1.5 }, 'WRONG_VALUE'],
    ['self.title.contains("x")', { title: 7 }, 'WRONG_VALUE'],
    ['self.to - self.from > duration("1h")', { from: '2026-01-01', to: '2026-02-30' }, 'WRONG_VALUE'],
    ['[1 / self.layer].exists(x, x == 1 || true)', { layer: 0 }, 'DIVISION_BY_ZERO'],
    ['self.numbers.map(n, 1 / n).exists(n, true)', { numbers: [1, 0] }, 'DIVISION_BY_ZERO'],
    ['self.numbers.exists_one(n, 1 / n == 1)', { numbers: [1, 0] }, 'DIVISION_BY_ZERO'],
  ])('%s of %j has none: %s', (source, facts, detail) => {
    expect(ask(source, facts)).toMatchObject({ outcome: 'ERROR', failure: { detail } });
  });

  it.each<[string, Facts, readonly string[]]>([
    ['self.layer + size(self.tags) > 0', { layer: 1 }, ['tags']],
    ['self.layer + size(self.tags) > 0', {}, ['layer', 'tags']],
    ['self.layer + size(self.tags) > 0', { tags: null }, ['layer']],
    ['self.title.matches("a")', {}, ['title']],
    ['self.to - self.from > duration("24h")', { from: '2026', to: '2026-05-01' }, ['from']],
    ['self.to - self.from > duration("24h")', { from: '2026-01-05', to: '2027' }, ['to']],
    ['self.from + duration("24h") > today', { from: '2026' }, ['from']],
    ['self.numbers[self.layer] > 0', { numbers: [1] }, ['layer']],
    [
      '[self.owner, self.operator].all(a, a.code == "H29")',
      { owner: {}, operator: {} },
      ['owner.code', 'operator.code'],
    ],
    [
      'self.flows.map(f, f.owner).all(o, o.code == "H29")',
      { flows: { items: [{ name: 'a', owner: {} }], complete: true } },
      ['flows[0].owner.code'],
    ],
    ['size(self.flows) + 1 > 0', { flows: { items: [], complete: false } }, ['flows']],
  ])('%s of %j is unknown for want of %j', (source, facts, paths) => {
    const { outcome, missing } = ask(source, facts);
    expect(outcome).toBe('UNKNOWN');
    expect(missing.map(({ path }) => path)).toEqual(paths);
  });

  it('names the item that an index leads to', () => {
    const types = { rows: listOf(recordOf({ name: TEXT, code: TEXT }), 5) };
    const result = compileRule('self.rows.filter(r, r.name != "x")[0].code == "1"', types);
    if ('problems' in result) throw new Error('it is a right rule');
    const { missing } = decide(result.compiled, { rows: [{ name: 'x' }, { name: 'y' }] }, TODAY);
    expect(missing).toEqual([{ path: 'rows[1].code', field: 'rows.code', item: 'y', incomplete: false }]);
  });
});

describe('a rule that is wrong', () => {
  it.each<[string, string, number, object]>([
    ['self.layr >= 1', 'UNKNOWN_FIELD', 5, { suggestion: 'layer' }],
    ['slf.layer >= 1', 'UNKNOWN_VARIABLE', 1, { suggestion: 'self' }],
    ['self.flows.all(f, f.chanels == null)', 'UNKNOWN_FIELD', 20, { suggestion: 'channels' }],
    ['self.hosting == "AGENCY_SERVERS"', 'UNKNOWN_VALUE', 17, { suggestion: 'AGENCY_SERVER' }],
    ['self.layer >= "2"', 'WRONG_TYPE', 12, { actual: 'TEXT' }],
    ['self.layer + 1.5 > 2.0', 'WRONG_TYPE', 12, { actual: 'INT, DOUBLE' }],
    ['self.title && self.watched', 'WRONG_TYPE', 5, { expected: 'BOOLEAN', actual: 'TEXT' }],
    ['self.layer', 'WRONG_TYPE', 5, { expected: 'BOOLEAN' }],
    ['self.title.startWith("H29")', 'NOT_SUPPORTED', 11, { suggestion: 'startsWith' }],
    ['self.title.matches(self.owner.code)', 'NOT_LITERAL', 30, { name: 'matches' }],
    ['self.title.matches("(?=a)b")', 'INVALID_LITERAL', 20, { value: '(?=a)b' }],
    ['timestamp("2026-13-01T00:00:00Z") == null', 'INVALID_LITERAL', 11, { detail: 'YYYY-MM-DDThh:mm:ssZ' }],
    ['self.watched &&', 'SYNTAX', 14, {}],
    [
      'self.many.all(a, self.many.all(b, self.many.all(c, a == b || b == c)))',
      'COST_TOO_HIGH',
      10,
      { limit: 5_000_000 },
    ],
    ['{"a": self.layer} == null', 'NOT_SUPPORTED', 1, { construct: 'structExpr' }],
  ])('%s: %s at column %i', (source, reason, column, params) => {
    const result = compileRule(source, TYPES);
    expect(result).toEqual({
      problems: [{ reason, at: { line: 1, column }, params: expect.objectContaining(params) as object }],
    });
  });
});

const digits = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
const nested = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => level).reduceRight(
    (body, level) => `${digits}.all(x${level}, ${body})`,
    'x0 >= 0',
  );
const long = (size: number): Facts => ({ title: 'a'.repeat(size) });

describe('an attack', () => {
  it.each<[string, string]>([
    ['nine loops in each other', nested(9)],
    ['a list made from itself seven times', `size(${nestedMap(7)}) > 0`],
    ['a text that is replaced', 'self.title.replace("a", "aa") == ""'],
    ['a list doubled by a name', 'cel.bind(x, [1, 1], x + x) == null'],
    ['lists that are joined', '[1] + [1] == null'],
    ['look-ahead', 'self.title.matches("(?!a)b")'],
    ['a back reference', 'self.title.matches("(a)\\\\1")'],
    ['a pattern out of facts', 'self.title.matches(self.title)'],
    ['a repetition of repetitions', 'self.title.matches("((a{100}){100}){100}")'],
    ['20,000 parentheses', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['1,900 parentheses', `${'('.repeat(1900)}1${')'.repeat(1900)}`],
    ['20,000 negations', `${'!'.repeat(20_000)}true`],
    ['3,000 negations', `${'!'.repeat(3000)}true`],
    ['1,900 fields', `self${'.a'.repeat(1900)} == 1`],
    ['1,300 open maps', '{1:'.repeat(1300)],
    ['half a million items', `[${'1,'.repeat(500_000)}1].exists(x, x == 2)`],
    ['3,600 characters of small parts', `[${'1<2,'.repeat(900)}true].exists(x, x)`],
    ['20 million characters', `"${'a'.repeat(20_000_000)}" == ""`],
    ['the prototype', 'self.__proto__ == null'],
    ['the constructor', 'self.constructor == null'],
    ['a method of texts', 'self.title.toString() == ""'],
    ['the constructor of a text', 'self.title.constructor == null'],
    ['an index that is a text', 'self.tags["constructor"] == ""'],
    ['the type of a type', 'type(self.title) == null'],
    ['types that are not known', 'dyn(self.title) == 1'],
    [
      'a text longer than any',
      `self.many.all(a, self.many.all(b, ${Array.from({ length: 80 }, () => 'self.title').join(' + ')} == ""))`,
    ],
  ])('by %s is refused before it runs', (_, source) => {
    const result = compileRule(source, TYPES);
    expect('problems' in result && result.problems.length).toBeGreaterThan(0);
  });

  it.each<[string, string, Facts]>([
    ['six loops in each other', nested(6), {}],
    ['a list made from itself six times', `size(${nestedMap(5)}) > 0`, {}],
    ['a pattern over a longer text than declared', 'self.title.matches("^(a+)+$")', long(1_000_000)],
    [
      'a longer list than declared',
      'self.tags.all(a, self.tags.all(b, a != b || true))',
      { tags: Array.from({ length: 2000 }, () => 'x') },
    ],
    [
      'texts that grow',
      'self.tags.all(a, self.tags.all(b, a + b != "" && (a + b).contains(b)))',
      { tags: Array.from({ length: 500 }, () => 'x'.repeat(1000)) },
    ],
    [
      'long texts that are compared',
      '[self.title + "a"].all(x, self.many.exists(n, x == self.title + "b"))',
      { ...long(4_000_000), many: [1, 2] },
    ],
  ])('by %s is stopped', (_, source, facts) => {
    const rule = compiled(source);
    const context = new Context(facts, TODAY, false);
    const value = rule.run(context);
    expect(value).toMatchObject({ detail: 'BUDGET' });
    expect(decide(rule, facts, TODAY)).toMatchObject({ outcome: 'ERROR', failure: { detail: 'BUDGET' } });
    expect(evaluate(rule, facts, TODAY).because).toHaveLength(1);
  });

  it.each(['^(a+)+$', 'a*a*a*a*b', '(a|aa)+$', '(a|a?)+b', '(.*a){10}b'])(
    'by the pattern %s costs its length',
    (pattern) => {
      const facts = { title: `${'a'.repeat(3999)}c` };
      const rule = compiled(`self.title.matches("${pattern}")`);
      const context = new Context(facts, TODAY, false);
      expect(rule.run(context)).toBe(false);
      expect(BUDGET - context.left).toBeLessThan(200_000);
    },
  );

  it('does not pass for a disjunct that is true', () => {
    expect(truthOfCompiled(compiled(`!(${nested(6)}) || true`), {}, TODAY)).toBe('ERROR');
  });
});

/** A list of 10 to the power of so many items, were it not stopped. */
function nestedMap(levels: number): string {
  return Array.from({ length: levels }, (_, level) => level).reduceRight(
    (body, level) => `${digits}.map(x${level}, ${body})`,
    `${digits}.map(y, y)`,
  );
}

describe('the cost of an expression', () => {
  it('is never less than what it takes of facts as long as their types allow', () => {
    fc.assert(
      fc.property(randomTruth, randomFacts, (source, facts) => {
        const result = compileRule(source, RANDOM_TYPES);
        if ('problems' in result) throw new Error(JSON.stringify(result.problems));
        const context = new Context(facts, TODAY, false);
        result.compiled.run(context);
        expect(BUDGET - context.left).toBeLessThanOrEqual(result.compiled.cost);
      }),
      { numRuns: 600 },
    );
  });

  it('counts each node once, and the body of a loop for each item', () => {
    expect(compiled('self.layer == 1').cost).toBe(4);
    expect(compiled('self.numbers.all(n, n > 1)').cost).toBe(3 + 10 * 3);
  });
});

describe('the canonical text', () => {
  const canonical = (source: string): string => {
    const parsed = parseExpression(source);
    return 'problem' in parsed ? parsed.problem.reason : printExpression(parsed.expression);
  };

  it('of any expression is read as the same expression', () => {
    fc.assert(
      fc.property(randomTruth, randomFacts, (source, facts) => {
        const text = canonical(source);
        expect(canonical(text)).toBe(text);
        const [first, second] = [compileRule(source, RANDOM_TYPES), compileRule(text, RANDOM_TYPES)];
        if ('problems' in first || 'problems' in second) throw new Error(text);
        expect(truthOfCompiled(second.compiled, facts, TODAY)).toBe(truthOfCompiled(first.compiled, facts, TODAY));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a - (b - c) - d', 'a - (b - c) - d'],
    ['(a + b) * c', '(a + b) * c'],
    ['a + b * c', 'a + b * c'],
    ['- 1 + -(2.0) + -(a.b)', '-1 + -2.0 + -a.b'],
    ['-(a + b)', '-(a + b)'],
    ['1e3 + 1e21 + .5', '1000.0 + 1e+21 + 0.5'],
    ['(a + b).startsWith(c)', '(a + b).startsWith(c)'],
    ['a.b[1].c', 'a.b[1].c'],
    ['(a in b) == c', '(a in b) == c'],
    ['a + b in c', 'a + b in c'],
    ['a.matches("x")', 'a.matches("x")'],
    ['a.size()', 'size(a)'],
  ])('of %s is %s', (source, text) => {
    expect(canonical(source)).toBe(text);
    expect(canonical(text)).toBe(text);
  });
});

describe('the facts that an expression may read', () => {
  it.each<[string, readonly string[]]>([
    ['self.layer + size(self.tags) > 1', ['layer', 'tags']],
    ['self.title.matches("a") && today - self.from > duration("1h")', ['title', 'from']],
    ['[self.owner, self.operator].all(a, a.code == "x")', ['owner', 'operator', 'owner.code', 'operator.code']],
    [
      '(self.watched ? self.owner : self.operator).code == ""',
      ['watched', 'owner', 'operator', 'owner.code', 'operator.code'],
    ],
    ['self.flows.map(f, f.owner).exists(o, o.code == "x")', ['flows', 'flows.owner', 'flows.owner.code']],
    ['self.flows.filter(f, f.name == "x").exists(f, f.owner == null)', ['flows', 'flows.name', 'flows.owner']],
    ['has(self.owner.code)', ['owner', 'owner.code']],
  ])('of %s are %j', (source, fields) => {
    expect(fieldsRead(compiled(source).expression)).toEqual(fields);
  });
});

describe('the page for authors', () => {
  const page = readFileSync('src/core/policy/README.md', 'utf8');

  it.each([...FUNCTIONS].map(([name, { style }]) => [name, style] as const))('tells of %s', (name, style) => {
    const written = { OPERATOR: `a ${name.replaceAll('_', '')} b`, SIGN: '-a', INDEX: 'list[i]', METHOD: `a.${name}(` };
    expect(page).toContain(style in written ? written[style as keyof typeof written] : `\`${name}(`);
  });

  it.each(PROBLEM_REASONS.map((reason) => [reason]))('tells of %s', (reason) => {
    expect(page).toContain(reason);
  });
});
