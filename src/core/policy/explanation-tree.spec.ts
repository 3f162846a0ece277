import { describe, expect, it } from '@jest/globals';
import { compileRule, explanationOf } from './compile.js';
import type { Explanation } from './compile.js';
import { BOOLEAN, INT, TEXT, listOf, recordOf, setOf } from './fact-type.js';
import type { FactTypes } from './fact-type.js';
import type { Facts } from './value.js';

const TYPES: FactTypes = {
  layer: INT,
  watched: BOOLEAN,
  other: BOOLEAN,
  tags: listOf(TEXT),
  flows: setOf(recordOf({ name: TEXT, crossAgency: BOOLEAN, channels: setOf(TEXT) })),
};
function explained(source: string, facts: Facts): Explanation {
  const result = compileRule(source, TYPES);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return explanationOf(result.compiled, facts, '2026-11-23');
}
/** Ways to pass: what is needed, with the item it is needed of. */
function ways(source: string, facts: Facts): string[][] {
  return explained(source, facts)
    .changes()
    .map((way) => way.map(({ needed, item }) => (item === null ? needed : `${item}: ${needed}`)));
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
    ['!(self.layer == 1) && self.watched', { layer: 1 }, [['self.layer != 1', 'self.watched']]],
    ['!(self.watched || self.other)', { watched: true, other: false }, [['!self.watched']]],
    ['!(self.layer < 3)', { layer: 1 }, [['self.layer >= 3']]],
    [
      'self.watched ? self.other : self.layer == 1',
      { watched: true, other: false, layer: 2 },
      [['self.other'], ['!self.watched', 'self.layer == 1']],
    ],
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
    expect(explained(source, facts).changes()).toMatchObject([
      [{ item: 'Kho', needed: '!f.crossAgency', oneOf: null, now: [{ expression: 'f.crossAgency', value: true }] }],
      [{ item: 'Kho › FILE', oneOf: ['LGSP', 'NDXP'], now: [{ expression: 'c', value: 'FILE' }] }],
    ]);
  });

  it('is told of ten items and in ten ways, however many there are', () => {
    const tags = Array.from({ length: 50 }, (_, index) => `t${index}`);
    expect(ways('self.tags.all(t, t == "x")', { tags })[0]).toHaveLength(10);
    expect(ways('self.tags.exists(t, t == "x")', { tags })).toHaveLength(10);
    expect(ways('self.tags.all(t, t == "x" || t == "y")', { tags })).toHaveLength(10);
  });
});

describe('the tree', () => {
  it('has every part with its value, and the items that decide', () => {
    const source = 'self.watched && self.tags.all(t, t.startsWith("a"))';
    const tree = explained(source, { watched: true, tags: ['b', 'a', 'c'] }).tree();
    expect(tree).toMatchObject({
      truth: 'FALSE',
      children: [
        { expression: 'self.watched', truth: 'TRUE', value: true },
        {
          truth: 'FALSE',
          of: 2,
          children: [
            { item: 'b', truth: 'FALSE', value: false },
            { item: 'c', truth: 'FALSE', children: [{ expression: 't', value: 'c', truth: null }] },
          ],
        },
      ],
    });
  });

  it('stays small, and says how many items there are', () => {
    const tags = Array.from({ length: 200 }, (_, index) => `t${index}`);
    const source = Array.from({ length: 60 }, () => 'self.tags.all(t, t == "x" && t != "y")').join(' || ');
    const tree = explained(source, { tags }).tree();
    expect(tree.children[0]).toMatchObject({ of: 200 });
    expect(tree.children[0]?.children).toHaveLength(10);
    expect(JSON.stringify(tree).length).toBeLessThan(200_000);
  });
});
