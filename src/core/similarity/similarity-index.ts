import type { Landscape } from '../landscape/landscape.js';
import type { Element, ElementKind } from '../landscape/model.js';
import { capabilitiesOf, termsOf } from './terms.js';
import type { CapabilityWeights, TermImportance } from './terms.js';
import { TextReader } from './text-reading.js';
import type { LanguageData } from './text-reading.js';
import { InvertedIndex } from './inverted-index.js';
import { numberAt, packRows } from './sparse-rows.js';
import type { SparseRows } from './sparse-rows.js';

/** Kinds of element that can already serve the need of a proposal. */
export const COUNTERPART_KINDS: ReadonlySet<ElementKind> = new Set([
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'DIGITAL_SERVICE',
  'INFRASTRUCTURE',
  'PROJECT',
]);

/** Sparse weights of a text over the vocabulary of an index: importance times rarity. */
export interface TermVector {
  /** By term number; terms that the index does not know have none, but count in `norm` and `total`. */
  readonly weights: ReadonlyMap<number, number>;
  /** Euclidean length. */
  readonly norm: number;
  readonly total: number;
}

/** What the index keeps of one element, by its number in the index. */
export interface IndexedElement {
  readonly element: Element;
  readonly capabilities: CapabilityWeights;
  /** Rows of `rows`: the whole text first, then one for each name. */
  readonly firstRow: number;
  readonly lastRow: number;
}

/**
 * Texts of the elements a proposal may duplicate. Documents of the inverted index are entries by number; its terms number
 * the columns of the rows. Rarity is counted over public elements only, so that nobody can read the hidden ones off a
 * score.
 */
export interface SimilarityIndex {
  readonly landscape: Landscape;
  readonly reader: TextReader;
  readonly entries: readonly IndexedElement[];
  readonly rows: SparseRows;
  /** The entries by what they are found by. */
  readonly inverted: InvertedIndex;
  /** By term number; at least 0. */
  readonly rarity: Float32Array;
}

/** A capability in the vocabulary; no syllable contains this sign. */
export function capabilityTerm(code: string): string {
  return `#${code}`;
}

/** Builds the index of a landscape. An empty landscape gives an empty index, which finds nothing and says so. */
export function buildSimilarityIndex(landscape: Landscape, language: LanguageData): SimilarityIndex {
  const elements = Array.from(landscape.elements());
  const reader = new TextReader(
    language,
    elements.filter(({ kind, visibility }) => kind === 'AGENCY' && visibility === 'PUBLIC').map(({ name }) => name),
  );
  const read = elements
    .filter(({ kind }) => COUNTERPART_KINDS.has(kind))
    .map((element) => readElement(element, reader));
  const inverted = InvertedIndex.empty().with(
    read.map(({ element, searched }, document) => ({
      document,
      before: undefined,
      after: { terms: searched, isPublic: element.visibility === 'PUBLIC' },
    })),
  );
  const rarity = Float32Array.from({ length: inverted.terms.size }, (_, term) =>
    inverted.rarity(inverted.postingAt(term)?.publicCount ?? 0),
  );
  const entries: IndexedElement[] = [];
  const vectors: TermImportance[] = [];
  for (const { element, capabilities, texts } of read) {
    entries.push({ element, capabilities, firstRow: vectors.length, lastRow: vectors.length + texts.length });
    vectors.push(...texts);
  }
  const rows = packRows(vectors, (term) => inverted.terms.numberOf(term));
  for (let at = 0; at < rows.columns.length; at++) {
    rows.values[at] = numberAt(rows.values, at) * numberAt(rarity, numberAt(rows.columns, at));
  }
  return { landscape, reader, entries, rows, inverted, rarity };
}

/** How rare a term is among public elements. */
export function rarityOf(index: SimilarityIndex, term: string): number {
  const number = index.inverted.terms.numberOf(term);
  return number === undefined ? index.inverted.rarity(0) : numberAt(index.rarity, number);
}

/** The vector of a text: terms unknown to the index weigh as the rarest, because nothing known covers them. */
export function vectorOf(index: SimilarityIndex, terms: TermImportance): TermVector {
  const weights = new Map<number, number>();
  let [squares, total] = [0, 0];
  for (const [term, importance] of terms) {
    const weight = importance * rarityOf(index, term);
    const number = index.inverted.terms.numberOf(term);
    if (number !== undefined) weights.set(number, weight);
    squares += weight * weight;
    total += weight;
  }
  return { weights, norm: Math.sqrt(squares), total };
}

interface ReadElement {
  readonly element: Element;
  readonly capabilities: CapabilityWeights;
  /** The whole text first, then one for each name. */
  readonly texts: readonly TermImportance[];
  /** What the element is found by: its whole text, its capabilities, its codes. */
  readonly searched: TermImportance;
}

function readElement(element: Element, reader: TextReader): ReadElement {
  const names = [element.name, ...element.aliases, ...(element.nameEn === null ? [] : [element.nameEn])];
  const readNames = names.map((name) => reader.read(name));
  const description = reader.read(element.description);
  const capabilities = capabilitiesOf(readNames, [description]);
  const whole = termsOf([...readNames, description]);
  const searched = new Map([...whole, ...termsOf(element.externalIds.map(({ value }) => reader.read(value)))]);
  for (const [code, weight] of capabilities) searched.set(capabilityTerm(code), weight);
  return { element, capabilities, texts: [whole, ...readNames.map((name) => termsOf([name]))], searched };
}
