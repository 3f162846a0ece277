import { foldVietnamese } from '../fold-vietnamese.js';
import type { Element } from '../landscape/model.js';
import type { Alternative, QueryWord, WordReading } from './search-query.js';
import type { SearchResult } from './search.js';
import type { SearchIndex } from './search-index.js';
import { forEachTerm, searchedFields, withoutUrnPrefix } from './searched-text.js';

/** Start and end in a text, in UTF-16 units. */
export type Span = readonly [start: number, end: number];

/** One text of a hit in which typed words were found. */
export interface Highlight {
  /** Path of the text in the element: `name`, `nameEn`, `aliases.<number>`, `externalIds.<number>.value`, `urn`, `description`. */
  readonly field: string;
  readonly text: string;
  /** In order, none touching another. */
  readonly spans: readonly Span[];
}

/** Why a typed word was found in a hit: where it says most, and how it was understood there. */
export interface SearchReason {
  readonly typed: string;
  /** What stands in the field, with its marks. */
  readonly found: string;
  /** The word or key that it was understood as, without marks. */
  readonly term: string;
  readonly field: string;
  readonly reading: WordReading;
}

/** Why an element is a hit. */
export interface SearchExplanation {
  /** In the order of the typed words; what has no reason was not found here. */
  readonly reasons: readonly SearchReason[];
  /** In the order of the fields, those alone that have a typed word. */
  readonly highlights: readonly Highlight[];
}

interface PlacedTerm {
  readonly term: string;
  readonly share: number;
  readonly start: number;
  readonly end: number;
}

interface ReadField {
  readonly field: string;
  readonly text: string;
  readonly terms: readonly PlacedTerm[];
  readonly weight: number;
}

/** Explains a hit of a search by the texts of the element. Works on one element, so only what is shown is explained. */
export function explainHit(index: SearchIndex, { query }: SearchResult, element: Element): SearchExplanation {
  const fields = searchedFields(element).map((searched): ReadField => {
    const terms: PlacedTerm[] = [];
    forEachTerm(searched, index.language, (term, share, start, end) => terms.push({ term, share, start, end }));
    return { field: searched.field, text: searched.text, weight: searched.weight, terms };
  });
  const alternatives = new Set(query.words.flatMap((word) => word.alternatives.map(({ term }) => term)));
  return {
    reasons: query.words.flatMap((word) => reasonOf(word, fields) ?? []),
    highlights: fields.flatMap(({ field, text, terms }) => {
      const spans = joined(
        terms.filter(({ term }) => alternatives.has(term)).map(({ start, end }): Span => [start, end]),
      );
      return spans.length === 0 ? [] : [{ field, text, spans }];
    }),
  };
}

function reasonOf({ text: typed, alternatives }: QueryWord, fields: readonly ReadField[]): SearchReason | undefined {
  const byTerm = new Map(alternatives.map((each): [string, Alternative] => [each.term, each]));
  let reason: SearchReason | undefined;
  let most = 0;
  for (const { field, text, terms, weight } of fields) {
    for (const { term, start, end, share } of terms) {
      const alternative = byTerm.get(term);
      if (alternative === undefined) continue;
      const said = weight * share * alternative.factor;
      if (said <= most) continue;
      most = said;
      reason = { typed, found: text.slice(start, end), term, field, reading: alternative.reading };
    }
  }
  return reason;
}

/** Spans in order, those that touch or overlap made one. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [start, end] of spans.toSorted((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)];
    else result.push([start, end]);
  }
  return result;
}

/** Readings that take a typed word for another one. */
const CORRECTIONS: ReadonlySet<WordReading> = new Set(['MISSPELT', 'TYPED_MARKS', 'JOINED']);

/**
 * What was probably meant, by the best hit: the text with each word that was understood as another one replaced by the
 * word that stands there. Null where every word was found as it was typed. A word that is known is left as it is where
 * the hit has only some of the words: then it says no more of that word than that it is not there.
 */
export function suggestionOf(typed: string, { query, match }: SearchResult, best: SearchExplanation): string | null {
  const text = withoutUrnPrefix(typed);
  const corrected = new Map(
    best.reasons
      .filter(({ reading }) => CORRECTIONS.has(reading))
      .map(({ typed: word, found, term }) => [word, foldVietnamese(found) === term ? found.toLowerCase() : term]),
  );
  let suggestion = '';
  let upTo = 0;
  for (const { text: word, start, end, alternatives } of query.words) {
    const isKnown = match === 'SOME_WORDS' && alternatives.some(({ reading }) => reading === 'WORD');
    const replacement = isKnown ? undefined : corrected.get(word);
    if (replacement === undefined) continue;
    suggestion += text.slice(upTo, start) + replacement;
    upTo = end;
  }
  return upTo === 0 ? null : (suggestion + text.slice(upTo)).trim();
}
