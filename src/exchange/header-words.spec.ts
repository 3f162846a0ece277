import { BeginningTable } from './beginning-table.js';
import { HeaderWords } from './header-words.js';

const words = new HeaderWords(['title'], { title: ['tên', 'tên dự án'], none: ['tên nhà thầu'] });

describe('a header', () => {
  it.each([
    ['Tên dự án', 'title'],
    ['TEN DU AN (bắt buộc) theo kế hoạch', 'title'],
    ['(1) Tên (viết đầy đủ (không viết tắt)) dự án', 'title'],
    ['Tên nhà thầu trúng thầu', undefined],
    ['Kinh phí', undefined],
    ['', undefined],
    [`Tên ${'dài '.repeat(100)}`, undefined],
  ])('says by its longest known beginning: %s', (header, role) => {
    expect(words.roleOf(header)).toBe(role);
  });

  it('that fills a cell is looked at no longer than it is long: squares of these would not end', () => {
    for (const cell of ['ten '.repeat(8_000), '('.repeat(32_000), '(a'.repeat(16_000)]) {
      for (let time = 0; time < 1_000; time += 1) expect(words.roleOf(cell)).toBeUndefined();
    }
  });
});

describe('a table of beginnings', () => {
  const table = new BeginningTable([
    ['Nâng cấp', 1],
    ['Nâng cấp, mở rộng', 2],
  ]);

  it('finds the longest one, marks or not', () => {
    expect([table.find('nang cap mo rong cổng'), table.find('Nâng cấp cổng'), table.find('Cổng nâng cấp')]).toEqual([
      2,
      1,
      undefined,
    ]);
    expect(new BeginningTable([]).find('x')).toBeUndefined();
  });

  it('tries no more words than the longest one has: all of them in these texts would not end', () => {
    const cell = 'a '.repeat(16_000);
    for (let time = 0; time < 300; time += 1) expect(table.find(cell)).toBeUndefined();
  });
});
