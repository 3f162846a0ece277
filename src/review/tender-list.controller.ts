import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AnsweredListWriter } from '../exchange/answered-list.writer.js';
import type { AnsweredList } from '../exchange/answered-list.writer.js';
import { Authenticator } from '../runtime/authentication.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { languageOf } from '../runtime/messages.js';
import type { Language } from '../runtime/messages.js';
import { bytesOf } from '../runtime/request-body.js';
import { ListsAtOnce } from './lists-at-once.js';
import { tenderColumns } from './tender-answer-text.js';
import type { TenderListAnswer } from './tender-answer.types.js';
import { TenderListCheckReader } from './tender-list-check.reader.js';
import type { CheckedTenderList } from './tender-list-check.reader.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = { xlsx: XLSX, csv: 'text/csv; charset=utf-8' } as const;
/** Most characters of the name of a file that is given back. */
const NAME_MAXIMUM = 150;

type Answered = { readonly answer: TenderListAnswer } | { readonly file: AnsweredList };

/** Answers lists of tenders. Nothing is stored. */
@Controller('tender-lists')
export class TenderListController {
  private readonly lists = new ListsAtOnce();

  constructor(
    private readonly checks: TenderListCheckReader,
    private readonly files: AnsweredListWriter,
    private readonly authenticator: Authenticator,
    private readonly access: FindingsAccess,
  ) {}

  /**
   * The body is the file. It comes back with columns of answers; where `Accept` asks for JSON, the answers alone come.
   * What is wrong with lines stands with them, with status 200. For whoever may read findings, for it tells what was
   * bought unchecked.
   * @param fileName - how the file is called; the answer is named after it.
   */
  @Post()
  async answer(
    @Query('fileName') fileName: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const actor = this.authenticator.actorOf(request.headers.authorization);
    this.access.require(actor);
    const language = languageOf(request.headers['accept-language']);
    const bytes = await bytesOf(request, this.authenticator);
    const left = new AbortController();
    response.once('close', () => left.abort());
    const isJson = request.accepts([XLSX, 'text/csv', 'application/json']) === 'application/json';
    const answered = await this.lists.during(async (): Promise<Answered | undefined> => {
      const checked = await this.checks.check(bytes, { actor, language, signal: left.signal });
      if (checked === undefined) return undefined;
      return isJson ? { answer: checked.answer } : { file: await this.fileOf(bytes, checked, language) };
    });
    // Whoever asked has gone away.
    if (answered === undefined) return;
    response.status(200).set({ 'Cache-Control': 'private, no-store', Vary: 'Authorization, Accept, Accept-Language' });
    if ('answer' in answered) {
      response.json(answered.answer);
      return;
    }
    const { bytes: body, format } = answered.file;
    response.set({ 'Content-Type': TYPES[format], 'Content-Disposition': dispositionOf(fileName, format) }).send(body);
  }

  private fileOf(bytes: Buffer, { list, answer }: CheckedTenderList, language: Language): Promise<AnsweredList> {
    return this.files.answer(bytes, tenderColumns(list, answer, language));
  }
}

/** The name of the answer: that of the file, with a mark, where one is given (RFC 6266, RFC 8187). */
export function dispositionOf(fileName: unknown, format: AnsweredList['format']): string {
  const plain = `attachment; filename="khung-tender-answer.${format}"`;
  if (typeof fileName !== 'string') return plain;
  const [last = ''] = fileName.split(/[/\\]/).slice(-1);
  // Cut by characters, and halves of pairs left out: they have no place in an address.
  const base = Array.from(last.replace(/\.[^.]*$/, '').replaceAll(/\p{C}/gu, ''))
    .slice(0, NAME_MAXIMUM)
    .join('');
  if (base === '') return plain;
  const encoded = encodeURIComponent(`${base}-khung.${format}`).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.codePointAt(0)?.toString(16).toUpperCase()}`,
  );
  return `${plain}; filename*=UTF-8''${encoded}`;
}
