import type { Issue } from '../core/errors.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { ElementKind } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { UrnMaker } from '../core/landscape/urn-maker.js';
import { CellReader } from './cell-values.js';
import { ElementLookup } from './element-lookup.js';
import { identify, planElementRow } from './element-rows.js';
import { STEPS, rowProblem } from './import-row.js';
import type { ImportRow, RowProblem } from './import-row.js';
import { planRelationRow } from './relation-rows.js';
import { RowCells } from './row-cells.js';
import type { ElementRowContext, RowIdentity } from './row-cells.js';
import { cellAddress, placeOf } from './sheet.js';
import type { Sheet } from './sheet.js';
import { HeaderReader, lineOf } from './sheet-columns.js';
import type { RecognisedSheet } from './sheet-columns.js';
import type { SpreadsheetWords } from './spreadsheet-words.reader.js';

/** What a file is, beside what stands in it. */
export interface ImportRequest {
  /** Named as the source of every value. */
  readonly fileName: string;
  readonly sheets: readonly Sheet[];
  /** What the rows are, where the file does not say so; it holds for all sheets of elements. */
  readonly kind: ElementKind | undefined;
}

/** What a file would do to a landscape, row by row. */
export interface ImportPlan {
  readonly rows: readonly ImportRow[];
  /** What is wrong with sheets and cells outside of any row that was read. */
  readonly problems: readonly Issue[];
  /** What is not read, and why. */
  readonly notes: readonly Issue[];
}

/**
 * Works out what a file would do to a landscape, in steps short enough to let others have their turn in between. The same
 * file on the landscape that it left behind comes to nothing.
 */
export function* planImport(
  landscape: ChangeBase,
  request: ImportRequest,
  words: SpreadsheetWords,
): Generator<void, ImportPlan> {
  const headers = new HeaderReader(words, landscape.definitions.byKey);
  const problems: Issue[] = [];
  const notes: Issue[] = [];
  const recognised: RecognisedSheet[] = [];
  for (const sheet of request.sheets) {
    if (sheet.rows.length === 0) continue;
    const found = headers.recognise(sheet);
    if ('reason' in found) problems.push(found);
    else {
      recognised.push(found);
      const lines = new Set(found.rows.map(({ line }) => line));
      problems.push(...found.issues.filter(({ path }) => !lines.has(lineOf(path))));
      notes.push(...found.notes);
    }
  }
  const context = {
    landscape,
    cells: new CellReader(words),
    lookup: new ElementLookup(landscape),
    urns: new UrnMaker(landscape),
    source: request.fileName,
  };
  const rows: ImportRow[] = [];
  yield* planElements(recognised, { context, request, words, rows });
  for (const { cells } of rowsOf(recognised, 'RELATIONS')) {
    rows.push(planRelationRow(cells, context));
    yield;
  }
  return { rows, problems, notes };
}

interface ElementPlanning {
  readonly context: ElementRowContext;
  readonly request: ImportRequest;
  readonly words: SpreadsheetWords;
  readonly rows: ImportRow[];
}

/** Who the rows speak of is told first, so that a row may name what a later one brings. */
function* planElements(
  recognised: readonly RecognisedSheet[],
  { context, request, words, rows }: ElementPlanning,
): Generator<void> {
  const identified: { readonly cells: RowCells; readonly identity: RowIdentity | undefined }[] = [];
  const firstOf = new Map<string, RowCells>();
  for (const { cells, sheet } of rowsOf(recognised, 'ELEMENTS')) {
    const identity = identify(cells, context, request.kind ?? kindOfSheet(sheet, words));
    if (identity !== undefined) noteIdentity(cells, identity, { firstOf, context });
    identified.push({ cells, identity });
    yield;
  }
  for (const { cells, identity } of identified) {
    const isRefused = identity === undefined || cells.problems.length > 0;
    rows.push(isRefused ? refused(cells) : planElementRow(cells, identity, context));
    yield;
  }
}

function noteIdentity(
  cells: RowCells,
  { urn, kind, existing }: RowIdentity,
  { firstOf, context }: { readonly firstOf: Map<string, RowCells>; readonly context: ElementRowContext },
): void {
  const first = firstOf.get(urn);
  if (first !== undefined) {
    const { sheet, line } = first.place;
    const at = cellAddress(line, first.columnOf.get('name') ?? 0);
    cells.refuse('ROW_REPEATED', 'name', { urn, first: sheet === '' ? at : `${sheet}!${at}` });
    return;
  }
  firstOf.set(urn, cells);
  const name = cells.text('name');
  if (existing === undefined && name !== undefined) context.lookup.bring({ urn, kind, names: [name] });
}

function* rowsOf(
  recognised: readonly RecognisedSheet[],
  rowsAre: RecognisedSheet['rowsAre'],
): Generator<{ readonly cells: RowCells; readonly sheet: string }> {
  for (const { sheet, columns, rows, issues, rowsAre: are } of recognised) {
    if (are !== rowsAre) continue;
    for (const row of rows) {
      const cells = new RowCells({ sheet: sheet.name, line: row.line }, row, columns);
      const wrong = issues.filter(({ path }) => lineOf(path) === row.line);
      cells.problems.push(...wrong.map((issue) => ({ issue, column: placeOf(issue.path[1] ?? '')?.column })));
      yield { cells, sheet: sheet.name };
    }
  }
}

/** A sheet that is named after a kind holds that kind. */
function kindOfSheet(name: string, words: SpreadsheetWords): ElementKind | undefined {
  // The words of kinds are those of the model.
  return words.valueOf('kind', name) as ElementKind | undefined;
}

function refused({ place, problems, notes, columnOf: columns }: RowCells): ImportRow {
  return { place, object: 'ELEMENT', outcome: 'unchanged', relations: [], operations: [], problems, notes, columns };
}

/** Operations in the order in which they can be carried out, and the row that each is of. */
export interface ImportOperations {
  readonly operations: readonly Operation[];
  readonly rows: readonly ImportRow[];
}

/** The operations of the rows that nothing is wrong with. */
export function operationsOf(rows: readonly ImportRow[]): ImportOperations {
  const steps = STEPS.map((step) =>
    rows.flatMap((row) =>
      row.problems.length > 0
        ? []
        : row.operations.flatMap(({ step: its, operation }) => (its === step ? [{ operation, row }] : [])),
    ),
  );
  const inOrder = steps.flat();
  return { operations: inOrder.map(({ operation }) => operation), rows: inOrder.map(({ row }) => row) };
}

/**
 * What is wrong with a change set, told of the rows that its operations are of; undefined for what is wrong with no
 * operation, but with all of it.
 */
export function problemOf(
  found: Issue,
  { operations, rows }: ImportOperations,
): { readonly row: ImportRow; readonly problem: RowProblem } | undefined {
  const [list, at = '', ...rest] = found.path;
  const [row, operation] = [rows[Number(at)], operations[Number(at)]];
  if (list !== 'operations' || row === undefined || operation === undefined) return undefined;
  const place = [...(operation.path?.split('.') ?? []), ...rest.filter((part) => part !== 'value')];
  const to = place[0] === 'attributes' ? `attribute:${place[1]}` : (place[0] ?? '');
  return { row, problem: rowProblem(found.reason, row.place, { column: row.columns.get(to), params: found.params }) };
}
