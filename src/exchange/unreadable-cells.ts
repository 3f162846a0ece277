import type { Issue } from '../core/errors.js';
import { cellAddress, cellIssue } from './sheet.js';
import type { Sheet } from './sheet.js';

/** Rows from one to another, from 0. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** The cells of a sheet that can not be taken: formulas, errors, cells shown as one with those above them. */
export class UnreadableCells {
  private readonly issues: ReadonlyMap<string, Issue>;
  /** Rows that are shown as one with those above them, by column: disjoint, from top to bottom. */
  private readonly hidden = new Map<number, readonly Span[]>();

  constructor(private readonly sheet: Sheet) {
    this.issues = new Map(sheet.issues.map((each) => [each.path[1] ?? '', each]));
  }

  /** The addresses of those that hold what can not be taken. */
  get addresses(): readonly string[] {
    return [...this.issues.keys()];
  }

  /** Whether a cell holds what can not be taken. */
  has(address: string): boolean {
    return this.issues.has(address);
  }

  /** What is wrong with some cells of a row, from left to right. @param columns - from 0. */
  inRow(line: number, columns: readonly number[]): Issue[] {
    const { name } = this.sheet;
    const ordered = columns.toSorted((left, right) => left - right);
    return ordered.flatMap((column) => {
      const own = this.issues.get(cellAddress(line, column)) ?? [];
      const isHidden = contains(this.hiddenIn(column), line - 1);
      return isHidden ? [own, cellIssue('CELL_MERGED', { sheet: name, line, column })].flat() : own;
    });
  }

  private hiddenIn(column: number): readonly Span[] {
    let spans = this.hidden.get(column);
    if (spans === undefined) {
      const below = this.sheet.merged
        .filter(({ top, left, bottom, right }) => top < bottom && left <= column && column <= right)
        .map(({ top, bottom }) => ({ first: top + 1, last: bottom }));
      spans = disjoint(below);
      this.hidden.set(column, spans);
    }
    return spans;
  }
}

/** The same rows in spans that do not meet: a file may say that cells are merged twice. */
function disjoint(spans: readonly Span[]): Span[] {
  const joined: { first: number; last: number }[] = [];
  for (const { first, last } of spans.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before === undefined || first > before.last) joined.push({ first, last });
    else before.last = Math.max(before.last, last);
  }
  return joined;
}

/** Whether a row is in one of some spans that are disjoint and in order: by halves, for there may be as many as rows. */
function contains(spans: readonly Span[], row: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.last ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return (spans[low]?.first ?? Infinity) <= row;
}
