import type { Issue } from '../core/errors.js';
import type { Urn } from '../core/landscape/model.js';
import type { TenderCode } from '../core/landscape/tender-code.js';

/** Most lines of one file that are answered: as many as of a plan. */
export const TENDER_LINES_MAXIMUM = 1_000;

/** A tender as a line of a list says it. What the line does not say is null or empty. */
export interface TenderLine {
  /** Name of the sheet; empty for a text file. */
  readonly sheet: string;
  /** Number of the row, from 1. */
  readonly line: number;
  /** What stands in its column of numbers; empty where there is none. */
  readonly number: string;
  readonly title: string;
  /** Of its columns of codes first, then of its title; each once. */
  readonly codes: readonly TenderCode[];
  readonly agency: Urn | null;
  /** As the list names the agency. */
  readonly agencyText: string | null;
  /** What of the line could not be taken, each with its cell and the cure. */
  readonly problems: readonly Issue[];
}

/** A sheet in which tenders were found. */
export interface TenderSheet {
  readonly name: string;
  /** The row of the header. */
  readonly headerLine: number;
  readonly lines: readonly TenderLine[];
}

/** A list of tenders. */
export interface TenderList {
  readonly sheets: readonly TenderSheet[];
  /** Sheets and columns that were not read. */
  readonly notes: readonly Issue[];
}
