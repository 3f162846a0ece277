import { element as blankElement, urnOf } from '../../test/support/landscapes.js';
import { PUBLIC } from '../core/access/actor.js';
import { LandscapeView } from '../core/access/view.js';
import type { Element } from '../core/landscape/model.js';
import type { Proposal } from '../core/landscape/proposal.js';
import { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { REUSE_ADVICES } from '../core/similarity/advice.js';
import type { SuggestedCondition } from '../core/similarity/duplicate-answer.js';
import { conditionText, questionOf } from './duplicate-text.js';
import { DuplicatesReader } from './duplicates.reader.js';

/** A running system named after its id, unless more is said. */
function element(seq: number, id: string, fields: Partial<Element>): Element {
  return blankElement(seq, { urn: urnOf(id), name: id, phases: [{ phase: 'ACTIVE', from: null }], ...fields });
}
const landscape = LandscapeSnapshot.of(
  [
    element(1, 'mail', { name: 'Hệ thống thư điện tử Thành phố', attributes: { scope: 'CITY' } }),
    element(2, 'mail-national', {
      name: 'Nền tảng thư điện tử công vụ',
      kind: 'PLATFORM',
      attributes: { scope: 'NATIONAL' },
    }),
    element(3, 'mail-project', { name: 'Thuê hộp thư công vụ', kind: 'PROJECT', phases: [] }),
    element(4, 'land', { name: 'CSDL đất đai', kind: 'DATABASE' }),
  ],
  [],
);
const proposal: Proposal = {
  title: 'Thuê dịch vụ thư điện tử',
  objective: null,
  agency: null,
  investmentForm: 'LEASE_READY_MADE',
  workType: 'BUILD',
  components: [
    {
      id: 'c1',
      name: 'Thư điện tử công vụ',
      description: 'Hộp thư công vụ; diệt khuẩn nước uống',
      capability: null,
      layer: null,
    },
    { id: 'c2', name: 'Vườn thực vật ba chiều', description: null, capability: null, layer: null },
  ],
  budget: [],
  decidedOn: null,
  operations: [],
  answers: {},
};

describe('the reader of duplicates', () => {
  const reader = new DuplicatesReader();
  const answer = reader.find(landscape, proposal);

  it('answers the same where the texts were read beforehand, once for all who wait', async () => {
    const prepared = new DuplicatesReader();
    await Promise.all([prepared.prepare(landscape), prepared.prepare(landscape)]);
    expect(prepared.find(landscape, proposal)).toEqual(answer);
    await prepared.prepare(landscape);
    expect(prepared.find(landscape, proposal, 1).byComponent[0]?.candidates).toHaveLength(1);
  });

  it('leaves it open where a component says too little to be compared', () => {
    const [first] = proposal.components;
    const vague = reader.find(landscape, {
      ...proposal,
      title: 'Abc',
      objective: null,
      components: [{ ...first, name: 'Abc', description: null }],
    });
    expect(reader.matchesOf(vague)).toBeUndefined();
  });

  it('tells the rules what is alike, by whom it serves, and among how many', () => {
    const urns = (found: readonly { readonly urn: string }[]): string[] =>
      found.map((each) => each.urn.slice(10)).toSorted();
    const matches = reader.matchesOf(answer);
    if (matches === undefined) throw new Error('Every component says enough to be compared.');
    const { national, city, platforms, searchedObjects } = matches;
    expect(urns(national)).toEqual(['mail-national']);
    expect(urns(city)).toEqual(['mail', 'mail-project']);
    expect(urns(platforms)).toEqual(['mail', 'mail-national']);
    expect(new Set([...national, ...city].map(({ componentId }) => componentId))).toEqual(new Set(['c1']));
    expect(searchedObjects).toBe(4);
  });

  it('suggests a condition in both languages where there is something to use', () => {
    expect(reader.conditionsOf(answer)).toEqual([
      {
        textVi:
          'Đăng ký sử dụng "Hệ thống thư điện tử Thành phố" cho chức năng "Thư điện tử công vụ" thay cho mua sắm, thuê riêng. Phần chưa thấy ở đó: diệt khuẩn nước uống.',
        textEn:
          'Become a user of "Hệ thống thư điện tử Thành phố" for "Thư điện tử công vụ" in place of a purchase or lease of one’s own. Not seen there: diệt khuẩn nước uống.',
      },
    ]);
  });

  it('puts objects and questions behind what is missing', () => {
    const { coverage, byComponent } = reader.describe(answer, LandscapeView.of(landscape, PUBLIC), 'EN');
    expect(coverage.verdict).toBe('LOWER_BOUND');
    expect(coverage.missing.map(({ field, element: lacking }) => [field, lacking?.urn ?? null])).toEqual([
      ['agency', null],
      ['components.c2.description', null],
      ['OWNED_BY', 'urn:khung:mail'],
      ['description', 'urn:khung:mail'],
    ]);
    expect(coverage.missing.every(({ question }) => question !== null)).toBe(true);
    expect(byComponent[0]?.candidates[0]?.id).toBe('c1:urn:khung:mail');
    expect(byComponent[1]).toMatchObject({ advice: 'BUILD_NEW', suggestedCondition: null });
  });

  it('answers after a commit as one that read everything anew', async () => {
    const following = new DuplicatesReader();
    await following.prepare(landscape);
    const { urn, ...mail } = element(1, 'mail', { name: 'Hệ thống hộp thư công vụ', description: 'Hộp thư công vụ' });
    const commit = { revision: 2, at: '2026-01-02T00:00:00.000Z', relations: [] };
    const next = landscape.with({ ...commit, elements: [{ seq: 1, urn, after: { urn, ...mail } }] });
    await following.prepare(next);
    expect(following.indexOf(next).family).toBe(following.indexOf(landscape).family);
    const scores = ({ byComponent }: typeof answer): unknown =>
      byComponent.map(({ candidates }) => candidates.map(({ match, logOdds, gaps }) => [match, logOdds, gaps]));
    const found = following.find(next, proposal);
    expect(scores(found)).toEqual(scores(new DuplicatesReader().find(next, proposal)));
    expect(scores(found)).not.toEqual(scores(answer));
    expect(following.find(landscape, proposal)).toEqual(answer);
  });

  it('answers from the same index as long as the view lives, and alike', () => {
    expect(reader.find(landscape, proposal)).toEqual(answer);
  });
});

describe('the words of a condition', () => {
  const codes = REUSE_ADVICES.filter((code) => code !== 'BUILD_NEW');
  it.each(codes)('name both sides in both languages: %s', (code) => {
    const condition: SuggestedCondition = { code, component: 'c1', match: urnOf('mail'), matchName: 'Thư A', gaps: [] };
    for (const language of ['VI', 'EN'] as const) {
      const text = conditionText(condition, 'Chức năng B', language);
      expect(text).toContain('"Thư A"');
      expect(text).toContain('"Chức năng B"');
      expect(text).not.toMatch(/[{}]/);
    }
  });

  it('has no question for a field that nobody asks about', () => {
    expect(questionOf('components.c1.description', 'VI')).toMatch(/\?$/);
    expect(questionOf('colour', 'VI')).toBeNull();
    expect(questionOf('components', 'VI', 2)).toContain('thấy 2 chức năng');
    for (const language of ['VI', 'EN'] as const) expect(questionOf('components', language, 0)).not.toContain('0');
  });
});
