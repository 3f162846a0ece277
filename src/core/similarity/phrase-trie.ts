/** A folded syllable, and the part [start, end) of the original text (UTF-16 units) that it was read from. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The marks that it was written with, in an order of their own: the same for `hoá` and `hóa`; empty without any. */
  readonly marks: string;
  /** It stands in the text itself, and not for an abbreviation, whose marks are always known. */
  readonly isWritten: boolean;
}

/** A phrase found in a text: tokens `from` (inclusive) to `to` (exclusive), and what it means. */
export interface PhraseHit<T> {
  readonly from: number;
  readonly to: number;
  readonly values: readonly T[];
}

/** What a phrase means, and how each of its syllables is marked. */
interface Meaning<T> {
  readonly value: T;
  readonly marks: readonly string[];
}

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly meanings: Meaning<T>[];
}

/** A syllable of a phrase: as it is read from a text, wherever it stands. */
export type Syllable = Pick<Token, 'text' | 'marks'>;

/**
 * Phrases of folded syllables with what they stand for. Matching is leftmost-longest: one pass over the text, each
 * position walked at most as deep as the longest phrase, so a longer phrase hides the shorter ones inside it.
 *
 * Marks that were written count: `cửa` is no `của`, `chợ` no `cho`, and `thu rác` no `thư rác`. Where none of the written words
 * that a phrase would cover has one, they may have been left out, and each is any that is spelled so.
 */
export class PhraseTrie<T> {
  private readonly root: Node<T> = { next: new Map(), meanings: [] };

  /** Adds a meaning to a phrase; an empty phrase is ignored, a meaning that is there already is not repeated. */
  add(syllables: readonly Syllable[], value: T): void {
    if (syllables.length === 0) return;
    let node = this.root;
    for (const { text } of syllables) {
      let next = node.next.get(text);
      if (next === undefined) {
        next = { next: new Map(), meanings: [] };
        node.next.set(text, next);
      }
      node = next;
    }
    const marks = syllables.map((syllable) => syllable.marks);
    const isThere = node.meanings.some((each) => each.value === value && each.marks.join() === marks.join());
    if (!isThere) node.meanings.push({ value, marks });
  }

  /** The longest phrase that begins at a token, or undefined. */
  longestAt(tokens: readonly Token[], from: number): PhraseHit<T> | undefined {
    return this.allAt(tokens, from).at(-1);
  }

  /** Every phrase that begins at a token, the shortest first. */
  allAt(tokens: readonly Token[], from: number): PhraseHit<T>[] {
    const hits: PhraseHit<T>[] = [];
    let node: Node<T> | undefined = this.root;
    for (let at = from; at < tokens.length; at++) {
      node = node.next.get(tokens[at]?.text ?? '');
      if (node === undefined) break;
      if (node.meanings.length === 0) continue;
      const values = node.meanings.filter(({ marks }) => fits(marks, tokens, from)).map(({ value }) => value);
      if (values.length > 0) hits.push({ from, to: at + 1, values: [...new Set(values)] });
    }
    return hits;
  }

  /** All phrases of a text, leftmost-longest, none overlapping another, in order. */
  find(tokens: readonly Token[]): PhraseHit<T>[] {
    const hits: PhraseHit<T>[] = [];
    for (let at = 0; at < tokens.length;) {
      const hit = this.longestAt(tokens, at);
      if (hit === undefined) at++;
      else {
        hits.push(hit);
        at = hit.to;
      }
    }
    return hits;
  }
}

function fits(marks: readonly string[], tokens: readonly Token[], from: number): boolean {
  const covered = marks.map((_, at) => tokens[from + at]);
  const hasMarks = covered.some((token) => token?.isWritten === true && token.marks !== '');
  return covered.every((token, at) => token?.marks === marks[at] || (token?.isWritten === true && !hasMarks));
}
