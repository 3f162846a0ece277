import { element } from '../../../test/support/landscapes.js';
import { compileAttribute, compileDate, compileInt, compileName, compileString } from './filter-value.js';
import type { AttributeFilter, DateFilter, IntFilter, StringFilter } from './filter.js';
import type { Json } from './model.js';

describe('a filter of texts', () => {
  it.each<[StringFilter, string | null, boolean]>([
    [{}, 'Kho', true],
    [{}, null, true],
    [{ eq: 'Kho' }, 'Kho', true],
    [{ eq: 'kho' }, 'Kho', false],
    [{ eq: 'Kho' }, null, false],
    [{ eq: null }, 'Kho', true],
    [{ ne: 'Kho' }, 'Kho', false],
    [{ ne: 'Kho' }, 'Khoa', true],
    [{ ne: 'Kho' }, null, false],
    [{ in: ['Kho', 'Sở'] }, 'Sở', true],
    [{ in: ['Kho', 'Sở'] }, 'So', false],
    [{ in: [] }, 'Kho', false],
    [{ in: ['Kho'] }, null, false],
    [{ contains: 'du lieu' }, 'Kho dữ liệu', true],
    [{ contains: 'DỮ LIỆU' }, 'kho du lieu', true],
    [{ contains: 'liệu kho' }, 'Kho dữ liệu', false],
    [{ contains: 'kho' }, null, false],
    [{ startsWith: 'đất' }, 'ĐẤT ĐAI', true],
    [{ startsWith: 'dai' }, 'Đất đai', false],
    [{ startsWith: 'kho' }, null, false],
    [{ isNull: true }, null, true],
    [{ isNull: true }, '', false],
    [{ isNull: false }, '', true],
    [{ isNull: false }, null, false],
    [{ startsWith: 'kho', contains: 'lieu' }, 'Kho dữ liệu', true],
    [{ startsWith: 'kho', contains: 'sổ' }, 'Kho dữ liệu', false],
    [{ startsWith: 'kho', contains: 'lieu', ne: 'Kho dữ liệu' }, 'Kho dữ liệu', false],
  ])('%j on %j is %j, of a name too', (filter, value, expected) => {
    expect(compileString(filter)(value)).toBe(expected);
    if (value !== null) expect(compileName(filter)(element(0, { name: value }))).toBe(expected);
  });
});

describe('a filter of numbers', () => {
  it.each<[IntFilter, number | null, boolean]>([
    [{}, null, true],
    [{ eq: 3 }, 3, true],
    [{ eq: 3 }, 4, false],
    [{ eq: 3 }, null, false],
    [{ eq: 0 }, 0, true],
    [{ eq: 0 }, 1, false],
    [{ lt: 3 }, 2, true],
    [{ lt: 3 }, 3, false],
    [{ lt: 3 }, null, false],
    [{ lte: 3 }, 3, true],
    [{ lte: 3 }, 4, false],
    [{ lte: 3 }, null, false],
    [{ gt: 3 }, 4, true],
    [{ gt: 3 }, 3, false],
    [{ gt: -1 }, null, false],
    [{ gte: 3 }, 3, true],
    [{ gte: 3 }, 2, false],
    [{ gte: 0 }, null, false],
    [{ gte: 2, lt: 4 }, 3, true],
    [{ gte: 2, lt: 4 }, 4, false],
    [{ in: [1, 2] }, 2, true],
    [{ in: [1, 2] }, 3, false],
    [{ in: [1] }, null, false],
    [{ isNull: true }, null, true],
    [{ isNull: true }, 0, false],
    [{ isNull: false }, 0, true],
    [{ isNull: false }, null, false],
  ])('%j on %j is %j', (filter, value, expected) => {
    expect(compileInt(filter)(value)).toBe(expected);
  });
});

describe('a filter of dates takes only what is sure', () => {
  it.each<[DateFilter, string | null, boolean]>([
    [{}, null, true],
    [{ eq: '2025' }, '2025', true],
    [{ eq: '2025' }, '2025-07-01', true],
    [{ eq: '2025-07' }, '2025-07-01', true],
    [{ eq: '2025-07-01' }, '2025', false],
    [{ eq: '2025-07-01' }, '2025-07', false],
    [{ eq: '2025' }, null, false],
    [{ before: '2025' }, '2024-12-31', true],
    [{ before: '2025' }, '2025-01-01', false],
    [{ before: '2025-07-01' }, '2025', false],
    [{ before: '2025-07-01' }, '2024', true],
    [{ before: '2025-07-01' }, '2025-06', true],
    [{ before: '2025-07-01' }, '2025-07-01', false],
    [{ before: '2025' }, null, false],
    [{ after: '2025' }, '2026-01-01', true],
    [{ after: '2025' }, '2025-12-31', false],
    [{ after: '2025-07-01' }, '2025', false],
    [{ after: '2025-07-01' }, '2026', true],
    [{ after: '2025-07-01' }, '2025-07-02', true],
    [{ after: '2025' }, null, false],
    [{ after: '2024', before: '2026' }, '2025-05', true],
    [{ isNull: true }, null, true],
    [{ isNull: false }, null, false],
    [{ isNull: false }, '2025', true],
  ])('%j on %j is %j', (filter, value, expected) => {
    expect(compileDate(filter)(value)).toBe(expected);
  });
});

describe('a filter of attributes', () => {
  const attributes: Record<string, Json> = {
    hosting: 'CLOUD',
    userCount: 0,
    note: null,
    done: true,
    since: '2025-07',
    classes: ['OPEN', 'PERSONAL'],
  };
  it.each<[AttributeFilter, boolean]>([
    [{ key: 'hosting' }, true],
    [{ key: 'hosting', string: { eq: 'CLOUD' } }, true],
    [{ key: 'hosting', string: { eq: 'SERVER' } }, false],
    [{ key: 'hosting', int: { isNull: true } }, true],
    [{ key: 'hosting', date: { isNull: false } }, false],
    [{ key: 'userCount', int: { lt: 5 } }, true],
    [{ key: 'userCount', string: { isNull: false } }, false],
    [{ key: 'note', isKnown: true }, true],
    [{ key: 'nothing', isKnown: true }, false],
    [{ key: 'nothing', isKnown: false }, true],
    [{ key: 'nothing', int: { gte: 0 } }, false],
    [{ key: 'done', boolean: true }, true],
    [{ key: 'done', boolean: false }, false],
    [{ key: 'note', boolean: false }, false],
    [{ key: 'since', date: { after: '2025-06' } }, true],
    [{ key: 'since', date: { eq: '2025-07-01' } }, false],
    [{ key: 'classes', string: { eq: 'PERSONAL' } }, true],
    [{ key: 'classes', string: { eq: 'SECRET' } }, false],
    [{ key: 'classes', string: { isNull: true } }, false],
    [{ key: 'constructor', isKnown: true }, false],
    [{ isKnown: true }, false],
  ])('%j is %j', (filter, expected) => {
    expect(compileAttribute(filter)(attributes)).toBe(expected);
  });
});
