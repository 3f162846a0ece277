import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Confidence, Json, RelationStatus } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';

/** One row of a reference table: the text of every column, empty where the source says nothing. */
export type ReferenceRow = Readonly<Record<string, string>>;

/** The grades of the reference tables, see `reference/README.md`. */
export const CONFIDENCE_OF_GRADE: Readonly<Record<string, Confidence>> = {
  H: 'HIGH',
  M: 'MEDIUM',
  L: 'LOW',
  K: 'UNSOURCED',
};

/** The states of a relation in the words of the tables. */
export const STATUS_OF_WORD: Readonly<Record<string, RelationStatus>> = {
  ACTIVE: 'IN_USE',
  PLANNED: 'PLANNED',
  UNKNOWN: 'UNKNOWN',
  IN_USE: 'IN_USE',
  ENDED: 'ENDED',
};

/** Where a value is known from, and how sure it is. */
export type Evidence = Pick<Operation, 'source' | 'confidence'>;

const REFERENCE_FOLDER = join(import.meta.dirname, '..', 'reference');

/** Reads one table of the reference data, for example `hcmc/systems.csv`. */
export function readReferenceRows(path: string): readonly ReferenceRow[] {
  return parse<Record<string, string>>(readFileSync(join(REFERENCE_FOLDER, path), 'utf8'), { columns: true });
}

/**
 * The text of a cell; undefined where it is empty, for an empty cell says nothing.
 * @throws RangeError if the table has no such column: the data that ships with the program is wrong, not a user's input.
 */
export function cell(row: ReferenceRow, column: string): string | undefined {
  const text = row[column];
  if (text === undefined) throw new RangeError(`the table has no column ${column}`);
  return text === '' ? undefined : text;
}

/**
 * The text of a cell that may not be empty.
 * @throws RangeError if it is.
 */
export function requiredCell(row: ReferenceRow, column: string): string {
  const text = cell(row, column);
  if (text === undefined) throw new RangeError(`${column} is empty in ${JSON.stringify(row)}`);
  return text;
}

/**
 * What the code in a cell stands for; undefined where the cell is empty.
 * @throws RangeError if the code is not in the table of codes.
 */
export function codedCell<T>(row: ReferenceRow, column: string, codes: Readonly<Record<string, T>>): T | undefined {
  const code = cell(row, column);
  if (code === undefined) return undefined;
  const meaning = codes[code];
  if (meaning === undefined) throw new RangeError(`${column}: ${code} is not one of ${Object.keys(codes).join(', ')}`);
  return meaning;
}

/** A table of codes in which every word stands for itself. */
export function sameWords<T extends string>(words: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(words.map((word) => [word, word]));
}

/** The sources of a row, which stand in its column `source` with ` ; ` between them. */
export function sourcesOf(row: ReferenceRow): string[] {
  return cell(row, 'source')?.split(' ; ') ?? [];
}

/** Leaves out the keys that nothing is known of: a missing key is unknown, an empty text would be a claim. */
export function known(fields: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  const entries = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[key, value] as const],
  );
  return Object.fromEntries(entries);
}

/** The urn of an object of the reference data. */
export function referenceUrn(id: string): string {
  return `urn:khung:${id}`;
}

/** Where an object of the reference data is known from, and how sure its row is. */
export function evidenceOf(row: ReferenceRow): Evidence {
  return {
    source: cell(row, 'source') ?? null,
    confidence: codedCell(row, 'confidence', CONFIDENCE_OF_GRADE) ?? null,
  };
}

/** A relation of the reference data, its ends named by their ids. */
export interface ReferenceRelation {
  readonly source: string;
  readonly kind: string;
  readonly target: string;
  readonly fields?: Readonly<Record<string, Json | undefined>>;
  readonly evidence: Evidence;
}

/** Adds a relation, which is named after its ends and its kind. */
export function addRelation({ source, kind, target, fields = {}, evidence }: ReferenceRelation): Operation {
  return {
    op: 'ADD',
    urn: referenceUrn(`${source}.${kind.toLowerCase().replaceAll('_', '-')}.${target}`),
    value: { kind, source: referenceUrn(source), target: referenceUrn(target), ...known(fields) },
    ...evidence,
  };
}

/** Sets a field that is less or more sure than the rest of its row; nothing where nothing is known. */
export function qualified(urn: string, path: string, value: Json | undefined, evidence: Evidence): Operation[] {
  return value === undefined ? [] : [{ op: 'UPDATE', urn, path, value, ...evidence }];
}
