import { describe, expect, it } from '@jest/globals';
import { landscapeOf } from '../../test/support/landscapes.js';
import { TenderListReader } from './tender-list.reader.js';

describe('a cell of many broken codes', () => {
  it('is told by the first of them and their number, for an answer is no longer than its list', async () => {
    const broken = Array.from({ length: 2_000 }, (_, at) => `IB${at}`).join(' | ');
    const file = `Mã TBMT;Tên gói thầu\nIB2600000001 | ${broken};Lắp camera\n`;
    const { sheets } = await new TenderListReader().read(Buffer.from(file), landscapeOf([], []));
    const values = sheets[0]?.lines[0]?.problems.map(({ params }) => params['value']);
    expect(values).toEqual(['IB0', 'IB1', 'IB2', 'IB3', 'IB4 (+1995)']);
  });
});
