import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import type { Element, Relation } from '../landscape/model.js';
import { tenderCodesIn } from '../landscape/tender-code.js';
import { buildSimilarityIndex } from './similarity-index.js';
import { TenderMatcher } from './tender-match.js';
import type { TenderMatch } from './tender-match.js';

function ids(...values: readonly string[]): Pick<Element, 'externalIds'> {
  const externalIds = values.map((value) => ({ scheme: `MUASAMCONG-${value.slice(0, 2)}`, value, recordType: null }));
  return { externalIds };
}

function project(seq: number, name: string, more: Partial<Element> = {}): Element {
  return element(seq, { kind: 'PROJECT', name, ...more });
}

function agency(seq: number, name: string): Element {
  return element(seq, { kind: 'AGENCY', name });
}

const CITY = [
  agency(0, 'Sở Y tế'),
  agency(1, 'Ủy ban nhân dân phường Sài Gòn'),
  agency(2, 'Ủy ban nhân dân phường Bến Thành'),
  project(10, 'Xây dựng phần mềm quản lý thư viện điện tử', ids('IB2500000010-00')),
  project(11, 'Lắp đặt camera giám sát an ninh gói 1', ids('PL2500000001')),
  project(12, 'Lắp đặt camera giám sát an ninh gói 2', ids('PL2500000001')),
  project(13, 'Trang bị máy chủ lưu trữ hồ sơ bệnh án', ids('PL2500000001')),
  project(14, 'Số hóa hồ sơ hộ tịch lưu trữ'),
  project(15, 'Số hóa hồ sơ hộ tịch lưu trữ'),
  project(16, 'Nâng cấp cổng dữ liệu mở', ids('IB2500000016')),
  project(17, 'Chatbot hỏi đáp thủ tục tại phường Sài Gòn'),
  project(18, 'Bản đồ ngập nước thông minh', { aliases: ['Flood map'], ...ids('IB2500000018') }),
  project(19, 'Kho học liệu số dùng chung', ids('IB2500000018')),
  element(20, { name: 'Vườn thực vật ba chiều' }),
];

function owned(seq: number, source: number, target: number): Relation {
  return relation(seq, [source, target], { kind: 'OWNED_BY' });
}

const RELATIONS = [
  owned(0, 14, 0),
  owned(1, 16, 1),
  relation(2, [2, 0], { kind: 'PART_OF' }),
  relation(3, [0, 1], { kind: 'REPLACES' }),
];

function matcher(elements: readonly Element[] = CITY, relations: readonly Relation[] = RELATIONS): TenderMatcher {
  return new TenderMatcher(buildSimilarityIndex(landscapeOf(elements, relations), readLanguageData()));
}

const known = matcher();
const PAYMENT = project(31, 'Cổng thanh toán học phí', ids('IB2500000031', 'PL2500000031'));
const numbered = matcher([
  project(32, 'Lắp đặt camera bến xe', ids('IB2500000032')),
  project(33, 'Khí tượng thủy văn', { aliases: ['Trạm quan trắc sao chổi gói 1 giai đoạn 2'], ...ids('IB2500000033') }),
  project(34, 'Lắp đặt camera bến xe trường học gói 1', ids('IB2500000034')),
  project(35, 'Gói thầu số 1'),
]);

function found(title: string, codes = '', buyer: number | null = null, among = known): TenderMatch {
  const cited = tenderCodesIn(`${title} ${codes}`);
  return among.match({ title, codes: cited, agency: buyer === null ? null : urnOf(`e${buyer}`) });
}

/** Outcome, what it rests on, how sure, the project, the others. */
function said({ outcome, by, confidence, project: decided, candidates }: TenderMatch): unknown[] {
  const others = candidates.map((each) => each.project.seq);
  return [outcome, by, confidence, decided?.project.seq ?? null, others];
}

describe('the project of a tender by its code', () => {
  it('of a notice is the one that is registered with it, whatever is added to the code', () => {
    const expected = ['FOUND', 'CODE', 'HIGH', 10, []];
    expect(said(found('Phần mềm quản lý thư viện điện tử', 'ib 2500 000 010 - 03'))).toEqual(expected);
    expect(said(found('IB2500000010: phần mềm thư viện điện tử'))).toEqual(expected);
    expect(said(found('', 'IB2500000010'))).toEqual(expected);
  });

  it('is less sure where the title reads otherwise', () => {
    expect(said(found('Mua sắm xuồng cao tốc tuần tra', 'IB2500000010'))).toEqual(['FOUND', 'CODE', 'MEDIUM', 10, []]);
  });

  it('is less sure where another agency buys', () => {
    const among = matcher([...CITY, agency(30, 'Trường Cao đẳng Hàng hải')], [...RELATIONS, owned(9, 10, 0)]);
    const title = 'Phần mềm quản lý thư viện điện tử';
    expect(said(found(title, 'IB2500000010', 0, among)).slice(0, 4)).toEqual(['FOUND', 'CODE', 'HIGH', 10]);
    expect(said(found(title, 'IB2500000010', 30, among)).slice(0, 4)).toEqual(['FOUND', 'CODE', 'MEDIUM', 10]);
  });

  it('of a plan is chosen by the title among its packages, numbers too', () => {
    const second = found('Gói thầu 2: Lắp đặt camera giám sát an ninh', 'PL2500000001');
    expect(said(second).slice(0, 4)).toEqual(['FOUND', 'CODE', 'HIGH', 12]);
    expect(new Set(second.candidates.map((each) => each.project.seq))).toEqual(new Set([11, 13]));
    expect(said(found('Trang bị máy chủ hồ sơ bệnh án', 'PL2500000001')).slice(0, 4)).toEqual([
      'FOUND',
      'CODE',
      'HIGH',
      13,
    ]);
  });

  it('of a plan is left open where the title can not tell, or there is none', () => {
    expect(said(found('Lắp đặt camera giám sát an ninh', 'PL2500000001')).slice(0, 4)).toEqual([
      'UNDECIDED',
      'CODE',
      null,
      null,
    ]);
    expect(said(found('Tư vấn giám sát thi công lan can', 'PL2500000001'))[0]).toBe('UNDECIDED');
    expect(found('', 'PL2500000001')).toMatchObject({ outcome: 'UNDECIDED', candidates: { length: 3 } });
  });

  it('is told as a contradiction where the title is that of another project', () => {
    expect(said(found('Nâng cấp cổng dữ liệu mở', 'IB2500000010'))).toEqual([
      'CONTRADICTION',
      'CODE',
      null,
      null,
      [16, 10],
    ]);
    expect(said(found('Nâng cấp cổng dữ liệu mở', 'PL2500000001'))[0]).toBe('CONTRADICTION');
  });

  it('of a notice is that of the notice, to be looked at, where it has no plan and another has the plan of the line', () => {
    expect(said(found('', 'IB2500000010 PL2500000001'))).toEqual(['FOUND', 'CODE', 'MEDIUM', 10, [11, 12, 13]]);
    const among = matcher([...CITY, PAYMENT]);
    expect(said(found('', 'IB2500000031 PL2500000001', null, among))[0]).toBe('CONTRADICTION');
  });

  it('is less sure where it has another notice, or one of the line is not registered', () => {
    const among = matcher([...CITY, PAYMENT]);
    const title = PAYMENT.name;
    expect(said(found(title, 'PL2500000031', null, among)).slice(0, 4)).toEqual(['FOUND', 'CODE', 'HIGH', 31]);
    const other = found(title, 'PL2500000031 IB2599999999', null, among);
    expect(said(other).slice(0, 4)).toEqual(['FOUND', 'CODE', 'MEDIUM', 31]);
    expect([other.project?.otherCodes, other.unknownCodes]).toEqual([['IB2500000031'], ['IB2599999999']]);
    expect(found('Nâng cấp cổng dữ liệu mở', 'IB2599999999', 1).confidence).toBe('MEDIUM');
  });

  it('is less sure where a number is only in the title, or two are swapped, in another name of it too', () => {
    const stage = found('Lắp đặt camera bến xe giai đoạn 2', 'IB2500000032', null, numbered);
    expect([stage.confidence, stage.project?.unshared]).toEqual(['MEDIUM', { title: ['2'], name: [] }]);
    expect(found('Lắp đặt camera bến xe', 'IB2500000032', null, numbered).confidence).toBe('HIGH');
    const swapped = found('Trạm quan trắc sao chổi gói 2 giai đoạn 1', 'IB2500000033', null, numbered);
    const differing = { title: ['2', '1'], name: ['1', '2'] };
    expect([swapped.confidence, swapped.project?.differing]).toEqual(['MEDIUM', differing]);
  });

  it('is no contradiction where the one with the code is more like but for a number', () => {
    const answer = found('Lắp đặt camera bến xe trường học gói 2', 'IB2500000034', null, numbered);
    expect(said(answer).slice(0, 4)).toEqual(['FOUND', 'CODE', 'MEDIUM', 34]);
    expect(found('Lắp đặt camera bến xe', 'IB2500000034', null, numbered).outcome).toBe('CONTRADICTION');
  });

  it('that two projects have is decided by the title, or not at all', () => {
    expect(said(found('Kho học liệu số dùng chung', 'IB2500000018'))).toEqual(['FOUND', 'CODE', 'HIGH', 19, [18]]);
    expect(said(found('', 'IB2500000018'))).toEqual(['UNDECIDED', 'CODE', null, null, [18, 19]]);
  });

  it('that nobody knows leaves it to the title, and is told', () => {
    const answer = found('Nâng cấp cổng dữ liệu mở', 'IB2599999999');
    expect(said(answer)).toEqual(['FOUND', 'TITLE', 'MEDIUM', 16, []]);
    expect(answer.unknownCodes).toEqual(['IB2599999999']);
    expect(said(found('', 'IB2599999999'))[0]).toBe('NOTHING_TO_GO_BY');
    expect(said(found('Nuôi cá cảnh biển sâu', 'IB2599999999'))[0]).toBe('NOTHING_FOUND');
  });
});

describe('the project of a tender by its title', () => {
  it('is the one of that name, with the words that they share, without marks too', () => {
    const answer = found('NANG CAP CONG DU LIEU MO', '', 1);
    expect(said(answer)).toEqual(['FOUND', 'TITLE', 'HIGH', 16, []]);
    expect(answer.project).toMatchObject({ isSameName: true, sameAgency: true });
    expect(found('Thuê nâng cấp cổng dữ liệu mở').project?.words.join(' ')).toContain('cổng dữ liệu mở');
  });

  it('is never chosen between two of the same name', () => {
    expect(said(found('Số hóa hồ sơ hộ tịch lưu trữ'))).toEqual(['UNDECIDED', 'TITLE', null, null, [14, 15]]);
  });

  it('is not that of another place, which is told', () => {
    const answer = found('Chatbot hỏi đáp thủ tục tại phường Bến Thành');
    expect(said(answer)).toEqual(['UNDECIDED', 'TITLE', null, null, [17]]);
    expect(answer.candidates[0]?.differing).toEqual({ title: ['Bến Thành'], name: ['Sài Gòn'] });
  });

  it('is not that of another owner, unless one belongs to the other or follows it', () => {
    const stranger = agency(3, 'Trường Cao đẳng Hàng hải');
    const among = matcher([...CITY.slice(0, 3), stranger, ...CITY.slice(3)]);
    expect(said(found('Nâng cấp cổng dữ liệu mở', '', 3, among)).slice(0, 4)).toEqual([
      'UNDECIDED',
      'TITLE',
      null,
      null,
    ]);
    expect(said(found('Nâng cấp cổng dữ liệu mở', '', 0, among)).slice(0, 4)).toEqual(['FOUND', 'TITLE', 'MEDIUM', 16]);
    expect(found('Nâng cấp cổng dữ liệu mở', '', 2, among).project?.sameAgency).toBeUndefined();
  });

  it('is nothing where nothing is like it, and no system is a project', () => {
    expect(said(found('Vườn thực vật ba chiều'))).toEqual(['NOTHING_FOUND', 'NONE', null, null, []]);
    expect(known.projectsKnown).toBe(10);
  });

  it('is left open where another is more like but for a number or an owner', () => {
    expect(said(found('Lắp đặt camera bến xe trường học gói 2', '', null, numbered)).slice(0, 4)).toEqual([
      'UNDECIDED',
      'TITLE',
      null,
      null,
    ]);
  });

  it('is the one whose number it has, written in any way', () => {
    const packages = [project(40, 'Trồng cây sao đen gói 1'), project(41, 'Trồng cây sao đen gói 2')];
    expect(said(found('Gói thầu số 02: Trồng cây sao đen', '', null, matcher(packages))).slice(0, 4)).toEqual([
      'FOUND',
      'TITLE',
      'MEDIUM',
      41,
    ]);
  });

  it('is the one whose very name it is, however little that says', () => {
    expect(said(found('GÓI THẦU SỐ 1', '', null, numbered))).toEqual(['FOUND', 'TITLE', 'MEDIUM', 35, []]);
    expect(said(found('Gói thầu số 2', '', null, numbered))[0]).toBe('NOTHING_TO_GO_BY');
  });

  it('is not sought where there is nothing to go by', () => {
    expect(said(found(''))).toEqual(['NOTHING_TO_GO_BY', 'NONE', null, null, []]);
    expect(said(found('Gói thầu số 1'))[0]).toBe('NOTHING_TO_GO_BY');
  });
});
