import { draw } from '../../../test/support/drawn-landscape.js';
import { WorkBudget } from '../work-budget.js';
import type { ElementFilter } from './filter.js';
import { ownersConcerned } from './filter-owners.js';
import { relationsSelection, selectElements, selectRelations } from './filter-select.js';
import { looksOf, relationLooksOf } from './filter-work.js';

describe('the looks at a record that a filter takes', () => {
  const within: ElementFilter = { kind: ['SYSTEM'], name: { contains: 'a' } };
  it.each<[ElementFilter, number]>([
    [{}, 1],
    [{ kind: null }, 1],
    [within, 2],
    [{ and: [within, {}], or: [within, within], not: within }, 8],
    // What is asked of others is counted there.
    [{ owner: within, relation: { some: { other: within } } }, 2],
  ])('%j: %i', (filter, looks) => {
    expect(looksOf(filter)).toBe(looks);
  });

  it('are more for a relation, whose record is found first', () => {
    expect(relationLooksOf({})).toBe(3);
    expect(relationLooksOf({ strength: ['HARD'], or: [{ other: within }] })).toBe(4);
  });
});

describe('the work that a filter takes', () => {
  // A wheel: one hub that twenty others depend on.
  const { landscape, at } = draw(Array.from({ length: 20 }, (_, index) => `s${index} DEPENDS_ON hub`));
  const named: ElementFilter = { name: { contains: 'không có' } };
  const related: ElementFilter = { relation: { some: { other: named } } };

  /** The least work with which something may be begun, and ends. */
  function taken(ask: (work: WorkBudget) => unknown): number {
    for (let most = 0; most < 10_000; most += 1) {
      const work = new WorkBudget(most);
      try {
        ask(work);
        work.spend(0);
        return most;
      } catch {
        continue;
      }
    }
    throw new Error('More work than it can be.');
  }

  it.each<[string, number, (work: WorkBudget) => unknown]>([
    ['a look at each element', 21, (work) => selectElements(landscape, named, undefined, work)],
    ['at those alone that it names', 1, (work) => selectElements(landscape, { urn: [at('hub').urn] }, undefined, work)],
    // 21 elements, 40 ends with their records, 21 elements at the other ends; a little for each relation that is met.
    ['at relations and what they lead to', 165, (work) => selectElements(landscape, related, undefined, work)],
    ['at each relation', 60, (work) => selectRelations(landscape, {}, undefined, work)],
    [
      'at those of one element',
      60,
      (work) => relationsSelection(landscape, { strength: ['HARD'] }, undefined, work)(at('hub').seq),
    ],
    [
      'at their entries where those will do',
      2,
      (work) => relationsSelection(landscape, {}, undefined, work)(at('hub').seq),
    ],
    ['at the owners it says something of', 21, (work) => ownersConcerned(landscape, { owner: named }, undefined, work)],
  ])('is %s', (_what, looks, ask) => {
    expect(taken(ask)).toBe(looks);
  });
});
