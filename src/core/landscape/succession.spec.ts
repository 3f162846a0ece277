import { draw } from '../../../test/support/drawn-landscape.js';
import { lineOfSuccession, nextInSuccession, partsOf, wholeOf } from './succession.js';

const AGENCY = { kind: 'AGENCY' } as const;

describe('a line of succession', () => {
  const { landscape, at, name } = draw([
    'thu-duc REPLACES quan-2',
    'thu-duc REPLACES quan-9',
    'an-khanh REPLACES thu-duc',
    'tang-nhon-phu REPLACES thu-duc',
    'tang-nhon-phu REPLACES quan-9',
    'cu REPLACES thu-duc ENDED',
    'vong REPLACES tron',
    'tron REPLACES vong',
  ]);
  const names = (elements: readonly { seq: number }[]): string[] => elements.map(({ seq }) => name(seq));

  it('leads from an old unit to its successors, and back, at once and to the end', () => {
    expect(names(nextInSuccession(landscape, at('quan-2').seq, 'SUCCESSORS'))).toEqual(['thu-duc']);
    expect(names(lineOfSuccession(landscape, at('quan-2').seq, 'SUCCESSORS'))).toEqual([
      'thu-duc',
      'an-khanh',
      'tang-nhon-phu',
    ]);
    expect(names(nextInSuccession(landscape, at('tang-nhon-phu').seq, 'PREDECESSORS'))).toEqual(['thu-duc', 'quan-9']);
    expect(names(lineOfSuccession(landscape, at('tang-nhon-phu').seq, 'PREDECESSORS'))).toEqual([
      'thu-duc',
      'quan-9',
      'quan-2',
    ]);
  });

  it('is empty for what nothing replaced, and ends where it began in a circle', () => {
    expect(lineOfSuccession(landscape, at('an-khanh').seq, 'SUCCESSORS')).toEqual([]);
    expect(names(lineOfSuccession(landscape, at('vong').seq, 'SUCCESSORS'))).toEqual(['tron']);
    expect(lineOfSuccession(landscape, 999, 'PREDECESSORS')).toEqual([]);
  });
});

describe('wholes and parts', () => {
  const { landscape, at, name } = draw(
    ['so PART_OF ubnd', 'phong PART_OF so', 'phong PART_OF ubnd ENDED', 'trang PART_OF so', 'ubnd'],
    { ubnd: AGENCY, so: AGENCY, phong: AGENCY },
  );

  it('are those of the same kind that hold', () => {
    expect(wholeOf(landscape, at('phong'))?.name).toBe('so');
    expect(wholeOf(landscape, at('ubnd'))).toBeUndefined();
    expect(partsOf(landscape, at('so')).map(({ seq }) => name(seq))).toEqual(['phong']);
    expect(wholeOf(landscape, at('trang'))).toBeUndefined();
  });
});
