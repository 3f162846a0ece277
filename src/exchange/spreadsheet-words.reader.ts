import { Injectable } from '@nestjs/common';
import { foldVietnamese } from '../core/fold-vietnamese.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { readNationalForm } from './national-form.reader.js';
import type { NationalForm } from './national-form.reader.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import type { Language } from '../runtime/messages.js';

const FILE = 'national/spreadsheets.json';

/** A column that the lists of the registry have, and the other headers under which it comes. */
export interface ColumnWords {
  /** What its cells say: a field, `attribute:<key>`, `externalId:<scheme>`, a role such as `owner` or `delete`. */
  readonly to: string;
  readonly header: Readonly<Record<Language, string>>;
  readonly help: Readonly<Record<Language, string>>;
  readonly also: readonly string[];
}

/** A value that must be one of a list, by the words for it: the Vietnamese one first, the English one second. */
type ValueWords = ReadonlyMap<string, readonly string[]>;

/** The words in which lists come and go: headers of columns, and names of values. */
@Injectable()
export class SpreadsheetWords {
  readonly elementColumns: readonly ColumnWords[];
  readonly relationColumns: readonly ColumnWords[];
  /** What is written where something is declared not to be there, and where a value is to be unknown again. */
  readonly marks: {
    readonly absent: Readonly<Record<Language, string>>;
    readonly unknown: Readonly<Record<Language, string>>;
  };
  /** The national form: its sheets, columns and words. */
  readonly form: NationalForm = readNationalForm();
  private readonly values: ReadonlyMap<string, ValueWords>;
  private readonly folded: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor() {
    const file = recordAt(readReferenceJson(FILE), FILE);
    this.elementColumns = listAt(file, 'elementColumns').map(columnOf);
    this.relationColumns = listAt(file, 'relationColumns').map(columnOf);
    this.marks = {
      absent: inBoth(recordAt(file.absent, 'absent')),
      unknown: inBoth(recordAt(file.unknown, 'unknown')),
    };
    const lists = Object.entries(recordAt(file.words, 'words'));
    this.values = new Map(lists.map(([list, words]) => [list, wordsOf(words)]));
    this.folded = new Map([...this.values].map(([list, words]) => [list, foldedWords(words)]));
  }

  /** The value of a list that a text means, by its code or any of its words, marks or not; undefined where it means none. */
  valueOf(list: string, text: string): string | undefined {
    return this.folded.get(list)?.get(foldHeader(text));
  }

  /** How a value is written in a language; the value itself where the list has no words for it. */
  wordFor(list: string, value: string, language: Language): string {
    const [vietnamese, english] = this.values.get(list)?.get(value) ?? [];
    return (language === 'VI' ? vietnamese : english) ?? value;
  }

  /** All values of a list that has words; undefined where it has none. */
  valuesOf(list: string): readonly string[] | undefined {
    const words = this.values.get(list);
    return words === undefined ? undefined : [...words.keys()];
  }
}

/** A header or word without case, marks, and what stands between its words. */
export function foldHeader(text: string): string {
  return foldVietnamese(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function foldedWords(words: ValueWords): ReadonlyMap<string, string> {
  const folded = new Map<string, string>();
  for (const [value, texts] of words) {
    for (const text of [value, ...texts]) if (!folded.has(foldHeader(text))) folded.set(foldHeader(text), value);
  }
  return folded;
}

function columnOf(entry: unknown): ColumnWords {
  const column = recordAt(entry, 'column');
  const text = (key: string) => textAt(column, key);
  return {
    to: text('to'),
    header: { VI: text('vi'), EN: text('en') },
    help: { VI: text('helpVi'), EN: text('helpEn') },
    also: listAt(column, 'also').map(String),
  };
}

function wordsOf(entry: unknown): ValueWords {
  return new Map(Object.entries(recordAt(entry, 'words')).map(([value, texts]) => [value, textsOf(texts)]));
}

function textsOf(entry: unknown): string[] {
  if (!Array.isArray(entry)) throw wrong('words');
  return entry.map(String);
}

function inBoth(entry: Record<string, unknown>): Readonly<Record<Language, string>> {
  return { VI: textAt(entry, 'vi'), EN: textAt(entry, 'en') };
}

function recordAt(entry: unknown, name: string): Record<string, unknown> {
  if (isRecord(entry)) return entry;
  throw wrong(name);
}

function listAt(entry: Record<string, unknown>, key: string): readonly unknown[] {
  const list = entry[key];
  if (Array.isArray(list)) return list;
  throw wrong(key);
}

function textAt(entry: Record<string, unknown>, key: string): string {
  const text = entry[key];
  if (typeof text === 'string') return text;
  throw wrong(key);
}

/** The data that ships with the program is wrong, not a user's input. */
function wrong(name: string): Error {
  return new Error(`${FILE} has an entry that is none: ${name}`);
}
