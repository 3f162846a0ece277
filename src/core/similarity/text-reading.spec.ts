import { termsOf } from './terms.js';
import { TextReader } from './text-reading.js';

const reader = new TextReader(
  {
    abbreviations: [
      { abbreviation: 'UBND', expansion: 'ủy ban nhân dân' },
      { abbreviation: '+', expansion: 'cộng' },
    ],
    capabilities: [
      {
        code: 'PERMITS',
        nameVi: 'Cấp phép xây dựng',
        nameEn: 'Building permits',
        provision: 'SECTOR',
        aliases: [],
        negativeContexts: [],
        near: [],
      },
      {
        code: 'TRAFFIC',
        nameVi: 'Điều hành giao thông',
        nameEn: 'Traffic operations',
        provision: 'SECTOR',
        aliases: [],
        negativeContexts: [],
        near: [],
      },
    ],
    boilerplate: ['xây dựng', 'hệ thống', 'năm'],
    sharedWords: ['dùng chung'],
    workWords: [
      { workType: 'UPGRADE', phrases: ['nâng cấp'] },
      { workType: 'MAINTAIN', phrases: ['bảo trì'] },
      { workType: 'CONSULT', phrases: ['lập hồ sơ'] },
    ],
    recordsWords: ['số hóa'],
    thingWords: ['phần mềm', 'hệ thống'],
    tailWords: ['cho', 'tại'],
    places: ['Hà Nội'],
  },
  [
    'Sở Xây dựng',
    'UBND phường Bến Thành',
    'UBND Thành phố Hồ Chí Minh',
    'UBND đặc khu Côn Đảo',
    'UBND Quận 1',
    'Trung tâm Quản lý điều hành giao thông đô thị (TTQL)',
    'Hepza',
  ],
);

/** The syllables that carry meaning. */
function content(text: string): string {
  const { tokens, importance } = reader.read(text);
  return tokens
    .filter((_, at) => importance[at] === 1)
    .map((token) => token.text)
    .join(' ');
}

describe('reading a text', () => {
  it.each([
    ['weakens boilerplate and numbers', 'Xây dựng hệ thống tưới năm 2027', 'tuoi'],
    ['keeps boilerplate that is part of a capability', 'Hệ thống cấp phép xây dựng', 'cap phep xay dung'],
    ['weakens agencies', 'Phần mềm tưới Sở Xây dựng', 'phan mem tuoi'],
    ['weakens a place with and without its kind', 'Tưới Bến Thành, phường Bến Thành', 'tuoi'],
    ['weakens a place of two words before its name', 'Tưới tại Hồ Chí Minh và Côn Đảo', 'tuoi tai va'],
    ['does not take a district’s number for a place', 'Tưới lớp 1', 'tuoi lop'],
    ['does not take a single word for an agency', 'Tưới Hepza', 'tuoi hepza'],
    ['reads the marks that were written', 'Tưới hạ nội, hà nối, chợ nằm', 'tuoi ha noi ha noi cho nam'],
    ['takes words without marks for any of them', 'Tuoi ha noi', 'tuoi'],
    ['leaves a capability that only touches a place', 'Điều hành giao thông Hà Nội', 'dieu hanh giao thong'],
  ])('%s', (_, text, expected) => {
    expect(content(text)).toBe(expected);
  });

  it('takes no capability from the name of an agency', () => {
    expect(reader.read('Đèn, Trung tâm Quản lý điều hành giao thông đô thị').tags).toEqual([]);
    expect(reader.read('Điều hành giao thông').tags.map(({ code }) => code)).toEqual(['TRAFFIC']);
  });

  it('reads nothing from null and from blanks', () => {
    expect(reader.read(null).tokens).toEqual([]);
    expect(reader.read(' ').tokens).toEqual([]);
    expect(termsOf([reader.read(null)]).size).toBe(0);
  });

  it.each([
    ['Bảo trì và nâng cấp máy', 'MAINTAIN'],
    ['Nâng cấp máy', 'UPGRADE'],
    ['Máy', 'UNKNOWN'],
    ['Lập hồ sơ phần mềm', 'CONSULT'],
    ['Phần mềm lập hồ sơ', 'UNKNOWN'],
    ['Phần mềm lập hồ sơ, nâng cấp', 'UPGRADE'],
  ])('tells the kind of work: %s', (text, expected) => {
    expect(reader.workType(text)).toBe(expected);
  });

  it.each([
    ['Kho dùng chung', true],
    ['Kho riêng', false],
  ])('tells what is there for everybody: %s', (name, expected) => {
    expect(reader.saysShared(reader.read(name))).toBe(expected);
  });

  it.each([
    ['Số hóa sổ tưới', true],
    ['Hệ thống số hóa quy trình tưới', false],
    ['Máy tưới tại kho số hóa', false],
  ])('tells what makes records digital: %s', (title, expected) => {
    expect(reader.saysRecords(reader.read(title))).toBe(expected);
  });

  it('counts a term once, at its most important place, and a pair by its stronger syllable', () => {
    const terms = termsOf([reader.read('hệ thống tưới'), reader.read('thống kê tưới')]);
    expect(terms.get('thong')).toBe(1);
    expect(terms.get('he thong')).toBeCloseTo(0.21);
    expect(terms.get('thong tuoi')).toBeCloseTo(0.7);
    expect(terms.get('thong ke')).toBeCloseTo(0.7);
  });

  it('makes no word of a syllable and a number or a place', () => {
    const terms = termsOf([reader.read('tưới 2 Hà Nội')]);
    expect(terms.get('tuoi 2')).toBeCloseTo(0.21);
    expect(termsOf([reader.read('tưới Hà Nội')]).get('tuoi ha')).toBeLessThan(0.05);
  });
});
