import type { Issue } from '../core/errors.js';
import { cellAddress, cellIssue } from './sheet.js';
import type { Sheet } from './sheet.js';

/** The cells of a sheet that can not be taken: formulas, errors, cells shown as one with those above them. */
export class UnreadableCells {
  private readonly issues: ReadonlyMap<string, Issue>;

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
    const { name, merged } = this.sheet;
    const ordered = columns.toSorted((left, right) => left - right);
    return ordered.flatMap((column) => {
      const own = this.issues.get(cellAddress(line, column)) ?? [];
      const isHidden = merged.some(
        ({ top, left, bottom, right }) => top < line - 1 && line - 1 <= bottom && left <= column && column <= right,
      );
      return isHidden ? [own, cellIssue('CELL_MERGED', { sheet: name, line, column })].flat() : own;
    });
  }
}
