import * as fc from 'fast-check';
import { foldVietnamese } from '../fold-vietnamese.js';
import { compileAbbreviations, normalise, syllablesOf } from './normalise.js';

const abbreviations = compileAbbreviations([
  { abbreviation: 'CSDL', expansion: 'cơ sở dữ liệu' },
  { abbreviation: 'KT-XH', expansion: 'kinh tế xã hội' },
  { abbreviation: 'AI', expansion: 'trí tuệ nhân tạo' },
  { abbreviation: 'web', expansion: 'trang thông tin điện tử' },
  { abbreviation: 'TT&TT', expansion: 'thông tin và truyền thông' },
]);
const words = (text: string): string =>
  normalise(text, abbreviations)
    .map((token) => token.text)
    .join(' ');

describe('reading Vietnamese text', () => {
  it.each([
    ['takes marks away', 'Đường thủy nội địa', 'duong thuy noi dia'],
    ['reads decomposed letters like composed ones', 'Đường thủy'.normalize('NFD'), 'duong thuy'],
    ['expands an abbreviation in any case', 'csdl đất đai', 'co so du lieu dat dai'],
    ['expands an abbreviation of several parts', 'chỉ tiêu KT-XH', 'chi tieu kinh te xa hoi'],
    ['expands an abbreviation with an ampersand', 'Sở TT&TT', 'so thong tin va truyen thong'],
    ['expands a pronounceable abbreviation in capitals', 'Camera AI', 'camera tri tue nhan tao'],
    ['leaves the syllable of the same letters alone', 'ai chịu trách nhiệm', 'ai chiu trach nhiem'],
    ['expands a word in small letters that the table has so', 'trang web', 'trang trang thong tin dien tu'],
    ['leaves host names out', 'Cổng (api.tphcm.gov.vn)', 'cong'],
    ['reads nothing from nothing', ' – ', ''],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('gives every syllable of an expansion the span of the abbreviation', () => {
    const text = 'Xây CSDL mới';
    const spans = normalise(text, abbreviations).map(({ start, end }) => text.slice(start, end));
    expect(spans).toEqual(['Xây', 'CSDL', 'CSDL', 'CSDL', 'CSDL', 'mới']);
  });

  it('keeps the first expansion of an abbreviation given twice', () => {
    const twice = compileAbbreviations([
      { abbreviation: 'GT', expansion: 'gói thầu' },
      { abbreviation: 'GT', expansion: 'giao thông' },
    ]);
    expect(normalise('GT', twice).map((token) => token.text)).toEqual(['goi', 'thau']);
  });

  it('reads a long word like a short one, each time', () => {
    const long = 'Đường'.repeat(10);
    for (const _ of [1, 2]) expect(words(`${long} đường`)).toBe(`${'duong'.repeat(10)} duong`);
    const [first, second] = syllablesOf(`${long} ${long.normalize('NFD')}`);
    expect(first?.marks).toBe(second?.marks);
  });

  it('points into the original text, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let last = 0;
        for (const { text: folded, start, end } of syllablesOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(foldVietnamese(text.slice(start, end))).toBe(folded);
          last = end;
        }
      }),
    );
  });
});
