import { at, element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import type { Element } from '../landscape/model.js';
import { findDuplicates } from './duplicate-answer.js';
import { pairStanding } from './pair-standing.js';
import { registeredSubject } from './registered-subject.js';
import { buildSimilarityIndex } from './similarity-index.js';

const MODEL = readPairModel();
const LANGUAGE = readLanguageData();
const ELEMENTS: readonly Element[] = [
  element(0, { name: 'Hệ thống quản lý cây xanh đô thị' }),
  element(1, { name: 'Phần mềm quản lý cây xanh đô thị', description: 'Hồ sơ từng cây' }),
  element(2, { name: 'Phần mềm quản lý hộ tịch' }),
  element(3, { name: 'Hệ thống' }),
  element(4, { name: 'Chuyển đổi số công tác bảo tồn di tích', kind: 'PROJECT', description: 'Gồm nhiều phần' }),
];
const INDEX = buildSimilarityIndex(
  landscapeOf(ELEMENTS, [relation(0, [4, 2], { kind: 'DELIVERS' }), relation(1, [4, 0], { kind: 'DELIVERS' })]),
  LANGUAGE,
);

function standing(subject: number, match: number, index = INDEX): ReturnType<typeof pairStanding> {
  const [one, other] = [ELEMENTS[subject], ELEMENTS[match]];
  if (one === undefined || other === undefined) throw new RangeError(`${subject} ${match}`);
  return pairStanding(index, [one, other], MODEL);
}

describe('how a pair stands', () => {
  it('is what an answer says of it', () => {
    const [subject] = ELEMENTS;
    if (subject === undefined) throw new RangeError('no element');
    const { proposal, ...options } = registeredSubject(INDEX.landscape, subject);
    const answer = findDuplicates(INDEX, proposal, { model: MODEL, candidateLimit: 5, ...options });
    const candidate = answer.byComponent[0]?.candidates.find(({ match }) => match.seq === 1);
    const { band, score, signals, modelVersion } = standing(0, 1);
    expect(candidate).toMatchObject({ band, score });
    expect(signals).toEqual(candidate?.signals.map(({ name, contribution }) => ({ name, contribution })));
    expect(modelVersion).toBe(MODEL.version);
  });

  it('is by the same signals from both sides', () => {
    for (const { name, contribution } of standing(0, 1).signals) {
      const other = standing(1, 0).signals.find((each) => each.name === name);
      expect(other?.contribution).toBeCloseTo(contribution, 9);
    }
    expect(standing(1, 0).score).toBeCloseTo(standing(0, 1).score ?? 0, 9);
  });

  it('is told of a pair that nobody would be told of', () => {
    expect(standing(2, 0).band).toBe('DISTINCT');
  });

  it('is by the texts of a project and not by what it delivers, which some do not see', () => {
    expect(standing(4, 1)).toEqual(standing(4, 1, buildSimilarityIndex(landscapeOf(ELEMENTS, []), LANGUAGE)));
    expect(standing(4, 1).score).toBeLessThan(standing(0, 1).score ?? 0);
  });

  it('is by agencies that everybody sees: another phase by one of those is no duplicate', () => {
    const bands = (['PUBLIC', 'RESTRICTED'] as const).map((visibility) => {
      const agency = element(9, { name: 'Sở Xây dựng', kind: 'AGENCY', level: 'DEPARTMENT', visibility });
      const works = [5, 6].map((seq) =>
        element(seq, { name: 'Nâng cấp phần mềm quản lý cây xanh đô thị', kind: 'PROJECT' }),
      );
      const owned = works.map(({ seq }) => relation(seq, [seq, agency.seq], { kind: 'OWNED_BY' }));
      const landscape = landscapeOf([...works, agency], owned);
      const index = buildSimilarityIndex(landscape, LANGUAGE);
      return pairStanding(index, [at(landscape, 5), at(landscape, 6)], MODEL).band;
    });
    expect(bands).toEqual(['RELATED', 'DUPLICATE']);
  });

  it('is not judged where one side says too little', () => {
    expect(standing(3, 0)).toMatchObject({ band: 'TOO_LITTLE_TO_JUDGE', score: null, signals: [] });
  });
});
