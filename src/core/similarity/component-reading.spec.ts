import { urnOf } from '../../../test/support/landscapes.js';
import type { Proposal, ProposalComponent } from '../landscape/proposal.js';
import { readingOf, titleReadingOf } from './component-reading.js';
import type { ComponentReading } from './component-reading.js';
import { TextReader } from './text-reading.js';

const reader = new TextReader(
  {
    abbreviations: [{ abbreviation: 'TĐT', expansion: 'thư điện tử' }],
    capabilities: [
      {
        code: 'EMAIL',
        nameVi: 'Thư điện tử',
        nameEn: 'E-mail',
        provision: 'COMMON',
        aliases: [],
        negativeContexts: [],
        near: [],
      },
      {
        code: 'LAND',
        nameVi: 'Đất đai',
        nameEn: 'Land',
        provision: 'SECTOR',
        aliases: [],
        negativeContexts: [],
        near: [],
      },
    ],
    boilerplate: ['xây dựng', 'hệ thống'],
    sharedWords: [],
    workWords: [{ workType: 'UPGRADE', phrases: ['nâng cấp'] }],
    recordsWords: [],
    thingWords: [],
    tailWords: ['cho'],
    places: ['Hà Nội'],
  },
  ['Sở Nông nghiệp'],
);
const index = { reader };

function component(name: string, more: Partial<ProposalComponent> = {}): ProposalComponent {
  return { id: 'c1', name, description: null, capability: null, layer: null, ...more };
}
function proposal(
  title: string,
  components: [ProposalComponent, ...ProposalComponent[]],
  more: Partial<Proposal> = {},
): Proposal {
  return {
    title,
    components,
    objective: null,
    agency: null,
    investmentForm: 'UNKNOWN',
    workType: 'UNKNOWN',
    budget: [],
    decidedOn: null,
    operations: [],
    answers: {},
    ...more,
  };
}
function read(title: string, one: ProposalComponent, more: Partial<Proposal> = {}): ComponentReading {
  return readingOf(index, proposal(title, [one], more), one);
}

describe('what was read of a component', () => {
  it('is every capability with its words, where they stand and how surely they tell it', () => {
    const one = component('Hệ thống tưới tiêu tự động cho đất đai', { description: 'Gửi TĐT báo động' });
    const { capabilities, declared } = read('Tưới', one);
    expect(declared).toBeNull();
    expect(capabilities).toEqual([
      { code: 'LAND', confidence: 'NAME_TAIL', field: 'name', span: [31, 38], text: 'đất đai' },
      { code: 'EMAIL', confidence: 'DESCRIPTION', field: 'description', span: [4, 7], text: 'TĐT' },
    ]);
  });

  it('tells a capability once, where it is told most surely', () => {
    const one = component('Đất đai', { description: 'Đất đai, đất đai' });
    expect(read('Kho đất đai', one).capabilities).toEqual([
      { code: 'LAND', confidence: 'NAME_HEAD', field: 'name', span: [0, 7], text: 'Đất đai' },
    ]);
  });

  it('has the title too where the component is the only one, and not where there are several', () => {
    const [one, other] = [component('Kho'), component('Vườn', { id: 'c2' })];
    expect(read('Thư điện tử', one).capabilities).toMatchObject([{ code: 'EMAIL', field: 'title' }]);
    expect(readingOf(index, proposal('Thư điện tử', [one, other]), one).capabilities).toEqual([]);
  });

  it('keeps what was declared beside what was read', () => {
    const one = component('Đất đai', { capability: urnOf('capability-email') });
    expect(read('Đất đai', one)).toMatchObject({ declared: 'EMAIL', capabilities: [{ code: 'LAND' }] });
    expect(read('Đất', component('Đất', { capability: urnOf('capability-none') })).declared).toBeNull();
  });

  it('says which words count for little, and why', () => {
    const one = component('Xây dựng hệ thống tưới Sở Nông nghiệp tại Hà Nội năm 2027');
    expect(read(one.name, one).passedOver).toEqual([
      { why: 'BOILERPLATE', field: 'name', span: [0, 17], text: 'Xây dựng hệ thống' },
      { why: 'AGENCY', field: 'name', span: [23, 37], text: 'Sở Nông nghiệp' },
      { why: 'PLACE', field: 'name', span: [42, 48], text: 'Hà Nội' },
      { why: 'NUMBER', field: 'name', span: [53, 57], text: '2027' },
    ]);
  });

  it.each<[string, string, string, Partial<Proposal>, object]>([
    ['declared', 'Nâng cấp kho', 'Kho', { workType: 'BUILD' }, { workType: 'BUILD', source: 'DECLARED', words: null }],
    [
      'said by the component',
      'Kho',
      'Nâng cấp kho',
      {},
      { workType: 'UPGRADE', source: 'COMPONENT', words: { text: 'Nâng cấp', field: 'name', span: [0, 8] } },
    ],
    [
      'said by the title',
      'Việc nâng cấp kho',
      'Kho',
      {},
      { workType: 'UPGRADE', source: 'TITLE', words: { text: 'nâng cấp', field: 'title', span: [5, 13] } },
    ],
    ['not said', 'Kho', 'Kho', {}, { workType: 'UNKNOWN', source: 'NOT_SAID', words: null }],
  ])('tells the kind of work that was taken: %s', (_, ...[title, name, more, work]) => {
    expect(read(title, component(name), more).work).toEqual(work);
  });
});

it('reads a title by itself', () => {
  const one = component('Thư điện tử', { capability: urnOf('capability-email') });
  expect(titleReadingOf(index, proposal('Nâng cấp hệ thống đất đai', [one]))).toMatchObject({
    declared: null,
    capabilities: [{ code: 'LAND', confidence: 'NAME_HEAD', field: 'title' }],
    passedOver: [{ why: 'BOILERPLATE', text: 'Nâng cấp hệ thống' }],
    work: { workType: 'UPGRADE', source: 'TITLE' },
  });
});
