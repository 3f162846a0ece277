import { finished } from '../finished.js';
import { PagedArray } from '../landscape/paged-array.js';
import { numberAt } from './number-or-zero.js';
import { TermTable } from './term-table.js';

/** What an index holds of one document: how much each of its terms says, above 0, and whether everybody may see it. */
export interface IndexedDocument {
  readonly terms: ReadonlyMap<string, number>;
  readonly isPublic: boolean;
}

/** A document before and after a change; undefined where it did not or does not exist. */
export interface DocumentChange {
  /** Number of the document, dense. */
  readonly document: number;
  readonly before: IndexedDocument | undefined;
  readonly after: IndexedDocument | undefined;
}

/** The documents that have a term, in order of number, with what the term says in each. */
export interface Posting {
  readonly documents: Uint32Array;
  readonly impacts: Float32Array;
  /** How many of the documents are public. */
  readonly publicCount: number;
}

/** What a set of changes does to one term. */
interface TermChange {
  removed: Set<number> | undefined;
  readonly documents: number[];
  readonly impacts: number[];
  publicDifference: number;
}

/** Some milliseconds of reading, and of writing. */
const DOCUMENTS_OF_A_STEP = 10;
const TERMS_OF_A_STEP = 2000;

/**
 * Terms and the documents that have them. Immutable: `with` makes the next index out of the changed documents alone and
 * shares every posting that did not change. An index moved forward answers as one that was made afresh.
 */
export class InvertedIndex {
  private constructor(
    readonly terms: TermTable,
    private readonly postings: PagedArray<Posting>,
    /** Number of public documents. */
    readonly publicCount: number,
  ) {}

  /** An index of nothing, the first of a lineage. */
  static empty(): InvertedIndex {
    return new InvertedIndex(new TermTable(), PagedArray.empty(), 0);
  }

  /** The posting of a term; undefined where no document has it. */
  posting(term: string): Posting | undefined {
    const number = this.terms.numberOf(term);
    return number === undefined ? undefined : this.postings.get(number);
  }

  /** The posting of the term of a number. */
  postingAt(number: number): Posting | undefined {
    return this.postings.get(number);
  }

  /**
   * How rare it is to have one of some terms, from how many public documents have them. Above 0; hidden documents do not
   * count, so that nobody can read them off a score.
   * @param hidden - how many public documents are not to count, nor are among the holders.
   */
  rarity(publicHolders: number, hidden = 0): number {
    const all = this.publicCount - hidden;
    const holders = Math.min(publicHolders, all);
    return Math.log(1 + (all + 1) / (holders + 0.5));
  }

  /**
   * The index after some documents changed. Costs the postings of their terms.
   * @param changes - each document once, in order of number; they are read one by one and not kept.
   */
  with(changes: Iterable<DocumentChange>): InvertedIndex {
    return finished(this.stepsWith(changes));
  }

  /** The same in steps of a few milliseconds at most, for whoever has other things to do in between. */
  *stepsWith(changes: Iterable<DocumentChange>): Generator<void, InvertedIndex> {
    const byTerm = new Map<number, TermChange>();
    let { publicCount } = this;
    let read = 0;
    for (const change of changes) {
      this.note(change, byTerm);
      publicCount += publicityOf(change.after) - publicityOf(change.before);
      if (++read % DOCUMENTS_OF_A_STEP === 0) yield;
    }
    const changed: [term: number, posting: Posting | undefined][] = [];
    for (const [term, change] of byTerm) {
      changed.push([term, changedPosting(this.postings.get(term), change)]);
      if (changed.length % TERMS_OF_A_STEP === 0) yield;
    }
    return new InvertedIndex(this.terms, this.postings.with(changed), publicCount);
  }

  private note({ document, before, after }: DocumentChange, byTerm: Map<number, TermChange>): void {
    const isKept = (term: string, impact: number): boolean =>
      before?.isPublic === after?.isPublic && before?.terms.get(term) === impact && after?.terms.get(term) === impact;
    before?.terms.forEach((impact, term) => {
      if (isKept(term, impact)) return;
      const change = changeOf(byTerm, this.terms.add(term));
      (change.removed ??= new Set()).add(document);
      change.publicDifference -= publicityOf(before);
    });
    after?.terms.forEach((impact, term) => {
      if (before !== undefined && isKept(term, impact)) return;
      const change = changeOf(byTerm, this.terms.add(term));
      change.documents.push(document);
      change.impacts.push(impact);
      change.publicDifference += publicityOf(after);
    });
  }
}

function publicityOf(document: IndexedDocument | undefined): number {
  return document?.isPublic === true ? 1 : 0;
}

function changeOf(byTerm: Map<number, TermChange>, term: number): TermChange {
  let change = byTerm.get(term);
  if (change === undefined) {
    change = { removed: undefined, documents: [], impacts: [], publicDifference: 0 };
    byTerm.set(term, change);
  }
  return change;
}

function changedPosting(before: Posting | undefined, change: TermChange): Posting | undefined {
  if (before !== undefined) return mergedPosting(before, change);
  const { documents, impacts, publicDifference } = change;
  return {
    documents: Uint32Array.from(documents),
    impacts: Float32Array.from(impacts),
    publicCount: publicDifference,
  };
}

/** Copies whole runs between the documents that change. */
function mergedPosting(before: Posting, change: TermChange): Posting | undefined {
  const length = before.documents.length - (change.removed?.size ?? 0) + change.documents.length;
  if (length === 0) return undefined;
  const documents = new Uint32Array(length);
  const impacts = new Float32Array(length);
  let [from, to, added] = [0, 0, 0];
  for (const document of changedDocuments(change)) {
    const place = firstAtLeast(before.documents, document);
    documents.set(before.documents.subarray(from, place), to);
    impacts.set(before.impacts.subarray(from, place), to);
    to += place - from;
    from = place + (change.removed?.has(document) === true ? 1 : 0);
    if (change.documents[added] !== document) continue;
    documents[to] = document;
    impacts[to++] = numberAt(change.impacts, added++);
  }
  documents.set(before.documents.subarray(from), to);
  impacts.set(before.impacts.subarray(from), to);
  return { documents, impacts, publicCount: before.publicCount + change.publicDifference };
}

function changedDocuments({ removed, documents }: TermChange): number[] {
  if (removed === undefined) return documents;
  return [...new Set([...removed, ...documents])].toSorted((one, other) => one - other);
}

/** The first place in a list of numbers in order that holds at least a number; the length where none does. */
export function firstAtLeast(numbers: Uint32Array, least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(numbers, middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
