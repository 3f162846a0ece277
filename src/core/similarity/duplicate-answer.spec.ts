import * as fc from 'fast-check';
import { element as blankElement, urnOf } from '../../../test/support/landscapes.js';
import type { Element, Relation } from '../landscape/model.js';
import type { Proposal, ProposalComponent } from '../landscape/proposal.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { findDuplicates } from './duplicate-answer.js';
import type { ComponentMatch, DuplicateAnswer } from './duplicate-answer.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import { probabilityOf } from './pair-model.js';
import { finished } from '../finished.js';
import { buildSimilarityIndex, indexBesideSteps } from './similarity-index.js';
import type { LanguageData } from './text-reading.js';

const SHIPPED = readPairModel();
/** Among the three capabilities of this spec a title says as much as among all where the catalogue has some for it. */
const MODEL = {
  ...SHIPPED,
  thresholds: { ...SHIPPED.thresholds, duplicate: { covered: 0.7, uncovered: 0.7 } },
};

const language: LanguageData = {
  abbreviations: [{ abbreviation: 'CSDL', expansion: 'cơ sở dữ liệu' }],
  capabilities: [
    {
      code: 'EMAIL',
      nameVi: 'Thư điện tử',
      nameEn: 'E-mail',
      provision: 'COMMON',
      aliases: ['hộp thư công vụ'],
      negativeContexts: [],
      near: [],
    },
    {
      code: 'LAND',
      nameVi: 'Đất đai',
      nameEn: 'Land',
      provision: 'SECTOR',
      aliases: ['địa chính', 'thửa đất'],
      negativeContexts: [],
      near: [],
    },
    {
      code: 'LIBRARY',
      nameVi: 'Thư viện điện tử',
      nameEn: 'Library',
      provision: 'SECTOR',
      aliases: [],
      negativeContexts: [],
      near: [],
    },
  ],
  boilerplate: ['xây dựng', 'hệ thống', 'phần mềm', 'nền tảng', 'điện tử', 'cho', 'nâng cấp', 'thành phố', 'giai đoạn'],
  sharedWords: ['dùng chung'],
  workWords: [{ workType: 'UPGRADE', phrases: ['nâng cấp', 'giai đoạn 2'] }],
  recordsWords: [],
  thingWords: [],
  tailWords: ['cho'],
  places: [],
};

/** A running system named after its id, unless more is said. */
function element(seq: number, id: string, fields: Partial<Element>): Element {
  return blankElement(seq, { urn: urnOf(id), name: id, phases: [{ phase: 'ACTIVE', from: null }], ...fields });
}
function relation(seq: number, kind: Relation['kind'], source: number, target: number): Relation {
  return {
    seq,
    urn: urnOf(`r${seq}`),
    kind,
    source,
    target,
    strength: 'UNKNOWN',
    status: 'UNKNOWN',
    channels: [],
    validFrom: null,
    validTo: null,
    provenance: null,
    minAvailable: null,
    redundancyGroup: null,
    attributes: {},
    confidence: 'HIGH',
    revision: 1,
  };
}

const elements: Element[] = [
  element(1, 'so-khcn', { kind: 'AGENCY', name: 'Sở Khoa học và Công nghệ', level: 'DEPARTMENT' }),
  element(2, 'ubnd-phuong-ben-thanh', { kind: 'AGENCY', name: 'Ủy ban nhân dân phường Bến Thành', level: 'COMMUNE' }),
  element(3, 'bo-cong-an', { kind: 'AGENCY', name: 'Bộ Công an', level: 'MINISTRY' }),
  element(4, 'so-tttt', { kind: 'AGENCY', name: 'Sở Thông tin và Truyền thông', level: 'OTHER' }),
  element(5, 'ubnd-quan-1', { kind: 'AGENCY', name: 'UBND Quận 1', level: 'FORMER_DISTRICT' }),
  element(10, 'mail', {
    name: 'Hệ thống thư điện tử Thành phố',
    aliases: ['Webmail'],
    nameEn: 'City e-mail',
    layer: 3,
  }),
  element(11, 'land', {
    kind: 'DATABASE',
    name: 'CSDL đất đai',
    description: 'Thửa đất, biến động đất đai',
    layer: 2,
    phases: [],
  }),
  element(12, 'land-national', {
    kind: 'DATABASE',
    name: 'Cơ sở dữ liệu đất đai quốc gia',
    attributes: { scope: 'NATIONAL' },
  }),
  element(13, 'old-map', { name: 'Bản đồ dịch bệnh', phases: [{ phase: 'END_OF_LIFE', from: null }] }),
  element(14, 'camera-ward', {
    kind: 'INFRASTRUCTURE',
    name: 'Camera khu phố Bến Thành',
    attributes: { scope: 'AGENCY' },
  }),
  element(15, 'camera-project', {
    kind: 'PROJECT',
    name: 'Nâng cấp camera khu phố',
    phases: [],
    externalIds: [{ scheme: 'TBMT', value: 'IB2400035288', recordType: null }],
  }),
  element(16, 'archive', {
    kind: 'PLATFORM',
    name: 'Nền tảng lưu trữ hồ sơ điện tử',
    description: 'Kho lưu trữ số dài hạn',
  }),
  element(17, 'ioc-old', { name: 'Trung tâm điều hành thông minh Quận 1', phases: [] }),
  element(18, 'seat', { name: 'Chuỗi rạp chiếu phim lưu động', attributes: { scope: 'CITY' } }),
  element(19, 'declared', { kind: 'PROJECT', name: 'Trạm quan trắc nước thải', attributes: { workType: 'MAINTAIN' } }),
];
const relations: Relation[] = [
  relation(1, 'OWNED_BY', 10, 1),
  relation(2, 'OWNED_BY', 14, 2),
  relation(3, 'OWNED_BY', 12, 3),
  relation(4, 'OWNED_BY', 15, 4),
  relation(5, 'REPLACES', 1, 4),
  relation(6, 'OWNED_BY', 17, 5),
];
const index = buildSimilarityIndex(LandscapeSnapshot.of(elements, relations), language);

function component(id: string, name: string, fields: Partial<ProposalComponent> = {}): ProposalComponent {
  return { id, name, description: null, capability: null, layer: null, ...fields };
}
function proposal(title: string, fields: Partial<Proposal> = {}): Proposal {
  return {
    title,
    objective: null,
    agency: null,
    investmentForm: 'SYSTEM_INVESTMENT',
    workType: 'BUILD',
    components: [component('c1', title)],
    budget: [],
    decidedOn: null,
    operations: [],
    answers: {},
    ...fields,
  };
}
function ask(asked: Proposal, candidateLimit = 20): DuplicateAnswer {
  return findDuplicates(index, asked, { model: MODEL, candidateLimit });
}
function first(answer: DuplicateAnswer): ComponentMatch {
  const match = answer.byComponent[0];
  if (match === undefined) throw new Error('a proposal has a component');
  return match;
}

function urns(answer: DuplicateAnswer): string[] {
  return first(answer).candidates.map(({ match }) => match.urn);
}
function mailScore(answer: DuplicateAnswer): number | undefined {
  return first(answer).candidates.find(({ match }) => match.urn === 'urn:khung:mail')?.score;
}

describe('finding duplicates', () => {
  it.each<[string, Proposal, string | null, string, string | null]>([
    ['the same need', proposal('Thư điện tử'), 'mail', 'DUPLICATE', 'REUSE_AS_IS'],
    ['the same need in other words', proposal('Hộp thư công vụ cho Sở Y tế'), 'mail', 'DUPLICATE', 'REUSE_AS_IS'],
    ['another need in like words', proposal('Phần mềm thư viện điện tử'), 'archive', 'DISTINCT', 'BUILD_NEW'],
    ['a need nobody serves', proposal('Vườn thực vật ba chiều'), null, 'DISTINCT', 'BUILD_NEW'],
    ['nothing but boilerplate', proposal('Xây dựng hệ thống phần mềm'), null, 'TOO_LITTLE_TO_JUDGE', null],
    ['data of another agency', proposal('Phần mềm địa chính, đất đai'), 'land', 'DUPLICATE', 'SHARE_DATA'],
    ['a retired counterpart', proposal('Bản đồ dịch bệnh'), 'old-map', 'RELATED', 'BUILD_NEW'],
    ['a ward’s thing', proposal('Camera khu phố'), 'camera-ward', 'DUPLICATE', 'EXTEND_EXISTING'],
    ['a platform', proposal('Nền tảng lưu trữ hồ sơ điện tử'), 'archive', 'DUPLICATE', 'REUSE_AS_IS'],
    [
      'a thing of an agency that is gone',
      proposal('Trung tâm điều hành thông minh'),
      'ioc-old',
      'RELATED',
      'BUILD_NEW',
    ],
    ['a department’s own thing', proposal('Chuỗi rạp chiếu phim lưu động'), 'seat', 'DUPLICATE', 'EXTEND_EXISTING'],
    [
      'upkeep of what a project keeps up',
      proposal('Trạm quan trắc nước thải', { workType: 'MAINTAIN' }),
      'declared',
      'DUPLICATE',
      'MERGE_PROJECTS',
    ],
    ['building what a project keeps up', proposal('Trạm quan trắc nước thải'), 'declared', 'RELATED', 'MERGE_PROJECTS'],
  ])('%s', (_, ...[asked, candidate, band, advice]) => {
    const match = first(ask(asked));
    const best = match.candidates[0];
    expect({ candidate: best?.match.urn ?? null, band: match.band, advice: match.advice }).toEqual({
      candidate: candidate === null ? null : `urn:khung:${candidate}`,
      band,
      advice,
    });
  });

  it('takes a later phase by the owner for a continuation, told by the words where nobody declared it', () => {
    const asked = proposal('Hệ thống thư điện tử Thành phố giai đoạn 2', {
      workType: 'UNKNOWN',
      agency: urnOf('so-khcn'),
    });
    expect(first(ask(asked)).candidates[0]).toMatchObject({ isContinuation: true, advice: 'CONTINUE' });
    expect(first(ask({ ...asked, agency: urnOf('ubnd-phuong-ben-thanh') })).candidates[0]).toMatchObject({
      isContinuation: false,
      advice: 'EXTEND_EXISTING',
    });
  });

  it('takes the work of the component before that of the title', () => {
    const asked = proposal('Thư điện tử', {
      workType: 'UNKNOWN',
      components: [component('c1', 'Nâng cấp thư điện tử')],
    });
    expect(first(ask(asked)).band).toBe('RELATED');
  });

  it('lets whoever took over an agency carry on its projects', () => {
    const asked = proposal('Nâng cấp camera khu phố', { workType: 'UPGRADE', agency: urnOf('so-khcn') });
    const found = first(ask(asked)).candidates.find(({ match }) => match.urn === 'urn:khung:camera-project');
    expect(found).toMatchObject({ isContinuation: true, advice: 'CONTINUE' });
  });

  it('advises what an agency that is gone had as soon as one that is there took over', () => {
    const asked = proposal('Trung tâm điều hành thông minh');
    const successors = (...agencies: number[]) =>
      agencies.map((source, at) => relation(20 + at, 'REPLACES', source, at === 0 ? 5 : (agencies[at - 1] ?? 5)));
    const bandWith = (more: Relation[]) => {
      const landscape = LandscapeSnapshot.of([...elements, gone], [...relations, ...more]);
      const known = buildSimilarityIndex(landscape, language);
      const { band, advice } = first(findDuplicates(known, asked, { model: MODEL, candidateLimit: 5 }));
      return [band, advice];
    };
    const gone = element(30, 'ubnd-quan-2', {
      kind: 'AGENCY',
      name: 'UBND Quận 2',
      attributes: { validTo: '2020-12' },
    });
    expect(bandWith([])).toEqual(['RELATED', 'BUILD_NEW']);
    expect(bandWith(successors(2))).toEqual(['DUPLICATE', 'EXTEND_EXISTING']);
    expect(bandWith(successors(30))).toEqual(['RELATED', 'BUILD_NEW']);
    expect(bandWith(successors(30, 2))).toEqual(['DUPLICATE', 'EXTEND_EXISTING']);
    expect(bandWith([relation(20, 'REPLACES', 30, 5), relation(21, 'REPLACES', 5, 30)])).toEqual([
      'RELATED',
      'BUILD_NEW',
    ]);
  });

  it('takes a cited tender code for strong evidence', () => {
    const asked = proposal('Thiết bị theo TBMT IB2400035288', { components: [component('c1', 'Thiết bị ngoại vi')] });
    const best = first(ask(asked)).candidates[0];
    expect(best?.match.urn).toBe('urn:khung:camera-project');
    expect(best?.signals.find(({ name }) => name === 'TENDER_CODE')?.evidence[0]?.text).toBe('IB2400035288');
  });

  it.each([
    ['Thiết bị theo TBMT IB2400035288-00', ['IB2400035288']],
    ['Thiết bị theo dự án DA-1977, TBMT (IB2400035288)', ['IB2400035288', 'DA-1977']],
    ['Thiết bị theo TBMT IB24000352889', []],
    ['Thiết bị theo TBMT XIB2400035288', []],
    ['Thiết bị theo TBMT ẩIB2400035288, IB2400035288ẩ', []],
    ['Thiết bị theo TBMT 1IB2400035288 hoặc IB2400035288', ['IB2400035288']],
  ])('takes for evidence the codes that are cited, each by itself: %s', (title, expected) => {
    const externalIds = ['IB2400035288', 'DA-1977', 'DA-1978'].map((value) => {
      return { scheme: 'TBMT', value, recordType: null };
    });
    const known = element(1, 'tendered', { kind: 'PROJECT', name: 'Nâng cấp thiết bị ngoại vi', externalIds });
    const tendered = buildSimilarityIndex(LandscapeSnapshot.of([known], []), language);
    const asked = proposal(title, { components: [component('c1', 'Thiết bị ngoại vi')] });
    const [best] = first(findDuplicates(tendered, asked, { model: MODEL, candidateLimit: 1 })).candidates;
    const cited = best?.signals.find(({ name }) => name === 'TENDER_CODE')?.evidence ?? [];
    expect(best?.match.urn).toBe('urn:khung:tendered');
    expect(cited.map(({ text }) => text)).toEqual(expected);
  });

  it('reads so much of a long text for evidence, and judges by all of it', () => {
    const description = `thửa đất ${'một hai ba '.repeat(1_000)}`;
    const known = element(1, 'long', { name: 'Vườn thực vật', description: `${description} rạp chiếu phim` });
    const long = buildSimilarityIndex(LandscapeSnapshot.of([known], []), language);
    const asked = proposal('Vườn thực vật', {
      components: [
        component('c1', 'Vườn thực vật', { description: `thửa đất ${'bốn năm '.repeat(300)} rạp chiếu phim` }),
      ],
    });
    const [best] = first(findDuplicates(long, asked, { model: MODEL, candidateLimit: 1 })).candidates;
    const said = best?.signals.flatMap(({ evidence }) => evidence.map(({ text }) => text)) ?? [];
    expect(said).toContain('thửa đất');
    expect(said).not.toContain('rạp chiếu phim');
    expect(best?.gaps).toEqual([]);
  });

  it('takes a declared capability before any word', () => {
    const asked = proposal('Kho tin', {
      components: [component('c1', 'Kho tin nhắn', { capability: urnOf('capability-email') })],
    });
    const best = first(ask(asked)).candidates[0];
    expect(best?.match.urn).toBe('urn:khung:mail');
    expect(best?.signals.find(({ name }) => name === 'CAPABILITY')?.evidence[0]).toMatchObject({
      capability: 'EMAIL',
      subjectField: null,
      spanInSubject: null,
    });
  });

  it('calls what lies in another layer of the framework a part', () => {
    const asked = proposal('Thư điện tử', { components: [component('c1', 'Thư điện tử', { layer: 1 })] });
    expect(first(ask(asked))).toMatchObject({ band: 'OVERLAP', advice: 'INTEGRATE' });
  });

  it('says what of the component the candidate does not cover', () => {
    const asked = proposal('Đất đai', {
      components: [component('c1', 'CSDL đất đai', { description: 'Biến động đất đai; bay chụp không ảnh, cho' })],
    });
    const match = first(ask(asked));
    expect(match.candidates[0]?.gaps).toEqual(['bay chụp không ảnh']);
    expect(match.suggestedCondition).toEqual({
      code: 'SHARE_DATA',
      component: 'c1',
      match: 'urn:khung:land',
      matchName: 'CSDL đất đai',
      gaps: ['bay chụp không ảnh'],
    });
  });

  it('points at the words that matched, on both sides', () => {
    const asked = proposal('Xây dựng CSDL đất đai', {
      components: [component('c1', 'CSDL đất đai', { description: 'quản lý thửa đất' })],
    });
    for (const signal of first(ask(asked)).candidates[0]?.signals ?? []) {
      for (const { subjectField, spanInSubject, text } of signal.evidence) {
        if (subjectField === null || spanInSubject === null) continue;
        const source = { ...asked, ...asked.components[0] };
        expect((source[subjectField] ?? '').slice(...spanInSubject)).toBe(text);
      }
    }
    const named = first(ask(asked)).candidates[0]?.signals.find(({ name }) => name === 'NAME');
    expect(named?.evidence[0]).toMatchObject({ matchField: 'name', spanInMatch: [0, 12] });
  });

  it('points into the English name of an element too', () => {
    const asked = proposal('City e-mail upgrade');
    const mail = first(ask(asked)).candidates.find(({ match }) => match.urn === 'urn:khung:mail');
    const named = mail?.signals.find(({ name }) => name === 'NAME');
    expect(named?.evidence[0]).toMatchObject({ text: 'City e-mail', matchField: 'nameEn', spanInMatch: [0, 11] });
  });

  it('does not blame the title of a project with several components on each of them', () => {
    const asked = proposal('Thư điện tử', {
      components: [component('c1', 'Vườn thực vật'), component('c2', 'Thư điện tử')],
    });
    expect(ask(asked).byComponent.map(({ band }) => band)).toEqual(['DISTINCT', 'DUPLICATE']);
  });

  it('cuts long lists and says so', () => {
    const asked = proposal('Phần mềm địa chính, đất đai');
    expect(first(ask(asked, 1))).toMatchObject({ truncated: true, totalCount: 2 });
    expect(first(ask(asked, 1)).candidates).toHaveLength(1);
    expect(first(ask(asked)).truncated).toBe(false);
  });

  it('judges more than it explains', () => {
    const asked = proposal('Phần mềm địa chính, đất đai');
    const all = first(ask(asked));
    const options = { model: MODEL, candidateLimit: 20, explainedLimit: 1 };
    const brief = first(findDuplicates(index, asked, options));
    expect(brief).toEqual({ ...all, candidates: all.candidates.slice(0, 1), truncated: true });
    expect(brief.alike.map(({ match }) => match.urn)).toEqual(urns(ask(asked)));
  });

  it('compares what is not in the landscape by the same measure', () => {
    const line = element(1000, 'line-7', { kind: 'PROJECT', name: 'Hộp thư công vụ cho phường' });
    const { urn: _, ...mail } = index.entries.get(10)?.element ?? line;
    const twin = element(1000, 'line-8', mail);
    const asked = proposal('Hộp thư công vụ cho Sở Y tế');
    const beside = (each: Element): ComponentMatch =>
      first(
        findDuplicates(finished(indexBesideSteps(index, [each])), asked, {
          model: MODEL,
          candidateLimit: 20,
        }),
      );
    expect(beside(line)).toMatchObject({ band: 'DUPLICATE', alike: [{ match: line }] });
    expect(beside({ ...twin, seq: 1000 }).candidates[0]?.score).toBeCloseTo(mailScore(ask(asked)) ?? 0, 6);
  });

  it('says among how many objects it looked and what is missing', () => {
    const { coverage, modelVersion } = ask(proposal('CSDL đất đai', { workType: 'UNKNOWN' }));
    expect(modelVersion).toBe(MODEL.version);
    expect(coverage).toMatchObject({ verdict: 'LOWER_BOUND', objectsKnown: 10 });
    expect(coverage.missing).toEqual([
      { element: null, field: 'agency' },
      { element: null, field: 'workType' },
      { element: null, field: 'components' },
      { element: 'urn:khung:land', field: 'OWNED_BY' },
      { element: 'urn:khung:land', field: 'phases' },
    ]);
  });

  it('asks for what declared components do, and not for an objective, which changes nothing', () => {
    const components = [
      component('c1', 'CSDL đất đai'),
      component('c2', 'Thư điện tử', { description: 'Gửi thư' }),
    ] as const;
    const asked = proposal('Số hóa', { components: [...components], agency: urnOf('so-khcn') });
    const { coverage, byComponent } = ask(asked);
    expect(coverage.missing.filter((fact) => fact.element === null)).toEqual([
      { element: null, field: 'components.c1.description' },
    ]);
    const told = ask({ ...asked, objective: 'Camera khu phố, bản đồ dịch bệnh và lưu trữ hồ sơ' });
    const judged = (each: readonly ComponentMatch[]): object[] => each.flatMap(({ alike }) => alike);
    expect(judged(told.byComponent)).toEqual(judged(byComponent));
    expect(told.coverage).toEqual(coverage);
  });

  it('knows nothing in an empty landscape, and says so', () => {
    const empty = buildSimilarityIndex(LandscapeSnapshot.empty(), language);
    const answer = findDuplicates(empty, proposal('Thư điện tử'), { model: MODEL, candidateLimit: 20 });
    expect(answer.coverage).toMatchObject({ verdict: 'UNKNOWN', objectsKnown: 0 });
    expect(first(answer)).toMatchObject({ band: 'DISTINCT', totalCount: 0 });
  });

  it('gives contributions that sum to the log-odds of the score', () => {
    const titles = fc.constantFrom(...elements.map(({ name }) => name), 'Thư công vụ', 'Kho lưu trữ camera đất đai');
    fc.assert(
      fc.property(titles, fc.option(titles), (title, description) => {
        const asked = proposal(title, {
          components: [component('c1', title, { description })],
          agency: urnOf('so-khcn'),
        });
        for (const { signals, score, logOdds, baseline } of first(ask(asked)).candidates) {
          const sum = signals.reduce((total, { contribution }) => total + contribution, baseline);
          expect(sum).toBeCloseTo(logOdds, 9);
          expect(score).toBe(probabilityOf(logOdds));
        }
      }),
    );
  });

  it('scores one thing against another as the other against the one, where both say the same of themselves', () => {
    const words = [
      'thư điện tử',
      'hộp thư công vụ',
      'đất đai',
      'thửa đất',
      'camera',
      'khu phố',
      'cho',
      'nâng cấp',
      'bản đồ',
    ];
    const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
    const thing = fc.record({ name: text, description: fc.option(text) });
    let compared = 0;
    const propose = ({ name, description }: Pick<Element, 'name' | 'description'>): Proposal =>
      proposal(name, { components: [component('c1', name, { description })] });
    fc.assert(
      fc.property(thing, thing, (one, other) => {
        const [a, b] = [element(1, 'a', one), element(2, 'b', other)];
        const both = buildSimilarityIndex(LandscapeSnapshot.of([a, b, ...elements.slice(5)], []), language);
        const answers = [a, b].map((asked) =>
          first(findDuplicates(both, propose(asked), { model: MODEL, candidateLimit: 20 })),
        );
        if (answers.some(({ band }) => band === 'TOO_LITTLE_TO_JUDGE')) return true;
        const [there, back] = answers.map(
          ({ candidates }, at) => candidates.find(({ match }) => match.urn === (at === 0 ? b : a).urn)?.logOdds,
        );
        if (there === undefined || back === undefined) return there === back;
        compared += 1;
        return Math.abs(there - back) < 1e-9;
      }),
    );
    expect(compared).toBeGreaterThan(20);
  });

  it('does not depend on the order in which the landscape was filled', () => {
    const asked = proposal('Camera, thư điện tử và CSDL đất đai');
    fc.assert(
      fc.property(fc.shuffledSubarray(elements, { minLength: elements.length }), (shuffled) => {
        const renumbered = shuffled.map((each, at) => ({ ...each, seq: at + 1 }));
        const seqOf = new Map(renumbered.map(({ urn: name, seq }) => [name, seq]));
        const moved = (seq: number): number =>
          seqOf.get(elements.find((each) => each.seq === seq)?.urn ?? urnOf('none')) ?? 0;
        const landscape = LandscapeSnapshot.of(
          renumbered,
          relations.map((each) => ({ ...each, source: moved(each.source), target: moved(each.target) })),
        );
        const answer = findDuplicates(buildSimilarityIndex(landscape, language), asked, {
          model: MODEL,
          candidateLimit: 20,
        });
        expect(urns(answer)).toEqual(urns(ask(asked)));
      }),
      { numRuns: 20 },
    );
  });

  it('scores a public pair alike whatever hidden elements stand beside it', () => {
    const hidden = element(99, 'hidden', { name: 'Thư điện tử mật', visibility: 'RESTRICTED' });
    const beside = buildSimilarityIndex(LandscapeSnapshot.of([...elements, hidden], relations), language);
    const asked = proposal('Hộp thư công vụ');
    expect(mailScore(findDuplicates(beside, asked, { model: MODEL, candidateLimit: 20 }))).toBe(mailScore(ask(asked)));
  });
});
