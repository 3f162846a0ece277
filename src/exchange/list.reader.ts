import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { ELEMENT_KINDS } from '../core/landscape/model.js';
import type { Element, ElementKind } from '../core/landscape/model.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import type { Language } from '../runtime/messages.js';
import { elementSheet } from './element-sheet.js';
import { ListStyle } from './printed-list.js';
import { relationSheet } from './relation-sheet.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';
import { printTable } from './table.writer.js';
import type { TableFormat } from './table.writer.js';
import { printXlsx } from './xlsx-print.js';

/** Who asks for a list, and in which words. */
export interface ListRequest {
  readonly actor: Actor;
  readonly language: Language;
}

/** Lists of the newest landscape as files: what is exported can be edited, and be imported again. */
@Injectable()
export class ListReader {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly words: SpreadsheetWords,
  ) {}

  /** Every kind that there is on a sheet of its own, and the relations. */
  async workbook(request: ListRequest): Promise<Buffer> {
    const style = await this.styleFor(request);
    const byKind = new Map<ElementKind, Element[]>();
    for (const element of style.landscape.elements()) {
      const list = byKind.get(element.kind) ?? [];
      byKind.set(element.kind, list);
      list.push(element);
    }
    const sheets = ELEMENT_KINDS.flatMap((kind) => {
      const elements = byKind.get(kind);
      return elements === undefined ? [] : [elementSheet(kind, elements, style)];
    });
    return printXlsx([...sheets, relationSheet(style.landscape.relations(), style)]);
  }

  async elements(kind: ElementKind, format: TableFormat, request: ListRequest): Promise<Buffer> {
    const style = await this.styleFor(request);
    const elements = Array.from(style.landscape.elements()).filter((element) => element.kind === kind);
    return printTable(elementSheet(kind, elements, style), format);
  }

  async relations(format: TableFormat, request: ListRequest): Promise<Buffer> {
    const style = await this.styleFor(request);
    return printTable(relationSheet(style.landscape.relations(), style), format);
  }

  /** A sheet to be filled in for a kind, and one for relations. */
  async template(kind: ElementKind, request: ListRequest): Promise<Buffer> {
    const style = await this.styleFor(request);
    return printXlsx([elementSheet(kind, [], style), relationSheet([], style)]);
  }

  private async styleFor({ actor, language }: ListRequest): Promise<ListStyle> {
    return new ListStyle(await this.landscapes.read(actor), this.words, language);
  }
}
