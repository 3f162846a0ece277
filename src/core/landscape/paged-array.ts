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

  /** The items that are set, in order of index. */
  *[Symbol.iterator](): Generator<T> {
    for (const page of this.pages) {
      if (page === undefined) continue;
      for (const item of page) if (item !== undefined) yield item;
    }
  }
}
