import { codeOf } from '../core/errors.js';
import type { ErrorCode, Issue, Reason } from '../core/errors.js';
import { messageOf } from '../runtime/messages.js';
import type { ImportPlan } from './import-plan.js';
import { IMPORT_OUTCOMES } from './import-row.js';
import type { ImportOutcome } from './import-row.js';
import { placeOf } from './sheet.js';
import type { TextEncoding } from './text-encoding.js';

export type ImportCounts = Readonly<Record<ImportOutcome, number>>;

/** Something that is wrong, or done otherwise than expected, with its place in the file. */
export interface ImportProblem {
  /** Name of the sheet; null for a text file, or for what is wrong with the whole file. */
  readonly sheet: string | null;
  /** Number of the row or line; null for a whole sheet. */
  readonly line: number | null;
  /** Letters of the column; null for a whole row. */
  readonly column: string | null;
  readonly code: ErrorCode;
  readonly reason: Reason;
  readonly message: { readonly vi: string; readonly en: string };
}

/** What an import did, or would do. */
export interface ImportReport {
  /** Rows of elements. */
  readonly elements: ImportCounts;
  /** Rows of relations, and the relations that columns such as the owner make. */
  readonly relations: ImportCounts;
  /** What keeps rows, or the whole file, from being taken. */
  readonly problems: readonly ImportProblem[];
  /** Columns that are not read, and values that are kept otherwise. */
  readonly notes: readonly ImportProblem[];
  /** Whether anything was written. */
  readonly isApplied: boolean;
  /** Revision of the landscape afterwards. */
  readonly revision: number;
  /** Number of the scenario that was begun; null where there is none. */
  readonly scenario: string | null;
  /** How the text of the file is encoded; null for a workbook. */
  readonly encoding: TextEncoding | null;
}

interface ReportParts extends Pick<ImportReport, 'isApplied' | 'revision' | 'scenario'> {
  readonly plan: ImportPlan;
  /** What is wrong with all of it. */
  readonly problems: readonly Issue[];
  readonly encoding: TextEncoding | undefined;
}

export function importReport({ plan, problems, encoding, ...outcome }: ReportParts): ImportReport {
  const elements = zero();
  const relations = zero();
  for (const row of plan.rows) {
    const counts = row.object === 'ELEMENT' ? elements : relations;
    counts[row.problems.length > 0 ? 'refused' : row.outcome] += 1;
    if (row.problems.length === 0) for (const relation of row.relations) relations[relation] += 1;
  }
  const ofRows = plan.rows.flatMap((row) => row.problems.map(({ issue }) => issue));
  const notes = [...plan.notes, ...plan.rows.flatMap((row) => row.notes.map(({ issue }) => issue))];
  return {
    elements,
    relations,
    problems: [...problems, ...plan.problems, ...ofRows].map(told),
    notes: notes.map(told),
    ...outcome,
    encoding: encoding ?? null,
  };
}

function zero(): Record<ImportOutcome, number> {
  // Every outcome is a key.
  return Object.fromEntries(IMPORT_OUTCOMES.map((outcome) => [outcome, 0])) as Record<ImportOutcome, number>;
}

const COLUMN = /^[A-Z]+/;

function told(issue: Issue): ImportProblem {
  const [sheet = '', cell = ''] = issue.path;
  const place = placeOf(cell);
  const line = place === undefined ? Number(cell) : place.row + 1;
  return {
    sheet: sheet === '' ? null : sheet,
    line: cell !== '' && Number.isSafeInteger(line) ? line : null,
    column: COLUMN.exec(cell)?.[0] ?? null,
    code: codeOf(issue.reason),
    reason: issue.reason,
    message: { vi: messageOf(issue, 'VI'), en: messageOf(issue, 'EN') },
  };
}
