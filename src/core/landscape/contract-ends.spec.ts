import * as fc from 'fast-check';
import { element, landscapeOf } from '../../../test/support/landscapes.js';
import { contractEnds } from './contract-ends.js';
import type { Json } from './model.js';

const contract = (seq: number, attributes: Record<string, Json>): ReturnType<typeof element> =>
  element(seq, { kind: 'CONTRACT', attributes });
const ALL = { dataHandover: true, sourceCodeHandover: true, securityDuties: true };
const ending = (endsOn: Json, within: number, day = '2026-11-25'): number[] =>
  contractEnds(landscapeOf([contract(0, { endsOn })], []), day, within).ending.map(({ daysLeft }) => daysLeft);

describe('the contracts that may end soon', () => {
  it.each<[Json, number, number[]]>([
    ['2026-11-25', 0, [0]],
    ['2026-11-24', 400, []],
    ['2026-12-25', 30, [30]],
    ['2026-12-26', 30, []],
    ['2026-12', 6, [6]],
    ['2026-12', 5, []],
    ['2026-11', 0, [-24]],
    ['2026', 0, [-328]],
    ['2025', 0, []],
    [null, 9999, []],
  ])('ends on %p, asked for %p days', (endsOn, within, expected) => {
    expect(ending(endsOn, within)).toEqual(expected);
  });

  it('are those of any day of a month that is asked for', () => {
    expect(ending('2026-11-03', 0, '2026-11')).toEqual([2]);
    expect(ending('2026-12-01', 0, '2026-11')).toEqual([]);
  });

  it('are told with duties that are not agreed and duties nobody has told of, first what ends first', () => {
    const landscape = landscapeOf(
      [
        contract(0, { endsOn: '2026-12-02', ...ALL }),
        contract(1, { endsOn: '2026-12-01', dataHandover: false, sourceCodeHandover: null }),
        contract(2, { dataHandover: true }),
        element(3, { attributes: { endsOn: '2026-12-01' } }),
        contract(4, { endsOn: null }),
      ],
      [],
    );
    const found = contractEnds(landscape, '2026-11-25', 30);
    expect(found.ending.map((each) => [each.contract.seq, each.notAgreed, each.unknownDuties])).toEqual([
      [1, ['DATA_HANDOVER', 'SOURCE_CODE_HANDOVER'], ['SECURITY']],
      [0, [], []],
    ]);
    expect(found.unknownEnd.map(({ seq }) => seq)).toEqual([2]);
    expect(found.contracts).toBe(4);
  });

  it('are never fewer for more days, and each contract is ending, elsewhere or unknown', () => {
    const some = fc.constantFrom<Json | undefined>(undefined, null, '2026', '2026-12', '2027-01-15', '2020');
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), fc.nat(500), fc.nat(500), (ends, less, more) => {
        const list = ends.map((endsOn, seq) => contract(seq, endsOn === undefined ? {} : { endsOn }));
        const landscape = landscapeOf(list, []);
        const [few, many] = [less, less + more].map((within) => contractEnds(landscape, '2026-11-25', within));
        expect(many?.ending).toEqual(expect.arrayContaining([...(few?.ending ?? [])]));
        expect(few?.unknownEnd).toHaveLength(ends.filter((each) => each === undefined).length);
        expect(few?.contracts).toBe(ends.length);
      }),
    );
  });
});
