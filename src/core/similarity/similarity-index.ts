import type { Landscape } from '../landscape/landscape.js';
import type { Element, ElementKind, Urn } from '../landscape/model.js';
import { WORK_TYPES } from '../landscape/proposal.js';
import type { WorkType } from '../landscape/proposal.js';
import { ConceptSpace } from './concept-space.js';
import { needOf, saysTooLittle } from './need.js';
import type { Need } from './need.js';
import { NeedMeasure } from './weighed-need.js';
import type { WeighedNeed } from './weighed-need.js';
import { capabilitiesOf, termsOf } from './terms.js';
import type { CapabilityWeights, TermImportance } from './terms.js';
import { TextReader } from './text-reading.js';
import type { LanguageData } from './text-reading.js';
import { finished } from '../finished.js';
import { InvertedIndex } from './inverted-index.js';
import type { DocumentChange } from './inverted-index.js';
import { packRowsSteps } from './sparse-rows.js';
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
  /** Numbers of its terms; those that the index does not know have none, but count in `norm` and `total`. */
  readonly terms: readonly number[];
  /** By term number, 0 where the text has no such term: asked for each term of each candidate. */
  readonly weights: Float64Array;
  /** Euclidean length. */
  readonly norm: number;
  readonly total: number;
}

/** What the index keeps of one element, by its number in the index. */
export interface IndexedElement {
  readonly element: Element;
  readonly capabilities: CapabilityWeights;
  /** Capabilities that its own name says, in the order of the words. */
  readonly nameCodes: readonly string[];
  /** Its name says that it is there for everybody. */
  readonly saysShared: boolean;
  /** What kind of work it is: of a project as declared, else by the words of its name; all else was built. */
  readonly workType: WorkType;
  /** A project that makes records digital or puts them in order, by its name. */
  readonly isRecords: boolean;
  /** Its texts name too little to be compared. */
  readonly saysTooLittle: boolean;
  /** What the model compares. The kind of work is left out of it: it decides the band, not whether the need is the same. */
  readonly need: WeighedNeed;
  /** Rows of `rows`: the whole text first, then one for each name. */
  readonly firstRow: number;
  readonly lastRow: number;
}

/**
 * Texts of the elements a proposal may duplicate. Documents of the inverted index are entries by number; its terms number
 * the columns of the rows. What a text weighs depends on it and on the catalogue, not on what else there is: nobody can read
 * off a score what he may not see.
 */
export interface SimilarityIndex {
  readonly landscape: Landscape;
  readonly reader: TextReader;
  /** What the entries were weighed with, and what is compared with them is weighed with. */
  readonly needs: NeedMeasure;
  readonly entries: readonly IndexedElement[];
  /** The entries by the urn of their element. */
  readonly byUrn: ReadonlyMap<Urn, IndexedElement>;
  readonly rows: SparseRows;
  /** The entries by what they are found by. */
  readonly inverted: InvertedIndex;
}

/** A capability in the vocabulary; no syllable contains this sign. */
export function capabilityTerm(code: string): string {
  return `#${code}`;
}

/** Some milliseconds of reading. */
const ELEMENTS_OF_A_STEP = 10;

/** Builds the index of a landscape. An empty landscape gives an empty index, which finds nothing and says so. */
export function buildSimilarityIndex(landscape: Landscape, language: LanguageData): SimilarityIndex {
  return finished(similarityIndexSteps(landscape, language));
}

/** The same in steps of a few milliseconds, for whoever has other things to do in between. */
export function* similarityIndexSteps(landscape: Landscape, language: LanguageData): Generator<void, SimilarityIndex> {
  const elements = Array.from(landscape.elements());
  const reader = new TextReader(
    language,
    elements.filter(({ kind, visibility }) => kind === 'AGENCY' && visibility === 'PUBLIC').map(({ name }) => name),
  );
  const read: ReadElement[] = [];
  for (const element of elements) {
    if (!COUNTERPART_KINDS.has(element.kind)) continue;
    read.push(readElement(element, reader));
    if (read.length % ELEMENTS_OF_A_STEP === 0) yield;
  }
  const needs = new NeedMeasure(new ConceptSpace(language));
  const inverted = yield* InvertedIndex.empty().stepsWith(documentsOf(read, needs));
  return yield* assembled(read, { landscape, reader, needs, inverted });
}

/**
 * Builds an index of elements that are not in the landscape of another one, such as the lines of a list, with the reader of
 * that one.
 * @param elements - their seqs must not occur in the landscape.
 */
export function* indexBesideSteps(
  measure: SimilarityIndex,
  elements: Iterable<Element>,
): Generator<void, SimilarityIndex> {
  const { landscape, reader } = measure;
  const needs = measure.needs.beside();
  const read: ReadElement[] = [];
  for (const element of elements) {
    read.push(readElement(element, reader));
    if (read.length % ELEMENTS_OF_A_STEP === 0) yield;
  }
  const inverted = yield* InvertedIndex.empty().stepsWith(documentsOf(read, needs));
  return yield* assembled(read, { landscape, reader, needs, inverted });
}

/** The elements by what they are found by: their words and their capabilities, each by what it weighs. */
function* documentsOf(read: Iterable<ReadElement>, needs: NeedMeasure): Generator<DocumentChange> {
  let document = 0;
  for (const { element, searched, capabilities } of read) {
    const terms = weighedTerms(needs, searched);
    for (const [code, weight] of capabilities) terms.set(capabilityTerm(code), weight * needs.rarity.capability);
    yield { document, before: undefined, after: { terms, isPublic: element.visibility === 'PUBLIC' } };
    document += 1;
  }
}

function* assembled(
  read: readonly ReadElement[],
  base: Omit<SimilarityIndex, 'entries' | 'byUrn' | 'rows'>,
): Generator<void, SimilarityIndex> {
  const { inverted, needs } = base;
  const entries: IndexedElement[] = [];
  const vectors: TermImportance[] = [];
  for (const { texts, searched: _, need, ...entry } of read) {
    const rowsOf = { firstRow: vectors.length, lastRow: vectors.length + texts.length };
    entries.push({ ...entry, ...rowsOf, need: needs.weigh(need) });
    vectors.push(...texts.map((terms) => weighedTerms(needs, terms)));
    if (entries.length % ELEMENTS_OF_A_STEP === 0) yield;
  }
  const rows = yield* packRowsSteps(vectors, (term) => inverted.terms.numberOf(term));
  const byUrn = new Map(entries.map((entry) => [entry.element.urn, entry]));
  return { ...base, entries, byUrn, rows };
}

function weighedTerms({ rarity }: NeedMeasure, terms: TermImportance): Map<string, number> {
  return new Map(Array.from(terms, ([term, importance]) => [term, importance * rarity.term(term)]));
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

interface ReadElement extends Omit<IndexedElement, 'firstRow' | 'lastRow' | 'need'> {
  readonly need: Need;
  /** The whole text first, then one for each name. */
  readonly texts: readonly TermImportance[];
  /** Words that the element is found by: its whole text, its codes. */
  readonly searched: TermImportance;
}

function readElement(element: Element, reader: TextReader): ReadElement {
  const names = [element.name, ...element.aliases, ...(element.nameEn === null ? [] : [element.nameEn])];
  const readNames = names.map((name) => reader.read(name));
  const description = reader.read(element.description);
  const capabilities = capabilitiesOf(readNames, [description]);
  const whole = termsOf([...readNames, description]);
  const searched = new Map([...whole, ...termsOf(element.externalIds.map(({ value }) => reader.read(value)))]);
  const [ownName] = readNames;
  const need = needOf(readNames, description, 'NEW');
  return {
    element,
    capabilities,
    nameCodes: ownName?.tags.map(({ code }) => code) ?? [],
    saysShared: ownName !== undefined && reader.saysShared(ownName),
    workType: workTypeOf(element, reader),
    isRecords: element.kind === 'PROJECT' && ownName !== undefined && reader.saysRecords(ownName),
    saysTooLittle: saysTooLittle(need),
    need,
    texts: [whole, ...readNames.map((name) => termsOf([name]))],
    searched,
  };
}

function workTypeOf({ kind, name, attributes }: Element, reader: TextReader): WorkType {
  if (kind !== 'PROJECT') return 'BUILD';
  const declared = WORK_TYPES.find((each) => each === attributes['workType']);
  return declared === undefined || declared === 'UNKNOWN' ? reader.workType(name) : declared;
}
