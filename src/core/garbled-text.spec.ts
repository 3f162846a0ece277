import * as fc from 'fast-check';
import { hasControlSigns, mendedText } from './garbled-text.js';

/** UTF-8 read as Latin-1, byte by byte. */
function asLatin1(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join('');
}

describe('a text that was read in another code', () => {
  it.each([
    ['Há»‡ thá»‘ng thÆ° Ä‘iá»‡n tá»­', 'Hệ thống thư điện tử'],
    ['Quáº£n lÃ½ vÄƒn báº£n', 'Quản lý văn bản'],
    ['vÃ  Ä‘iá»\u0081u hÃ nh', 'và điều hành'],
    ['nhÃ  vÃ  xe', 'nhà và xe'],
  ])('%s is told from what it was', (garbled, text) => {
    expect(mendedText(garbled)).toBe(text);
  });

  it('is told from what it was, byte by byte, whatever Vietnamese was written', () => {
    const words = fc.array(fc.constantFrom('thư', 'điện', 'tử', 'Đất', 'đai', 'quản', 'lý', 'và', 'A', '2026'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join(' ');
        const isPlain = /^[ -~]*$/.test(text);
        expect(mendedText(asLatin1(text))).toBe(isPlain ? undefined : text);
        expect(mendedText(text)).toBeUndefined();
      }),
    );
  });

  it.each(['', 'Hệ thống thư điện tử', 'Cà phê à la carte', 'He thong', 'Đầu tư “LÃ” 5 €', 'Ô tô', '😀 Ã'])(
    'is not what people write: %s',
    (text) => {
      expect(mendedText(text)).toBeUndefined();
    },
  );
});

it.each([
  ['a\u0000b', true],
  ['a\u0007', true],
  ['a\u0085', true],
  ['a\n\tb\r\n\vc\f', false],
  ['Hệ thống', false],
])('signs that nobody can read: %j', (text, expected) => {
  expect(hasControlSigns(text)).toBe(expected);
});
