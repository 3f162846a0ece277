import { issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Urn } from '../core/landscape/model.js';
import { operationsOf, problemOf } from './import-plan.js';
import type { ImportOperations } from './import-plan.js';
import { rowAddress, rowProblem } from './import-row.js';
import type { ImportRow, NamedElement, RowProblem } from './import-row.js';

/**
 * How often the rows that are left are planned. The first time tells what operations can not be carried out, the second
 * what may not be when all are; more are needed only where a row that is refused keeps others from removing something.
 */
const ROUNDS_MAXIMUM = 10;

/** The rows of a file, judged by what the landscape bears. */
export interface JudgedRows {
  readonly rows: readonly ImportRow[];
  /** What the rows that are right do, in order; none where it is not known of every row whether it is. */
  readonly operations: ImportOperations['operations'];
  /** What is wrong with all of it, and not with a row. */
  readonly problems: readonly Issue[];
}

/** Plans operations, and gives everything that is wrong with them. */
export type IssuesOf = (operations: ImportOperations['operations']) => Generator<void, readonly Issue[]>;

/** Takes out the rows whose operations can not be carried out, and those that name what these bring, until the rest can. */
export function* judgeRows(rows: readonly ImportRow[], issuesOf: IssuesOf): Generator<void, JudgedRows> {
  const refusals = new Refusals(rows);
  for (let round = 0; round < ROUNDS_MAXIMUM; round += 1) {
    const planned = operationsOf(rows.filter((row) => !refusals.has(row)));
    const { operations } = planned;
    yield;
    const wrong = operations.length === 0 ? [] : yield* issuesOf(operations);
    if (wrong.length === 0) return { rows: refusals.told(), operations, problems: [] };
    const problems: Issue[] = [];
    for (const found of wrong) {
      const told = problemOf(found, planned);
      if (told === undefined) problems.push(found);
      else refusals.refuse(told.row, told.problem);
      yield;
    }
    if (problems.length > 0) return unjudged(refusals.told(), problems);
  }
  return unjudged(refusals.told(), []);
}

/** Which rows are refused, and why. With a row goes every other that names what it would have brought. */
class Refusals {
  private readonly found = new Map<ImportRow, RowProblem[]>();
  private readonly naming = new Map<Urn, { readonly row: ImportRow; readonly name: NamedElement }[]>();

  constructor(private readonly rows: readonly ImportRow[]) {
    const brought = new Set(rows.map(({ brings }) => brings));
    for (const row of rows) {
      for (const name of row.names) {
        if (!brought.has(name.urn) || name.urn === row.brings) continue;
        const list = this.naming.get(name.urn) ?? [];
        this.naming.set(name.urn, list);
        list.push({ row, name });
      }
    }
    for (const row of rows) if (row.problems.length > 0) this.refuseNaming(row);
  }

  has(row: ImportRow): boolean {
    return row.problems.length > 0 || this.found.has(row);
  }

  refuse(row: ImportRow, problem: RowProblem): void {
    const isFirst = !this.has(row);
    const list = this.found.get(row) ?? [];
    this.found.set(row, list);
    list.push(problem);
    if (isFirst) this.refuseNaming(row);
  }

  /** All rows, with everything that was found to be wrong with them. */
  told(): ImportRow[] {
    return this.rows.map((row) => {
      const found = this.found.get(row);
      return found === undefined ? row : { ...row, problems: [...row.problems, ...found] };
    });
  }

  /** Rows that name what a refused row brings; then those that name what they bring, and so on. */
  private refuseNaming(refused: ImportRow): void {
    const queue = [refused];
    for (const bringing of queue) {
      if (bringing.brings === undefined) continue;
      for (const { row, name } of this.naming.get(bringing.brings) ?? []) {
        if (this.has(row)) continue;
        const params = { value: name.text, row: rowAddress(bringing) };
        this.found.set(row, [rowProblem('ROW_NAMES_REFUSED', row.place, { column: name.column, params })]);
        queue.push(row);
      }
    }
  }
}

/** Of the rows that would do something, nobody can say whether they may. */
function unjudged(rows: readonly ImportRow[], problems: readonly Issue[]): JudgedRows {
  const judged = rows.map((row): ImportRow => {
    if (row.problems.length > 0 || row.operations.length === 0) return row;
    const relations = row.relations.map((effect) => (effect === 'unchanged' ? effect : 'unjudged'));
    return { ...row, outcome: row.outcome === 'unchanged' ? 'unchanged' : 'unjudged', relations };
  });
  const count = judged.filter(({ outcome, relations }) => [outcome, ...relations].includes('unjudged')).length;
  return { rows: judged, operations: [], problems: [...problems, issue('ROWS_UNJUDGED', [], { count })] };
}
