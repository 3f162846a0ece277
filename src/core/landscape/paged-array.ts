/** 256 items a page: a change copies one page and the directory (400 entries at 100,000 items), about a microsecond. */
const PAGE_BITS = 8;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;

type Page<T> = readonly (T | undefined)[];

/**
 * An immutable sparse array by dense number. A changed copy shares every page that did not change, so old copies stay
 * valid for whoever still holds them.
 */
export class PagedArray<T> implements Iterable<T> {
  private constructor(
    private readonly pages: readonly (Page<T> | undefined)[],
    /** One more than the largest index ever set. */
    readonly bound: number,
    /** Number of items that are set. */
    readonly size: number,
  ) {}

  static empty<T>(): PagedArray<T> {
    return new PagedArray<T>([], 0, 0);
  }

  get(index: number): T | undefined {
    return this.pages[index >> PAGE_BITS]?.[index & PAGE_MASK];
  }

  /**
   * The array with some items set or, where the new item is undefined, cleared. Each touched page is copied once.
   * @param changes - index and new item; of two changes to one index the later holds.
   */
  with(changes: Iterable<readonly [index: number, item: T | undefined]>): PagedArray<T> {
    const pages = this.pages.slice();
    const copied = new Map<number, (T | undefined)[]>();
    let { bound, size } = this;
    for (const [index, item] of changes) {
      const pageNumber = index >> PAGE_BITS;
      let page = copied.get(pageNumber);
      if (page === undefined) {
        page = pages[pageNumber]?.slice() ?? Array.from({ length: PAGE_SIZE });
        copied.set(pageNumber, page);
      }
      const before = page[index & PAGE_MASK];
      page[index & PAGE_MASK] = item;
      size += Number(item !== undefined) - Number(before !== undefined);
      if (index >= bound) bound = index + 1;
    }
    for (const [pageNumber, page] of copied) {
      while (pages.length < pageNumber) pages.push(undefined);
      pages[pageNumber] = page;
    }
    return new PagedArray<T>(pages, bound, size);
  }

  /** The array with a lower bound. Nothing may be set at or above it. */
  cutTo(bound: number): PagedArray<T> {
    if (bound >= this.bound) return this;
    return new PagedArray<T>(this.pages.slice(0, (bound + PAGE_MASK) >> PAGE_BITS), bound, this.size);
  }

  /**
   * Where this array and an older or newer one of its lineage hold different items, in order of index. Costs the pages
   * that are not shared; of two arrays without a common origin every item that is not the same object is told.
   */
  differencesFrom(before: PagedArray<T>): { index: number; before: T | undefined; after: T | undefined }[] {
    const differences: { index: number; before: T | undefined; after: T | undefined }[] = [];
    for (let number = 0; number < Math.max(this.pages.length, before.pages.length); number++) {
      const [older, newer] = [before.pages[number], this.pages[number]];
      if (older === newer) continue;
      for (let slot = 0; slot < PAGE_SIZE; slot++) {
        const change = { index: number * PAGE_SIZE + slot, before: older?.[slot], after: newer?.[slot] };
        if (change.before !== change.after) differences.push(change);
      }
    }
    return differences;
  }

  /** The items that are set, in order of index. */
  *[Symbol.iterator](): Generator<T> {
    for (const page of this.pages) {
      if (page === undefined) continue;
      for (const item of page) if (item !== undefined) yield item;
    }
  }
}
