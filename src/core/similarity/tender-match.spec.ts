import { describe, expect, it } from '@jest/globals';
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
    expect(said(found('', 'IB2500000010 PL2500000001'))[0]).toBe('CONTRADICTION');
  });

  it('that two projects have is decided by the title, or not at all', () => {
    expect(said(found('Kho học liệu số dùng chung', 'IB2500000018'))).toEqual(['FOUND', 'CODE', 'HIGH', 19, [18]]);
    expect(said(found('', 'IB2500000018'))).toEqual(['UNDECIDED', 'CODE', null, null, [18, 19]]);
  });

  it('that nobody knows leaves it to the title, and is told', () => {
    const answer = found('Nâng cấp cổng dữ liệu mở', 'IB2599999999');
    expect(said(answer)).toEqual(['FOUND', 'TITLE', 'MEDIUM', 16, []]);
    expect(answer.unknownCodes).toEqual(['IB2599999999']);
    expect(said(found('', 'IB2599999999'))[0]).toBe('NOTHING_FOUND');
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

  it('is not sought where there is nothing to go by', () => {
    expect(said(found(''))).toEqual(['NOTHING_TO_GO_BY', 'NONE', null, null, []]);
    expect(said(found('Gói thầu số 1'))[0]).toBe('NOTHING_TO_GO_BY');
  });
});
