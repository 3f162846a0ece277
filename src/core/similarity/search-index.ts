import type { Element } from '../landscape/model.js';
import type { LandscapeSnapshot } from '../landscape/snapshot.js';
import { finished } from '../finished.js';
import { InvertedIndex } from './inverted-index.js';
import type { DocumentChange, IndexedDocument } from './inverted-index.js';
import { termsOfElement } from './searched-text.js';
import type { SearchLanguage } from './searched-text.js';

/**
 * Every element of one snapshot by its words, seen or not: who asks gets what his view shows of it. Documents are
 * elements by seq. Immutable; `forSnapshot` makes the index of another snapshot out of the elements that differ.
 */
export class SearchIndex {
  private constructor(
    readonly language: SearchLanguage,
    readonly inverted: InvertedIndex,
    private readonly snapshot: LandscapeSnapshot,
  ) {}

  /** The index of a snapshot, made afresh. An empty snapshot gives an index that finds nothing. */
  static of(snapshot: LandscapeSnapshot, language: SearchLanguage): SearchIndex {
    return finished(SearchIndex.stepsOf(snapshot, language));
  }

  /** The same in steps of a few milliseconds at most. */
  static *stepsOf(snapshot: LandscapeSnapshot, language: SearchLanguage): Generator<void, SearchIndex> {
    const inverted = yield* InvertedIndex.empty().stepsWith(allOf(snapshot, language));
    return new SearchIndex(language, inverted, snapshot);
  }

  /** The index of another snapshot of the same lineage, newer or older. Costs the elements that differ. */
  forSnapshot(snapshot: LandscapeSnapshot): SearchIndex {
    return finished(this.stepsForSnapshot(snapshot));
  }

  /** The same in steps of a few milliseconds at most. */
  *stepsForSnapshot(snapshot: LandscapeSnapshot): Generator<void, SearchIndex> {
    if (snapshot === this.snapshot) return this;
    const changes = changesBetween(this.snapshot, snapshot, this.language);
    return new SearchIndex(this.language, yield* this.inverted.stepsWith(changes), snapshot);
  }
}

function* allOf(snapshot: LandscapeSnapshot, language: SearchLanguage): Generator<DocumentChange> {
  for (const element of snapshot.elements()) {
    yield { document: element.seq, before: undefined, after: documentOf(element, language) };
  }
}

function* changesBetween(
  older: LandscapeSnapshot,
  newer: LandscapeSnapshot,
  language: SearchLanguage,
): Generator<DocumentChange> {
  for (const { before, after } of newer.unlike(older).elements) {
    const seq = (before ?? after)?.seq;
    if (seq === undefined) continue;
    yield {
      document: seq,
      before: before === undefined ? undefined : documentOf(before, language),
      after: after === undefined ? undefined : documentOf(after, language),
    };
  }
}

function documentOf(element: Element, language: SearchLanguage): IndexedDocument {
  return { terms: termsOfElement(element, language), isPublic: element.visibility === 'PUBLIC' };
}
