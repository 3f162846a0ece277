import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import { foldVietnamese } from '../fold-vietnamese.js';
import type { Element } from './model.js';
import { searchIndex } from './search.js';
import { LandscapeSnapshot } from './snapshot.js';

const LGSP = 'Nền tảng tích hợp, chia sẻ dữ liệu';
const drawing = draw(['lgsp', 'kho', 'qlvb', 'ioc', 'cdldd'], {
  lgsp: { name: LGSP, nameEn: 'Local service platform', aliases: ['LGSP', 'Trục liên thông'] },
  kho: { name: 'Kho dữ liệu dùng chung', externalIds: [{ scheme: 'NAS', value: 'HCM.07-12', recordType: null }] },
  qlvb: { name: 'Quản lý văn bản', description: 'Dùng LGSP' },
  ioc: { name: 'Dữ liệu' },
  cdldd: { name: 'Cơ sở dữ liệu đất đai', aliases: ['Dữ liệu'] },
});
const index = searchIndex(drawing.landscape);
const found = (text: string): string[] => index.search(text).map(drawing.name);

describe('a search', () => {
  it.each([
    ['a whole name', LGSP, ['lgsp']],
    ['a name without marks', 'nen tang tich hop', ['lgsp']],
    ['a name in capitals', 'NỀN TẢNG', ['lgsp']],
    ['đ typed as d', 'dat dai', ['cdldd']],
    ['Đ typed as đ', 'ĐẤT ĐAI', ['cdldd']],
    ['marks that are letters of their own', 'dữ liệu đất'.normalize('NFD'), ['cdldd']],
    ['words in another order', 'liệu kho', ['kho']],
    ['the beginnings of words', 'kh du ch', ['kho']],
    ['an English name', 'platform local', ['lgsp']],
    ['an alias', 'trục', ['lgsp']],
    ['the id of the urn', 'qlvb', ['qlvb']],
    ['a code of another register', 'HCM.07-12', ['kho']],
    ['part of such a code', '07 12', ['kho']],
    ['a word said twice', 'kho kho', ['kho']],
    ['words with signs around them', '«kho» (chung)!', ['kho']],
  ])('finds by %s', (_what, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['no text', ''],
    ['no words', ' -- !'],
    ['a word that stands nowhere', 'không'],
    ['one word of two that stands nowhere', 'kho không'],
    ['the middle of a word', 'hung'],
    ['a word longer than what stands there', 'khoa'],
    ['words of two elements', 'kho văn'],
    ['a description', 'dùng lgsp'],
    ['what every urn begins with', 'urn'],
  ])('finds nothing by %s', (_what, text) => {
    expect(found(text)).toEqual([]);
  });

  it('puts the name itself first, then an alias, then a name and an alias that begin so, then the rest', () => {
    const { landscape, name } = draw(['e', 'd', 'c', 'b', 'a', 'f'], {
      a: { name: 'Kho dữ liệu' },
      b: { name: 'Tổng hợp', aliases: ['kho du lieu'] },
      c: { name: 'Kho dữ liệu dùng chung' },
      d: { name: 'Thư viện', aliases: ['Kho dữ liệu mở'] },
      e: { name: 'Dữ liệu kho bãi' },
      f: { name: 'Kho dữ liệu ngành' },
    });
    const ranked = searchIndex(landscape).search('Kho dữ liệu').map(name);
    expect(ranked).toEqual(['a', 'b', 'c', 'f', 'd', 'e']);
  });

  it('of an empty landscape finds nothing', () => {
    expect(searchIndex(LandscapeSnapshot.empty()).search('kho')).toEqual([]);
  });

  it('leaves out what was removed', () => {
    const kho = drawing.at('kho');
    const change = { seq: kho.seq, urn: kho.urn, after: undefined };
    const after = drawing.landscape.with({ revision: 2, at: '2026-01-02', elements: [change], relations: [] });
    expect(searchIndex(after).search('kho')).toEqual([]);
    expect(found('kho')).toEqual(['kho']);
  });
});

describe('on random names', () => {
  const syllable = fc.constantFrom('đất', 'Đai', 'dữ', 'du', 'liệu', 'lieu', 'kho', 'khoa', 'số', 'sở', 'hóa', 'hoá');
  const phrase = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

  it('what is found is what has a word for every word, however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(phrase, fc.array(phrase, { maxLength: 2 })), { maxLength: 8 }),
        phrase,
        (names, text) => {
          const fields = names.map(([name, aliases], each): [string, Partial<Element>] => [
            `${each}-`.padEnd(8, 'z'),
            { name, aliases },
          ]);
          const { landscape } = draw(
            fields.map(([id]) => id),
            Object.fromEntries(fields),
          );
          const expected = [...landscape.elements()].filter(({ name, aliases }) => {
            const words = [name, ...aliases].flatMap((each) => foldVietnamese(each).split(' '));
            return foldVietnamese(text)
              .split(' ')
              .every((word) => words.some((each) => each.startsWith(word)));
          });
          const index = searchIndex(landscape);
          expect(new Set(index.search(text))).toEqual(new Set(expected.map(({ seq }) => seq)));
          expect(index.search(text)).toHaveLength(expected.length);
          expect(index.search(foldVietnamese(text).toUpperCase())).toEqual(index.search(text));
        },
      ),
    );
  });
});
