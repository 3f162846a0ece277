import * as fc from 'fast-check';
import { countBefore, cutPage } from './cut-page.js';
import type { CutPage } from './cut-page.js';
import { positionOf } from './ordering.js';
import type { Ordering, SortKey, SortValue } from './ordering.js';

interface Item {
  readonly seq: number;
  readonly rank: SortValue;
  readonly name: string;
}

function keyOf(field: 'rank' | 'name', direction: 'ASC' | 'DESC', nulls: 'FIRST' | 'LAST' = 'LAST'): SortKey<Item> {
  const valueOf = (item: Item): SortValue => item[field];
  return { valueOf, keyOf: valueOf, keyOfValue: (value) => value, direction, nulls };
}
function ordering(...keys: SortKey<Item>[]): Ordering<Item> {
  return { keys, tieOf: ({ seq }) => seq, nameOf: ({ seq }) => `${seq}`, tieOfName: Number };
}
function item(seq: number, rank: SortValue, name = ''): Item {
  return { seq, rank, name };
}
function seqs({ items }: CutPage<Item>): number[] {
  return items.map(({ seq }) => seq);
}
const ALL = { count: 100, from: 'START' } as const;

describe('the order of a list', () => {
  const items = [item(1, 2), item(2, null), item(3, 'a'), item(4, 1), item(5, 2), item(6, null), item(7, 'b')];
  it.each([
    ['by seq alone', ordering(), [1, 2, 3, 4, 5, 6, 7]],
    ['upward, the unknown last', ordering(keyOf('rank', 'ASC')), [4, 1, 5, 3, 7, 2, 6]],
    ['upward, the unknown first', ordering(keyOf('rank', 'ASC', 'FIRST')), [2, 6, 4, 1, 5, 3, 7]],
    ['downward, the unknown last', ordering(keyOf('rank', 'DESC')), [7, 3, 1, 5, 4, 2, 6]],
    ['downward, the unknown first', ordering(keyOf('rank', 'DESC', 'FIRST')), [2, 6, 7, 3, 1, 5, 4]],
  ])('%s', (_what, order, expected) => {
    expect(seqs(cutPage(items, order, ALL))).toEqual(expected);
  });

  it('goes by the second key where the first is the same', () => {
    const named = [item(1, 1, 'b'), item(2, 0, 'z'), item(3, 1, 'c'), item(4, null, 'a'), item(5, null, 'b')];
    const order = ordering(keyOf('rank', 'ASC'), keyOf('name', 'DESC'));
    expect(seqs(cutPage(named, order, ALL))).toEqual([2, 3, 1, 5, 4]);
  });
});

describe('a page', () => {
  const items = [5, 3, 1, 4, 2].map((seq) => item(seq, seq));
  const order = ordering(keyOf('rank', 'ASC'));
  const place = (seq: number): { values: SortValue[]; tie: number } => ({ values: [seq], tie: seq });
  it.each([
    [{ count: 2, from: 'START' }, [1, 2], false, true],
    [{ count: 2, from: 'END' }, [4, 5], true, false],
    [{ count: 5, from: 'START' }, [1, 2, 3, 4, 5], false, false],
    [{ count: 5, from: 'END' }, [1, 2, 3, 4, 5], false, false],
    [{ count: 0, from: 'START' }, [], false, true],
    [{ count: 0, from: 'END' }, [], true, false],
    [{ count: 2, from: 'START', after: place(2) }, [3, 4], true, true],
    [{ count: 2, from: 'START', after: place(3) }, [4, 5], true, false],
    [{ count: 2, from: 'START', after: place(5) }, [], true, false],
    [{ count: 2, from: 'END', before: place(4) }, [2, 3], true, true],
    [{ count: 9, from: 'END', before: place(4) }, [1, 2, 3], false, true],
    [{ count: 1, from: 'START', after: place(1), before: place(5) }, [2], true, true],
    [{ count: 1, from: 'END', after: place(1), before: place(5) }, [4], true, true],
    [{ count: 2, from: 'START', after: place(2.5) }, [3, 4], true, true],
    [{ count: 2, from: 'START', after: place(-1) }, [1, 2], false, true],
  ] as const)('%j', (bounds, expected, hasPrevious, hasNext) => {
    const page = cutPage(items, order, bounds);
    expect([seqs(page), page.hasPrevious, page.hasNext]).toEqual([expected, hasPrevious, hasNext]);
  });

  it('of a cursor that holds too few values ends where the unknown stands', () => {
    expect(seqs(cutPage(items, order, { ...ALL, after: { values: [], tie: 0 } }))).toEqual([]);
  });
});

const someItems = fc
  .array(fc.record({ rank: fc.constantFrom(null, 0, 1, 2, 'a', 'b'), name: fc.constantFrom('', 'x', 'y') }), {
    maxLength: 30,
  })
  .map((list) => list.map((each, seq) => ({ ...each, seq })));
const direction = fc.constantFrom('ASC' as const, 'DESC' as const);
const someOrder = fc
  .tuple(direction, direction, fc.constantFrom('FIRST' as const, 'LAST' as const))
  .map(([one, two, nulls]) => ordering(keyOf('rank', one, nulls), keyOf('name', two)));

/** All pages one after another, forward or backward; `change` may alter the list between two of them. */
function readAll(
  list: readonly Item[],
  order: Ordering<Item>,
  { count, from }: { readonly count: number; readonly from: 'START' | 'END' },
  change: (list: readonly Item[]) => readonly Item[] = (same) => same,
): Item[] {
  const read: Item[] = [];
  let current = list;
  for (;;) {
    const edge = from === 'START' ? read.at(-1) : read[0];
    const at = edge === undefined ? undefined : positionOf(order, edge);
    const bounds = from === 'START' ? { count, from, after: at } : { count, from, before: at };
    const page = cutPage(current, order, bounds);
    if (from === 'START') read.push(...page.items);
    else read.unshift(...page.items);
    if (!(from === 'START' ? page.hasNext : page.hasPrevious)) return read;
    current = change(current);
  }
}

describe('a list that is in its order already', () => {
  it('has as many items before a place as stand there, with it or without', () => {
    const anyPlace = fc.record({
      values: fc.array(fc.constantFrom(null, 0, 1, 2, 'a', 'x'), { maxLength: 2 }),
      tie: fc.nat(30),
    });
    fc.assert(
      fc.property(someItems, someOrder, anyPlace, (items, order, place) => {
        const whole = cutPage(items, order, ALL).items;
        const counts = [true, false].map((withPlace) => countBefore(whole, order, place, { withPlace }));
        const [upTo, before] = [{ after: place }, { before: place }].map(
          (bounds) => cutPage(items, order, { ...ALL, ...bounds }).items.length,
        );
        expect(counts).toEqual([whole.length - (upTo ?? 0), before]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('pages read one after another', () => {
  it('are the whole list in order where nothing changes, forward and backward', () => {
    fc.assert(
      fc.property(someItems, someOrder, fc.integer({ min: 1, max: 7 }), (items, order, count) => {
        const whole = cutPage(items, order, ALL).items;
        expect(whole).toHaveLength(items.length);
        expect(readAll(items, order, { count, from: 'START' })).toEqual(whole);
        expect(readAll(items, order, { count, from: 'END' })).toEqual(whole);
      }),
      { numRuns: 1000, seed: 20261125 },
    );
  });

  it('neither repeat nor skip what was there all along, whatever comes, goes and moves between them', () => {
    // Each change says which item moves or goes, or what comes.
    const someChange = fc.record({
      at: fc.nat(40),
      rank: fc.constantFrom(null, 0, 1, 2, 'a', 'b'),
      action: fc.constantFrom('ADD', 'REMOVE', 'MOVE'),
    });
    fc.assert(
      fc.property(
        fc.record({
          items: someItems,
          order: someOrder,
          count: fc.integer({ min: 1, max: 5 }),
          from: fc.constantFrom('START' as const, 'END' as const),
          changes: fc.array(fc.array(someChange, { maxLength: 4 }), { maxLength: 40 }),
        }),
        ({ items, order, count, from, changes }) => {
          const touched = new Set<number>();
          let step = 0;
          let next = 1000;
          const change = (list: readonly Item[]): readonly Item[] => {
            let current = list;
            for (const { at, rank, action } of changes[step] ?? []) {
              if (action === 'ADD') current = [...current, item((next += 1), rank)];
              const target = current[at];
              if (target === undefined || action === 'ADD') continue;
              touched.add(target.seq);
              const others = current.filter((each) => each !== target);
              current = action === 'MOVE' ? [...others, { ...target, rank }] : others;
            }
            step += 1;
            return current;
          };
          const read = readAll(items, order, { count, from }, change).map(({ seq }) => seq);
          const calm = items.filter(({ seq }) => !touched.has(seq));
          const readCalm = read.filter((seq) => seq < 1000 && !touched.has(seq));
          expect(readCalm).toEqual(cutPage(calm, order, ALL).items.map(({ seq }) => seq));
        },
      ),
      { numRuns: 1000, seed: 20261126 },
    );
  });
});
