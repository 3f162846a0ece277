import { compileRule, explanationOf } from './compile.js';
import type { Compiled } from './compile.js';
import { BOOLEAN, DATE, INT, TEXT, enumOf, listOf, recordOf, setOf } from './fact-type.js';
import type { FactTypes } from './fact-type.js';
import type { Way } from './needed-change.js';
import type { Facts } from './value.js';

const TYPES: FactTypes = {
  layer: INT,
  watched: BOOLEAN,
  other: BOOLEAN,
  plan: TEXT,
  note: TEXT,
  place: enumOf(['HERE', 'THERE', 'LEASED']),
  leased: enumOf(['HERE', 'THERE']),
  begun: DATE,
  approved: DATE,
  checked: DATE,
  tags: listOf(TEXT),
  flows: setOf(recordOf({ name: TEXT, crossAgency: BOOLEAN, channels: setOf(TEXT) })),
};
const PARAMETERS = {
  deadline: { value: '2026-06-30', type: 'DATE' as const },
  later: { value: '2027-06-30', type: 'DATE' as const },
  large: { value: 24 },
  small: { value: 12 },
};
const TODAY = '2026-11-23';

function compiled(source: string): Compiled {
  const result = compileRule(source, TYPES, PARAMETERS);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}
function waysOf(source: string, facts: Facts, given: readonly string[] = [], appliesWhen = 'true'): readonly Way[] {
  const limits = { given: new Set(given), appliesWhen: compiled(appliesWhen).run };
  return explanationOf(compiled(source), facts, TODAY, limits).changes();
}
/** Ways to pass: what is needed, with the item it is needed of. */
function ways(source: string, facts: Facts, given: readonly string[] = []): string[][] {
  return told(waysOf(source, facts, given));
}
function told(some: readonly Way[]): string[][] {
  return some.map((way) => way.map(({ needed, item }) => (item === null ? needed : `${item}: ${needed}`)));
}
const flow = (name: string, channel: string): Facts => ({
  name,
  crossAgency: true,
  channels: { items: [channel], complete: true },
});

describe('what would have to change', () => {
  it.each<[string, Facts, string[][]]>([
    ['self.watched && self.other', { watched: false, other: false }, [['self.watched', 'self.other']]],
    ['self.watched || self.other', { watched: false, other: false }, [['self.watched'], ['self.other']]],
    ['self.watched && self.other', { watched: true, other: false }, [['self.other']]],
    ['self.watched', { watched: true }, []],
    ['!(self.layer == 1) && self.watched', { layer: 1, watched: false }, [['self.layer != 1', 'self.watched']]],
    ['!(self.watched || self.other)', { watched: true, other: false }, [['!self.watched']]],
    ['!(self.layer < 3)', { layer: 1 }, [['self.layer >= 3']]],
    ['self.tags.all(t, t == "a")', { tags: ['a', 'b', 'c'] }, [['b: t == "a"', 'c: t == "a"']]],
    ['self.tags.exists(t, t == "a")', { tags: ['b', 'c'] }, [['b: t == "a"'], ['c: t == "a"']]],
    ['self.tags.exists(t, t == "a")', { tags: [] }, [['self.tags.exists(t, t == "a")']]],
    ['self.tags.all(t, t == "a")', {}, [['self.tags.all(t, t == "a")']]],
  ])('%s of %j: %j', (source, facts, expected) => {
    expect(ways(source, facts)).toEqual(expected);
  });

  it('names the values that are enough, and those that are there', () => {
    const source = 'self.flows.all(f, !f.crossAgency || f.channels.all(c, c in ["LGSP", "NDXP"]))';
    const facts = { flows: { items: [flow('Kho', 'FILE'), flow('Sở', 'LGSP')], complete: true } };
    const now = { expression: 'c', path: 'flows.channels', value: 'FILE', known: true };
    expect(waysOf(source, facts)).toMatchObject([
      [{ item: 'Kho', needed: '!f.crossAgency', oneOf: null, now: [{ expression: 'f.crossAgency', value: true }] }],
      [{ item: 'Kho › FILE', oneOf: ['LGSP', 'NDXP'], now: [now] }],
    ]);
  });

  it('tells apart what is unknown and what is declared absent', () => {
    const now = (facts: Facts): unknown => waysOf('self.plan != null', facts)[0]?.[0]?.now;
    expect(now({})).toMatchObject([{ path: 'plan', value: null, known: false }]);
    expect(now({ plan: null })).toMatchObject([{ path: 'plan', value: null, known: true }]);
  });

  it('asks of a list with a wrong item that it be declared whole too', () => {
    const source = 'self.flows.all(f, f.crossAgency)';
    const facts = { flows: { items: [{ name: 'Kho', crossAgency: false }], complete: false } };
    expect(ways(source, facts)).toEqual([['Kho: f.crossAgency', source]]);
  });

  it('is told of items with the same name, each for itself', () => {
    const facts = { flows: { items: [flow('Kho', 'FILE'), flow('Kho', 'FILE')], complete: true } };
    expect(ways('self.flows.all(f, !f.crossAgency)', facts)).toEqual([['Kho: !f.crossAgency', 'Kho: !f.crossAgency']]);
  });

  it('is told of ten items and in ten ways, however many there are', () => {
    const tags = Array.from({ length: 50 }, (_, index) => `t${index}`);
    expect(ways('self.tags.all(t, t == "x")', { tags })[0]).toHaveLength(10);
    expect(ways('self.tags.exists(t, t == "x")', { tags })).toHaveLength(10);
    expect(ways('self.tags.all(t, t == "x" || t == "y")', { tags })).toHaveLength(10);
    const [way = []] = waysOf('self.tags.all(t, t == "x")', { tags });
    expect(way.reduce((sum, { more }) => sum + more, 0)).toBe(40);
  });

  it('is found behind ten ways that lead nowhere', () => {
    const late = Array.from({ length: 11 }, () => 'self.checked <= params.deadline').join(' || ');
    expect(ways(`${late} || self.watched`, { checked: '2026-08-01', watched: false })).toEqual([['self.watched']]);
  });

  it('is a list as it is where its items are compared with each other', () => {
    const source = 'self.tags.exists(a, self.tags.exists(b, a != b))';
    expect(ways(source, { tags: ['a', 'a'] })).toEqual([[source]]);
  });
});

describe('what nobody would do to pass', () => {
  it.each<[string, Facts, string[][]]>([
    ['self.plan == null || self.watched', { plan: 'A', watched: false }, [['self.watched']]],
    ['!has(self.plan)', { plan: 'A' }, []],
    ['self.plan == null', {}, []],
    // The condition says which requirement applies; it comes out otherwise only by what that one asks anyway.
    ['self.watched ? self.other : self.layer == 1', { watched: true, other: false, layer: 2 }, [['self.other']]],
    [
      'self.place == "LEASED" ? self.leased == "HERE" : self.place == "HERE"',
      { place: 'LEASED', leased: 'THERE' },
      [['self.leased == "HERE"'], ['self.place == "HERE"']],
    ],
    [
      'self.plan != null ? self.plan == "A" : self.note == "A"',
      { plan: null, note: 'B' },
      [['self.note == "A"'], ['self.plan == "A"']],
    ],
    // Where nobody knows which one applies, what meets both is enough.
    [
      'self.watched ? self.layer >= params.large : self.layer >= params.small',
      { layer: 6 },
      [['self.layer >= params.large']],
    ],
  ])('%s of %j: %j', (source, facts, expected) => {
    expect(ways(source, facts)).toEqual(expected);
  });

  it('is to change what a subject is; it may be told where nobody knows it', () => {
    const source = 'self.place != null && (self.place != "HERE" || self.watched)';
    expect(ways(source, { place: 'HERE', watched: false }, ['place'])).toEqual([['self.watched']]);
    expect(ways('self.place != null', {}, ['place'])).toEqual([['self.place != null']]);
    expect(ways('self.place in ["HERE"]', {}, ['place'])).toEqual([['self.place != null']]);
    expect(ways('self.place in ["HERE"]', { place: 'THERE' }, ['place'])).toEqual([]);
    expect(ways('self.place != null', { place: null }, ['place'])).toEqual([]);
    expect(ways('self.watched', {}, ['watched'])).toEqual([['self.watched != null']]);
    expect(ways('self.begun <= self.approved', { approved: '2026-01-01' }, ['begun'])).toEqual([
      ['self.begun != null'],
    ]);
  });

  it.each(['self.place == "HERE" || self.watched', 'self.watched || self.place == "HERE"'])(
    'is to keep what need not stay, in any order: %s',
    (either) => {
      const source = `(${either}) && self.place == "THERE"`;
      expect(ways(source, { place: 'HERE', watched: true })).toEqual([['self.place == "THERE"']]);
    },
  );

  it('is to make the rule not apply', () => {
    const found = waysOf(
      'self.place == "HERE" || self.watched',
      { place: 'THERE', watched: false },
      [],
      'self.place != "HERE"',
    );
    expect(told(found)).toEqual([['self.watched']]);
  });

  it('is what says whether a rule applies', () => {
    expect(explanationOf(compiled('self.watched'), { watched: false }, TODAY).changes()).toEqual([]);
  });
});

describe('days', () => {
  const inTime = 'self.checked != null && self.checked <= params.deadline';
  const first = 'self.checked != null && self.begun != null && self.checked <= self.begun';
  it.each<[string, Facts, string[][]]>([
    [inTime, { checked: null }, []],
    [inTime, { checked: '2026-08-01' }, []],
    [inTime, {}, [['self.checked <= params.deadline']]],
    ['self.checked != null && self.checked <= today', { checked: null }, [['self.checked <= today']]],
    ['self.checked != null && self.checked <= today', { checked: '2027-02-01' }, [['self.checked <= today']]],
    [
      'self.checked != null && self.checked <= today && self.checked <= params.later',
      { checked: null },
      [['self.checked <= today', 'self.checked <= params.later']],
    ],
    [first, { checked: null, begun: '2026-01-01' }, []],
    [first, { begun: '2026-01-01' }, [['self.checked <= self.begun']]],
    [
      'self.checked != null && self.checked >= self.begun',
      { checked: '2025', begun: '2026-01-01' },
      [['self.checked >= self.begun']],
    ],
  ])('that are over do not come back: %s of %j: %j', (source, facts, expected) => {
    expect(ways(source, facts, ['begun'])).toEqual(expected);
  });

  it('keep the order that is kept already, and what brings another condition stands for it', () => {
    const source =
      'self.checked != null && self.checked <= self.approved && self.approved <= today && self.approved <= params.deadline';
    const facts = { checked: '2026-05-01', approved: '2026-04-01' };
    expect(ways(source, facts)).toEqual([]);
    const later = 'self.checked != null && self.checked <= self.approved && self.approved <= today';
    const [way = []] = waysOf(later, { checked: '2026-05-01', approved: '2027-04-01' });
    expect(way.map(({ needed, isKept }) => [needed, isKept])).toEqual([
      ['self.approved <= today', false],
      ['self.checked <= self.approved', true],
    ]);
  });
});
