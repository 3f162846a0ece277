import { parse } from 'csv-parse/sync';
import type { Abbreviation } from '../core/similarity/normalise.js';
import type { LanguageData } from '../core/similarity/text-reading.js';
import { readReferenceJson, readReferenceText } from '../runtime/reference-file.js';

/** Reads the catalogue of capabilities and the table of abbreviations that ship with the program. */
export function readLanguageData(): LanguageData {
  // A file of ours: its shape is checked by language-data.reader.spec.ts, not on every start.
  const catalogue = readReferenceJson('hcmc/capabilities.json') as Omit<LanguageData, 'abbreviations'>;
  const abbreviations = parse<Abbreviation>(readReferenceText('national/abbreviations.csv'), { columns: true });
  return { ...catalogue, abbreviations };
}
