import type { AttributeDefinition, AttributeDefinitions } from '../core/landscape/attribute.js';
import type { Issue } from '../core/errors.js';
import { PlanWords } from './plan-words.js';
import type { PlanRole } from './plan-words.js';
import { cellIssue, columnName, textOf } from './sheet.js';
import type { Sheet, SheetRow } from './sheet.js';
import { foldHeader } from './spreadsheet-words.reader.js';

/** A column of a plan that answers a question about projects. */
export interface AnswerColumn {
  /** From 0. */
  readonly at: number;
  readonly definition: AttributeDefinition;
}

/** Where a sheet says what. */
export interface PlanHeader {
  readonly sheet: Sheet;
  readonly row: SheetRow;
  /** Column, from 0, of each role that the sheet has; `title` is always there. */
  readonly columns: ReadonlyMap<PlanRole, number>;
  readonly answers: readonly AnswerColumn[];
  /** The last row of the header, which may be several rows high. */
  readonly lastLine: number;
  /** Dong of one unit of the column of money; undefined where the sheet does not say. */
  readonly unit: number | undefined;
  /** Columns that are not read. */
  readonly notes: readonly Issue[];
}

/** The header stands in one of the first rows with content: titles, the organisation and the motto stand above it. */
const HEADER_ROWS = 30;

/** Finds the header of sheets of plans. */
export class PlanHeaderReader {
  private readonly answers: ReadonlyMap<string, AttributeDefinition>;

  constructor(
    private readonly words: PlanWords,
    definitions: AttributeDefinitions,
  ) {
    const ofProjects = [...definitions.values()].filter(
      ({ appliesTo, type }) => appliesTo.includes('PROJECT') && type !== 'URN' && type !== 'URN_LIST',
    );
    this.answers = new Map(
      ofProjects.flatMap((definition) =>
        [definition.nameVi, definition.nameEn, definition.key].map((name) => [foldHeader(name), definition]),
      ),
    );
  }

  /** The header of a sheet: of its first rows the one of which most is known; undefined where none names a title. */
  read(sheet: Sheet): PlanHeader | undefined {
    let best: { readonly row: SheetRow; readonly columns: ReadonlyMap<PlanRole, number> } | undefined;
    for (const row of sheet.rows.slice(0, HEADER_ROWS)) {
      const columns = this.columnsOf(row);
      if (columns.has('title') && columns.size > (best?.columns.size ?? 1)) best = { row, columns };
    }
    if (best === undefined) return undefined;
    const { row, columns } = best;
    const answers = this.answersOf(row, columns);
    const lastLine = lastLineOf(sheet, row);
    const unit = this.unitOf(sheet, row, columns.get('budget'));
    return { sheet, row, columns, answers, lastLine, unit, notes: this.notesOf(sheet, row, { columns, answers }) };
  }

  /** A column of several that say the same is the first of them. What a plan consists of names it where nothing else does. */
  private columnsOf(row: SheetRow): Map<PlanRole, number> {
    const columns = new Map<PlanRole, number>();
    for (const [at, cell] of row.cells.entries()) {
      const role = this.words.roleOf(textOf(cell));
      if (role !== undefined && !columns.has(role)) columns.set(role, at);
    }
    const scope = columns.get('scope');
    if (!columns.has('title') && scope !== undefined) {
      columns.delete('scope');
      columns.set('title', scope);
    }
    return columns;
  }

  private answersOf(row: SheetRow, columns: ReadonlyMap<PlanRole, number>): AnswerColumn[] {
    const taken = new Set(columns.values());
    const asked = new Set<string>();
    return Array.from(row.cells.entries()).flatMap(([at, cell]) => {
      const definition = this.answers.get(foldHeader(textOf(cell)));
      if (taken.has(at) || definition === undefined || asked.has(definition.key)) return [];
      asked.add(definition.key);
      return [{ at, definition }];
    });
  }

  private unitOf(sheet: Sheet, header: SheetRow, budget: number | undefined): number | undefined {
    const own = budget === undefined ? undefined : this.words.unitIn(textOf(header.cells[budget]));
    if (own !== undefined) return own;
    const above = sheet.rows.filter(({ line }) => line <= header.line).flatMap(({ cells }) => cells.map(textOf));
    const said = above.find((text) => /đvt|dvt|đơn vị tính|don vi tinh|unit/i.test(text));
    return said === undefined ? undefined : this.words.unitIn(said);
  }

  private notesOf(
    { name }: Sheet,
    { line, cells }: SheetRow,
    { columns, answers }: Pick<PlanHeader, 'columns' | 'answers'>,
  ): Issue[] {
    const read = new Set([...columns.values(), ...answers.map(({ at }) => at)]);
    return Array.from(cells.entries()).flatMap(([column, cell]) => {
      const header = textOf(cell).trim();
      if (header === '' || read.has(column)) return [];
      const role = this.words.roleOf(header);
      const first = role === undefined ? undefined : columns.get(role);
      const place = { sheet: name, line, column };
      if (first === undefined)
        return [cellIssue('COLUMN_UNKNOWN', place, { header, suggestion: this.words.headerLike(header) })];
      const other = `${textOf(cells[first])} (${columnName(first)})`;
      return [cellIssue('COLUMN_REPEATED', place, { header, other })];
    });
  }
}

/** A header whose cells reach down over several rows is as high as the highest of them. */
export function lastLineOf({ merged }: Sheet, { line }: SheetRow): number {
  const reaching = merged.filter(({ top, bottom }) => top < line && bottom >= line - 1);
  return Math.max(line, ...reaching.map(({ bottom }) => bottom + 1));
}
