import * as fc from 'fast-check';
import { drawnNeeds, weighedNeed } from '../../../test/support/weighed-needs.js';
import { DEFAULT_BOUNDS, NeedIndex } from './need-index.js';
import type { SearchBounds } from './need-index.js';
import { cosineOf } from './sparse-vector.js';
import { measurePair } from './pair-measure.js';

const NO_BOUNDS: SearchBounds = { limit: Number.MAX_SAFE_INTEGER, postings: Number.MAX_SAFE_INTEGER };
const NOTHING = weighedNeed({ words: [] });

describe('an index of needs', () => {
  it('finds whatever shares a word or a capability, most alike first, ties by number', () => {
    const index = NeedIndex.of([
      weighedNeed({ words: [1, 2] }),
      weighedNeed({ words: [3] }),
      weighedNeed({ words: [1, 4] }),
      weighedNeed({ words: [5], capabilities: [2] }),
      weighedNeed({ words: [1, 2, 6] }),
      weighedNeed({ words: [1, 4] }),
    ]);
    expect(index.candidates(weighedNeed({ words: [1, 2], capabilities: [2] }))).toEqual([0, 4, 2, 5, 3]);
  });

  it('reads what is described as it reads the names', () => {
    const index = NeedIndex.of([weighedNeed({ words: [1], described: [7, 8] }), weighedNeed({ words: [2] })]);
    expect(index.candidates(weighedNeed({ words: [8] }))).toEqual([0]);
  });

  it('finds nothing in an empty list', () => {
    expect(NeedIndex.of([]).candidates(weighedNeed({ words: [1], capabilities: [1] }))).toEqual([]);
  });

  it('finds nothing for a need without words, and that need for nobody', () => {
    const index = NeedIndex.of([NOTHING, weighedNeed({ words: [1] }), NOTHING]);
    expect([index.candidates(NOTHING), index.candidates(weighedNeed({ words: [1] }))]).toEqual([[], [1]]);
  });

  it('leaves out words and capabilities that nobody else has', () => {
    const index = NeedIndex.of([weighedNeed({ words: [1] })]);
    expect(index.candidates(weighedNeed({ words: [1, 900], capabilities: [90] }))).toEqual([0]);
  });

  it('reads the rarest word whatever it costs, and stops before a word that is too frequent', () => {
    const index = NeedIndex.of([
      weighedNeed({ words: [1, 2] }),
      weighedNeed({ words: [1, 2] }),
      weighedNeed({ words: [1] }),
    ]);
    expect(index.candidates(weighedNeed({ words: [1, 2] }), { limit: 10, postings: 1 })).toEqual([0, 1]);
  });

  it('finds the same as an index without bounds where no bound is reached', () => {
    fc.assert(
      fc.property(drawnNeeds, (needs) => {
        const index = NeedIndex.of(needs);
        for (const need of needs) expect(index.candidates(need)).toEqual(index.candidates(need, NO_BOUNDS));
      }),
    );
  });

  it('gives the first of what it would give without a limit', () => {
    fc.assert(
      fc.property(drawnNeeds, fc.nat(8), (needs, limit) => {
        const index = NeedIndex.of(needs);
        for (const need of needs) {
          const all = index.candidates(need, NO_BOUNDS);
          expect(index.candidates(need, { ...DEFAULT_BOUNDS, limit })).toEqual(all.slice(0, limit));
        }
      }),
    );
  });

  it('finds just those that share something', () => {
    fc.assert(
      fc.property(drawnNeeds, (needs) => {
        const index = NeedIndex.of(needs);
        for (const need of needs) {
          const texts = (of: typeof need) => [...of.names, ...(of.description === undefined ? [] : [of.description])];
          const sharing = needs.flatMap((other, number) => {
            const alike = texts(need).some((mine) =>
              texts(other).some((theirs) => cosineOf(mine.words, theirs.words) > 0),
            );
            const capable =
              cosineOf(need.capabilities, other.capabilities) + cosineOf(need.nextCapabilities, other.capabilities);
            return alike || capable > 0 ? [number] : [];
          });
          expect(new Set(index.candidates(need, NO_BOUNDS))).toEqual(new Set(sharing));
        }
      }),
    );
  });

  it('keeps needs as they were weighed, and measures them the same when they are spread', () => {
    fc.assert(
      fc.property(drawnNeeds, (needs) => {
        const index = NeedIndex.of(needs);
        for (const [number, need] of needs.entries()) {
          const spread = index.spread(index.needs.need(number));
          for (const [at, other] of needs.entries()) {
            const measured = measurePair(need, other);
            expect(measurePair(index.needs.need(number), index.needs.need(at))).toEqual(measured);
            expect(measurePair(spread, index.needs.need(at))).toEqual(measured);
            expect(measurePair(other, spread)).toEqual(measured);
          }
        }
      }),
    );
  });

  it('has no need of a number that was not given', () => {
    const { needs } = NeedIndex.of([NOTHING]);
    expect([needs.size, needs.need(0).names]).toEqual([1, []]);
    expect(() => needs.need(1)).toThrow(RangeError);
    expect(() => needs.need(-1)).toThrow(RangeError);
  });
});
