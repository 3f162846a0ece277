/** A folded syllable, and the part [start, end) of the original text (UTF-16 units) that it was read from. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A phrase found in a text: tokens `from` (inclusive) to `to` (exclusive), and what it means. */
export interface PhraseHit<T> {
  readonly from: number;
  readonly to: number;
  readonly values: readonly T[];
}

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly values: T[];
}

/**
 * Phrases of folded syllables with what they stand for. Matching is leftmost-longest: one pass over the text, each
 * position walked at most as deep as the longest phrase, so a longer phrase hides the shorter ones inside it.
 */
export class PhraseTrie<T> {
  private readonly root: Node<T> = { next: new Map(), values: [] };

  /** Adds a meaning to a phrase; an empty phrase is ignored, a meaning that is there already is not repeated. */
  add(syllables: readonly string[], value: T): void {
    if (syllables.length === 0) return;
    let node = this.root;
    for (const syllable of syllables) {
      let next = node.next.get(syllable);
      if (next === undefined) {
        next = { next: new Map(), values: [] };
        node.next.set(syllable, next);
      }
      node = next;
    }
    if (!node.values.includes(value)) node.values.push(value);
  }

  /** The longest phrase that begins at a token, or undefined. */
  longestAt(tokens: readonly Token[], from: number): PhraseHit<T> | undefined {
    let node = this.root;
    let found: PhraseHit<T> | undefined;
    for (let at = from; at < tokens.length; at++) {
      const next = node.next.get(tokens[at]?.text ?? '');
      if (next === undefined) break;
      node = next;
      if (node.values.length > 0) found = { from, to: at + 1, values: node.values };
    }
    return found;
  }

  /** Every phrase that begins at a token, the shortest first. */
  allAt(tokens: readonly Token[], from: number): PhraseHit<T>[] {
    const hits: PhraseHit<T>[] = [];
    let node: Node<T> | undefined = this.root;
    for (let at = from; at < tokens.length; at++) {
      node = node.next.get(tokens[at]?.text ?? '');
      if (node === undefined) break;
      if (node.values.length > 0) hits.push({ from, to: at + 1, values: node.values });
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
