import { posix } from 'node:path';
import { RegistryError } from '../core/errors.js';
import { CELL_MAXIMUM, LISTS } from './sheet.js';
import type { XlsxArchive } from './xlsx-archive.js';
import { attributeOf, readXml } from './xlsx-xml.js';

/** What a number is meant to be by the way it is shown. */
export type NumberFormat = 'NUMBER' | 'DATE' | 'PERCENT';

/** What the cells of all sheets of a workbook refer to. */
export interface XlsxBook {
  /** In the order of the tabs. */
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  /** The texts that cells name by number. One longer than a cell can be is cut one character behind its limit. */
  readonly texts: readonly string[];
  /** What a number under the style of this number is shown as. */
  readonly formats: readonly NumberFormat[];
  /** Path of the part that says how cells look; empty where there is none. */
  readonly stylesPath: string;
  /** Days count from 1904 and not from 1900. */
  readonly startsIn1904: boolean;
}

/** @throws RegistryError FILE_NO_WORKBOOK for an archive of something else. */
export async function readBook(archive: XlsxArchive): Promise<XlsxBook> {
  const root = await targetsOf(archive, '');
  const path = [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))?.path ?? 'xl/workbook.xml';
  const targets = await targetsOf(archive, path);
  const sheets: XlsxBook['sheets'][number][] = [];
  let startsIn1904 = false;
  const book = await archive.text(path);
  if (book === undefined) throw RegistryError.of('FILE_NO_WORKBOOK');
  await readXml(book, {
    open: (tag) => {
      if (tag.name === 'workbookPr') startsIn1904 = ['1', 'true'].includes(attributeOf(tag, 'date1904') ?? '');
      if (tag.name !== 'sheet') return;
      const target = targets.get(attributeOf(tag, 'id') ?? '');
      // Sheets that are charts have no cells.
      const name = attributeOf(tag, 'name') ?? '';
      if (target?.type.endsWith('/worksheet') === true && name !== LISTS) {
        sheets.push({ name, path: target.path });
      }
    },
  });
  if (sheets.length === 0) throw RegistryError.of('FILE_NO_WORKBOOK');
  const pathOf = (type: string) => [...targets.values()].find((target) => target.type.endsWith(type))?.path ?? '';
  const texts = await readTexts(archive, pathOf('/sharedStrings'));
  const stylesPath = pathOf('/styles');
  return { sheets, texts, formats: await readFormats(archive, stylesPath), stylesPath, startsIn1904 };
}

interface Target {
  readonly type: string;
  readonly path: string;
}

/** What a part of the workbook points to, by the ids that it uses for it. */
async function targetsOf(archive: XlsxArchive, path: string): Promise<ReadonlyMap<string, Target>> {
  const folder = posix.dirname(path);
  const relations = await archive.text(posix.join(folder, '_rels', `${posix.basename(path)}.rels`));
  const targets = new Map<string, Target>();
  await readXml(relations ?? '<none/>', {
    open: (tag) => {
      const [id, target] = [attributeOf(tag, 'Id'), attributeOf(tag, 'Target')];
      if (tag.name !== 'Relationship' || id === undefined || target === undefined) return;
      const whole = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      targets.set(id, { type: attributeOf(tag, 'Type') ?? '', path: whole });
    },
  });
  return targets;
}

/** Gathers the text of a string item: its runs one behind the other, without how they are pronounced. */
export class TextGatherer {
  private text = '';
  private isIn = false;
  private phonetic = false;

  open(name: string): void {
    if (name === 'rPh') this.phonetic = true;
    else if (name === 't') this.isIn = !this.phonetic;
  }

  add(text: string): void {
    if (this.isIn && this.text.length <= CELL_MAXIMUM) this.text += text.slice(0, CELL_MAXIMUM + 1 - this.text.length);
  }

  close(name: string): void {
    if (name === 'rPh') this.phonetic = false;
    else if (name === 't') this.isIn = false;
  }

  /** What was gathered since the last time. */
  take(): string {
    const { text } = this;
    this.text = '';
    return unescaped(text).normalize('NFC');
  }
}

/** Characters that XML can not hold stand as `_x000D_`. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

async function readTexts(archive: XlsxArchive, path: string): Promise<string[]> {
  const source = await archive.stream(path);
  const texts: string[] = [];
  const gatherer = new TextGatherer();
  await readXml(source ?? '<none/>', {
    open: ({ name }) => gatherer.open(name),
    text: (text) => gatherer.add(text),
    close: (name) => {
      gatherer.close(name);
      if (name === 'si') texts.push(gatherer.take());
    },
  });
  return texts;
}

/** Formats that every workbook knows without saying so: ECMA-376 part 1, 18.8.30; those from 27 on of Asian locales. */
function builtInFormat(format: number): NumberFormat {
  if (format === 9 || format === 10) return 'PERCENT';
  const isDate = (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 58);
  return isDate ? 'DATE' : 'NUMBER';
}

/**
 * A format of a date names a year, month, day, hour or second outside of quoted text, escapes and colours. A percent sign
 * there multiplies what is shown by a hundred; in quotation marks it is a mere sign.
 */
function formatOf(code: string): NumberFormat {
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (!/general/i.test(bare) && /[ymdhs]/i.test(bare)) return 'DATE';
  return bare.includes('%') ? 'PERCENT' : 'NUMBER';
}

async function readFormats(archive: XlsxArchive, path: string): Promise<NumberFormat[]> {
  const styles = await archive.text(path);
  const ownFormats = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let isInCells = false;
  await readXml(styles ?? '<none/>', {
    open: (tag) => {
      const format = Number(attributeOf(tag, 'numFmtId') ?? '0');
      if (tag.name === 'cellXfs') isInCells = true;
      else if (tag.name === 'numFmt') ownFormats.set(format, formatOf(attributeOf(tag, 'formatCode') ?? ''));
      else if (tag.name === 'xf' && isInCells) formats.push(ownFormats.get(format) ?? builtInFormat(format));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return formats;
}
