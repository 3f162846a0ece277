import { closestWord } from '../core/closest-word.js';
import { foldHeader } from './spreadsheet-words.reader.js';

/** Headers by role; `none` are columns that begin like one of them and say something else. */
export type HeaderTable<R extends string> = Readonly<Record<R | 'none', readonly string[]>>;

/** Knows what columns say by their headers, marks or not. */
export class HeaderWords<R extends string> {
  private readonly roles: ReadonlyMap<string, R | 'none'>;
  private readonly headers: readonly string[];

  constructor(names: readonly R[], table: HeaderTable<R>) {
    const all = [...names, 'none'] as const;
    this.roles = new Map(all.flatMap((role) => table[role].map((header) => [foldHeader(header), role] as const)));
    this.headers = names.flatMap((role) => table[role]);
  }

  /** What a column says by its header: the longest known header that its own begins with decides. */
  roleOf(header: string): R | undefined {
    const words = foldHeader(header.replaceAll(/\([^)]*\)/g, ' ')).split(' ');
    for (let count = words.length; count > 0; count -= 1) {
      const role = this.roles.get(words.slice(0, count).join(' '));
      if (role !== undefined) return role === 'none' ? undefined : role;
    }
    return undefined;
  }

  /** The known header that a text is most like. */
  headerLike(text: string): string {
    return closestWord(text, this.headers);
  }
}
