/**
 * The best few of many documents: highest sum first, ties by the smaller number. Kept as a heap with the worst on top, so
 * that most documents cost one comparison and none costs memory.
 */
export class BestDocuments {
  private documents = new Int32Array(0);
  private size = 0;

  /** @param sums - by document; read while documents are offered. */
  constructor(private readonly sums: Float32Array) {}

  /**
   * @param offered - the first `count` of them are, each once.
   * @returns the best `limit` of them, best first.
   */
  of(offered: Int32Array, count: number, limit: number): number[] {
    const most = Math.min(count, limit);
    if (this.documents.length < most) this.documents = new Int32Array(most);
    this.size = 0;
    const considered = most === 0 ? 0 : count;
    for (let at = 0; at < considered; at++) this.offer(offered[at] ?? 0, most);
    const best: number[] = [];
    for (; this.size > 0; this.size--) {
      best.push(this.documents[0] ?? 0);
      this.sink(this.documents[this.size - 1] ?? 0, this.size - 1);
    }
    return best.toReversed();
  }

  private offer(document: number, most: number): void {
    if (this.size < most) this.rise(document);
    else if (this.isWorse(this.documents[0] ?? 0, document)) this.sink(document, most);
  }

  private isWorse(one: number, other: number): boolean {
    const difference = (this.sums[one] ?? 0) - (this.sums[other] ?? 0);
    return difference < 0 || (difference === 0 && one > other);
  }

  private rise(document: number): void {
    let at = this.size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.documents[above] ?? 0;
      if (!this.isWorse(document, parent)) break;
      this.documents[at] = parent;
      at = above;
    }
    this.documents[at] = document;
  }

  /** Puts a document in the place of the worst, in a heap of `size`. */
  private sink(document: number, size: number): void {
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      const [left, right] = [this.documents[below] ?? 0, this.documents[below + 1] ?? 0];
      const isRight = below + 1 < size && this.isWorse(right, left);
      const child = isRight ? right : left;
      if (!this.isWorse(child, document)) break;
      this.documents[at] = child;
      at = isRight ? below + 1 : below;
    }
    this.documents[at] = document;
  }
}
