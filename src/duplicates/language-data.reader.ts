import { parse } from 'csv-parse/sync';
import type { Abbreviation } from '../core/similarity/normalise.js';
import type { LanguageData } from '../core/similarity/text-reading.js';
import { readReferenceJson, readReferenceText } from '../runtime/reference-file.js';

/** Reads the catalogue of capabilities, the words of projects and the table of abbreviations that ship with the program. */
export function readLanguageData(): LanguageData {
  // Files of ours: their shape is checked by language-data.reader.spec.ts, not on every start.
  const { capabilities } = readReferenceJson('hcmc/capabilities.json') as Pick<LanguageData, 'capabilities'>;
  const words = readReferenceJson('national/project-words.json') as Omit<
    LanguageData,
    'abbreviations' | 'capabilities'
  >;
  const abbreviations = parse<Abbreviation>(readReferenceText('national/abbreviations.csv'), { columns: true });
  return { ...words, capabilities, abbreviations };
}
