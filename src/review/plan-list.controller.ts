import { Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AnsweredListWriter } from '../exchange/answered-list.writer.js';
import { PlanListReader } from '../exchange/plan-list.reader.js';
import { answerColumns } from './plan-answer-text.js';
import { ListRequests } from './list-requests.js';
import { PlanListCheckReader } from './plan-list-check.reader.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = { xlsx: XLSX, csv: 'text/csv; charset=utf-8' } as const;

/** Answers lists of planned projects. Nothing is stored. */
@Controller('plan-lists')
export class PlanListController {
  constructor(
    private readonly checks: PlanListCheckReader,
    private readonly plans: PlanListReader,
    private readonly files: AnsweredListWriter,
    private readonly lists: ListRequests,
  ) {}

  /**
   * The body is the file. It comes back with columns of answers; where `Accept` asks for JSON, the answers alone come.
   * What is wrong with lines stands with them, with status 200.
   */
  @Post()
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.lists.take({ request, response }, anybody, async (sent) => {
      const checked = await this.checks.check((context) => this.plans.read(sent.bytes, context), sent);
      // Whoever asked has gone away.
      if (checked === undefined) return;
      const { list, answer } = checked;
      response.set({ 'Cache-Control': 'private, no-store', Vary: 'Authorization, Accept, Accept-Language' });
      if (request.accepts([XLSX, 'text/csv', 'application/json']) === 'application/json') {
        response.status(200).json(answer);
        return;
      }
      const file = await this.files.answer(sent.bytes, answerColumns(list, answer, sent.language));
      const disposition = `attachment; filename="khung-plan-answer.${file.format}"`;
      response
        .status(200)
        .set({ 'Content-Type': TYPES[file.format], 'Content-Disposition': disposition })
        .send(file.bytes);
    });
  }
}

function anybody(): void {
  // What is planned is compared with what the caller may see: there is nothing to refuse.
}
