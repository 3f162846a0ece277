import { closestWord } from '../core/closest-word.js';
import { BeginningTable } from './beginning-table.js';

/** Headers by role; `none` are columns that begin like one of them and say something else. */
export type HeaderTable<R extends string> = Readonly<Record<R | 'none', readonly string[]>>;

/** Longest header, characters: a longer cell is a sentence, and folding it would cost time for nothing. */
const HEADER_MAXIMUM = 300;

/** Knows what columns say by their headers, marks or not. */
export class HeaderWords<R extends string> {
  private readonly roles: BeginningTable<R | 'none'>;
  private readonly headers: readonly string[];

  constructor(names: readonly R[], table: HeaderTable<R>) {
    const all = [...names, 'none'] as const;
    this.roles = new BeginningTable(all.flatMap((role) => table[role].map((header) => [header, role] as const)));
    this.headers = names.flatMap((role) => table[role]);
  }

  /** What a column says by its header: the longest known header that its own begins with decides. */
  roleOf(header: string): R | undefined {
    if (header.length > HEADER_MAXIMUM) return undefined;
    const role = this.roles.find(header.replaceAll(/\([^()]*\)/g, ' '));
    return role === 'none' ? undefined : role;
  }

  /** The known header that a text is most like. */
  headerLike(text: string): string {
    return closestWord(text, this.headers);
  }
}
