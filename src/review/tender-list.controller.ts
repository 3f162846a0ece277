import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AnsweredList } from '../exchange/answered-list.writer.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { ListRequests } from './list-requests.js';
import { tenderColumns } from './tender-answer-text.js';
import { SUMS_HEADER, sumsHeader } from './tender-list-command.js';
import { TenderListCheckReader } from './tender-list-check.reader.js';

/** Most characters of the name of a file that is given back. */
const NAME_MAXIMUM = 150;

/** Answers lists of tenders. Nothing is stored. */
@Controller('tender-lists')
export class TenderListController {
  constructor(
    private readonly checks: TenderListCheckReader,
    private readonly lists: ListRequests,
    private readonly access: FindingsAccess,
  ) {}

  /**
   * The body is the file; the sums of its answers come in a header. What is wrong with lines stands with them, with status
   * 200. For whoever may read findings, for it tells what was bought unchecked.
   * @param fileName - how the file is called; the answer is named after it.
   */
  @Post()
  async answer(
    @Query('fileName') fileName: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.lists.take(
      { request, response },
      (actor) => this.access.require(actor),
      async (sent) => {
        const checked = await this.checks.check(sent.bytes, sent);
        if (checked === undefined) return undefined;
        const { list, answer } = checked;
        return {
          answer,
          columns: tenderColumns(list, answer, sent.language),
          headers: (format) => ({
            'Content-Disposition': dispositionOf(fileName, format),
            [SUMS_HEADER]: sumsHeader(answer),
          }),
        };
      },
    );
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
