import { brokenTenderCodesIn, tenderCodesIn, tenderCodesOf, withoutTenderCodes } from './tender-code.js';

function values(text: string): string[] {
  return tenderCodesIn(text).map(({ value }) => value);
}

describe('codes of the national e-procurement system', () => {
  it.each([
    ['IB2500627668', ['IB2500627668']],
    ['ib2500627668-00', ['IB2500627668']],
    ['IB 2500 627 668 - 01', ['IB2500627668']],
    ['IB.2500.627.668', ['IB2500627668']],
    ['ＩＢ２５００６２７６６８', ['IB2500627668']],
    ['Số TBMT: IB2500627668-00, KHLCNT PL2500112233', ['IB2500627668', 'PL2500112233']],
    ['IB2500627668 (thay IB2500627668-00)', ['IB2500627668']],
    ['IB2500627668; IB2500627669', ['IB2500627668', 'IB2500627669']],
    ['Mua 5 máy IB2500627668 5 máy', ['IB2500627668']],
    ['IB2500627668 - 2025', ['IB2500627668']],
    ['IB2500 627668', ['IB2500627668']],
  ])('are read however they are written: %s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    'IB250062766',
    'IB25006276689',
    'XIB2500627668',
    '2500627668',
    'PL 01',
    'IB2500627668-001',
    'IB2500627668-2025',
    'IBM2500627668',
    'IB250062766 2 máy chủ',
    'IB2500627 668 máy chủ',
    'IB 25006 27 668',
    '',
  ])('are not what only looks like one: %s', (text) => {
    expect(values(text)).toEqual([]);
  });

  it('are told where they are broken, beside those that are not', () => {
    expect(brokenTenderCodesIn('IB2500627668, IB25006276')).toEqual(['IB25006276']);
    expect(brokenTenderCodesIn('ib 2500627668123')).toEqual(['ib 2500627668123']);
    expect(brokenTenderCodesIn('IB2500627668-00')).toEqual([]);
    expect(brokenTenderCodesIn('Phụ lục, IBM, plan 9')).toEqual([]);
  });

  it('are taken out of a title with their version', () => {
    expect(withoutTenderCodes('IB2500627668-00 Mua sắm').trim()).toBe('Mua sắm');
  });

  it('of an element are those of its two schemes, each once, versions left out, and what is written there wrongly as it is', () => {
    const recordType = null;
    const externalIds = [
      { scheme: 'NAS', value: 'IB2500000001', recordType },
      { scheme: 'MUASAMCONG-IB', value: 'ib2500627668-02', recordType },
      { scheme: 'MUASAMCONG-PL', value: 'chưa rõ', recordType },
      { scheme: 'MUASAMCONG-IB', value: 'IB2500627668', recordType },
    ];
    expect(tenderCodesOf({ externalIds })).toEqual([
      { kind: 'IB', value: 'IB2500627668' },
      { kind: 'PL', value: 'chưa rõ' },
    ]);
  });
});
