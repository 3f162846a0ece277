import type { Issue } from '../core/errors.js';
import type { Urn } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { cellAddress } from './sheet.js';

/** `unjudged` is what nobody can say of a row before something else is mended. */
export const IMPORT_OUTCOMES = ['created', 'changed', 'deleted', 'unchanged', 'refused', 'unjudged'] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

/** Where a row stands in its file. */
export interface RowPlace {
  readonly sheet: string;
  readonly line: number;
}

/**
 * When an operation is carried out: what is new is there before it is named, and what goes is related to nothing by then.
 */
export const STEPS = [
  'ADD_ELEMENT',
  'SET',
  'REMOVE_RELATION',
  'ADD_RELATION',
  'SET_ADDED_RELATION',
  'REMOVE_ELEMENT',
] as const;
export type Step = (typeof STEPS)[number];

/** An operation that a row asks for. */
export interface RowOperation {
  readonly step: Step;
  readonly operation: Operation;
  /** The column that asks for it; undefined where that is told by the field. */
  readonly askedBy?: string;
}

/** Something wrong with a row, and the column of the cell; undefined for the whole row. */
export interface RowProblem {
  readonly issue: Issue;
  readonly column: number | undefined;
}

/** An element that a row names, as the cell of some column has it. */
export interface NamedElement {
  readonly urn: Urn;
  readonly text: string;
  readonly column: number | undefined;
}

/** What one row of a file comes to. */
export interface ImportRow {
  readonly place: RowPlace;
  readonly object: 'ELEMENT' | 'RELATION';
  /** What becomes of the object of the row, if nothing is wrong with it. */
  readonly outcome: Exclude<ImportOutcome, 'refused'>;
  /** What becomes of the relations that the row of an element brings with it. */
  readonly relations: readonly Exclude<ImportOutcome, 'refused'>[];
  readonly operations: readonly RowOperation[];
  /** The element that the row, and no earlier one, would make; undefined where there is none. */
  readonly brings: Urn | undefined;
  /** The elements that it names beside its own. */
  readonly names: readonly NamedElement[];
  /** What keeps the row from being taken. */
  readonly problems: readonly RowProblem[];
  /** What is done otherwise than the row might expect. */
  readonly notes: readonly RowProblem[];
  /** The columns by what they say, for problems that are found later. */
  readonly columns: ReadonlyMap<string, number>;
}

/** Where a row is, as people write it: the cell of its name, or its first one. */
export function rowAddress({ place: { sheet, line }, columns }: ImportRow): string {
  const cell = cellAddress(line, columns.get('name') ?? 0);
  return sheet === '' ? cell : `${sheet}!${cell}`;
}

/** A problem with the cell it stands in, under the name that people see. */
export function rowProblem(
  reason: Issue['reason'],
  { sheet, line }: RowPlace,
  { column, params = {} }: { readonly column?: number | undefined; readonly params?: Issue['params'] },
): RowProblem {
  const at = column === undefined ? `${line}` : cellAddress(line, column);
  const cell = sheet === '' ? at : `${sheet}!${at}`;
  return { issue: { reason, path: [sheet, at], params: { cell, ...params } }, column };
}
