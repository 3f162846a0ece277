import * as fc from 'fast-check';
import { element as blankElement, relation } from '../../../test/support/landscapes.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { readPairModel } from '../../duplicates/pair-model.reader.js';
import { LandscapeView } from '../access/view.js';
import { ADMINISTRATOR, PUBLIC } from '../access/actor.js';
import { finished } from '../finished.js';
import type { Element } from '../landscape/model.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { findAlike } from './alike.js';
import { findDuplicates } from './duplicate-answer.js';
import { urnOfCapability } from './lexicon.js';
import { NamedProjects } from './named-project.js';
import { servedCapabilities } from './portfolio.js';
import { registeredSubject } from './registered-subject.js';
import { buildSimilarityIndex, movedSteps, startSteps } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';
import type { LanguageData } from './text-reading.js';

const SHIPPED = readLanguageData();
/** Some capabilities of the catalogue: an index is made afresh after each commit, and reads all of them. */
const CAPABILITIES = SHIPPED.capabilities.filter(({ nameVi }) =>
  /thư điện tử|đất đai|tài sản|hồ sơ|camera/i.test(nameVi),
);
const CODES = new Set(CAPABILITIES.map(({ code }) => code));
const LANGUAGE: LanguageData = {
  ...SHIPPED,
  capabilities: CAPABILITIES.map((each) => ({ ...each, near: each.near.filter((code) => CODES.has(code)) })),
};
const MODEL = readPairModel();

const AGENCIES = [
  'Sở Y tế',
  'Sở Khoa học và Công nghệ',
  'Ủy ban nhân dân phường Bến Thành',
  'Ủy ban nhân dân thành phố Huế',
  'Ủy ban nhân dân đặc khu Côn Đảo',
];
/** Words of which names of agencies, capabilities and nothing of either are made. */
const WORDS =
  'thư điện tử,quản lý tài sản,đất đai,CSDL,hồ sơ,nâng cấp,số hóa,dùng chung,giai đoạn 2,Sở Y tế,y tế,Bến Thành,Huế,thành phố Huế,Côn Đảo,khoa học,camera,quan trắc,nước thải'.split(
    ',',
  );
const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const KINDS = ['SYSTEM', 'PROJECT', 'DATABASE', 'PLATFORM'] as const;

const thing = fc.record({
  kind: fc.constantFrom(...KINDS),
  name: text,
  nameEn: fc.option(fc.constantFrom('e-mail', 'land register')),
  aliases: fc.array(text, { maxLength: 2 }),
  description: fc.option(text),
  externalIds: fc.constantFrom([], [{ scheme: 'TBMT', value: 'IB2400035288', recordType: null }]),
  visibility: fc.constantFrom('PUBLIC' as const, 'RESTRICTED' as const),
  attributes: fc.constantFrom<Element['attributes']>({}, { workType: 'MAINTAIN' }, { owner: 'a' }),
  revision: fc.nat(3),
});
const agency = fc.record({
  kind: fc.constant('AGENCY' as const),
  name: fc.constantFrom(...AGENCIES),
  visibility: fc.constantFrom('PUBLIC' as const, 'RESTRICTED' as const),
});
/** Two capabilities that things may be declared to realise; they are always there. */
const REALISABLE = CAPABILITIES.slice(0, 2).map(({ code, nameVi }, at) =>
  blankElement(100 + at, { kind: 'CAPABILITY', urn: urnOfCapability(code), name: nameVi }),
);
/** Of a seq: what is there from now on, and what it is declared to realise; nothing where nothing is. Odd ones are agencies. */
interface Edit {
  readonly seq: number;
  readonly after: Element | undefined;
  /** What is there stays, if anything is, and only its declaration changes. */
  readonly staysAsItIs: boolean;
  readonly realises: Element | undefined;
}
const edit = fc.nat(23).chain((seq): fc.Arbitrary<Edit> => {
  const isAgency = seq % 4 === 1;
  const there: fc.Arbitrary<Partial<Element>> = isAgency ? agency : thing;
  return fc
    .tuple(fc.option(there, { freq: 6 }), fc.constantFrom(undefined, undefined, ...REALISABLE), fc.boolean())
    .map(([more, realises, staysAsItIs]) => {
      const after = more === null ? undefined : blankElement(seq, more);
      return { seq, after, staysAsItIs, realises: isAgency || after === undefined ? undefined : realises };
    });
});
/** Commits, one after the other. */
const history = fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 });
const begun = fc.array(edit, { minLength: 30, maxLength: 60 });

function committed(before: LandscapeSnapshot, edits: readonly Edit[]): LandscapeSnapshot {
  const last = new Map(edits.map((each) => [each.seq, each]));
  const elements = Array.from(last.values(), ({ seq, after, staysAsItIs }) => {
    const there = staysAsItIs && after !== undefined ? before.elementAt(seq) : undefined;
    return { seq, urn: blankElement(seq).urn, after: there ?? after };
  });
  const capabilities =
    before.revision === 0 ? REALISABLE.map((after) => ({ seq: after.seq, urn: after.urn, after })) : [];
  const relations = Array.from(last.values(), ({ seq, realises }) => {
    const after = relation(200 + seq, [seq, realises?.seq ?? 0], { kind: 'REALIZES' });
    return { seq: after.seq, urn: after.urn, after: realises && after };
  });
  return before
    .with({
      revision: before.revision + 1,
      at: '2026-01-01T00:00:00.000Z',
      elements: [...elements, ...capabilities],
      relations,
    })
    .settled();
}

/** So many elements are asked about after each commit. */
const ASKED = 4;

/** All that can be asked of an index, without the numbers by which it holds its words. */
function answersOf(index: SimilarityIndex, landscape: LandscapeView): unknown {
  const named = new NamedProjects(index);
  const asked = Array.from(landscape.elements()).filter(({ seq }) => seq % 4 === index.landscape.revision % 4);
  return asked.slice(0, ASKED).map((element) => {
    const { proposal, otherNames, without } = registeredSubject(landscape, element);
    const answer = findDuplicates(index, proposal, {
      model: MODEL,
      candidateLimit: 20,
      scoredLimit: 8,
      otherNames,
      without,
    });
    const byComponent = answer.byComponent.map((match) => ({
      ...match,
      candidates: match.candidates.map(({ entry, ...rest }) => {
        const { element: found, capabilities, declared, nameCodes, saysShared, workType, isRecords } = entry;
        const read = {
          capabilities,
          declared,
          nameCodes,
          saysShared,
          workType,
          isRecords,
          saysTooLittle: entry.saysTooLittle,
        };
        return { ...rest, read, isOfView: landscape.elementAt(found.seq) === found };
      }),
    }));
    return {
      ...answer,
      byComponent,
      alike: findAlike(index, element, MODEL),
      named: named.like(named.read(element.name), 0),
    };
  });
}

function movedOn(index: SimilarityIndex, landscape: LandscapeView): SimilarityIndex {
  return finished(movedSteps(finished(startSteps(landscape, LANGUAGE, [index]))));
}

describe('an index that is moved on', () => {
  it('answers as one made afresh, whatever changed, and whoever looks', () => {
    let moved = 0;
    fc.assert(
      fc.property(begun, history, (first, edits) => {
        let snapshot = committed(LandscapeSnapshot.empty(), first);
        let index = buildSimilarityIndex(LandscapeView.of(snapshot, ADMINISTRATOR), LANGUAGE);
        for (const [at, each] of edits.entries()) {
          snapshot = committed(snapshot, each);
          const landscape = LandscapeView.of(snapshot, at % 3 === 2 ? PUBLIC : ADMINISTRATOR);
          const next = movedOn(index, landscape);
          moved += Number(next.family === index.family);
          const afresh = buildSimilarityIndex(landscape, LANGUAGE);
          expect(answersOf(next, landscape)).toEqual(answersOf(afresh, landscape));
          expect(servedCapabilities(next)).toEqual(servedCapabilities(afresh));
          index = next;
        }
      }),
      { numRuns: 15 },
    );
    expect(moved).toBeGreaterThan(15);
  });

  const system = (seq: number, name: string): Element => blankElement(seq, { name });
  const office = (name: string): Element => blankElement(1, { kind: 'AGENCY', name });
  const plain = Array.from({ length: 20 }, (_, at) => system(10 + at, `Hệ thống quan trắc ${at}`));
  const before = [office('Ủy ban nhân dân thành phố Huế'), system(2, 'Camera Huế'), system(3, 'Camera Bến Thành')];
  const index = buildSimilarityIndex(LandscapeSnapshot.of([...before, ...plain], []), LANGUAGE);
  const readFor = (...changed: readonly Element[]): (number | undefined)[] => {
    const bySeq = new Map([...before, ...plain, ...changed].map((each) => [each.seq, each]));
    const { from, changes } = finished(startSteps(LandscapeSnapshot.of(bySeq.values(), []), LANGUAGE, [index]));
    return from === index ? changes.read.map(({ seq }) => seq) : [undefined];
  };

  it('reads again what changed, and what says the name of an agency that has another', () => {
    expect(readFor()).toEqual([]);
    expect(readFor(system(2, 'Máy ảnh Huế'))).toEqual([2]);
    expect(readFor(blankElement(2, { name: 'Camera Huế', layer: 3, phases: [{ phase: 'PLAN', from: null }] }))).toEqual(
      [],
    );
    expect(readFor(office('Ủy ban nhân dân phường Bến Thành'))).toEqual([2, 3]);
    expect(readFor(blankElement(1, { ...before[0], visibility: 'RESTRICTED' }))).toEqual([2]);
  });

  it('is made afresh where most is another, and after so many changes that half of it is', () => {
    expect(readFor(...plain.map((each) => ({ ...each, name: 'Máy chủ' })))).toEqual([undefined]);
    let [last, moves] = [index, 0];
    for (; last.family === index.family; moves++) {
      const landscape = LandscapeSnapshot.of([...before, ...plain, system(90, `Máy chủ ${moves}`)], []);
      last = finished(movedSteps(finished(startSteps(landscape, LANGUAGE, [last]))));
    }
    expect(moves).toBe(7);
  });
});
