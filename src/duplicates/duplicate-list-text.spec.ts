import type { ListedPair } from './duplicate-list.reader.js';
import { BestPairs, formatPairs } from './duplicate-list-text.js';

function pair(id: string, score: number): ListedPair {
  const side = { id, title: `tên\u001B[2J ${'x'.repeat(1_000_000)}`, place: '1' };
  const none = { logOdds: 0, baseline: 0, signals: [], nameLikeness: 0, capabilityConflict: false, duplicateFrom: 0.7 };
  return { a: side, b: side, pair: { ...none, score, band: 'OVERLAP' } };
}

describe('pairs for a person', () => {
  it('are the best of all that came, those of one score in the order in which they came', () => {
    const best = new BestPairs(2);
    for (const [id, score] of [
      ['a', 0.5],
      ['b', 0.2],
      ['c', 0.9],
      ['d', 0.5],
      ['e', 0.9],
      ['f', 0.1],
    ] as const)
      best.add(pair(id, score));
    expect(best.best().map(({ a }) => a.id)).toEqual(['c', 'e']);
  });

  it('are short, and hold no control sign', () => {
    const text = formatPairs([pair('a', 0.5)], 'EN');
    expect(text.length).toBeLessThan(600);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
