import type { Element } from '../landscape/model.js';
import { cosine } from './signals.js';
import { vectorOf } from './similarity-index.js';
import type { IndexedElement, SimilarityIndex } from './similarity-index.js';
import { termsOf } from './terms.js';
import { PLACE } from './text-reading.js';
import type { ReadText } from './text-reading.js';

/** How like the name of a registered project is to a title. */
export interface NamedProject {
  readonly project: Element;
  /** Cosine of the names, best of all names and aliases, 0 to 1. */
  readonly likeness: number;
  /** One of its names is the title, but for case, marks and abbreviations. */
  readonly isSameName: boolean;
  /** Words of the title, as it writes them, that its name has too, in the order of the title. */
  readonly words: readonly string[];
  /**
   * Numbers and places that only one of the two has, where both have some that the other does not: package 1 is not
   * package 2, whatever else they share. Null where nothing tells them apart so.
   */
  readonly differing: { readonly title: readonly string[]; readonly name: readonly string[] } | null;
}

/** A title that was read. */
export interface ReadTitle {
  readonly read: ReadText;
  readonly vector: ReturnType<typeof vectorOf>;
}

/** Fewer words that carry meaning can not tell one project from another. */
const FEWEST_WORDS = 2;
/** `II`, `IV`: parts of a project, written in capitals. */
const ROMAN = /^[IVX]+$/;

/** The registered projects of an index, by their names. Made once for a list, asked for each of its titles. */
export class NamedProjects {
  private readonly entries: readonly IndexedElement[];
  private readonly bySeq: ReadonlyMap<number, IndexedElement>;
  private readonly names = new Map<number, readonly ReadText[]>();

  constructor(private readonly index: SimilarityIndex) {
    this.entries = index.entries.filter(({ element }) => element.kind === 'PROJECT');
    this.bySeq = new Map(this.entries.map((entry) => [entry.element.seq, entry]));
  }

  get count(): number {
    return this.entries.length;
  }

  /** Reads a title; undefined where it says too little to tell one project from another. */
  read(title: string): ReadTitle | undefined {
    const read = this.index.reader.read(title);
    const telling = read.tokens.filter((_, at) => read.importance[at] === 1).map(({ text }) => text);
    if (new Set(telling).size < FEWEST_WORDS) return undefined;
    return { read, vector: vectorOf(this.index, termsOf([read])) };
  }

  /** The projects whose names are at least so like a title, best first, ties by urn. */
  like(title: ReadTitle, least: number): NamedProject[] {
    const found = this.entries.flatMap((entry) => {
      const likeness = this.likeness(title, entry);
      return likeness < least ? [] : [this.named(title, entry, likeness)];
    });
    return found.toSorted(bestFirst);
  }

  /** How like one project is to a title; undefined where the index does not have it. */
  compare(title: ReadTitle, project: Element): NamedProject | undefined {
    const entry = this.bySeq.get(project.seq);
    return entry === undefined ? undefined : this.named(title, entry, this.likeness(title, entry));
  }

  private likeness({ vector }: ReadTitle, { firstRow, lastRow }: IndexedElement): number {
    let best = 0;
    for (let row = firstRow + 1; row < lastRow; row += 1) best = Math.max(best, cosine(this.index, vector, row));
    return Math.min(1, best);
  }

  private named({ read }: ReadTitle, { element }: IndexedElement, likeness: number): NamedProject {
    const names = this.namesOf(element);
    const shared = new Set(names.flatMap(({ tokens }) => tokens.map(({ text }) => text)));
    const said = read.tokens.filter(({ text }, at) => read.importance[at] === 1 && shared.has(text));
    const [name] = names;
    return {
      project: element,
      likeness,
      isSameName: names.some((each) => isSame(each, read)),
      words: runsOf(read, said),
      differing: name === undefined ? null : differenceOf(read, name),
    };
  }

  private namesOf({ seq, name, aliases, nameEn }: Element): readonly ReadText[] {
    let names = this.names.get(seq);
    if (names === undefined) {
      names = [name, ...aliases, ...(nameEn === null ? [] : [nameEn])].map((each) => this.index.reader.read(each));
      this.names.set(seq, names);
    }
    return names;
  }
}

function bestFirst(left: NamedProject, right: NamedProject): number {
  return right.likeness - left.likeness || (left.project.urn < right.project.urn ? -1 : 1);
}

function isSame({ tokens }: ReadText, other: ReadText): boolean {
  return tokens.length === other.tokens.length && tokens.every(({ text }, at) => text === other.tokens[at]?.text);
}

/** Parts of the original text: neighbouring tokens together, each part once. */
function runsOf({ text, tokens }: ReadText, chosen: readonly ReadText['tokens'][number][]): string[] {
  const wanted = new Set(chosen);
  const runs: { start: number; end: number }[] = [];
  let isOpen = false;
  for (const token of tokens) {
    const last = runs.at(-1);
    if (!wanted.has(token)) isOpen = last !== undefined && token.start < last.end;
    else if (isOpen && last !== undefined) last.end = Math.max(last.end, token.end);
    else runs.push({ start: token.start, end: token.end });
    isOpen ||= wanted.has(token);
  }
  return [...new Set(runs.map(({ start, end }) => text.slice(start, end)))];
}

/** The numbers and places that only one of two texts has; null unless both have some. */
function differenceOf(title: ReadText, name: ReadText): NamedProject['differing'] {
  const [inTitle, inName] = [onlyIn(title, name), onlyIn(name, title)];
  return inTitle.length === 0 || inName.length === 0 ? null : { title: inTitle, name: inName };
}

function onlyIn(own: ReadText, other: ReadText): string[] {
  const known = new Set(other.tokens.map(({ text }) => text));
  return runsOf(
    own,
    distinguishing(own).filter(({ text }) => !known.has(text)),
  );
}

function distinguishing({ text, tokens, importance }: ReadText): ReadText['tokens'] {
  return tokens.filter(
    ({ text: folded, start, end }, at) =>
      importance[at] === PLACE || /\d/.test(folded) || ROMAN.test(text.slice(start, end)),
  );
}
