import { landscapeOf } from '../../test/support/landscapes.js';
import { TenderListReader } from './tender-list.reader.js';

describe('a numbered list', () => {
  it('tells which rows with a title it does not read, and takes no signature for a tender', async () => {
    const file = [
      'STT;Tên gói thầu;Chủ đầu tư',
      '1;Lắp camera;Sở Y tế',
      ';Mua máy chủ;',
      'II;Phần mềm;',
      ';Cộng;',
      ';NGƯỜI LẬP BIỂU;THỦ TRƯỞNG ĐƠN VỊ',
      ';Gói IB2600000001 không số;',
    ].join('\n');
    const { sheets, notes } = await new TenderListReader().read(Buffer.from(file), landscapeOf([], []));
    expect(sheets[0]?.lines.map(({ line }) => line)).toEqual([2, 7]);
    expect(notes).toMatchObject([{ reason: 'ROWS_UNNUMBERED', params: { sheet: 'CSV', count: 2, lines: '3, 6' } }]);
  });
});

describe('a header of two rows', () => {
  it('is read by its upper row, and the columns that it does not name are told', async () => {
    const file = 'STT;Gói thầu;;Chủ đầu tư\n;Mã TBMT;Nội dung;\n1;IB2600000001;Lắp camera;Sở Y tế\n';
    const { notes } = await new TenderListReader().read(Buffer.from(file), landscapeOf([], []));
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'COLUMN_UNNAMED', path: ['', 'C1'] }));
  });
});

describe('a cell of many broken codes', () => {
  it('is told by the first of them and their number, for an answer is no longer than its list', async () => {
    const broken = Array.from({ length: 2_000 }, (_, at) => `IB${at}`).join(' | ');
    const file = `Mã TBMT;Tên gói thầu\nIB2600000001 | ${broken};Lắp camera\n`;
    const { sheets } = await new TenderListReader().read(Buffer.from(file), landscapeOf([], []));
    const values = sheets[0]?.lines[0]?.problems.map(({ params }) => params['value']);
    expect(values).toEqual(['IB0', 'IB1', 'IB2', 'IB3', 'IB4 (+1995)']);
  });
});
