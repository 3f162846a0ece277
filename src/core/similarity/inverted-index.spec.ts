import * as fc from 'fast-check';
import { InvertedIndex, firstAtLeast } from './inverted-index.js';
import type { IndexedDocument } from './inverted-index.js';

const TERMS = ['a', 'b', 'c', 'd'];
const document = fc.record<IndexedDocument>({
  terms: fc
    .dictionary(fc.constantFrom(...TERMS), fc.constantFrom(0.25, 0.5, 1))
    .map((terms) => new Map(Object.entries(terms))),
  isPublic: fc.boolean(),
});
/** Documents before and after each step, by number; undefined where there is none. */
const history = fc.array(fc.array(fc.option(document, { nil: undefined }), { minLength: 6, maxLength: 6 }), {
  minLength: 1,
  maxLength: 6,
});

function plain(index: InvertedIndex): unknown {
  return {
    publicCount: index.publicCount,
    postings: TERMS.map((term) => {
      const posting = index.posting(term);
      return posting === undefined
        ? undefined
        : { ...posting, documents: [...posting.documents], impacts: [...posting.impacts] };
    }),
  };
}

function made(documents: readonly (IndexedDocument | undefined)[]): InvertedIndex {
  return InvertedIndex.empty().with(
    documents.flatMap((after, number) => (after === undefined ? [] : [{ document: number, before: undefined, after }])),
  );
}

describe('an inverted index', () => {
  it('moved on by changes is the same as one made afresh, and leaves the one before as it was', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let index = InvertedIndex.empty();
        let before: readonly (IndexedDocument | undefined)[] = Array.from({ length: 6 });
        for (const after of steps) {
          const next = index.with(
            after.map((each, number) => ({ document: number, before: before[number], after: each })),
          );
          expect(plain(index)).toEqual(plain(made(before)));
          expect(plain(next)).toEqual(plain(made(after)));
          [index, before] = [next, after];
        }
      }),
    );
  });

  it('counts a term the rarer the fewer public documents have it, and never as worth nothing', () => {
    const index = made(Array.from({ length: 10 }, () => ({ terms: new Map([['a', 1]]), isPublic: true })));
    const rarities = [0, 1, 5, 10, 99].map((holders) => index.rarity(holders));
    expect(rarities).toEqual(rarities.toSorted((one, other) => other - one));
    expect(rarities[3]).toBe(rarities[4]);
    expect(rarities[4]).toBeGreaterThan(0);
    expect(InvertedIndex.empty().rarity(0)).toBeGreaterThan(0);
  });

  it('finds the first place of at least a number', () => {
    const numbers = Uint32Array.from([2, 4, 4, 9]);
    expect([0, 2, 3, 4, 5, 9, 10].map((least) => firstAtLeast(numbers, least))).toEqual([0, 0, 1, 1, 3, 3, 4]);
  });
});
