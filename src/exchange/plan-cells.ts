import type { Issue } from '../core/errors.js';
import type { PartialDate, Urn } from '../core/landscape/model.js';
import type { AgencyNames } from './agency-names.js';
import { dateOf } from './cell-values.js';
import type { CellReader } from './cell-values.js';
import type { PlanHeader } from './plan-header.js';
import type { PlanLine } from './plan-list.types.js';
import type { PlanRole, PlanWords } from './plan-words.js';
import { cellAddress, cellIssue, textOf } from './sheet.js';
import type { Cell, SheetRow } from './sheet.js';

/** What the cells of a plan are read with. */
export interface PlanTools {
  readonly words: PlanWords;
  readonly cells: CellReader;
  readonly agencies: AgencyNames;
}

/** The cells of one row of a plan. What can not be taken is left out and told in `problems`. */
export class PlanCells {
  readonly problems: Issue[] = [];

  constructor(
    private readonly tools: PlanTools,
    private readonly header: PlanHeader,
    private readonly row: SheetRow,
  ) {}

  /** The text of a cell; empty where the sheet has no such column. */
  text(role: PlanRole): string {
    return textOf(this.cell(role)).trim();
  }

  /** A text of at most so many characters; a longer one is told and left out. */
  bounded(role: PlanRole, limit: number): string {
    const text = this.text(role);
    if (text.length <= limit) return text;
    this.tell(role, 'CELL_TOO_LONG', { limit, actual: text.length });
    return '';
  }

  /** `B7`: where a role stands in this row. */
  address(role: PlanRole): string {
    return cellAddress(this.row.line, this.header.columns.get(role) ?? 0);
  }

  tell(role: PlanRole, reason: Issue['reason'], params: Issue['params'] = {}): void {
    this.tellAt(this.header.columns.get(role) ?? 0, reason, params);
  }

  agency(): Urn | null {
    const value = this.text('agency');
    if (value === '') return null;
    const [urn, ...others] = this.tools.agencies.find(value);
    if (urn === undefined) this.tell('agency', 'NAME_UNKNOWN', { value });
    else if (others.length > 0) this.tell('agency', 'NAME_AMBIGUOUS', { value, urns: [urn, ...others].join(', ') });
    else return urn;
    return null;
  }

  investmentForm(): PlanLine['investmentForm'] {
    const { words } = this.tools;
    return this.word('investmentForm', (text) => words.investmentForm(text), words.investmentForms) ?? 'UNKNOWN';
  }

  workType(): PlanLine['workType'] {
    const { words } = this.tools;
    return this.word('workType', (text) => words.workType(text), words.workTypes) ?? 'UNKNOWN';
  }

  layer(): number | null {
    if (this.text('layer') === '') return null;
    const reading = this.tools.cells.oneOf(this.cell('layer'), 'layer');
    if ('value' in reading) return Number(reading.value);
    if ('wrong' in reading) this.tell('layer', reading.wrong, { field: this.headerOf('layer'), ...reading.params });
    return null;
  }

  /** Whole dong; null where nobody says in which unit the money is counted. */
  budget(): number | null {
    const text = this.text('budget');
    if (text === '') return null;
    const unit = this.tools.words.unitIn(text) ?? this.header.unit;
    const amount = amountOf(this.cell('budget'));
    const field = this.headerOf('budget');
    if (amount === undefined) this.tell('budget', 'VALUE_OF_WRONG_TYPE', { field, expected: 'số / number (1.250,5)' });
    else if (unit === undefined) this.tell('budget', 'VALUE_MISSING', { field: `${field}: đơn vị tính / unit` });
    else return Math.round(amount * unit);
    return null;
  }

  /** The first year that is named. */
  year(): number | null {
    const [year] = /(?:19|20|21)\d{2}/.exec(this.text('year')) ?? [];
    return year === undefined ? null : Number(year);
  }

  decidedOn(): PartialDate | null {
    if (this.text('decidedOn') === '') return null;
    const reading = dateOf(this.cell('decidedOn'));
    if ('value' in reading && typeof reading.value === 'string') return reading.value;
    if ('wrong' in reading)
      this.tell('decidedOn', reading.wrong, { field: this.headerOf('decidedOn'), ...reading.params });
    return null;
  }

  answers(): PlanLine['answers'] {
    return this.header.answers.flatMap(({ at, definition }) => {
      const cell = this.row.cells[at];
      if (cell === undefined) return [];
      const reading = this.tools.cells.attribute(cell, definition);
      if ('value' in reading) return [{ field: definition.key, value: reading.value }];
      if ('wrong' in reading) this.tellAt(at, reading.wrong, { field: definition.nameVi, ...reading.params });
      return [];
    });
  }

  private word<T>(role: PlanRole, read: (text: string) => T | undefined, allowed: string): T | undefined {
    const value = this.text(role);
    const found = value === '' ? undefined : read(value);
    if (value !== '' && found === undefined) {
      this.tell(role, 'VALUE_NOT_ALLOWED', { field: this.headerOf(role), value: value.slice(0, 100), allowed });
    }
    return found;
  }

  private cell(role: PlanRole): Cell {
    const at = this.header.columns.get(role);
    return at === undefined ? undefined : this.row.cells[at];
  }

  private headerOf(role: PlanRole): string {
    return textOf(this.header.row.cells[this.header.columns.get(role) ?? 0]).trim();
  }

  private tellAt(column: number, reason: Issue['reason'], params: Issue['params']): void {
    const place = { sheet: this.header.sheet.name, line: this.row.line, column };
    this.problems.push(cellIssue(reason, place, params));
  }
}

/** `1.250`, `1.250.000,5`, `1,250.5`: groups of three and a fraction, whichever of point and comma is which. */
function amountOf(cell: Cell): number | undefined {
  if (typeof cell === 'object') return cell.type === 'NUMBER' ? Number(cell.text) : undefined;
  const [digits = ''] = /^\d[\d.,\s]*/.exec((cell ?? '').trim()) ?? [];
  const compact = digits.replaceAll(/\s/g, '');
  if (compact === '') return undefined;
  if (/^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(compact)) return Number(compact.replaceAll(/[.,]/g, ''));
  const last = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','));
  const plain = last < 0 ? compact : `${compact.slice(0, last).replaceAll(/[.,]/g, '')}.${compact.slice(last + 1)}`;
  const amount = Number(plain);
  return Number.isFinite(amount) ? amount : undefined;
}
