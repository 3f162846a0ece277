import { run } from '@bufbuild/cel';
import * as fc from 'fast-check';
import type { Json } from '../landscape/model.js';
import { parseExpression } from './cel-syntax.js';
import { compileExpression, compileRule, decide, evaluate, valueOfCompiled } from './compile.js';
import type { Compiled } from './compile.js';
import { BOOLEAN, DATE, INT, TEXT, enumOf, listOf, recordOf, setOf } from './fact-type.js';
import type { FactTypes } from './fact-type.js';
import { printExpression } from './print.js';
import type { Facts } from './value.js';

const TYPES: FactTypes = {
  layer: INT,
  hosting: enumOf(['AGENCY_SERVER', 'CITY_DATA_CENTRE']),
  title: TEXT,
  watched: BOOLEAN,
  other: BOOLEAN,
  decidedOn: DATE,
  tags: listOf(TEXT, 8),
  owner: recordOf({ name: TEXT, code: TEXT }),
  flows: setOf(recordOf({ name: TEXT, crossAgency: BOOLEAN, channels: setOf(TEXT) })),
};

function compiled(source: string): Compiled {
  const result = compileExpression(source, TYPES);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}
function outcome(source: string, facts: Facts = {}): string {
  return decide(compiled(source), facts, '2026-11-23').outcome;
}
function problems(source: string): unknown[] {
  const result = compileRule(source, TYPES);
  return 'problems' in result ? [...result.problems] : [];
}

const flow = (name: string, crossAgency: boolean | undefined, channels: Json | undefined): Json => {
  const record: Record<string, Json> = { name };
  if (crossAgency !== undefined) record['crossAgency'] = crossAgency;
  if (channels !== undefined) record['channels'] = channels;
  return record;
};
const whole = (...items: Json[]): Json => ({ items, complete: true });
const part = (...items: Json[]): Json => ({ items, complete: false });

describe('the value of an expression', () => {
  it.each<[string, Facts, string]>([
    ['self.layer >= 1 && self.layer <= 4', { layer: 2 }, 'TRUE'],
    ['self.layer >= 1 && self.layer <= 4', { layer: 5 }, 'FALSE'],
    ['self.layer >= 1', {}, 'UNKNOWN'],
    ['self.layer > -1 && self.layer < 2.5', { layer: 2 }, 'TRUE'],
    ['self.layer >= 1', { layer: null }, 'ERROR'],
    ['self.layer != null && self.layer >= 1', { layer: null }, 'FALSE'],
    ['self.layer == null', { layer: null }, 'TRUE'],
    ['self.layer == null', {}, 'UNKNOWN'],
    ['self.watched && self.other', { other: false }, 'FALSE'],
    ['self.watched || self.other', { other: true }, 'TRUE'],
    ['self.watched && self.other', { other: true }, 'UNKNOWN'],
    ['!self.watched', { watched: false }, 'TRUE'],
    ['!self.watched', {}, 'UNKNOWN'],
    ['!self.watched', { watched: null }, 'ERROR'],
    ['self.watched || self.layer > 1', { layer: null }, 'UNKNOWN'],
    ['self.watched && self.layer > 1', { layer: null, watched: false }, 'FALSE'],
    ['self.watched ? self.layer == 1 : self.layer == 2', { layer: 3 }, 'FALSE'],
    ['self.watched ? self.layer == 1 : self.layer == 2', { layer: 1 }, 'UNKNOWN'],
    ['self.watched ? self.layer == 1 : self.layer == 2', { layer: 1, watched: true }, 'TRUE'],
    ['self.watched ? self.layer == 1 : self.layer == 2', { layer: 1, watched: false }, 'FALSE'],
    ['self.watched ? true : false', { watched: null }, 'ERROR'],
    ['self.hosting in ["CITY_DATA_CENTRE"]', { hosting: 'AGENCY_SERVER' }, 'FALSE'],
    ['self.hosting in ["CITY_DATA_CENTRE"]', { hosting: null }, 'FALSE'],
    ['self.hosting in ["CITY_DATA_CENTRE"]', {}, 'UNKNOWN'],
    ['self.title in self.tags', { title: 'a', tags: ['b', 'a'] }, 'TRUE'],
    ['self.title in self.tags', { title: 'a', tags: null }, 'ERROR'],
    ['self.owner != null', { owner: { name: 'x' } }, 'TRUE'],
    ['self.owner.code == "H29"', { owner: { name: 'x' } }, 'UNKNOWN'],
    ['self.owner.code == "H29"', { owner: null }, 'ERROR'],
    ['self.owner.code == "H29"', { owner: 7 }, 'ERROR'],
    ['has(self.owner.code)', { owner: { code: 'H29' } }, 'TRUE'],
    ['has(self.owner.code)', {}, 'FALSE'],
    ['has(self.owner.code)', { owner: null }, 'FALSE'],
    ['has(self.owner.code)', { owner: 7 }, 'ERROR'],
    ['size(self.tags) == 2 && self.title.size() == 1', { tags: ['a', 'b'], title: 'x' }, 'TRUE'],
    ['size(self.flows) > 0', { flows: part(flow('a', true, whole())) }, 'UNKNOWN'],
    ['size(self.flows) > 0', { flows: whole(flow('a', true, whole())) }, 'TRUE'],
    ['size(self.flows) > 0', { flows: null }, 'ERROR'],
    ['self.tags.exists_one(t, t == "a")', { tags: ['a', 'b'] }, 'TRUE'],
    ['self.tags.exists_one(t, t == "a")', { tags: ['a', 'a'] }, 'FALSE'],
    ['self.flows.exists_one(f, f.crossAgency)', { flows: part(flow('a', true, whole())) }, 'UNKNOWN'],
    ['self.flows.exists_one(f, f.crossAgency)', { flows: whole({ name: 'a', crossAgency: null }) }, 'FALSE'],
    ['self.tags.map(t, t == "a").exists(b, b)', { tags: ['b', 'a'] }, 'TRUE'],
    ['self.flows.filter(f, f.crossAgency).all(f, f.name == "a")', { flows: whole(flow('b', true, whole())) }, 'FALSE'],
    ['self.flows.filter(f, f.crossAgency).all(f, f.name == "a")', { flows: whole({ name: 'b' }) }, 'UNKNOWN'],
    ['self.flows.filter(f, !f.crossAgency).all(f, true)', { flows: whole({ crossAgency: null }) }, 'ERROR'],
    ['self.flows.all(f, f.crossAgency)', { flows: null }, 'ERROR'],
    ['self.flows.all(f, f.crossAgency)', {}, 'UNKNOWN'],
    ['[].all(x, false)', {}, 'TRUE'],
    ['self.decidedOn < date("2026-07-01")', { decidedOn: '2026-06' }, 'TRUE'],
    ['self.decidedOn < date("2026-07-01")', { decidedOn: '2026' }, 'UNKNOWN'],
    ['self.decidedOn >= date("2026-07-01")', { decidedOn: '2026-07-01' }, 'TRUE'],
    ['self.decidedOn <= date("2026-07-01")', { decidedOn: '2026-08' }, 'FALSE'],
    ['self.decidedOn <= today && today > date("2026-11-22")', { decidedOn: '2026' }, 'UNKNOWN'],
    ['self.decidedOn > today', { decidedOn: 3 }, 'ERROR'],
  ])('%s of %j is %s', (source, facts, expected) => {
    expect(outcome(source, facts)).toBe(expected);
  });

  it('is false when one item is a counterexample, whatever else is unknown', () => {
    const rule = 'self.flows.all(f, !f.crossAgency || f.channels.all(c, c in ["LGSP"]))';
    const flows = part(
      flow('not known', undefined, undefined),
      flow('by file', true, part('FILE')),
      flow('inside', false, undefined),
    );
    expect(outcome(rule, { flows })).toBe('FALSE');
  });

  it('is not true of a set that nobody declared complete', () => {
    const rule = compiled('self.flows.all(f, f.crossAgency)');
    const { outcome: truth, missing } = decide(rule, { flows: part(flow('a', true, whole())) }, '2026-11-23');
    expect(truth).toBe('UNKNOWN');
    expect(missing).toEqual([{ path: 'flows', field: 'flows', item: null, incomplete: true }]);
  });

  it('names each missing fact once, by the way to it and the item it belongs to', () => {
    const rule = compiled('self.flows.all(f, f.crossAgency && f.crossAgency) && self.hosting == "AGENCY_SERVER"');
    const { missing } = decide(rule, { flows: whole(flow('Kho dữ liệu', undefined, undefined)) }, '2026-11-23');
    expect(missing).toEqual([
      { path: 'flows[0].crossAgency', field: 'flows.crossAgency', item: 'Kho dữ liệu', incomplete: false },
      { path: 'hosting', field: 'hosting', item: null, incomplete: false },
    ]);
  });

  it('says of an unknown choice what would decide it', () => {
    const { missing } = decide(compiled('self.watched ? self.other : self.layer == 1'), {}, '2026-11-23');
    expect(missing.map(({ path }) => path)).toEqual(['watched']);
  });

  it('gives lists as plain values, leaving out what is unknown', () => {
    const facts = { flows: whole(flow('a', true, whole('FILE')), { crossAgency: true }) };
    expect(valueOfCompiled(compiled('self.flows.map(f, f.name)'), facts, '2026')).toEqual(['a']);
    expect(valueOfCompiled(compiled('self.title'), facts, '2026')).toBeUndefined();
    expect(valueOfCompiled(compiled('self.owner.name'), { owner: null }, '2026')).toBeNull();
    expect(valueOfCompiled(compiled('self.owner.name'), { owner: 7 }, '2026')).toBeUndefined();
  });
});

describe('the reasons of a value', () => {
  it('are the counterexamples of a failed quantifier, with the facts they were judged by', () => {
    const rule = compiled('self.flows.all(f, !f.crossAgency || f.channels.all(c, c in ["LGSP"])) && self.watched');
    const flows = whole(flow('by file', true, whole('FILE')), flow('by LGSP', true, whole('LGSP')));
    const { because } = evaluate(rule, { flows, watched: true }, '2026-11-23');
    expect(because).toEqual([
      {
        expression: 'f.crossAgency',
        at: { line: 1, column: 21 },
        truth: 'TRUE',
        facts: [{ expression: 'f.crossAgency', known: true, value: true }],
        item: 'by file',
        of: 1,
        path: null,
      },
      {
        expression: 'c in ["LGSP"]',
        at: { line: 1, column: 56 },
        truth: 'FALSE',
        facts: [{ expression: 'c', known: true, value: 'FILE' }],
        item: 'by file › FILE',
        of: 1,
        path: null,
      },
    ]);
  });

  it.each([
    ['self.watched && self.other', { watched: true, other: false }, ['self.other']],
    ['self.watched && self.other', { watched: true, other: true }, ['self.watched', 'self.other']],
    ['self.watched || self.other', { watched: false, other: true }, ['self.other']],
    ['self.watched ? self.other : self.layer == 1', { watched: true, other: false }, ['self.watched', 'self.other']],
    ['self.watched ? self.other : self.layer == 1', { other: false }, ['self.watched']],
    ['self.tags.exists(t, t == "a")', { tags: ['b', 'a'] }, ['t == "a"']],
    ['self.tags.exists(t, t == "a")', { tags: ['b'] }, ['self.tags.exists(t, t == "a")']],
    ['self.flows.all(f, f.crossAgency)', {}, ['self.flows.all(f, f.crossAgency)']],
    ['self.flows.all(f, f.crossAgency)', { flows: part() }, ['self.flows.all(f, f.crossAgency)']],
    ['size(self.tags) == 1', { tags: [] }, ['size(self.tags) == 1']],
    ['has(self.owner.code)', {}, ['has(self.owner.code)']],
  ])('%s of %j are %j', (source, facts, expected) => {
    const { because } = evaluate(compiled(source), facts, '2026-11-23');
    expect(because.map(({ expression }) => expression)).toEqual(expected);
  });

  it('show ten counterexamples and say how many there are', () => {
    const tags = Array.from({ length: 25 }, (_, index) => `t${index}`);
    const { because } = evaluate(compiled('self.tags.all(t, t == "x")'), { tags }, '2026-11-23');
    expect(because).toHaveLength(10);
    expect(because[0]).toMatchObject({ item: 't0', of: 25 });
  });
});

describe('a problem in a source', () => {
  it.each([
    ['self.hostng == "AGENCY_SERVER"', 'UNKNOWN_FIELD', { line: 1, column: 5 }, 'hosting'],
    ['sef.hosting == "AGENCY_SERVER"', 'UNKNOWN_VARIABLE', { line: 1, column: 1 }, 'self'],
    [
      'self.watched &&\n self.flows.all(f, f.chanels.all(c, true))',
      'UNKNOWN_FIELD',
      { line: 2, column: 21 },
      'channels',
    ],
    ['self.hosting == "CITY_DATACENTRE"', 'UNKNOWN_VALUE', { line: 1, column: 17 }, 'CITY_DATA_CENTRE'],
    ['self.hosting in ["AGENCY_SERVERS"]', 'UNKNOWN_VALUE', { line: 1, column: 18 }, 'AGENCY_SERVER'],
    ['"CLOUD" in [self.hosting]', 'UNKNOWN_VALUE', { line: 1, column: 1 }, ''],
    ['self.tags.exsts(t, true)', 'NOT_SUPPORTED', { line: 1, column: 10 }, 'exists'],
  ])('%s is %s and suggests a word', (source, reason, at, suggestion) => {
    expect(problems(source)).toEqual([{ reason, at, params: expect.objectContaining({ suggestion }) }]);
  });

  it.each([
    ['self.layer', 'WRONG_TYPE'],
    ['self.layer == "1"', 'WRONG_TYPE'],
    ['self.title > "a"', 'WRONG_TYPE'],
    ['self.decidedOn > 3', 'WRONG_TYPE'],
    ['self.decidedOn == date("2026")', 'WRONG_TYPE'],
    ['self.tags == self.tags', 'WRONG_TYPE'],
    ['self.layer in self.tags', 'WRONG_TYPE'],
    ['self.title in "abc"', 'WRONG_TYPE'],
    ['self.layer && true', 'WRONG_TYPE'],
    ['self.layer.name == "x"', 'WRONG_TYPE'],
    ['[1, "a"].all(x, true)', 'WRONG_TYPE'],
    ['self.tags.all(t, t)', 'WRONG_TYPE'],
    ['self.watched ? 1 : "a"', 'WRONG_TYPE'],
    ['date("31/12/2026") < today', 'WRONG_TYPE'],
    ['date(self.title) < today', 'WRONG_TYPE'],
    ['self.watched &&', 'SYNTAX'],
    ['', 'SYNTAX'],
    ['self.layer + 1.5 == 2', 'WRONG_TYPE'],
    ['{"a": 1} == null', 'NOT_SUPPORTED'],
    ['self.flows[0].name == "a"', 'WRONG_TYPE'],
    ['self.title.matches(self.title)', 'NOT_LITERAL'],
    ['self.tags.map(t, true, t).all(t, true)', 'NOT_SUPPORTED'],
    ['self.tags.all(t.x, true)', 'NOT_SUPPORTED'],
    ['has(self)', 'NOT_SUPPORTED'],
    ['size()', 'NOT_SUPPORTED'],
    ['now()', 'NOT_SUPPORTED'],
    ['f(1)', 'NOT_SUPPORTED'],
    ['self.layer == 5u', 'NOT_SUPPORTED'],
    ['self.layer == 9007199254740993', 'NOT_SUPPORTED'],
    [`self.title == "${'x'.repeat(4000)}"`, 'SOURCE_TOO_LONG'],
    [`${'('.repeat(65)}true${')'.repeat(65)}`, 'TOO_DEEP'],
    [`${'!'.repeat(3000)}true`, 'TOO_DEEP'],
    [`self${'.owner'.repeat(70)} == null`, 'TOO_DEEP'],
  ])('%s is found', (source, reason) => {
    expect(problems(source)).toContainEqual(expect.objectContaining({ reason }));
  });

  it('does not hide the next one', () => {
    expect(problems('self.hostng == "x" && self.layr == 1')).toHaveLength(2);
  });

  it('lets any type be compared with null, and words of a list with a text', () => {
    const source = 'self.tags == null || self.hosting == self.title || self.title in [] || [].exists(x, x.y == 1)';
    expect(problems(source)).toEqual([]);
  });
});

/** Expressions over three truth values, as text. */
const logic = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('self.watched', 'self.other', 'self.hosting == "AGENCY_SERVER"', 'true', 'false'),
    fc.tuple(tie('node'), fc.constantFrom('&&', '||'), tie('node')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('node').map((a) => `!(${a})`),
    fc.tuple(tie('node'), tie('node'), tie('node')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    tie('node').map((a) => `self.tags.all(t, t == "a" || ${a})`),
    tie('node').map((a) => `self.tags.exists(t, t == "a" && ${a})`),
  ),
})).node;
const known = fc.record({
  watched: fc.boolean(),
  other: fc.boolean(),
  hosting: fc.constantFrom('AGENCY_SERVER', 'CITY_DATA_CENTRE'),
  tags: fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }),
});

describe('an expression whose facts are all known', () => {
  it('is what another evaluator of the language says it is', () => {
    fc.assert(
      fc.property(logic, known, (source, facts) => {
        const self = new Map<string, boolean | string | string[]>(Object.entries(facts));
        expect(outcome(source, facts)).toBe(run(source, { self }) === true ? 'TRUE' : 'FALSE');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('knowing more', () => {
  it('never turns a definite answer', () => {
    fc.assert(
      fc.property(logic, known, fc.subarray(['watched', 'other', 'hosting', 'tags']), (source, facts, hidden) => {
        const less = Object.fromEntries(Object.entries(facts).filter(([key]) => !hidden.includes(key)));
        const before = outcome(source, less);
        const after = outcome(source, facts);
        expect(['TRUE', 'FALSE']).toContain(after);
        expect(before === 'UNKNOWN' || before === after).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is asked for: an unknown answer names what is missing, a definite one names nothing', () => {
    fc.assert(
      fc.property(logic, known, (source, { tags }) => {
        const { outcome: truth, missing } = decide(compiled(source), { tags }, '2026-11-23');
        expect(missing.length > 0).toBe(truth === 'UNKNOWN');
        for (const { field } of missing) expect(['watched', 'other', 'hosting']).toContain(field);
      }),
      { numRuns: 300 },
    );
  });

  it('has a reason: every answer is explained by at least one sub-expression', () => {
    fc.assert(
      fc.property(logic, known, (source, facts) => {
        expect(evaluate(compiled(source), facts, '2026-11-23').because.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

function canonical(source: string): string {
  const parsed = parseExpression(source);
  return 'problem' in parsed ? parsed.problem.reason : printExpression(parsed.expression);
}

describe('the canonical text of an expression', () => {
  it('says the same as its source', () => {
    fc.assert(
      fc.property(logic, known, (source, facts) => {
        const text = canonical(source);
        expect(canonical(text)).toBe(text);
        expect(outcome(text, facts)).toBe(outcome(source, facts));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a&&(b||c)&&!d', 'a && (b || c) && !d'],
    ['(a ? b : c) ? d : e', '(a ? b : c) ? d : e'],
    ['a.b.size() > 2 && has(x.y)', 'size(a.b) > 2 && has(x.y)'],
    ['!(a in ["x", null, 1.5])', '!(a in ["x", null, 1.5])'],
    ['date("2026-01") < a.b', 'date("2026-01") < a.b'],
    ['a.filter(x, x.all(y, y)).map(z, z)', 'a.filter(x, x.all(y, y)).map(z, z)'],
  ])('of %s is %s', (source, text) => {
    expect(canonical(source)).toBe(text);
  });
});
