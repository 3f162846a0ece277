import type { Landscape } from '../landscape/landscape.js';
import type { PagedArray } from '../landscape/paged-array.js';
import { codesOf, realisedBy } from './declared-capabilities.js';
import { COUNTERPART_KINDS, areSame, isReadAs } from './indexed-element.js';
import type { IndexedElement } from './indexed-element.js';
import { firstAtLeast } from './inverted-index.js';
import type { InvertedIndex } from './inverted-index.js';
import { agencyPhrases } from './text-reading.js';
import type { Lexicon } from './lexicon.js';
import type { TextReader } from './text-reading.js';
import type { PhraseTokens } from './text-reading.js';

/** An element that has to be read: as the index has it, and as the landscape has it; undefined where either has it not. */
export interface ElementChange {
  readonly seq: number;
  readonly before: IndexedElement | undefined;
  readonly after: DeclaredElement | undefined;
}

/** An element with the codes of the capabilities that it is declared to realise. */
export type DeclaredElement = Pick<IndexedElement, 'element' | 'declared'>;

/** What decides which elements have to be read. */
export interface ChangeSearch {
  readonly lexicon: Lexicon;
  /** seqs of those that may be read otherwise although they are the same. */
  readonly readOtherwise: ReadonlySet<number>;
  /** The most that it may cost. */
  readonly most: number;
}

/** What leads from an index to a landscape. */
export interface IndexChanges {
  /** In order of seq. */
  readonly read: readonly ElementChange[];
  /** Entries whose element is another object that is read the same. */
  readonly renewed: readonly (readonly [seq: number, entry: IndexedElement])[];
  /** How many elements have to be read for it: before and after. */
  readonly cost: number;
  /** Elements that the landscape has for the index. */
  readonly elements: number;
}

const NOWHERE = new Uint32Array();

/** Some milliseconds of looking. */
const ELEMENTS_OF_A_STEP = 5000;

/**
 * What leads from the entries of an index to a landscape, in steps of a few milliseconds.
 * @returns undefined where it costs more.
 */
export function* changesSteps(
  entries: PagedArray<IndexedElement>,
  landscape: Landscape,
  { lexicon, readOtherwise, most }: ChangeSearch,
): Generator<void, IndexChanges | undefined> {
  const found = new FoundChanges();
  let looked = 0;
  for (const element of landscape.elements()) {
    if (++looked % ELEMENTS_OF_A_STEP === 0) yield;
    if (!COUNTERPART_KINDS.has(element.kind)) continue;
    const declared = codesOf(lexicon, realisedBy(landscape, element));
    found.note({ element, declared }, entries.get(element.seq), readOtherwise.has(element.seq));
    if (found.cost > most) return undefined;
  }
  if (found.known < entries.size) {
    yield;
    for (const entry of entries) {
      const now = landscape.elementAt(entry.element.seq);
      if (now === undefined || !COUNTERPART_KINDS.has(now.kind)) found.noteGone(entry);
    }
  }
  const read = found.read.toSorted((one, other) => one.seq - other.seq);
  return found.cost > most ? undefined : { read, renewed: found.renewed, cost: found.cost, elements: found.elements };
}

class FoundChanges {
  readonly read: ElementChange[] = [];
  readonly renewed: (readonly [seq: number, entry: IndexedElement])[] = [];
  elements = 0;
  /** Elements that the index has too. */
  known = 0;
  cost = 0;

  note(after: DeclaredElement, before: IndexedElement | undefined, readOtherwise: boolean): void {
    const { element, declared } = after;
    const { seq } = element;
    this.elements++;
    if (before !== undefined) this.known++;
    if (
      before !== undefined &&
      !readOtherwise &&
      isReadAs(before.element, element) &&
      areSame(before.declared, declared)
    ) {
      if (before.element !== element) this.renewed.push([seq, { ...before, element }]);
      return;
    }
    this.read.push({ seq, before, after });
    this.cost += before === undefined ? 1 : 2;
  }

  noteGone(before: IndexedElement): void {
    this.read.push({ seq: before.element.seq, before, after: undefined });
    this.cost++;
  }
}

/**
 * The documents that say a name by which an agency is told in a text, whole or by the part that is its place: a reader that
 * knows the name reads no others otherwise.
 */
export function sayingName(inverted: InvertedIndex, reader: TextReader, name: string): number[] {
  return agencyPhrases(name, reader.abbreviations).flatMap((phrase) => sayingPhrase(inverted, phrase));
}

/** The documents that have each pair of neighbouring words of a phrase, or its only word. */
function sayingPhrase(inverted: InvertedIndex, phrase: PhraseTokens): readonly number[] {
  const words = phrase.map(({ text }) => text);
  const terms = words.length === 1 ? words : words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
  const lists = terms.map((term) => inverted.posting(term)?.documents ?? NOWHERE);
  const [shortest = NOWHERE] = lists.toSorted((one, other) => one.length - other.length);
  return Array.from(shortest).filter((document) => lists.every((list) => has(list, document)));
}

function has(documents: Uint32Array, document: number): boolean {
  return documents[firstAtLeast(documents, document)] === document;
}
