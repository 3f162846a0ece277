import type { Issue } from '../core/errors.js';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { Json, PartialDate, Urn } from '../core/landscape/model.js';
import type { InvestmentForm, WorkType } from '../core/landscape/proposal.js';

/** Most lines of one file that are answered: some three times the yearly plan of the city. */
export const PLAN_LINES_MAXIMUM = 1_000;

/** A planned project as a line of a list says it. What the line does not say is null or missing. */
export interface PlanLine {
  /** Name of the sheet; empty for a text file. */
  readonly sheet: string;
  /** Number of the row, from 1. */
  readonly line: number;
  /** What stands in its column of numbers; empty where there is none. */
  readonly number: string;
  /** Empty where it can not be read; then `problems` says why. */
  readonly title: string;
  readonly objective: string | null;
  readonly scope: string | null;
  readonly agency: Urn | null;
  /** As the list names the agency. */
  readonly agencyText: string | null;
  readonly investmentForm: InvestmentForm;
  readonly workType: WorkType;
  readonly layer: number | null;
  /** Whole dong. */
  readonly budget: number | null;
  /** The first year that the line names. */
  readonly year: number | null;
  readonly decidedOn: PartialDate | null;
  /** Answers to questions about projects, by key of their definition. */
  readonly answers: readonly { readonly field: string; readonly value: Json }[];
  /** What of the line could not be taken, each with its cell and the cure. */
  readonly problems: readonly Issue[];
}

/** A sheet in which lines were found. */
export interface PlanSheet {
  readonly name: string;
  /** The row of the header. */
  readonly headerLine: number;
  readonly lines: readonly PlanLine[];
}

/** A list of planned projects. */
export interface PlanList {
  readonly sheets: readonly PlanSheet[];
  /** Sheets and columns that were not read. */
  readonly notes: readonly Issue[];
}

/** Whose names and questions a list is read with. */
export interface PlanContext {
  /** As the caller sees it: agencies are known by its names alone. */
  readonly landscape: Landscape;
  readonly definitions: AttributeDefinitions;
}
