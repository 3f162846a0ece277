import * as fc from 'fast-check';
import type { TitleLine } from '../exchange/title-list.reader.js';
import { equalLines, pairsAcross, pairsWithin } from './equal-lines.js';
import type { EqualLines, LinePairs } from './equal-lines.js';

function line(id: string, title = 'Thư điện tử', description: string | null = null): TitleLine {
  return { id, place: id, title, description, agency: null };
}

function group(prefix: string, size: number): EqualLines {
  return [line(`${prefix}1`), ...Array.from({ length: size - 1 }, (_, at) => line(`${prefix}${at + 2}`))];
}

function keys({ pairs }: LinePairs): string[] {
  return Array.from(pairs, ([a, b]) => [a.id, b.id].toSorted().join(' '));
}

describe('lines that say the same', () => {
  it('stand together in their order, whatever space is between the words; letters keep their size', () => {
    const lines = [line('a'), line('b', 'thư điện tử'), line('c', ' Thư  điện\ttử '), line('d', 'Thư điện tử', 'gửi')];
    const ids = equalLines(lines).map((each) => each.map(({ id }) => id).join(''));
    expect(ids).toEqual(['ac', 'b', 'd']);
  });

  it('have all their pairs told once, or so many that each is told with the first, and the rest is counted', () => {
    const sizes = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: 0, max: 70 }), (left, right, most) => {
        const found = [
          { all: (left * (left - 1)) / 2, told: pairsWithin(group('a', left), most) },
          { all: left * right, told: pairsAcross(group('a', left), group('b', right), most) },
        ];
        for (const { all, told } of found) {
          const each = keys(told);
          expect(new Set(each).size).toBe(each.length);
          expect(each.length + told.untold).toBe(all);
          expect(told.untold === 0 || all > most).toBe(true);
        }
      }),
    );
  });

  it('are each told with some other, however many they are', () => {
    const named = new Set(keys(pairsAcross(group('a', 5), group('b', 4), 1)).flatMap((key) => key.split(' ')));
    expect(named.size).toBe(9);
    expect(new Set(keys(pairsWithin(group('a', 5), 1)).flatMap((key) => key.split(' '))).size).toBe(5);
  });
});
