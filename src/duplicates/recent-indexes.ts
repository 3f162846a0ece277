import type { IndexStart, SimilarityIndex } from '../core/similarity/similarity-index.js';

/** Views of different actors and days that are looked at by turns. */
const MOST_KINDS = 6;
/** Part of its elements by which the index of a view differs from that of the same view before a commit, at most. */
const SAME_KIND = 0.02;

/**
 * The indexes that were made last, from which the next one is made: one for each kind of view, as far as they can be told
 * apart by how little one index differs from the other. Only the very last is held; the others stay as long as somebody else
 * holds them.
 */
export class RecentIndexes {
  private last: SimilarityIndex | undefined;
  /** Those before it, the newest first. */
  private earlier: readonly WeakRef<SimilarityIndex>[] = [];

  /** Those that are still there, the newest first. */
  all(): SimilarityIndex[] {
    return [this.last ?? [], ...this.earlier.map((each) => each.deref() ?? [])].flat();
  }

  /** @param start - what the index was made from: it takes the place of its predecessor. */
  add(index: SimilarityIndex, { from, changes }: Pick<IndexStart, 'from' | 'changes'>): void {
    const isSameKind = changes.cost <= Math.max(2, SAME_KIND * changes.elements);
    const others = this.all().filter((each) => each !== from || !isSameKind);
    this.earlier = others.slice(0, MOST_KINDS - 1).map((each) => new WeakRef(each));
    this.last = index;
  }
}
