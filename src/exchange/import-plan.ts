import type { Issue } from '../core/errors.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { ElementKind, Urn } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { UrnMaker } from '../core/landscape/urn-maker.js';
import { CellReader } from './cell-values.js';
import { ElementLookup } from './element-lookup.js';
import { identify, planElementRow } from './element-rows.js';
import { FormRowMaker } from './form-rows.js';
import { FormSheetReader } from './form-sheets.js';
import { STEPS, rowProblem } from './import-row.js';
import type { ImportRow, RowOperation, RowProblem, Step } from './import-row.js';
import { kindColumnIssue } from './kind-column.js';
import { ListStyle } from './printed-list.js';
import { planRelationRow } from './relation-rows.js';
import { RowCells } from './row-cells.js';
import type { ElementRowContext, RowIdentity } from './row-cells.js';
import { placeOf } from './sheet.js';
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
  const { recognised, ofOtherKinds, problems, notes } = recognisedSheets(landscape, request, words);
  const context = {
    landscape,
    cells: new CellReader(words),
    lookup: new ElementLookup(landscape),
    urns: new UrnMaker(landscape),
    made: new Map<string, Urn>(),
    source: request.fileName,
  };
  const rows: ImportRow[] = [];
  yield* planElements(recognised, { context, request, words, rows });
  const firstOf = new Map<string, RowCells>();
  for (const { cells } of rowsOf(recognised, 'RELATIONS')) {
    rows.push(planRelationRow(cells, context, firstOf));
    yield;
  }
  for (const { cells } of rowsOf(ofOtherKinds, 'ELEMENTS')) rows.push({ ...refused(cells), outcome: 'unjudged' });
  return { rows, problems, notes };
}

interface RecognisedSheets extends Pick<ImportPlan, 'problems' | 'notes'> {
  readonly recognised: readonly RecognisedSheet[];
  /** Of which the kind column says something else than kinds: nobody can tell what their rows are. */
  readonly ofOtherKinds: readonly RecognisedSheet[];
}

/** What the sheets of a file are: those of the national form, or lists by their headers. */
function recognisedSheets(landscape: ChangeBase, request: ImportRequest, words: SpreadsheetWords): RecognisedSheets {
  const headers = new HeaderReader(words, landscape.definitions.byKey);
  const forms = new FormSheetReader(landscape, new FormRowMaker(words.form, new ListStyle(landscape, words, 'VI')));
  const [problems, notes]: [Issue[], Issue[]] = [[], []];
  const [recognised, ofOtherKinds]: [RecognisedSheet[], RecognisedSheet[]] = [[], []];
  const written = request.sheets.filter(({ rows }) => rows.length > 0);
  const read = (sheet: Sheet): readonly (RecognisedSheet | Issue)[] =>
    forms.recognise(sheet) ?? [headers.recognise(sheet)];
  for (const found of written.flatMap(read)) {
    if ('reason' in found) {
      problems.push(found);
      continue;
    }
    const { sheet, rowsAre } = found;
    const isKindTold = rowsAre === 'RELATIONS' || (request.kind ?? kindOfSheet(sheet.name, words)) !== undefined;
    const other = isKindTold ? undefined : kindColumnIssue(found, words);
    if (other !== undefined) problems.push(other);
    (other === undefined ? recognised : ofOtherKinds).push(found);
    const lines = new Set(found.rows.map(({ line }) => line));
    problems.push(...found.issues.filter(({ path }) => !lines.has(lineOf(path))));
    notes.push(...found.notes);
  }
  return { recognised, ofOtherKinds, problems, notes };
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
    cells.refuse('ROW_REPEATED', 'name', { urn, first: first.addressOf('name') });
    return;
  }
  firstOf.set(urn, cells);
  if (existing === undefined) cells.brings = urn;
  const name = cells.text('name');
  if (existing === undefined && name !== undefined) context.lookup.bring({ urn, kind, names: [name] });
}

function* rowsOf(
  recognised: readonly RecognisedSheet[],
  rowsAre: RecognisedSheet['rowsAre'],
): Generator<{ readonly cells: RowCells; readonly sheet: string }> {
  for (const { sheet, columns, rows, issues, rowsAre: are } of recognised) {
    if (are !== rowsAre) continue;
    const issuesAt = issuesByLine(issues);
    for (const row of rows) {
      const cells = new RowCells({ sheet: sheet.name, line: row.line }, row, columns);
      for (const issue of issuesAt.get(row.line) ?? []) {
        cells.problems.push({ issue, column: placeOf(issue.path[1] ?? '')?.column });
      }
      yield { cells, sheet: sheet.name };
    }
  }
}

function issuesByLine(issues: readonly Issue[]): ReadonlyMap<number, readonly Issue[]> {
  const byLine = new Map<number, Issue[]>();
  for (const each of issues) {
    const line = lineOf(each.path);
    const list = byLine.get(line) ?? [];
    byLine.set(line, list);
    list.push(each);
  }
  return byLine;
}

/** A sheet that is named after a kind holds that kind. */
function kindOfSheet(name: string, words: SpreadsheetWords): ElementKind | undefined {
  // The words of kinds are those of the model.
  return words.valueOf('kind', name) as ElementKind | undefined;
}

function refused({ place, brings, names, problems, notes, columnOf: columns }: RowCells): ImportRow {
  const nothing = { outcome: 'unchanged', relations: [], operations: [] } as const;
  return { place, object: 'ELEMENT', ...nothing, brings, names, problems, notes, columns };
}

/** Operations in the order in which they can be carried out, and the row that each is of. */
export interface ImportOperations {
  readonly operations: readonly Operation[];
  readonly rows: readonly ImportRow[];
  /** The columns that ask for them, where it is one alone. */
  readonly askedBy: readonly (string | undefined)[];
}

/** The operations of rows that nothing is wrong with. */
export function operationsOf(rows: readonly ImportRow[]): ImportOperations {
  const byStep = new Map<Step, (RowOperation & { readonly row: ImportRow })[]>(STEPS.map((step) => [step, []]));
  const removed = new Set<string>();
  for (const row of rows) {
    for (const each of row.operations) {
      const { step, operation } = each;
      // A relation may go with the row of its element and by a row of its own: it goes once.
      if (operation.op === 'REMOVE' && operation.path === undefined) {
        if (removed.has(operation.urn)) continue;
        removed.add(operation.urn);
      }
      byStep.get(step)?.push({ ...each, row });
    }
  }
  const inOrder = [...byStep.values()].flat();
  return {
    operations: inOrder.map(({ operation }) => operation),
    rows: inOrder.map(({ row }) => row),
    askedBy: inOrder.map(({ askedBy }) => askedBy),
  };
}

/** The columns of fields that have other names there. */
const COLUMN_OF: ReadonlyMap<string, string> = new Map([
  ['phases', 'phase'],
  ['externalIds', 'externalId:NAS'],
]);

/**
 * What is wrong with a change set, told of the rows that its operations are of; undefined for what is wrong with no
 * operation, but with all of it.
 */
export function problemOf(
  found: Issue,
  { operations, rows, askedBy }: ImportOperations,
): { readonly row: ImportRow; readonly problem: RowProblem } | undefined {
  const [list, at = '', ...rest] = found.path;
  const [row, operation] = [rows[Number(at)], operations[Number(at)]];
  if (list !== 'operations' || row === undefined || operation === undefined) return undefined;
  const column = row.columns.get(askedBy[Number(at)] ?? columnFor(row, operation, rest));
  return { row, problem: rowProblem(found.reason, row.place, { column, params: found.params }) };
}

/** What the column of a value says, by the way to that value. */
function columnFor({ object }: ImportRow, { path }: Operation, way: readonly string[]): string {
  const [field = '', key] = [...(path?.split('.') ?? []), ...way.filter((part) => part !== 'value')];
  if (field === 'attributes') return `attribute:${key}`;
  if (field === 'kind' && object === 'RELATION') return 'relationKind';
  return COLUMN_OF.get(field) ?? field;
}
