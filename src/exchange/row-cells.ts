import type { Issue } from '../core/errors.js';
import type { CellReading, CellReader } from './cell-values.js';
import type { ElementLookup } from './element-lookup.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { Element, ElementKind, Json, RelationKind, Urn } from '../core/landscape/model.js';
import type { UrnMaker } from '../core/landscape/urn-maker.js';
import { itemsOf } from './cell-values.js';
import { rowProblem } from './import-row.js';
import type { NamedElement, RowPlace, RowProblem } from './import-row.js';
import { cellAddress, textOf } from './sheet.js';
import type { Cell, SheetRow } from './sheet.js';
import type { SheetColumn } from './sheet-columns.js';

/** What a relation joins, and as what. */
export interface RelationEnds {
  readonly kind: RelationKind;
  readonly source: Urn;
  readonly target: Urn;
}

/** What all rows of a file are read with. */
export interface RowTools {
  readonly cells: CellReader;
  readonly lookup: ElementLookup;
}

/** What the rows of a file are planned with. */
export interface ElementRowContext extends RowTools {
  readonly landscape: ChangeBase;
  readonly urns: UrnMaker;
  /** The urns of relations that columns of rows of elements make, by kind and ends (`relationKey`). */
  readonly made: Map<string, Urn>;
  /** Where the values are known from. */
  readonly source: string;
}

/** What relations that are the same have in common. */
export function relationKey({ kind, source, target }: RelationEnds): string {
  return `${kind} ${source} ${target}`;
}

/** Who a row of an element speaks of. */
export interface RowIdentity {
  readonly urn: Urn;
  readonly kind: ElementKind;
  readonly existing: Element | undefined;
}

/** The cells of one row by what their columns say, and everything that was found wrong with them so far. */
export class RowCells {
  readonly problems: RowProblem[] = [];
  readonly notes: RowProblem[] = [];
  readonly names: NamedElement[] = [];
  /** The element that the row, and no earlier one, would make. */
  brings: Urn | undefined;
  readonly columnOf: ReadonlyMap<string, number>;

  constructor(
    readonly place: RowPlace,
    private readonly row: SheetRow,
    readonly columns: readonly SheetColumn[],
  ) {
    this.columnOf = new Map(columns.map(({ to, at }) => [to, at]));
  }

  /** The cell of the column that says something; undefined where it is empty, or there is no such column. */
  cell(to: string): Cell {
    const at = this.columnOf.get(to);
    return at === undefined ? undefined : this.row.cells[at];
  }

  /** Its text without blanks around it; undefined where it is empty. */
  text(to: string): string | undefined {
    const text = textOf(this.cell(to)).trim();
    return text === '' ? undefined : text;
  }

  refuse(reason: Issue['reason'], to?: string, params: Issue['params'] = {}): undefined {
    this.problems.push(this.problem(reason, to, params));
  }

  note(reason: Issue['reason'], to: string, params: Issue['params'] = {}): void {
    this.notes.push(this.problem(reason, to, params));
  }

  /** The value of a reading; undefined where it is wrong, which is told, or to be forgotten. */
  valueOf(to: string, reading: CellReading): Json | undefined {
    if ('wrong' in reading) return this.refuse(reading.wrong, to, { field: this.headerOf(to), ...reading.params });
    return 'value' in reading ? reading.value : undefined;
  }

  /** The element that the cell names; undefined where it is empty, or names none or several, which is told. */
  element(to: string, { lookup }: RowTools, kinds?: readonly ElementKind[]): Urn | undefined {
    const text = this.text(to);
    return text === undefined ? undefined : this.named(to, text, { lookup, kinds });
  }

  /** The urns of the elements that the items of a cell name; undefined where one of them names none. */
  elements(to: string, { lookup }: RowTools, kinds?: readonly ElementKind[]): readonly Urn[] | undefined {
    const found = itemsOf(this.cell(to)).map((item) => this.named(to, item, { lookup, kinds }));
    return found.every((urn) => urn !== undefined) ? found : undefined;
  }

  private named(
    to: string,
    text: string,
    { lookup, kinds }: { readonly lookup: ElementLookup; readonly kinds: readonly ElementKind[] | undefined },
  ): Urn | undefined {
    const named = lookup.find(text, kinds);
    if ('urn' in named) {
      this.names.push({ urn: named.urn, text, column: this.columnOf.get(to) });
      return named.urn;
    }
    if ('several' in named)
      return this.refuse('NAME_AMBIGUOUS', to, { value: text, urns: named.several.slice(0, 5).join(', ') });
    return this.refuse('NAME_UNKNOWN', to, { value: text });
  }

  /** Where the cell of a column is, as people write it. */
  addressOf(to: string): string {
    const { sheet, line } = this.place;
    const cell = cellAddress(line, this.columnOf.get(to) ?? 0);
    return sheet === '' ? cell : `${sheet}!${cell}`;
  }

  headerOf(to: string): string {
    return this.columns.find((column) => column.to === to)?.header ?? to;
  }

  private problem(reason: Issue['reason'], to: string | undefined, params: Issue['params']): RowProblem {
    return rowProblem(reason, this.place, { column: to === undefined ? undefined : this.columnOf.get(to), params });
  }
}
