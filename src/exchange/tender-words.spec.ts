import { foldHeader } from './spreadsheet-words.reader.js';
import { TENDER_ROLES, TenderWords, readTenderWords } from './tender-words.js';

const file = readTenderWords();
const words = new TenderWords(file);

describe('the words of tender lists that ship with the program', () => {
  it('name every role, and none of them twice, and say how sure they are', () => {
    expect(Object.keys(file.columns).toSorted()).toEqual([...TENDER_ROLES, 'none'].toSorted());
    const headers = Object.values(file.columns).flat().map(foldHeader);
    expect(headers.filter((each, at) => headers.indexOf(each) !== at)).toEqual([]);
    expect(file.confidence).toBe('UNSOURCED');
    expect([words.source('VI'), words.source('EN')]).toEqual([file.source.vi, file.source.en]);
  });

  it.each([
    ['STT', 'number'],
    ['Mã TBMT', 'code'],
    ['SO TBMT (e-TBMT)', 'code'],
    ['Mã KHLCNT', 'code'],
    ['Tên gói thầu', 'title'],
    ['Package name', 'title'],
    ['Tên chủ đầu tư', 'agency'],
    ['Bên mời thầu', 'agency'],
    ['Mã định danh chủ đầu tư', undefined],
    ['Tên nhà thầu trúng thầu', undefined],
    ['Đơn vị tính', undefined],
    ['Giá gói thầu', undefined],
    ['Số E-TBMT', 'code'],
    ['Mã dự án', undefined],
    ['Mã QHNS', undefined],
    ['Tên hàng hóa', undefined],
    ['Tên cơ quan quản lý', undefined],
    ['Project owner', undefined],
    ['Project code', undefined],
    ['Package price', undefined],
    ['Đơn vị thi công', undefined],
  ])('know the header %s', (header, role) => {
    expect(words.headers.roleOf(header)).toBe(role);
  });

  it('know sums', () => {
    expect([words.isTotal('TỔNG CỘNG'), words.isTotal('Tổng đài 1022')]).toEqual([true, false]);
  });
});
