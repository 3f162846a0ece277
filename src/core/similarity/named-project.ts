import type { Element } from '../landscape/model.js';
import type { IndexedElement } from './indexed-element.js';
import { cosine } from './row-likeness.js';
import { vectorOf } from './similarity-index.js';
import type { SimilarityIndex } from './similarity-index.js';
import { termsOf } from './terms.js';
import type { ReadText } from './text-reading.js';
import { markDifference, partsOf } from './title-marks.js';
import type { MarkDifference } from './title-marks.js';

/** How like the name of a registered project is to a title, and what of both speaks against it. */
export interface NamedProject extends MarkDifference {
  readonly project: Element;
  /** Cosine of the names, best of all names and aliases, 0 to 1. */
  readonly likeness: number;
  /** One of its names is the title, but for case, marks and abbreviations. */
  readonly isSameName: boolean;
  /** Words of the title, as it writes them, that its names have too, in the order of the title. */
  readonly words: readonly string[];
}

/** A title that was read. */
export interface ReadTitle {
  readonly read: ReadText;
  readonly vector: ReturnType<typeof vectorOf>;
  /** Whether it says enough to tell one project from another by likeness; if not, only the same name counts. */
  readonly isComparable: boolean;
}

/** Fewer words that carry meaning can not tell one project from another. */
const FEWEST_WORDS = 2;
/** The same words have the same direction, but for rounding. */
const SAME_WORDS = 0.999;

interface Nearest {
  readonly at: number;
  readonly likeness: number;
}

/** The registered projects of an index, by their names. Made once for a list, asked for each of its titles. */
export class NamedProjects {
  private readonly entries: readonly IndexedElement[];
  private readonly bySeq: ReadonlyMap<number, IndexedElement>;
  private readonly names = new Map<number, readonly ReadText[]>();

  constructor(private readonly index: SimilarityIndex) {
    this.entries = Array.from(index.entries).filter(({ element }) => element.kind === 'PROJECT');
    this.bySeq = new Map(this.entries.map((entry) => [entry.element.seq, entry]));
  }

  get count(): number {
    return this.entries.length;
  }

  /** Reads a title. */
  read(title: string): ReadTitle {
    const read = this.index.reader.read(title);
    const telling = read.tokens.filter((_, at) => read.importance[at] === 1).map(({ text }) => text);
    const isComparable = new Set(telling).size >= FEWEST_WORDS;
    return { read, vector: vectorOf(this.index, termsOf([read])), isComparable };
  }

  /**
   * The projects whose names are at least so like a title, best first, ties by urn; of a title that can not be compared
   * those of which it is the name.
   */
  like(title: ReadTitle, least: number): NamedProject[] {
    const floor = title.isComparable ? least : SAME_WORDS;
    const found = this.entries.flatMap((entry) => {
      const nearest = this.nearest(title, entry);
      return nearest.likeness < floor ? [] : [this.named(title, entry, nearest)];
    });
    return found.filter(({ isSameName }) => title.isComparable || isSameName).toSorted(bestFirst);
  }

  /** How like one project is to a title; undefined where the index does not have it. */
  compare(title: ReadTitle, project: Element): NamedProject | undefined {
    const entry = this.bySeq.get(project.seq);
    return entry === undefined ? undefined : this.named(title, entry, this.nearest(title, entry));
  }

  /** The name of a project that is most like a title, by its place among them. */
  private nearest({ vector }: ReadTitle, { names }: IndexedElement): Nearest {
    let nearest: Nearest = { at: 0, likeness: 0 };
    for (const [at, name] of names.entries()) {
      const likeness = Math.min(1, cosine(vector, name));
      if (likeness > nearest.likeness) nearest = { at, likeness };
    }
    return nearest;
  }

  private named({ read }: ReadTitle, { element }: IndexedElement, { at, likeness }: Nearest): NamedProject {
    const names = this.namesOf(element);
    const shared = new Set(names.flatMap(({ tokens }) => tokens.map(({ text }) => text)));
    const said = read.tokens.filter(({ text }, place) => read.importance[place] === 1 && shared.has(text));
    const same = names.find((each) => isSame(each, read));
    const name = same ?? names[at] ?? read;
    const isSameName = same !== undefined;
    return { project: element, likeness, isSameName, words: partsOf(read, said), ...markDifference(read, name) };
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
  return (
    tokens.length > 0 &&
    tokens.length === other.tokens.length &&
    tokens.every(({ text }, at) => text === other.tokens[at]?.text)
  );
}
