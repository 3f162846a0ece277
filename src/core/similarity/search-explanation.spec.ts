import { draw } from '../../../test/support/drawn-landscape.js';
import type { Element } from '../landscape/model.js';
import { explainHit, suggestionOf } from './search-explanation.js';
import type { SearchExplanation } from './search-explanation.js';
import { facetsOf } from './search-facets.js';
import { SearchIndex } from './search-index.js';
import { search } from './search.js';
import { compileSearchLanguage } from './searched-text.js';

const LANGUAGE = compileSearchLanguage([
  { abbreviation: 'CSDL', expansion: 'cơ sở dữ liệu' },
  { abbreviation: 'TP.HCM', expansion: 'thành phố hồ chí minh' },
]);

function explained(fields: Partial<Element>, text: string): SearchExplanation & { readonly suggestion: string | null } {
  const { landscape, at } = draw(['kho'], { kho: fields });
  const index = SearchIndex.of(landscape, LANGUAGE);
  const result = search(index, landscape, text);
  const explanation = explainHit(index, result, at('kho'));
  return { ...explanation, suggestion: suggestionOf(text, result, explanation) };
}

describe('an explanation', () => {
  it('marks the words in every text that has them, by units of the text as it is written', () => {
    const { highlights } = explained(
      { name: '🏙️ Kho dữ liệu', description: 'Gồm dữ liệu của KHO.', aliases: ['Data lake'] },
      'kho lieu',
    );
    const marked = highlights.map(({ field, text, spans }) => [field, spans.map(([from, to]) => text.slice(from, to))]);
    expect(marked).toEqual([
      ['name', ['Kho', 'liệu']],
      ['urn', ['kho']],
      ['description', ['liệu', 'KHO']],
    ]);
  });

  it('marks the whole of an abbreviation, and of what an abbreviation stands for, once', () => {
    const spansOf = (name: string, text: string): unknown =>
      explained({ name }, text)
        .highlights.filter(({ field }) => field === 'name')
        .flatMap(({ spans }) => spans);
    expect(spansOf('CSDL đất', 'co so du lieu dat')).toEqual([
      [0, 4],
      [5, 8],
    ]);
    expect(spansOf('Cơ sở dữ liệu đất', 'csdl')).toEqual([[0, 13]]);
  });

  it('tells for each word where it says most and how it was understood', () => {
    const { reasons } = explained({ name: 'Kho dữ liệu', description: 'kho bạc, quốc gia' }, 'kho quocs gi');
    expect(reasons).toEqual([
      { typed: 'kho', found: 'Kho', term: 'kho', field: 'name', reading: 'WORD' },
      { typed: 'quocs', found: 'quốc', term: 'quoc', field: 'description', reading: 'TYPED_MARKS' },
      { typed: 'gi', found: 'gia', term: 'gia', field: 'description', reading: 'BEGINNING' },
    ]);
  });
});

describe('a suggestion', () => {
  it.each([
    ['nothing where all words stand there', { name: 'Kho dữ liệu' }, 'kho lieu', null],
    ['the word that stands there', { name: 'Kho dữ liệu' }, 'Kho, leiu ', 'Kho, liệu'],
    ['the word that an abbreviation means', { name: 'Học bạ TP.HCM' }, 'hoc ba minnh ', 'hoc ba minh'],
    ['two words for one', { name: 'Học bạ' }, 'hocba', 'học bạ'],
    ['nothing for a word that stands nowhere', { name: 'Kho dữ liệu' }, 'kho xyzzy', null],
    ['only what was no word', { name: 'Kho học', description: 'bạc' }, 'bac kho hcoj xyzzy ', null],
  ])('is %s', (_what, fields, text, expected) => {
    expect(explained(fields, text).suggestion).toBe(expected);
  });

  it('leaves a word as it is that is known, where the hit has only some of the words', () => {
    const { landscape, at } = draw(['a', 'b'], { a: { name: 'Thầu quốc gia' }, b: { name: 'Thừa' } });
    const index = SearchIndex.of(landscape, LANGUAGE);
    const suggested = (text: string): string | null => {
      const result = search(index, landscape, text);
      return suggestionOf(text, result, explainHit(index, result, at('a')));
    };
    expect(suggested('thua quoc gia')).toBe('thầu quoc gia');
    expect(suggested('thua quoc gia xyzzy')).toBeNull();
  });
});

describe('facets', () => {
  it('count every element once in each, the unknown as such', () => {
    const { landscape, at } = draw(['a OWNED_BY o', 'a OWNED_BY p', 'b OWNED_BY o', 'c'], {
      a: { kind: 'DATABASE', layer: 2, phases: [{ phase: 'ACTIVE', from: null }] },
      b: { kind: 'SYSTEM', layer: 2 },
      o: { kind: 'AGENCY' },
    });
    expect(
      facetsOf(
        landscape,
        ['a', 'b', 'c'].map((id) => at(id).seq),
      ),
    ).toEqual([
      {
        field: 'kind',
        buckets: [
          { key: 'SYSTEM', count: 2 },
          { key: 'DATABASE', count: 1 },
        ],
      },
      {
        field: 'owner',
        buckets: [
          { key: 'urn:khung:o', count: 2 },
          { key: 'UNKNOWN', count: 1 },
        ],
      },
      {
        field: 'layer',
        buckets: [
          { key: '2', count: 2 },
          { key: 'UNKNOWN', count: 1 },
        ],
      },
      {
        field: 'phase',
        buckets: [
          { key: 'UNKNOWN', count: 2 },
          { key: 'ACTIVE', count: 1 },
        ],
      },
    ]);
    expect(facetsOf(landscape, [99]).every(({ buckets }) => buckets.length === 0)).toBe(true);
  });
});
