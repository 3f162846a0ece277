import * as fc from 'fast-check';
import { ReaderIndex } from './reader-index.js';

describe('the index of readers', () => {
  it('names whoever reads something, and at most as many more as there are reads', () => {
    const read = fc.record({
      seq: fc.nat(6),
      reads: fc.uniqueArray(fc.oneof(fc.nat(5), fc.constantFrom('ways USES', 'lives')), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(read, { maxLength: 60 }), (steps) => {
        const index = new ReaderIndex();
        const readsOf = new Map<number, readonly (number | string)[]>();
        for (const { seq, reads } of steps) {
          index.replace(seq, reads);
          readsOf.set(seq, reads);
        }
        const keys = [0, 1, 2, 3, 4, 5, 'ways USES', 'lives'];
        for (const key of keys) {
          const readers = [...readsOf].filter(([, reads]) => reads.includes(key)).map(([seq]) => seq);
          expect(index.of(key)).toEqual(expect.arrayContaining(readers));
        }
        const named = keys.reduce((sum: number, key) => sum + index.of(key).length, 0);
        const current = [...readsOf.values()].reduce((sum, reads) => sum + reads.length, 0);
        expect(named).toBeLessThanOrEqual(2 * current);
      }),
    );
  });
});
