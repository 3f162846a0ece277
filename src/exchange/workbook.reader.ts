import { Injectable } from '@nestjs/common';
import { OwnedCache } from '../core/access/owned-cache.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { inSlices } from '../runtime/slices.js';
import { FormRowMaker } from './form-rows.js';
import type { FormRow, MissingCell } from './form-rows.js';
import type { FormColumn, NationalForm } from './national-form.reader.js';
import { ListStyle } from './printed-list.js';
import type { Cell } from './sheet.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';
import { printXlsx } from './xlsx-print.js';
import type { PrintedColumn } from './xlsx-print.js';

/** Memory that what is ready may take for all views together, and a blocker alone, an upper estimate: bytes. */
const READINESS_BYTES = 32 * 2 ** 20;
const BYTES_A_BLOCKER = 256;
const KEY = 'READINESS';

/** A cell of the form that is still empty. */
export interface WorkbookBlocker extends MissingCell {
  readonly sheet: string;
  /** Number of the row in the file, from 1, which is the header. */
  readonly line: number;
}

/** How much of a sheet is ready to be handed over. */
export interface SheetReadiness {
  readonly name: string;
  readonly rows: number;
  /** Number of rows without an empty cell that the form requires. */
  readonly ready: number;
}

/** How far the form can be filled from a landscape. */
export interface WorkbookReadiness {
  readonly sheets: readonly SheetReadiness[];
  /** In order of the sheets and their rows. */
  readonly blockers: readonly WorkbookBlocker[];
  /** Number of objects that are references and do not say to what. */
  readonly referencesWithoutOrigin: number;
  /** Codes of the national system that several objects have, each once. */
  readonly duplicateCodes: readonly string[];
}

/** Fills the national form from a landscape. */
@Injectable()
export class WorkbookReader {
  private readonly known = new OwnedCache<WorkbookReadiness>(READINESS_BYTES);
  /** Those that are on the way, so that two who ask at once wait for one. */
  private readonly beingMade = new WeakMap<LandscapeView, Promise<WorkbookReadiness>>();

  constructor(private readonly words: SpreadsheetWords) {}

  /**
   * The form of a code.
   * @throws RegistryError VALUE_NOT_ALLOWED where there is none, or none of this version.
   */
  form(code: string, version?: string | null): NationalForm {
    const { form } = this.words;
    const wanted = { form: [code, form.code], version: [version ?? form.version, form.version] } as const;
    for (const [field, [value, allowed]] of Object.entries(wanted)) {
      if (value !== allowed) throw RegistryError.of('VALUE_NOT_ALLOWED', [field], { field, value, allowed });
    }
    return form;
  }

  /** The form as a workbook. */
  async print(landscape: LandscapeView): Promise<Buffer> {
    const maker = this.makerFor(landscape);
    return printXlsx(
      this.words.form.sheets.map((sheet) => ({
        name: sheet.name,
        columns: sheet.columns.map((column) => this.printed(column)),
        rows: cellsOf(maker.rows(sheet)),
      })),
    );
  }

  /** What of the form is ready and what is not; worked out once for a landscape, in slices. */
  async readiness(landscape: LandscapeView): Promise<WorkbookReadiness> {
    const known = this.known.get(landscape, KEY);
    if (known !== undefined) return known;
    const begun = this.beingMade.get(landscape) ?? inSlices(readinessOf(this.makerFor(landscape)));
    this.beingMade.set(landscape, begun);
    try {
      const readiness = await begun;
      this.known.set(landscape, KEY, readiness, (1 + readiness.blockers.length) * BYTES_A_BLOCKER);
      return readiness;
    } finally {
      this.beingMade.delete(landscape);
    }
  }

  private makerFor(landscape: LandscapeView): FormRowMaker {
    // The form is Vietnamese, whoever reads it.
    return new FormRowMaker(this.words.form, new ListStyle(landscape, this.words, 'VI'));
  }

  private printed({ header, to, words }: FormColumn): PrintedColumn {
    const values = to === 'connectionType' ? this.words.form.connectionTypes : Object.values(words);
    // A cell may hold several channels, which a choice of one could not write.
    const isChoice = values.length > 0 && to !== 'channels';
    return { header, width: WIDE.has(to) ? 48 : 18, ...(isChoice && { values }) };
  }
}

const WIDE: ReadonlySet<string> = new Set(['name', 'owner', 'operator', 'attribute:solution', 'attribute:criteria']);

function* cellsOf(rows: Iterable<FormRow>): Generator<readonly Cell[]> {
  for (const { cells } of rows) yield cells;
}

function* readinessOf(maker: FormRowMaker): Generator<void, WorkbookReadiness> {
  const blockers: WorkbookBlocker[] = [];
  const sheets: SheetReadiness[] = [];
  for (const sheet of maker.form.sheets) {
    let [rows, ready] = [0, 0];
    for (const { missing } of maker.rows(sheet)) {
      rows += 1;
      if (missing.length === 0) ready += 1;
      for (const cell of missing) blockers.push({ ...cell, sheet: sheet.name, line: rows + 1 });
      yield;
    }
    sheets.push({ name: sheet.name, rows, ready });
  }
  return { sheets, blockers, ...(yield* codesOf(maker)) };
}

function* codesOf(
  maker: FormRowMaker,
): Generator<void, Pick<WorkbookReadiness, 'referencesWithoutOrigin' | 'duplicateCodes'>> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  let referencesWithoutOrigin = 0;
  for (const { attributes, externalIds } of maker.objects()) {
    if (attributes['recordType'] === 'REFERENCE' && attributes['originCode'] === undefined)
      referencesWithoutOrigin += 1;
    for (const { scheme, value } of externalIds) {
      if (scheme !== 'NAS') continue;
      if (seen.has(value)) repeated.add(value);
      seen.add(value);
    }
    yield;
  }
  return { referencesWithoutOrigin, duplicateCodes: [...repeated].toSorted() };
}
