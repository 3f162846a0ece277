import { Lexicon } from './lexicon.js';
import type { Capability } from './lexicon.js';
import { compileAbbreviations, normalise } from './normalise.js';

const abbreviations = compileAbbreviations([{ abbreviation: 'TTHC', expansion: 'thủ tục hành chính' }]);
const capability = (code: string, aliases: string[], negativeContexts: string[] = []): Capability => ({
  code,
  nameVi: aliases[0] ?? code,
  nameEn: `${code} in English`,
  provision: 'COMMON',
  aliases,
  negativeContexts,
  near: [],
});
const lexicon = Lexicon.of(
  [
    capability('EMAIL', ['thư điện tử']),
    capability('LIBRARY', ['thư viện điện tử', 'thư viện']),
    capability('SERVICES', ['dịch vụ công'], ['dịch vụ công nghệ']),
    capability('PROCEDURES', ['giải quyết TTHC']),
    capability('TAX', ['thuế', 'quản lý thuế']),
    capability('HOTLINE', ['1022']),
    capability('CALLS', ['tổng đài 1022', '1022']),
  ],
  abbreviations,
);
const codes = (text: string): string[] => lexicon.tag(normalise(text, abbreviations)).map(({ code }) => code);

describe('the catalogue of capabilities', () => {
  it.each([
    ['tells mail from library', 'Phần mềm thư viện điện tử', ['LIBRARY']],
    ['tells library from mail', 'thư điện tử công vụ', ['EMAIL']],
    ['reads text without marks', 'phan mem thu vien', ['LIBRARY']],
    ['reads aliases with abbreviations expanded on both sides', 'giải quyết thủ tục hành chính', ['PROCEDURES']],
    ['is silent in a negative context', 'dịch vụ công nghệ thông tin', []],
    ['speaks outside of it', 'dịch vụ công trực tuyến', ['SERVICES']],
    ['does not take leasing for a tax', 'Thuê phần mềm', []],
    ['knows the tax by a longer phrase', 'phần mềm quản lý thuế', ['TAX']],
    ['gives every capability that shares an alias', 'gọi 1022', ['HOTLINE', 'CALLS']],
    ['takes the longest phrase', 'tổng đài 1022', ['CALLS']],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('places a tag on the tokens it was read from', () => {
    expect(lexicon.tag(normalise('một hệ thống thư điện tử', abbreviations))).toEqual([
      { code: 'EMAIL', from: 3, to: 6 },
    ]);
  });

  it.each([
    ['urn:khung:capability-email', 'EMAIL'],
    ['urn:khung:email', 'EMAIL'],
    ['urn:khung:hcm-lgsp', undefined],
  ])('finds the code of a declared capability: %s', (urn, code) => {
    expect(lexicon.codeOfUrn(urn)).toBe(code);
    expect(lexicon.capability(code ?? 'NONE')?.code).toBe(code);
  });
});
