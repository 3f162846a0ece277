import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import { exhaustiveSearch } from '../../../test/support/exhaustive-search.js';
import { element, relation, urnOf } from '../../../test/support/landscapes.js';
import { PUBLIC } from '../access/actor.js';
import type { Actor } from '../access/actor.js';
import { LandscapeView } from '../access/view.js';
import type { Landscape } from '../landscape/landscape.js';
import { ELEMENT_KINDS, VISIBILITIES } from '../landscape/model.js';
import type { Element, Relation } from '../landscape/model.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { lineOfSuccession } from '../landscape/succession.js';
import { explainHit, suggestionOf } from './search-explanation.js';
import { facetsOf } from './search-facets.js';
import { SearchIndex } from './search-index.js';
import { bestOf, search } from './search.js';
import { compileSearchLanguage } from './searched-text.js';

const LANGUAGE = compileSearchLanguage([
  { abbreviation: 'CSDL', expansion: 'cơ sở dữ liệu' },
  { abbreviation: 'KH&CN', expansion: 'khoa học và công nghệ' },
  { abbreviation: 'TP.HCM', expansion: 'thành phố hồ chí minh' },
  { abbreviation: 'app', expansion: 'ứng dụng di động' },
]);

const LGSP = 'Nền tảng tích hợp, chia sẻ dữ liệu';
const drawing = draw(['lgsp', 'kho', 'qlvb', 'ioc', 'cdldd', 'wifi', 'skhcn'], {
  lgsp: { name: LGSP, nameEn: 'Local service platform', aliases: ['LGSP', 'Trục liên thông'] },
  kho: { name: 'Kho dữ liệu dùng chung', externalIds: [{ scheme: 'NAS', value: 'HCM.07-12', recordType: null }] },
  qlvb: { name: 'Quản lý văn bản', description: 'Nối với trục của bộ' },
  ioc: { name: 'Điều hành đô thị TP.HCM' },
  cdldd: { name: 'CSDL đất đai', aliases: ['Sổ đỏ điện tử'] },
  wifi: { name: 'Wi-Fi công cộng' },
  skhcn: { name: 'Sở Khoa học và Công nghệ', kind: 'AGENCY' },
});
const index = SearchIndex.of(drawing.landscape, LANGUAGE);
const found = (text: string): string[] => {
  const result = search(index, drawing.landscape, text);
  return bestOf(result, result.documents.length).map(drawing.name);
};

describe('a search', () => {
  it.each([
    ['a whole name', LGSP, 'lgsp'],
    ['a name without marks', 'nen tang tich hop', 'lgsp'],
    ['a name in capitals', 'NỀN TẢNG', 'lgsp'],
    ['đ typed as d', 'dat dai', 'cdldd'],
    ['marks that are letters of their own', 'dữ liệu đất'.normalize('NFD'), 'cdldd'],
    ['words in another order', 'chung kho', 'kho'],
    ['the beginning of the last word', 'kho du', 'kho'],
    ['an English name', 'platform local', 'lgsp'],
    ['an alias', 'trục liên thông', 'lgsp'],
    ['the id of the urn', 'qlvb', 'qlvb'],
    ['a whole urn', 'urn:khung:qlvb', 'qlvb'],
    ['a code of another register', 'HCM.07-12', 'kho'],
    ['part of such a code', '07 12', 'kho'],
    ['a word said twice', 'kho kho', 'kho'],
    ['words with signs around them', '«kho» (chung)!', 'kho'],
    ['a description', 'trục của bộ', 'qlvb'],
    ['an abbreviation that the name has', 'csdl dat', 'cdldd'],
    ['what an abbreviation of the name means', 'cơ sở dữ liệu đất', 'cdldd'],
    ['an abbreviation of the name', 'Sở KH&CN', 'skhcn'],
    ['initials that stand in no table', 'dhdt', 'ioc'],
    ['words joined where a hyphen stands', 'wifi', 'wifi'],
    ['words typed without the space', 'vanban', 'qlvb'],
    ['a word with keys of Telex', 'vawn banr', 'qlvb'],
    ['a word with keys of VNI', 'd9at61 dai', 'cdldd'],
    ['a word that another follows, shortened', 'q ly van ban', 'qlvb'],
    ['swapped letters', 'kho du leiu', 'kho'],
    ['a letter too much', 'khoo du lieu', 'kho'],
    ['two wrong letters in a long word', 'platfrm locall', 'lgsp'],
    ['half of its words', 'kho xyz', 'kho'],
  ])('finds by %s', (_what, text, expected) => {
    expect(found(text)[0]).toBe(expected);
  });

  it.each([
    ['no text', ''],
    ['no words', ' -- !'],
    ['an emoji', '\u{1f3d9}️'],
    ['a word that stands nowhere', 'xyzzy'],
    ['one word of three that stands somewhere', 'kho xyzzy zyxxy'],
    ['what every urn begins with', 'urn:khung:'],
  ])('finds nothing by %s', (_what, text) => {
    expect(search(index, drawing.landscape, text)).toMatchObject({ match: 'NOTHING', documents: [] });
  });

  it('finds what was typed before it looks past wrong letters, and half of the words last of all', () => {
    const { landscape, name } = draw(['a', 'b', 'c'], {
      a: { name: 'Kho bạc' },
      b: { name: 'Kho bãi' },
      c: { name: 'Kho bai' },
    });
    const own = SearchIndex.of(landscape, LANGUAGE);
    const matchOf = (text: string): unknown => {
      const { match, ...hits } = search(own, landscape, text);
      return [match, bestOf(hits, 9).map(name)];
    };
    expect(matchOf('kho bãi ')).toEqual(['ALL_WORDS', ['b', 'c']]);
    expect(matchOf('kho baij ')).toEqual(['ALL_WORDS', ['b', 'c']]);
    expect(matchOf('kho bci ')).toEqual(['MISSPELT', ['b', 'c']]);
    expect(matchOf('kho xyzzy ')).toEqual(['SOME_WORDS', ['a', 'b', 'c']]);
  });

  it('lets typed marks decide between what is alike otherwise, and never whether it is found', () => {
    const { landscape, name } = draw(['a', 'b', 'c'], {
      a: { name: 'Thửa đất' },
      b: { name: 'Thừa đất' },
      c: { name: 'Thưa đất' },
    });
    const own = SearchIndex.of(landscape, LANGUAGE);
    const best = (text: string): string[] => bestOf(search(own, landscape, text), 3).map(name);
    expect(best('thừa đất')[0]).toBe('b');
    expect(best('thưa đất')).toHaveLength(3);
    expect(best('thua dat')).toEqual(['a', 'b', 'c']);
  });

  it('puts the whole name first, then an alias, then shorter names', () => {
    const { landscape, name } = draw(['e', 'd', 'c', 'b', 'a'], {
      a: { name: 'Kho dữ liệu' },
      b: { name: 'Tổng hợp', aliases: ['kho du lieu'] },
      c: { name: 'Kho dữ liệu ngành' },
      d: { name: 'Kho dữ liệu dùng chung của thành phố' },
      e: { name: 'Dữ liệu của kho bãi các cảng ven sông' },
    });
    const result = search(SearchIndex.of(landscape, LANGUAGE), landscape, 'Kho dữ liệu');
    expect(bestOf(result, 5).map(name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps to what is asked for besides, and shows no more than asked', () => {
    const agencies = search(index, drawing.landscape, 'cong nghe', ({ kind }) => kind === 'AGENCY');
    expect(bestOf(agencies, 9).map(drawing.name)).toEqual(['skhcn']);
    expect(search(index, drawing.landscape, 'lien thong ', ({ kind }) => kind === 'AGENCY').match).toBe('NOTHING');
    expect(bestOf(search(index, drawing.landscape, 'du lieu'), 0)).toEqual([]);
  });

  it('takes the first form of a whole text that somebody sees', () => {
    const names = { hidden: 'CSDL đất', shown: 'Cơ sở dữ liệu đất' };
    const { landscape } = draw(['hidden', 'shown', 'other'], {
      hidden: { name: names.hidden, visibility: 'RESTRICTED' },
      shown: { name: names.shown },
      other: { name: 'CSDL đất đai' },
    });
    const { documents, scores } = search(
      SearchIndex.of(landscape, LANGUAGE),
      LandscapeView.of(landscape, PUBLIC),
      names.hidden,
    );
    const best = bestOf({ documents, scores }, 1).map((seq) => landscape.elementAt(seq)?.name);
    expect(best).toEqual([names.shown]);
    expect(Math.max(...scores)).toBeGreaterThan(900_000_000);
  });

  it('of an empty landscape finds nothing', () => {
    const empty = LandscapeSnapshot.empty();
    expect(search(SearchIndex.of(empty, LANGUAGE), empty, 'kho').match).toBe('NOTHING');
  });
});

const SYLLABLES = ['đất', 'dat', 'dữ', 'liệu', 'leiu', 'kho', 'khoa', 'số', 'sở', 'CSDL', 'hoá', 'Wi-Fi', 'k', 'h29'];
const phrase = fc.array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const typed = fc
  .array(fc.constantFrom(...SYLLABLES, 'khao', 'lieuj', 'csd', 'co', 'so', 'xyz', 'dulieu', 'lie', 'dl'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '));
const someFields = fc.record<Partial<Element>>({
  name: phrase,
  nameEn: fc.option(phrase),
  aliases: fc.array(phrase, { maxLength: 1 }),
  description: fc.option(phrase),
  kind: fc.constantFrom(...ELEMENT_KINDS.slice(0, 5)),
  visibility: fc.constantFrom(...VISIBILITIES),
  layer: fc.constantFrom(null, 1, 2),
});
const someElements = fc.array(someFields, { maxLength: 12 }).map((list) => list.map((more, seq) => element(seq, more)));

/** Everything that a search tells of what it found. */
function toldBy(own: SearchIndex, landscape: Landscape, text: string): unknown {
  const result = search(own, landscape, text);
  const hits = bestOf(result, result.documents.length);
  const explained = hits.flatMap((seq) => {
    const hit = landscape.elementAt(seq);
    return hit === undefined ? [] : [explainHit(own, result, hit)];
  });
  const [best] = explained;
  return {
    match: result.match,
    hits: hits.map((seq) => [
      seq,
      result.scores[seq],
      lineOfSuccession(landscape, seq, 'SUCCESSORS').map(({ urn }) => urn),
    ]),
    explained,
    suggestion: best === undefined ? null : suggestionOf(text, result, best),
    facets: facetsOf(landscape, result.documents),
  };
}

describe('on random names', () => {
  it('what the index answers is what scoring everything answers', () => {
    fc.assert(
      fc.property(someElements, typed, (elements, text) => {
        const landscape = LandscapeSnapshot.of(elements, []);
        const result = search(SearchIndex.of(landscape, LANGUAGE), landscape, text);
        const hits = bestOf(result, result.documents.length).map((seq) => ({ seq, score: result.scores[seq] }));
        expect({ match: result.match, hits }).toEqual(exhaustiveSearch(landscape, LANGUAGE, text));
        const few = bestOf(result, 3);
        expect(few).toEqual(hits.slice(0, 3).map(({ seq }) => seq));
      }),
      { numRuns: 400 },
    );
  });

  it('an index moved on by commits, or back, answers as one made afresh', () => {
    const steps = fc.array(fc.array(fc.tuple(fc.nat(11), fc.option(someFields)), { maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(someElements, steps, typed, (elements, changes, text) => {
        const first = LandscapeSnapshot.of(elements, []);
        let snapshot = first;
        let moved = SearchIndex.of(first, LANGUAGE);
        for (const [at, step] of changes.entries()) {
          const delta = step.map(([seq, more]) => {
            const after = more === null ? undefined : element(seq, more);
            return { seq, urn: `urn:khung:e${seq}`, after };
          });
          snapshot = snapshot.with({ revision: at + 2, at: '2026-01-02', elements: delta, relations: [] }).settled();
          moved = moved.forSnapshot(snapshot);
          expect(toldBy(moved, snapshot, text)).toEqual(toldBy(SearchIndex.of(snapshot, LANGUAGE), snapshot, text));
        }
        expect(moved.forSnapshot(snapshot)).toBe(moved);
        const back = toldBy(moved.forSnapshot(first), first, text);
        expect(back).toEqual(toldBy(SearchIndex.of(first, LANGUAGE), first, text));
      }),
      { numRuns: 150 },
    );
  });

  it('what a view hides changes no hit, score, reason, highlight, suggestion, successor or count', () => {
    const ends = fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.constantFrom('OWNED_BY', 'REPLACES')), { maxLength: 8 });
    const actor = fc.constantFrom<Actor>(
      PUBLIC,
      { kind: 'ARCHITECT', grants: [] },
      { kind: 'OFFICER', agency: urnOf('e0'), grants: [urnOf('e1')] },
    );
    const narrowed = fc.array(fc.tuple(fc.nat(11), fc.constantFrom(...VISIBILITIES)), { maxLength: 6 });
    fc.assert(
      fc.property(someElements, ends, typed, actor, narrowed, (elements, links, text, who, later) => {
        const relations = links
          .filter(([source, target]) => source < elements.length && target < elements.length)
          .map(([source, target, kind], seq): Relation => relation(seq, [source, target], { kind }));
        const whole = LandscapeSnapshot.of(elements, relations);
        // What is hidden may have been public then.
        const changes = elements.map((each) => {
          const visibility = later.find(([seq]) => seq === each.seq)?.[1] ?? each.visibility;
          return { seq: each.seq, urn: each.urn, after: { ...each, visibility } };
        });
        const newest = whole.with({ revision: 2, at: '2026-01-02', elements: changes, relations: [] });
        const view = LandscapeView.of(whole, who, { day: null, onlyValid: false }, [newest]);
        const without = LandscapeSnapshot.of(view.elements(), view.relations());
        expect(toldBy(SearchIndex.of(whole, LANGUAGE), view, text)).toEqual(
          toldBy(SearchIndex.of(without, LANGUAGE), without, text),
        );
      }),
      { numRuns: 400 },
    );
  });
});
