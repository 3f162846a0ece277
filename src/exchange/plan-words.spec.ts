import { INVESTMENT_FORMS, WORK_TYPES } from '../core/landscape/proposal.js';
import { PLAN_ROLES, PlanWords, readPlanWords } from './plan-words.js';
import { foldHeader } from './spreadsheet-words.reader.js';

const file = readPlanWords();
const words = new PlanWords(file);

describe('the words of plan lists that ship with the program', () => {
  it('name every role, and none of them twice', () => {
    expect(Object.keys(file.columns).toSorted()).toEqual([...PLAN_ROLES, 'none'].toSorted());
    const headers = Object.values(file.columns).flat().map(foldHeader);
    expect(headers.filter((each, at) => headers.indexOf(each) !== at)).toEqual([]);
  });

  it('name values that there are', () => {
    expect(INVESTMENT_FORMS).toEqual(expect.arrayContaining(Object.keys(file.investmentForms)));
    expect(WORK_TYPES).toEqual(expect.arrayContaining(Object.keys(file.workTypes)));
    for (const { dong, words: names } of file.units) {
      expect(Number.isSafeInteger(dong)).toBe(true);
      expect(names.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['STT', 'number'],
    ['Tên nhiệm vụ/dự án', 'title'],
    ['DANH MỤC NHIỆM VỤ, DỰ ÁN', 'title'],
    ['Nội dung nhiệm vụ', 'scope'],
    ['Đơn vị chủ trì (chủ đầu tư)', 'agency'],
    ['Đơn vị phối hợp', undefined],
    ['Kinh phí dự kiến năm 2027 (triệu đồng)', 'budget'],
    ['Thoi gian thuc hien', 'year'],
    ['Ghi chú', undefined],
    ['(1)', undefined],
  ])('know the header %s', (header, role) => {
    expect(words.roleOf(header)).toBe(role);
  });

  it.each([
    ['Kinh phí (triệu đồng)', 1_000_000],
    ['Kinh phí (tỷ đồng)', 1_000_000_000],
    ['ĐVT: 1.000 đồng', 1_000],
    ['Kinh phí (đồng)', 1],
    ['Kinh phí', undefined],
  ])('know the unit of %s', (header, dong) => {
    expect(words.unitIn(header)).toBe(dong);
  });

  it('do not guess which lease is meant', () => {
    expect(words.investmentForm('Thuê dịch vụ')).toBeUndefined();
    expect(words.investmentForm('Thuê dịch vụ CNTT sẵn có trên thị trường')).toBe('LEASE_READY_MADE');
    expect(words.workType('Nâng cấp, mở rộng')).toBe('UPGRADE');
  });
});
