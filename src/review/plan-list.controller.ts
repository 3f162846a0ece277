import { Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PlanListReader } from '../exchange/plan-list.reader.js';
import { answerColumns } from './plan-answer-text.js';
import { ListRequests } from './list-requests.js';
import { PlanListCheckReader } from './plan-list-check.reader.js';

/** Answers lists of planned projects. Nothing is stored. */
@Controller('plan-lists')
export class PlanListController {
  constructor(
    private readonly checks: PlanListCheckReader,
    private readonly plans: PlanListReader,
    private readonly lists: ListRequests,
  ) {}

  /** The body is the file. What is wrong with lines stands with them, with status 200. */
  @Post()
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.lists.take({ request, response }, anybody, async (sent) => {
      const checked = await this.checks.check((context) => this.plans.read(sent.bytes, context), sent);
      if (checked === undefined) return undefined;
      const { list, answer } = checked;
      return {
        answer,
        columns: answerColumns(list, answer, sent.language),
        headers: (format) => ({ 'Content-Disposition': `attachment; filename="khung-plan-answer.${format}"` }),
      };
    });
  }
}

function anybody(): void {
  // What is planned is compared with what the caller may see: there is nothing to refuse.
}
