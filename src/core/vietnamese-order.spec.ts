import * as fc from 'fast-check';
import { vietnameseSortKey } from './vietnamese-order.js';

function compare(a: string, b: string): number {
  const [one, other] = [vietnameseSortKey(a), vietnameseSortKey(b)];
  return one < other ? -1 : Number(one > other);
}

const WORDS = (
  'Cổng cộng Công dữ liệu Đất dất đai sở số Sổ tích hợp họp hộp UBND phường phương ' +
  'Bến bên ẩm ấm ẵm 2 10 010 ưu ứu quý quỳ f w'
).split(' ');

describe('Vietnamese order', () => {
  it.each([
    ['letters by the alphabet', ['an', 'ăn', 'ân', 'da', 'đa', 'em', 'êm', 'on', 'ôn', 'ơn', 'un', 'ưn']],
    ['tones after letters', ['ma', 'mà', 'mả', 'mã', 'má', 'mạ', 'mai', 'mài', 'mạnh']],
    ['letters of the whole text before any tone', ['Sơ Tư pháp', 'Sở Tư pháp', 'Sơ Xây dựng', 'Sở Xây dựng']],
    ['numbers by their value', ['Phường 2', 'Phường 9', 'Phường 10', 'Phường 0100', 'Phường 101', 'Phường A']],
    ['small before large', ['lgsp', 'LGSP', 'lgsp thành phố']],
    ['spaces and signs, digits, letters, other alphabets', ['', ' a', '-a', '–a', '1a', 'a', 'z', 'я', '𐐨']],
    ['letters with foreign marks where the letter stands', ['caa', 'çab', 'cac']],
  ])('%s', (_what, texts) => {
    expect(texts.toReversed().toSorted(compare)).toEqual(texts);
  });

  it('is the same for letters that are composed and for letters with their marks apart', () => {
    expect(vietnameseSortKey('Cổng dịch vụ'.normalize('NFD'))).toBe(vietnameseSortKey('Cổng dịch vụ'));
    expect(vietnameseSortKey('x\u0323\u0323')).toBe(vietnameseSortKey('x'));
  });

  it('takes controls for spaces', () => {
    expect(vietnameseSortKey('a\u0001b')).toBe(vietnameseSortKey('a b'));
  });

  it('is that of the Unicode collation for Vietnamese words', () => {
    const collator = new Intl.Collator('vi', { numeric: true });
    const word = fc.constantFrom(...WORDS);
    const phrase = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(phrase, phrase, (one, other) => {
        expect([one, other, compare(one, other)]).toEqual([one, other, Math.sign(collator.compare(one, other))]);
      }),
      { numRuns: 3000, seed: 20261125 },
    );
  });
});
