import * as fc from 'fast-check';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { functionsIn } from './functions-seen.js';
import type { FunctionsSeen, ScopeTexts } from './functions-seen.js';
import { TextReader } from './text-reading.js';

const reader = new TextReader(readLanguageData(), ['Sở Xây dựng']);

function seen(title: string, objective: string | null = null, scope: string | null = null): FunctionsSeen {
  return functionsIn(reader, { title, objective, scope });
}
function names(found: FunctionsSeen): string[] {
  return found.functions.map(({ name }) => name);
}

describe('the functions that a text names', () => {
  it.each<[string, string, string[]]>([
    ['one', 'Xây dựng hệ thống thư điện tử công vụ', ['Xây dựng hệ thống thư điện tử công vụ']],
    [
      'two that are joined',
      'Xây dựng kho dữ liệu dùng chung và cổng dữ liệu mở',
      ['Xây dựng kho dữ liệu dùng chung', 'cổng dữ liệu mở'],
    ],
    [
      'one whose name has a joint in it',
      'Phần mềm quản lý văn bản và điều hành',
      ['Phần mềm quản lý văn bản và điều hành'],
    ],
    [
      'a list that is announced',
      'Phần mềm vườn thú gồm: quản lý chuồng trại, lịch cho ăn, bán vé tham quan và sổ khám thú y',
      ['quản lý chuồng trại', 'lịch cho ăn', 'bán vé tham quan', 'sổ khám thú y'],
    ],
    [
      'a list that ends in more than one "và"',
      'Phần mềm vườn thú gồm: sổ chuồng chim, vé và lịch và  và sổ khám "thú y". ',
      ['sổ chuồng chim', 'vé và lịch và', 'sổ khám "thú y'],
    ],
    ['nothing', 'Xây dựng hệ thống phần mềm', []],
    ['nothing at all', '', []],
  ])('%s: %s', (_, title, expected) => {
    expect(names(seen(title))).toEqual(expected);
  });

  it.each([
    ['signs', '- Tưới tiêu tự động\n- Đếm cá thể chim\n+ Cảnh báo cháy rừng'],
    ['numbers', '1. Tưới tiêu tự động\n2) Đếm cá thể chim\n(3) Cảnh báo cháy rừng'],
    ['letters', 'a) Tưới tiêu tự động\nb) Đếm cá thể chim\nc) Cảnh báo cháy rừng'],
    ['semicolons', 'Dự án bao gồm: Tưới tiêu tự động; Đếm cá thể chim; Cảnh báo cháy rừng.'],
    [
      'an announcement before signs',
      'Các chức năng chính:\n• Tưới tiêu tự động\n• Đếm cá thể chim\n• Cảnh báo cháy rừng',
    ],
  ])('are items told by %s', (_, scope) => {
    expect(names(seen('Vườn quốc gia số', null, scope))).toEqual([
      'Tưới tiêu tự động',
      'Đếm cá thể chim',
      'Cảnh báo cháy rừng',
    ]);
  });

  it('are no purposes: an objective that lists nothing gives what names a capability', () => {
    const objective = 'Nâng cao hiệu quả, minh bạch hoạt động. Triển khai thư điện tử công vụ cho nhân viên.';
    expect(names(seen('Vườn thú số', objective))).toEqual([
      'Vườn thú số',
      'Triển khai thư điện tử công vụ cho nhân viên',
    ]);
  });

  it('come with their place, and the capability with its words and how surely they tell it', () => {
    const { functions } = seen('Vườn thú số', null, 'Gồm: lịch cho ăn; hệ thống thư điện tử công vụ');
    expect(functions).toEqual([
      { name: 'lịch cho ăn', field: 'scope', span: [5, 16], isListed: true, capabilities: [] },
      {
        name: 'hệ thống thư điện tử công vụ',
        field: 'scope',
        span: [18, 46],
        isListed: true,
        capabilities: [{ code: 'EMAIL', confidence: 'NAME_HEAD', span: [27, 46], text: 'thư điện tử công vụ' }],
      },
    ]);
  });

  it('are told once, in whatever text they are said again', () => {
    expect(names(seen('Thư điện tử công vụ', 'Có thư điện tử công vụ', '- Thư điện tử công vụ'))).toHaveLength(1);
  });

  it('are cut at fifty, and that is said', () => {
    const scope = Array.from({ length: 60 }, (_, at) => `- Chuồng chim khu ${at}`).join('\n');
    expect(seen('Vườn thú số', null, scope)).toMatchObject({ truncated: true });
    expect(seen('Vườn thú số', null, scope).functions).toHaveLength(50);
    expect(seen('Vườn thú số').truncated).toBe(false);
  });

  it('are words of the text, each at its place, whatever is written', () => {
    const parts = fc.constantFrom(
      'gồm: ',
      '; ',
      ', ',
      ' và ',
      '\n- ',
      '. ',
      '1. ',
      ':',
      '(',
      'thư điện tử',
      'kho dữ liệu',
      'chuồng',
      ' ',
    );
    const text = fc.array(parts, { maxLength: 20 }).map((each) => each.join(''));
    fc.assert(
      fc.property(text, text, (title, objective) => {
        const texts: ScopeTexts = { title, objective };
        for (const { name, field, span, capabilities } of functionsIn(reader, texts).functions) {
          const source = texts[field] ?? '';
          expect(source.slice(...span)).toBe(name);
          for (const each of capabilities) expect(source.slice(...each.span)).toBe(each.text);
        }
      }),
    );
  });
});
