import { compileRule, explanationOf } from './compile.js';
import type { Explanation } from './compile.js';
import { BOOLEAN, TEXT, listOf } from './fact-type.js';
import type { FactTypes } from './fact-type.js';
import type { Facts } from './value.js';

const TYPES: FactTypes = { watched: BOOLEAN, tags: listOf(TEXT) };
function explained(source: string, facts: Facts): Explanation {
  const result = compileRule(source, TYPES);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return explanationOf(result.compiled, facts, '2026-11-23');
}
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
