import type { Landscape } from '../landscape/landscape.js';
import type { Element } from '../landscape/model.js';
import { PagedArray } from '../landscape/paged-array.js';
import { finished } from '../finished.js';
import { ConceptSpace } from './concept-space.js';
import { codesOf } from './declared-capabilities.js';
import { changesSteps, sayingName } from './index-changes.js';
import type { ElementChange, IndexChanges } from './index-changes.js';
import { documentOf, indexedElement, readElement } from './indexed-element.js';
import type { IndexedElement } from './indexed-element.js';
import { InvertedIndex } from './inverted-index.js';
import type { DocumentChange } from './inverted-index.js';
import type { TermImportance } from './terms.js';
import { TextReader } from './text-reading.js';
import type { LanguageData } from './text-reading.js';
import { NeedMeasure } from './weighed-need.js';

/** Sparse weights of a text over the vocabulary of an index: importance times rarity. */
export interface TermVector {
  /** Numbers of its terms; those that the index does not know have none, but count in `norm` and `total`. */
  readonly terms: readonly number[];
  /** By term number, 0 where the text has no such term: asked for each term of each candidate. */
  readonly weights: Float64Array;
  /** Euclidean length. */
  readonly norm: number;
  readonly total: number;
}

/** Indexes of which one was made afresh and each of the others by moving one of them on: they share nearly all they hold. */
export interface IndexFamily {
  /** Elements of the first. */
  readonly elements: number;
  /** Elements that were read for the others. */
  changes: number;
}

/**
 * Texts of the elements a proposal may duplicate, by seq, which is also the number of their documents in the inverted index.
 * What a text weighs depends on it, on the catalogue and on the names of public agencies, not on what else there is: nobody
 * can read off a score what he may not see, and what did not change need not be read again.
 */
export interface SimilarityIndex {
  readonly landscape: Landscape;
  readonly reader: TextReader;
  /** What the entries were weighed with, and what is compared with them is weighed with. */
  readonly needs: NeedMeasure;
  readonly entries: PagedArray<IndexedElement>;
  /** The entries by what they are found by. */
  readonly inverted: InvertedIndex;
  readonly family: IndexFamily;
}

/** Part of a family that is read anew before the next index is made afresh, so that words and postings that nothing has any more go. */
const MOST_CHANGES = 0.5;

/** How many states of elements the indexes of a family hold together at most. */
export function mostRead({ elements }: IndexFamily): number {
  return (1 + MOST_CHANGES) * elements;
}

/** Builds the index of a landscape. An empty landscape gives an empty index, which finds nothing and says so. */
export function buildSimilarityIndex(landscape: Landscape, language: LanguageData): SimilarityIndex {
  return finished(similarityIndexSteps(landscape, language));
}

/** The same in steps of a few milliseconds, for whoever has other things to do in between. */
export function* similarityIndexSteps(landscape: Landscape, language: LanguageData): Generator<void, SimilarityIndex> {
  return yield* movedSteps(yield* startSteps(landscape, language, []));
}

/** How the index of a landscape is made: out of which other one, and by what changes. */
export interface IndexStart {
  readonly landscape: Landscape;
  /** An index of nothing where no other one is near. */
  readonly from: SimilarityIndex;
  readonly reader: TextReader;
  readonly changes: IndexChanges;
}

/**
 * Finds the index out of which that of a landscape is made with least work, in steps of a few milliseconds.
 * @param others - of any landscapes; of those that are as near the first is taken.
 */
export function* startSteps(
  landscape: Landscape,
  language: LanguageData,
  others: readonly SimilarityIndex[],
): Generator<void, IndexStart> {
  const names = publicAgencies(landscape);
  yield;
  let best: IndexStart | undefined;
  for (const from of others) {
    if (from.reader.data !== language) continue;
    const left = mostRead(from.family) - from.family.elements - from.family.changes;
    const most = best === undefined ? left : Math.min(left, best.changes.cost - 1);
    best = (yield* startFrom(from, landscape, { names, most })) ?? best;
  }
  if (best !== undefined && best.changes.cost <= best.changes.elements) return best;
  const afresh = yield* startFrom(indexOfNothing(landscape, language), landscape, { names, most: Number.MAX_VALUE });
  if (afresh === undefined) throw new RangeError('more than all would have to be read');
  return afresh;
}

function indexOfNothing(landscape: Landscape, language: LanguageData): SimilarityIndex {
  return {
    landscape,
    reader: new TextReader(language, []),
    needs: new NeedMeasure(new ConceptSpace(language)),
    entries: PagedArray.empty(),
    inverted: InvertedIndex.empty(),
    family: { elements: 0, changes: 0 },
  };
}

function publicAgencies(landscape: Landscape): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { kind, visibility, name } of landscape.elements()) {
    if (kind === 'AGENCY' && visibility === 'PUBLIC') names.add(name);
  }
  return names;
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !others.has(name));
}

/** Undefined where it costs more than it may. */
function* startFrom(
  from: SimilarityIndex,
  landscape: Landscape,
  { names, most }: { readonly names: ReadonlySet<string>; readonly most: number },
): Generator<void, IndexStart | undefined> {
  const { inverted, reader: known, entries } = from;
  const differing = [...without(names, known.agencyNames), ...without(known.agencyNames, names)];
  const reader = differing.length === 0 ? known : new TextReader(known.data, names);
  const readOtherwise = new Set(differing.flatMap((name) => sayingName(inverted, reader, name)));
  const changes = yield* changesSteps(entries, landscape, { lexicon: reader.lexicon, readOtherwise, most });
  return changes === undefined ? undefined : { landscape, from, reader, changes };
}

/**
 * Makes the index out of another one, in steps of a few milliseconds. Costs the elements that changed, and shares with the
 * other whatever did not; nothing of it leads back to the other.
 */
export function* movedSteps({ landscape, from, reader, changes }: IndexStart): Generator<void, SimilarityIndex> {
  const { needs, family } = from;
  const changed = new ChangedElements(from, reader);
  const inverted = yield* from.inverted.stepsWith(changed.documents(changes.read));
  const entries = from.entries.with([...changed.entries, ...changes.renewed]);
  family.changes += changes.cost;
  const isFirst = family.elements === 0;
  return {
    landscape,
    reader,
    needs,
    entries,
    inverted,
    family: isFirst ? { elements: entries.size, changes: 0 } : family,
  };
}

/** Reads what changed, and remembers what is to be kept of it. */
class ChangedElements {
  readonly entries: (readonly [seq: number, entry: IndexedElement | undefined])[] = [];

  constructor(
    private readonly from: Pick<SimilarityIndex, 'reader' | 'needs' | 'inverted'>,
    private readonly reader: TextReader,
  ) {}

  *documents(changes: Iterable<ElementChange>): Generator<DocumentChange> {
    const { needs, inverted, reader: readerBefore } = this.from;
    for (const { seq, before, after } of changes) {
      const read = after && readElement(after.element, this.reader, after.declared);
      this.entries.push([seq, read && indexedElement(read, needs, inverted.terms)]);
      yield {
        document: seq,
        before: before && documentOf(readElement(before.element, readerBefore, before.declared), needs),
        after: read && documentOf(read, needs),
      };
    }
  }
}

/**
 * Builds an index of elements that are not in the landscape of another one, such as the lines of a list, with the reader of
 * that one.
 * @param elements - in order of seq; their seqs must not occur in the landscape.
 * @param declaredOf - urns of the capabilities that are declared of one of them; none, unless told.
 */
export function* indexBesideSteps(
  measure: SimilarityIndex,
  elements: Iterable<Element>,
  declaredOf: (element: Element) => readonly string[] = declaresNothing,
): Generator<void, SimilarityIndex> {
  const { landscape, reader } = measure;
  const needs = measure.needs.beside();
  const nothing = InvertedIndex.empty();
  const read = new ChangedElements({ reader, needs, inverted: nothing }, reader);
  const changes = Array.from(elements, (element): ElementChange => {
    const declared = codesOf(reader.lexicon, declaredOf(element));
    return { seq: element.seq, before: undefined, after: { element, declared } };
  });
  const inverted = yield* nothing.stepsWith(read.documents(changes));
  const entries = PagedArray.empty<IndexedElement>().with(read.entries);
  return { landscape, reader, needs, entries, inverted, family: { elements: entries.size, changes: 0 } };
}

function declaresNothing(): readonly string[] {
  return [];
}

/** The vector of a text: terms unknown to the index weigh as the rarest, because nothing known covers them. */
export function vectorOf(index: SimilarityIndex, terms: TermImportance): TermVector {
  const weights = new Float64Array(index.inverted.terms.size);
  const numbers: number[] = [];
  let [squares, total] = [0, 0];
  for (const [term, importance] of terms) {
    const weight = importance * index.needs.rarity.term(term);
    const number = index.inverted.terms.numberOf(term);
    if (number !== undefined) {
      weights[number] = weight;
      numbers.push(number);
    }
    squares += weight * weight;
    total += weight;
  }
  return { terms: numbers, weights, norm: Math.sqrt(squares), total };
}
