import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import type { Element, Relation } from '../landscape/model.js';
import type { Operation } from '../landscape/operation.js';
import type { Proposal, ProposalComponent } from '../landscape/proposal.js';
import { declaredFor, realisedBy } from './declared-capabilities.js';
import { findDuplicates } from './duplicate-answer.js';
import type { DuplicateCandidate } from './duplicate-answer.js';
import { pairStanding } from './pair-standing.js';
import { registeredSubject } from './registered-subject.js';
import { buildSimilarityIndex } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';

const MODEL = readPairModel();
const LANGUAGE = readLanguageData();
const EMAIL = urnOf('capability-email');
const WAREHOUSE = urnOf('capability-data-warehouse');

const ELEMENTS: readonly Element[] = [
  element(0, { name: 'Phần mềm Sao Mai' }),
  element(1, { name: 'Nền tảng Hừng Đông' }),
  element(2, { kind: 'CAPABILITY', urn: EMAIL, name: 'Thư điện tử công vụ' }),
  element(3, { kind: 'CAPABILITY', urn: WAREHOUSE, name: 'Kho dữ liệu', visibility: 'GOVERNMENT' }),
  element(4, { name: 'Hệ thống thư điện tử công vụ' }),
];

function realizes(seq: number, ends: readonly [number, number], more: Partial<Relation> = {}): Relation {
  return relation(seq, ends, { kind: 'REALIZES', ...more });
}

function indexOf(...relations: readonly Relation[]): SimilarityIndex {
  return buildSimilarityIndex(landscapeOf(ELEMENTS, relations), LANGUAGE);
}

function component(name: string, more: Partial<ProposalComponent> = {}): ProposalComponent {
  return { id: 'c1', name, description: null, capability: null, layer: null, ...more };
}

function proposal(components: [ProposalComponent, ...ProposalComponent[]], operations: Operation[] = []): Proposal {
  return {
    title: components[0].name,
    objective: null,
    agency: null,
    investmentForm: 'UNKNOWN',
    workType: 'BUILD',
    components,
    budget: [],
    decidedOn: null,
    operations,
    answers: {},
  };
}

function bestFor(
  index: SimilarityIndex,
  asked: Proposal,
  without: ReadonlySet<string> = new Set(),
): DuplicateCandidate | undefined {
  const { byComponent } = findDuplicates(index, asked, { model: MODEL, candidateLimit: 10 });
  return byComponent[0]?.candidates.find(({ match }) => !without.has(match.urn));
}

describe('what an element is declared to realise', () => {
  const of = (...relations: readonly Relation[]): string[] => realisedBy(landscapeOf(ELEMENTS, relations), element(0));

  it('is every public capability that a link in force names', () => {
    expect(of(realizes(0, [0, 2]), relation(1, [0, 4]), realizes(2, [0, 4]))).toEqual([EMAIL]);
    expect(of(realizes(0, [0, 2], { status: 'PLANNED' }))).toEqual([EMAIL]);
  });

  it('is nothing by a link that ended, or to what not everybody sees', () => {
    expect(of(realizes(0, [0, 2], { status: 'ENDED' }), realizes(1, [0, 3]))).toEqual([]);
    expect(of(realizes(0, [0, 2], { validTo: '2020' }))).toEqual([]);
  });

  it('finds it for a proposal that says the capability, and says that it is declared', () => {
    const asked = proposal([component('Hệ thống thư điện tử công vụ')]);
    expect(bestFor(indexOf(), asked, new Set([ELEMENTS[4]?.urn ?? '']))).toBeUndefined();
    const found = bestFor(indexOf(realizes(0, [0, 2])), asked, new Set([ELEMENTS[4]?.urn ?? '']));
    expect(found?.match.seq).toBe(0);
    expect(found?.signals.find(({ name }) => name === 'CAPABILITY')?.evidence).toEqual([
      {
        text: 'thư điện tử công vụ',
        subjectField: 'name',
        spanInSubject: [9, 28],
        matchField: null,
        spanInMatch: null,
        capability: 'EMAIL',
        declaredBySubject: false,
        declaredByMatch: true,
      },
    ]);
  });

  it('makes comparable what its words do not, from both sides and in what is kept of a pair', () => {
    const index = indexOf(realizes(0, [0, 2]), realizes(1, [1, 2]));
    const [one, other] = [ELEMENTS[0], ELEMENTS[1]];
    if (one === undefined || other === undefined) throw new RangeError('no elements');
    const { proposal: asked } = registeredSubject(index.landscape, one);
    expect(asked.components[0].realizes).toEqual([EMAIL]);
    const capability = bestFor(index, asked, new Set([one.urn, ELEMENTS[4]?.urn ?? '']))?.signals.find(
      ({ name }) => name === 'CAPABILITY',
    );
    expect(capability?.contribution).toBeGreaterThan(1);
    expect(capability?.evidence[0]).toMatchObject({ declaredBySubject: true, declaredByMatch: true, text: 'EMAIL' });
    const standing = pairStanding(index, [one, other], MODEL);
    expect(pairStanding(index, [other, one], MODEL).signals).toEqual(standing.signals);
    expect(standing.signals.find(({ name }) => name === 'CAPABILITY')?.contribution).toBe(capability?.contribution);
  });
});

describe('what is declared for a component', () => {
  const add = (urn: string, value: Record<string, unknown>): Operation => ({ op: 'ADD', urn, value });
  const OPERATIONS = [
    add('urn:khung:sao-mai', { kind: 'SYSTEM', name: 'Sao Mai' }),
    add('urn:khung:kho', { kind: 'DATABASE', name: 'Kho' }),
    add('urn:khung:r1', { kind: 'REALIZES', source: 'urn:khung:sao-mai', target: EMAIL }),
    add('urn:khung:r2', { kind: 'REALIZES', source: 'urn:khung:kho', target: WAREHOUSE }),
    add('urn:khung:r3', { kind: 'REALIZES', source: 'urn:khung:kho', target: EMAIL, status: 'ENDED' }),
    add('urn:khung:r4', { kind: 'REALIZES', source: 7, target: EMAIL }),
    { op: 'REMOVE', urn: 'urn:khung:r5' } as const,
  ];

  it('is its own capability, and those of what it is the function of, each once', () => {
    const one = component('Sao Mai', { capability: EMAIL, realizes: [WAREHOUSE, EMAIL] });
    expect(declaredFor(proposal([one]), one)).toEqual([EMAIL, WAREHOUSE]);
    expect(declaredFor(proposal([component('Sao Mai')]), component('Sao Mai'))).toEqual([]);
  });

  it('is what operations add to the element of its name, and for an only one all that they add', () => {
    const [one, other] = [component('SAO MAI'), component('Báo cáo', { id: 'c2' })];
    expect(declaredFor(proposal([one, other], OPERATIONS), one)).toEqual([EMAIL]);
    expect(declaredFor(proposal([one, other], OPERATIONS), other)).toEqual([]);
    expect(declaredFor(proposal([other], OPERATIONS), other)).toEqual([EMAIL, WAREHOUSE]);
  });

  it('counts as if its words said so', () => {
    const one = component('Báo cáo');
    const found = bestFor(indexOf(), proposal([one], OPERATIONS.slice(0, 3)));
    expect(found?.match.seq).toBe(4);
    expect(found?.signals.find(({ name }) => name === 'CAPABILITY')?.evidence).toMatchObject([
      { declaredBySubject: true, declaredByMatch: false, matchField: 'name' },
    ]);
  });
});
