import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import type { Element, Relation } from '../landscape/model.js';
import { findAlike } from './alike.js';
import { findDuplicates } from './duplicate-answer.js';
import type { DuplicateAnswer } from './duplicate-answer.js';
import { missingOfRegistered, registeredSubject } from './registered-subject.js';
import { buildSimilarityIndex } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';

const MODEL = readPairModel();
const LANGUAGE = readLanguageData();

const SYSTEMS: readonly Partial<Element>[] = [
  { name: 'Hệ thống quản lý cây xanh đô thị' },
  { name: 'CayXanh', aliases: ['Phần mềm quản lý cây xanh đô thị'], description: 'Hồ sơ từng cây trên đường phố' },
  { name: 'Phần mềm quản lý hộ tịch', nameEn: 'Civil status register' },
  { name: 'Dự án số hoá', kind: 'PROJECT', description: 'Số hoá dữ liệu cây xanh', attributes: { workType: 'BUILD' } },
  { name: 'Hệ thống quản lý hộ tịch phường xã', description: 'Đăng ký khai sinh, kết hôn' },
];
const ELEMENTS = SYSTEMS.map((more, seq) => element(seq, more));
const DELIVERED = [relation(0, [3, 0], { kind: 'DELIVERS' }), relation(1, [3, 4], { kind: 'DELIVERS' })];

function indexOf(relations: readonly Relation[] = []): SimilarityIndex {
  return buildSimilarityIndex(landscapeOf(ELEMENTS, relations), LANGUAGE);
}

function answerFor(index: SimilarityIndex, seq: number): DuplicateAnswer {
  const { proposal, ...options } = registeredSubject(index.landscape, elementOf(seq));
  return findDuplicates(index, proposal, { model: MODEL, candidateLimit: 10, ...options });
}

function elementOf(seq: number): Element {
  const found = ELEMENTS[seq];
  if (found === undefined) throw new RangeError(`${seq}`);
  return found;
}

function foundFor(index: SimilarityIndex, seq: number): (readonly [string, readonly number[]])[] {
  return answerFor(index, seq).byComponent.map(({ component, alike }) => [
    component.name,
    alike.map(({ match }) => match.seq),
  ]);
}

describe('what is registered, compared as if it were proposed', () => {
  it('is compared with everything but itself', () => {
    expect(foundFor(indexOf(), 0)).toEqual([['Hệ thống quản lý cây xanh đô thị', [3, 1]]]);
  });

  it('is found from both sides with one score, by any of its names', () => {
    const index = indexOf();
    const scoreOf = (subject: number, match: number): number | undefined =>
      answerFor(index, subject).byComponent[0]?.candidates.find((each) => each.match.seq === match)?.score;
    expect(scoreOf(0, 1)).toBeGreaterThan(0.9);
    expect(scoreOf(1, 0)).toBeCloseTo(scoreOf(0, 1) ?? 0, 9);
    const alike = (seq: number): number[] | undefined =>
      findAlike(index, elementOf(seq), MODEL)?.alike.map((each) => each.element.seq);
    expect([alike(0), alike(1)]).toEqual([[1], [0]]);
  });

  it('is a function for each thing that a project delivers, which is no duplicate of the project', () => {
    const index = indexOf(DELIVERED);
    expect(foundFor(index, 3)).toEqual([
      ['Hệ thống quản lý cây xanh đô thị', [1]],
      ['Hệ thống quản lý hộ tịch phường xã', [2]],
    ]);
    expect(foundFor(index, 0)).toEqual([['Hệ thống quản lý cây xanh đô thị', [1]]]);
  });

  it('lacks what its record lacks, each at the record that could say it', () => {
    const index = indexOf(DELIVERED);
    const missingOf = (seq: number): string[] =>
      missingOfRegistered(answerFor(index, seq), registeredSubject(index.landscape, elementOf(seq)))
        .filter((fact) => fact.element !== elementOf(1).urn && fact.element !== elementOf(2).urn)
        .map((fact) => `${fact.element} ${fact.field}`);
    expect(missingOf(0)).toEqual(['urn:khung:e0 OWNED_BY', 'urn:khung:e0 description']);
    expect(missingOf(3)).toEqual(['urn:khung:e3 OWNED_BY', 'urn:khung:e0 description']);
  });
});
