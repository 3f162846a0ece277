import { foldVietnamese } from './fold-vietnamese.js';

describe('a folded text', () => {
  it.each([
    ['Đất đai', 'dat dai'],
    ['Quản lý văn bản', 'quan ly van ban'],
    ['Thành phố Hồ Chí Minh', 'thanh pho ho chi minh'],
    ['ƯƠNG', 'uong'],
    ['LGSP 2.0', 'lgsp 2.0'],
    ['', ''],
  ])('of "%s" is "%s"', (text, folded) => {
    expect(foldVietnamese(text)).toBe(folded);
  });

  it('is the same whether marks are composed or not', () => {
    const text = 'Nền tảng tích hợp, chia sẻ dữ liệu';
    expect(foldVietnamese(text.normalize('NFD'))).toBe(foldVietnamese(text.normalize('NFC')));
  });

  it('stays as it is when it is folded again', () => {
    expect(foldVietnamese(foldVietnamese('Đường sắt đô thị'))).toBe('duong sat do thi');
  });
});
