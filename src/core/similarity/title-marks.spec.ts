import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { TextReader } from './text-reading.js';
import { markDifference } from './title-marks.js';

const reader = new TextReader(readLanguageData(), ['Ủy ban nhân dân Quận 9', 'Ủy ban nhân dân Quận 1', 'Sở Y tế']);

function difference(title: string, name: string): unknown[] {
  const { differing, unshared } = markDifference(reader.read(title), reader.read(name));
  const said = (sides: typeof differing): string =>
    sides === null ? '' : `${sides.title.join()}/${sides.name.join()}`;
  return [said(differing), said(unshared)];
}

describe('the numbers of a title and a name', () => {
  it.each([
    ['Gói thầu số 01: Lắp camera', 'Lắp camera gói 1'],
    ['Lắp camera giai đoạn 2', 'Lắp camera giai đoạn II'],
    ['LẮP CAMERA GIAI ĐOẠN II', 'Lắp camera GĐ 2'],
    ['Lắp camera giai đoạn 2021-2025', 'Lắp camera các năm 2021 và 2025'],
    ['XỬ LÝ VI PHẠM', 'Xử lý vi phạm'],
    ['Nâng cấp tổng đài 1022', 'Tổng đài 1022'],
    ['Gói 1 và 2: lắp camera', 'Lắp camera gói 1, 2'],
    ['Ứng dụng Quận 9', 'Ứng dụng Quận 9 trực tuyến'],
    ['Lắp camera', 'Lắp camera'],
    ['', ''],
  ])('are the same however they are written: %s, %s', (title, name) => {
    expect(difference(title, name)).toEqual(['', '']);
  });

  it.each([
    ['Lắp camera gói 2 giai đoạn 1', 'Lắp camera gói 1 giai đoạn 2', '2,1/1,2'],
    ['Lắp camera năm 2026', 'Lắp camera năm 2025', '2026/2025'],
    ['Lắp camera (2026)', 'Lắp camera năm 2025', '2026/2025'],
    ['Lắp camera giai đoạn III', 'Lắp camera giai đoạn 2', 'III/2'],
    ['Mạng 5G', 'Mạng 4G', '5G/4G'],
    ['Ứng dụng Quận 9', 'Ứng dụng Quận 1', '9/1'],
    ['Ứng dụng Quận 9 gói 1', 'Ứng dụng Quận 1 gói 9', '9,1/1,9'],
    ['Kho dữ liệu Sở Y tế', 'Kho dữ liệu Quận 9', 'Sở Y tế/Quận 9'],
  ])('that count the same tell them apart: %s, %s', (title, name, expected) => {
    expect(difference(title, name)).toEqual([expected, '']);
  });

  it.each([
    ['Lắp camera giai đoạn 2', 'Lắp camera', '2/'],
    ['Lắp camera', 'Lắp camera năm 2030', '/2030'],
    ['Gói 5: lắp camera', 'Lắp camera năm 2025', '5/2025'],
    ['Lắp camera gói 1, 2', 'Lắp camera gói 1', '2/'],
    ['Nâng cấp cổng II', 'Nâng cấp cổng', 'II/'],
  ])('that only one of them has do not, and are told: %s, %s', (title, name, expected) => {
    expect(difference(title, name)).toEqual(['', expected]);
  });
});
