import { foldHeader } from './spreadsheet-words.reader.js';

/** Values by the words with which texts begin, marks or not. */
export class BeginningTable<T> {
  private readonly values: ReadonlyMap<string, T>;
  /** Words of the longest beginning that is known: no more of a text is ever tried. */
  private readonly longest: number;

  constructor(entries: readonly (readonly [beginning: string, value: T])[]) {
    this.values = new Map(entries.map(([beginning, value]) => [foldHeader(beginning), value]));
    this.longest = Math.max(0, ...Array.from(this.values.keys(), (each) => each.split(' ').length));
  }

  /** The value of the longest known beginning of a text; undefined where it begins with none. In linear time. */
  find(text: string): T | undefined {
    const words = foldHeader(text).split(' ');
    for (let count = Math.min(words.length, this.longest); count > 0; count -= 1) {
      const value = this.values.get(words.slice(0, count).join(' '));
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
