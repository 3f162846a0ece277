import { element as blankElement, relation, urnOf } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import { finished } from '../finished.js';
import type { Element } from '../landscape/model.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { capabilitiesShared, likenessOf } from './agency-likeness.js';
import { portfolioSteps } from './portfolio.js';
import type { Portfolio } from './portfolio.js';
import { buildSimilarityIndex } from './similarity-index.js';

const LANGUAGE = readLanguageData();
const MODEL = readPairModel();

function element(seq: number, id: string, fields: Partial<Element>): Element {
  return blankElement(seq, { urn: urnOf(id), phases: [{ phase: 'ACTIVE', from: null }], ...fields });
}

const ELEMENTS = [
  element(1, 'health', { kind: 'AGENCY', name: 'Sở Y tế' }),
  element(2, 'justice', { kind: 'AGENCY', name: 'Sở Tư pháp' }),
  element(3, 'culture', { kind: 'AGENCY', name: 'Sở Văn hóa' }),
  element(4, 'mail-a', { name: 'Hệ thống thư điện tử công vụ' }),
  element(5, 'mail-b', { name: 'Phần mềm thư điện tử công vụ' }),
  element(6, 'mail-old', { name: 'Hệ thống thư điện tử công vụ cũ', phases: [{ phase: 'END_OF_LIFE', from: null }] }),
  element(7, 'mail-upkeep', { name: 'Bảo trì hệ thống thư điện tử công vụ', kind: 'PROJECT' }),
  element(8, 'mail-project', { name: 'Xây dựng hệ thống thư điện tử công vụ', kind: 'PROJECT' }),
  element(9, 'library-a', { name: 'Thư viện điện tử' }),
  element(10, 'garden-a', { name: 'Vườn thực vật ba chiều quý hiếm' }),
  element(11, 'garden-b', { name: 'Vườn thực vật ba chiều quý hiếm' }),
  element(12, 'nothing-a', { name: 'Hệ thống phần mềm' }),
  element(13, 'nothing-b', { name: 'Hệ thống phần mềm' }),
  // A word for a name tells no more than none.
  element(14, 'alpha-a', { name: 'Xây dựng hệ thống Alpha' }),
  element(15, 'alpha-b', { name: 'Xây dựng hệ thống Alpha' }),
];
const OWNERS = [
  [4, 1],
  [5, 2],
  [9, 1],
  [10, 1],
  [11, 3],
] as const;
const LANDSCAPE = LandscapeSnapshot.of(ELEMENTS, [
  ...OWNERS.map(([source, target], at) => relation(at + 1, [source, target], { kind: 'OWNED_BY' })),
  relation(20, [8, 4], { kind: 'DELIVERS' }),
]);

function portfolioOf(landscape: LandscapeSnapshot, shares: number[] = []): Portfolio {
  const index = buildSimilarityIndex(landscape, LANGUAGE);
  return finished(portfolioSteps(index, MODEL, (share) => shares.push(share)));
}

describe('a portfolio compared with itself', () => {
  const shares: number[] = [];
  const portfolio = portfolioOf(LANDSCAPE, shares);

  it('counts each pair that is alike once, but for what has ended, other work, and what one delivers of the other', () => {
    // garden-a and garden-b, mail-a and mail-b, mail-b and mail-project.
    expect(portfolio.pairs).toEqual({ duplicates: 3, overlaps: 0 });
    const between = Array.from(portfolio.betweenAgencies, ([one, others]) => [one, [...others.keys()]]);
    expect(new Map(between as [number, number[]][])).toEqual(
      new Map([
        [1, [2, 3]],
        [2, [1]],
        [3, [1]],
      ]),
    );
  });

  it('makes clusters of them by capability, and apart of what names none', () => {
    const told = portfolio.clusters.map(({ capability, members }) => [
      capability,
      members.map((at) => portfolio.elements[at]?.urn.slice(10)).join(' '),
    ]);
    expect(told).toEqual([
      ['EMAIL', 'mail-a mail-b mail-project'],
      [null, 'garden-a garden-b'],
    ]);
    expect(portfolio.outside).toBe(0);
  });

  it('says how far it is, and what says too little to be compared', () => {
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect([portfolio.tooLittle, portfolio.cut]).toEqual([4, 0]);
  });

  it('is empty where nothing is registered', () => {
    const nothing = portfolioOf(LandscapeSnapshot.of([], []));
    expect([nothing.pairs, nothing.clusters, nothing.tooLittle]).toEqual([{ duplicates: 0, overlaps: 0 }, [], 0]);
  });

  it('tells which agencies are like one, with the rarity of what both serve over that of what either serves', () => {
    const [health, culture] = [1, 3];
    const [justice, other, ...more] = likenessOf(portfolio, LANDSCAPE, health);
    expect(more).toEqual([]);
    const rarity = (code: string): number => portfolio.rarity.get(code) ?? 0;
    const served = new Set(
      portfolio.elements.filter(({ seq }) => seq === 4 || seq === 9).flatMap(({ capabilities }) => [...capabilities]),
    );
    const all = [...served].reduce((sum, code) => sum + rarity(code), 0);
    expect(justice).toMatchObject({
      agency: 2,
      duplicates: 1,
      overlaps: 0,
      shared: [{ capability: 'EMAIL', own: 1, theirs: 1 }],
    });
    expect(justice?.similarity).toBeCloseTo(rarity('EMAIL') / all, 9);
    expect(served.size).toBeGreaterThan(1);
    expect(other).toEqual({ agency: culture, similarity: 0, duplicates: 1, overlaps: 0, shared: [] });
    // What nobody owns is nobody's, and who has nothing has nothing in common.
    expect(likenessOf(portfolio, LANDSCAPE, culture).map(({ agency }) => agency)).toEqual([health]);
    expect(likenessOf(portfolio, LANDSCAPE, 99)).toEqual([]);
  });

  it('tells what several agencies serve, and by what', () => {
    expect(capabilitiesShared(portfolio, LANDSCAPE, [2, 1, 3])).toEqual([
      {
        capability: 'EMAIL',
        served: [
          { agency: 2, elements: [5] },
          { agency: 1, elements: [4] },
        ],
      },
    ]);
    expect(capabilitiesShared(portfolio, LANDSCAPE, [1, 3])).toEqual([]);
  });
});
