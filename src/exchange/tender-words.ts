import { readReferenceJson } from '../runtime/reference-file.js';
import type { Language } from '../runtime/messages.js';
import { HeaderWords } from './header-words.js';
import type { HeaderTable } from './header-words.js';
import { foldHeader } from './spreadsheet-words.reader.js';

/** What the columns of a list of tenders say. */
export const TENDER_ROLES = ['number', 'code', 'title', 'agency'] as const;
export type TenderRole = (typeof TENDER_ROLES)[number];

/** The words of tender lists as they ship with the program. */
export interface TenderWordsFile {
  /** Where the words are from, and how sure they are. */
  readonly source: { readonly vi: string; readonly en: string };
  readonly confidence: string;
  readonly columns: HeaderTable<TenderRole>;
  /** Titles of rows that are sums. */
  readonly totals: readonly string[];
}

/** Reads what ships with the program: its shape is checked by tender-words.spec.ts, not on every start. */
export function readTenderWords(): TenderWordsFile {
  return readReferenceJson('national/tender-lists.json') as TenderWordsFile;
}

/** Knows the words of tender lists, marks or not. */
export class TenderWords {
  readonly headers: HeaderWords<TenderRole>;
  private readonly totals: ReadonlySet<string>;

  constructor(private readonly file: TenderWordsFile) {
    this.headers = new HeaderWords(TENDER_ROLES, file.columns);
    this.totals = new Set(file.totals.map(foldHeader));
  }

  isTotal(text: string): boolean {
    return this.totals.has(foldHeader(text));
  }

  /** How far the words that columns are known by can be trusted. */
  source(language: Language): string {
    return language === 'VI' ? this.file.source.vi : this.file.source.en;
  }
}
