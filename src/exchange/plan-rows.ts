import type { Urn } from '../core/landscape/model.js';
import { PlanCells } from './plan-cells.js';
import type { PlanTools } from './plan-cells.js';
import type { PlanHeader } from './plan-header.js';
import type { PlanLine } from './plan-list.types.js';
import type { PlanRole } from './plan-words.js';
import { cellAddress, textOf } from './sheet.js';
import type { SheetRow } from './sheet.js';
import { UnreadableCells } from './unreadable-cells.js';

/** `(1)`, `2`, `B`: the numbers that forms give to their columns, in a row below the header. */
export const COLUMN_NUMBER = /^[([]?(?:\d{1,2}|\p{L})[)\]]?$/u;
/** `I`, `IV.`, `A`: the numbers that parts of a list have. */
export const PART_NUMBER = /^(?:[IVXLC]+|[A-Z])[.)]?$/;
const DIGIT = /\d/;
/** Longest texts of a line, characters: those of a proposal, and what a cell of a list may sensibly hold. */
const TITLE_MAXIMUM = 500;
const TEXT_MAXIMUM = 5_000;
/** What a line that is no heading says beside its title. */
const SAYING: readonly PlanRole[] = ['code', 'objective', 'scope', 'agency', 'year', 'investmentForm', 'workType'];

/** The agency that a heading names is that of the lines below it that name none. */
interface Part {
  readonly urn: Urn;
  readonly text: string;
}

/** Reads the rows of one sheet below its header. */
export class PlanRowReader {
  private readonly rows: readonly SheetRow[];
  private readonly isNumbered: boolean;
  private readonly unreadable: UnreadableCells;
  private readonly firstOfCode = new Map<string, string>();

  constructor(
    private readonly tools: PlanTools,
    private readonly header: PlanHeader,
  ) {
    const { sheet, columns } = header;
    this.unreadable = new UnreadableCells(sheet);
    this.rows = this.rowsBelow();
    const number = columns.get('number');
    this.isNumbered = number !== undefined && this.rows.some(({ cells }) => DIGIT.test(textOf(cells[number])));
  }

  /** The lines in their order. Headings of parts, sums, numbers of columns and remarks below the list are none. */
  lines(): PlanLine[] {
    const lines: PlanLine[] = [];
    let part: Part | undefined;
    for (const row of this.rows) {
      const cells = new PlanCells(this.tools, this.header, row);
      const what = this.whatIs(row, cells);
      if (what === 'LINE') lines.push(this.line(row, cells, part));
      else if (what === 'HEADING') part = this.partOf(cells.text('title'));
    }
    return lines;
  }

  /** With those of which the title can not be taken, which may have no other content. */
  private rowsBelow(): SheetRow[] {
    const { sheet, lastLine, columns } = this.header;
    const below = sheet.rows.filter((row) => row.line > lastLine && !this.isColumnNumbers(row));
    const known = new Set(below.map(({ line }) => line));
    const bare = this.unreadable.addresses.flatMap((cell): SheetRow[] => {
      const line = Number(/\d+$/.exec(cell)?.[0] ?? '0');
      const isTitle = cell === cellAddress(line, columns.get('title') ?? 0);
      return isTitle && line > lastLine && !known.has(line) ? [{ line, cells: [] }] : [];
    });
    return [...below, ...bare].toSorted((left, right) => left.line - right.line);
  }

  private isColumnNumbers({ cells }: SheetRow): boolean {
    const texts = cells.map((cell) => textOf(cell).trim()).filter((text) => text !== '');
    const title = textOf(cells[this.header.columns.get('title') ?? 0]).trim();
    return title !== '' && texts.every((text) => COLUMN_NUMBER.test(text));
  }

  private whatIs(row: SheetRow, cells: PlanCells): 'LINE' | 'HEADING' | 'NOTHING' {
    const [number, title] = [cells.text('number'), cells.text('title')];
    if (this.tools.words.isTotal(title) || this.tools.words.isTotal(number)) return 'NOTHING';
    const says = SAYING.some((role) => cells.text(role) !== '');
    if (title === '') return this.isLineWithoutTitle(number, says, cells) ? 'LINE' : 'NOTHING';
    if (says) return this.isRepeatedHeader(row) ? 'NOTHING' : 'LINE';
    if (PART_NUMBER.test(number)) return 'HEADING';
    return this.isNumbered && number === '' && cells.text('budget') === '' ? 'NOTHING' : 'LINE';
  }

  private isLineWithoutTitle(number: string, says: boolean, cells: PlanCells): boolean {
    if (this.unreadable.has(cells.address('title'))) return true;
    return says && (!this.isNumbered || DIGIT.test(number));
  }

  private isRepeatedHeader({ cells }: SheetRow): boolean {
    const { columns, row } = this.header;
    return [...columns.values()].every((at) => textOf(cells[at]).trim() === textOf(row.cells[at]).trim());
  }

  private partOf(text: string): Part | undefined {
    const [urn, ...others] = this.tools.agencies.find(text);
    return urn === undefined || others.length > 0 ? undefined : { urn, text };
  }

  private line({ line }: SheetRow, cells: PlanCells, part: Part | undefined): PlanLine {
    const unreadable = this.unreadable.inRow(line, this.readColumns());
    const title = cells.bounded('title', TITLE_MAXIMUM);
    if (cells.text('title') === '' && !this.unreadable.has(cells.address('title'))) {
      cells.tell('title', 'VALUE_MISSING', { field: 'title' });
    }
    this.noteCode(cells);
    const isOfPart = cells.text('agency') === '';
    const read = {
      sheet: this.header.sheet.name,
      line,
      number: cells.text('number'),
      title,
      objective: cells.bounded('objective', TEXT_MAXIMUM) || null,
      scope: cells.bounded('scope', TEXT_MAXIMUM) || null,
      agency: isOfPart ? (part?.urn ?? null) : cells.agency(),
      agencyText: isOfPart ? (part?.text ?? null) : cells.text('agency'),
      investmentForm: cells.investmentForm(),
      workType: cells.workType(),
      layer: cells.layer(),
      budget: cells.budget(),
      year: cells.year(),
      decidedOn: cells.decidedOn(),
      answers: cells.answers(),
    };
    return { ...read, problems: [...unreadable, ...cells.problems] };
  }

  private readColumns(): number[] {
    const { columns, answers } = this.header;
    const read = [...columns].filter(([role]) => role !== 'number').map(([, at]) => at);
    return [...read, ...answers.map(({ at }) => at)];
  }

  /** Two lines of one code: which of them a decision is about, nobody can tell. */
  private noteCode(cells: PlanCells): void {
    const code = cells.text('code');
    if (code === '') return;
    const first = this.firstOfCode.get(code);
    if (first === undefined) this.firstOfCode.set(code, cells.address('code'));
    else cells.tell('code', 'ROW_REPEATED', { urn: code, first });
  }
}
