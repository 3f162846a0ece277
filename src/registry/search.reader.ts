import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { allElements } from '../core/landscape/filter-select.js';
import type { Element } from '../core/landscape/model.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { explainHit } from '../core/similarity/search-explanation.js';
import type { SearchExplanation } from '../core/similarity/search-explanation.js';
import { SearchIndex } from '../core/similarity/search-index.js';
import { searchedWords } from '../core/similarity/search-query.js';
import { search } from '../core/similarity/search.js';
import type { SearchResult } from '../core/similarity/search.js';
import { compileSearchLanguage } from '../core/similarity/searched-text.js';
import type { WorkBudget } from '../core/work-budget.js';
import { inSlices } from '../runtime/slices.js';
import { readReferenceRows, requiredCell } from './reference-files.reader.js';

/** Longest text that is searched for, characters. */
const TEXT_MAXIMUM = 500;
/** What a word costs for each element, in looks at a record: more where it is misspelt, less where it is rare. */
const WORD = 2;
/** Most different words of one text. */
const WORDS_MAXIMUM = 64;

export interface SearchOptions {
  /** Name of the argument that holds the text, for issues. */
  readonly field: string;
  /** What else a hit must be. */
  readonly accepts?: (element: Element) => boolean;
  /** What the search is taken from: for each word so many looks at each element. */
  readonly work: WorkBudget;
}

/** What a search found, and the means to explain it. */
export interface FoundBySearch {
  readonly result: SearchResult;
  explain(element: Element): SearchExplanation;
}

/** Searches the elements of a view. */
@Injectable()
export class SearchReader {
  private readonly language = compileSearchLanguage(
    readReferenceRows('national/abbreviations.csv').map((row) => ({
      abbreviation: requiredCell(row, 'abbreviation'),
      expansion: requiredCell(row, 'expansion'),
    })),
  );
  /** All views of a snapshot share its index, which goes with the snapshot. */
  private readonly indexes = new WeakMap<LandscapeSnapshot, Promise<SearchIndex>>();
  /** The index that was begun last: the next one differs from it by little. */
  private last: Promise<SearchIndex> | undefined;

  /**
   * @throws RegistryError LIMIT_EXCEEDED for a text that is too long or has too many words.
   */
  async find(landscape: LandscapeView, text: string, { field, accepts, work }: SearchOptions): Promise<FoundBySearch> {
    if (text.length > TEXT_MAXIMUM) {
      throw RegistryError.of('LIMIT_EXCEEDED', [field], { field, limit: TEXT_MAXIMUM, actual: text.length });
    }
    const words = searchedWords(text).length;
    if (words > WORDS_MAXIMUM) {
      const params = { field: `${field}.words`, limit: WORDS_MAXIMUM, actual: words };
      throw RegistryError.of('LIMIT_EXCEEDED', [field], params);
    }
    work.spend(WORD * words * allElements(landscape).length);
    const index = await this.indexOf(landscape.snapshot);
    const result = search(index, landscape, text, accepts);
    return { result, explain: (element) => explainHit(index, result, element) };
  }

  private indexOf(snapshot: LandscapeSnapshot): Promise<SearchIndex> {
    let index = this.indexes.get(snapshot);
    if (index === undefined) {
      index = this.makeIndex(snapshot, this.last);
      this.indexes.set(snapshot, index);
      this.last = index;
    }
    return index;
  }

  /** In slices: a large landscape takes seconds to read for the first time, and others are to be answered meanwhile. */
  private async makeIndex(snapshot: LandscapeSnapshot, last: Promise<SearchIndex> | undefined): Promise<SearchIndex> {
    const before = await last;
    return inSlices(
      before === undefined ? SearchIndex.stepsOf(snapshot, this.language) : before.stepsForSnapshot(snapshot),
    );
  }
}
