import { element, landscapeOf } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import type { Element } from '../landscape/model.js';
import { findAlike } from './alike.js';
import { findDuplicates } from './duplicate-answer.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import { buildSimilarityIndex } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';

const MODEL = readPairModel();

const NAMES: readonly (readonly [string, Element['kind']])[] = [
  ['Hệ thống quản lý cây xanh đô thị', 'SYSTEM'],
  ['Phần mềm quản lý cây xanh đô thị', 'SYSTEM'],
  ['Phần mềm quản lý hộ tịch', 'SYSTEM'],
  ['Hệ thống quản lý cây xanh đô thị', 'DATABASE'],
  ['Hệ thống', 'SYSTEM'],
];
const ELEMENTS = NAMES.map(([name, kind], seq) => element(seq, { name, kind }));

let index: SimilarityIndex;
beforeAll(() => {
  index = buildSimilarityIndex(landscapeOf(ELEMENTS, []), readLanguageData());
});

function alikeTo(seq: number): number[] | undefined {
  const [found] = ELEMENTS.filter((each) => each.seq === seq);
  if (found === undefined) throw new RangeError(`${seq}`);
  return findAlike(index, found, MODEL)?.alike.map((each) => each.element.seq);
}

describe('what is alike', () => {
  it('is found from both sides, of the same kind, never the thing itself', () => {
    expect([alikeTo(0), alikeTo(1), alikeTo(2), alikeTo(3)]).toEqual([[1], [0], [], []]);
  });

  it('is not sought where a name says too little', () => {
    expect(alikeTo(4)).toBeUndefined();
  });

  it('has the score that a proposal of the same words is given', () => {
    const [first] = ELEMENTS;
    if (first === undefined) throw new RangeError('no element');
    const component = { id: 'c1', name: first.name, description: null, capability: null, layer: null };
    const answer = findDuplicates(
      index,
      {
        title: first.name,
        objective: null,
        agency: null,
        investmentForm: 'UNKNOWN',
        workType: 'BUILD',
        components: [component],
        budget: [],
        decidedOn: null,
        operations: [],
        answers: {},
      },
      { model: MODEL, candidateLimit: 10 },
    );
    const scores = answer.byComponent[0]?.candidates.map(({ match, score }) => [match.seq, score]);
    const found = findAlike(index, first, MODEL)?.alike.map(({ element: { seq }, score }) => [seq, score]);
    expect(scores).toEqual(expect.arrayContaining(found ?? []));
    expect(found).toHaveLength(1);
  });
});
