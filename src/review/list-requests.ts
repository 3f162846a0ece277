import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor } from '../core/access/actor.js';
import { AnsweredListWriter } from '../exchange/answered-list.writer.js';
import type { AnswerColumns, AnsweredList } from '../exchange/answered-list.writer.js';
import { Authenticator } from '../runtime/authentication.js';
import { languageOf } from '../runtime/messages.js';
import { bytesOf } from '../runtime/request-body.js';
import { ListsAtOnce } from './lists-at-once.js';
import type { PlanListOrder } from './plan-list-check.reader.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = { xlsx: XLSX, csv: 'text/csv; charset=utf-8' } as const;

/** A list that was sent, and who sent it how. */
export interface SentList extends PlanListOrder {
  /** The file. */
  readonly bytes: Buffer;
}

/** What a list comes to. */
export interface ListAnswer {
  /** The answers alone, for programs. */
  readonly answer: object;
  /** The same as columns of the file. */
  readonly columns: readonly AnswerColumns[];
  /** What is said of the file beside its type. */
  readonly headers: (format: AnsweredList['format']) => Readonly<Record<string, string>>;
}

/** Takes lists that are sent, so many at once as are answered. */
@Injectable()
export class ListRequests {
  constructor(
    private readonly lists: ListsAtOnce,
    private readonly files: AnsweredListWriter,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * Takes the file of a request and answers it, in a place that is free; nothing of the file is kept before. It comes back
   * with columns of answers; where `Accept` asks for JSON, the answers alone come. Nothing is done where whoever asked has
   * gone away.
   * @param admit - throws where the caller may not ask.
   * @param work - what the list comes to; undefined where whoever asked went away meanwhile.
   * @throws RegistryError BUSY where no place is free; what is wrong with token or body.
   */
  async take(
    { request, response }: { readonly request: Request; readonly response: Response },
    admit: (actor: Actor) => void,
    work: (sent: SentList) => Promise<ListAnswer | undefined>,
  ): Promise<void> {
    const { headers } = request;
    const actor = this.authenticator.actorOf(request);
    admit(actor);
    const left = new AbortController();
    await this.lists.during(actor, async () => {
      // A body that breaks off must not hold its place.
      const gone = new Promise<undefined>((resolve) => {
        response.once('close', () => {
          left.abort();
          resolve(undefined);
        });
      });
      const bytes = await Promise.race([bytesOf(request, this.authenticator), gone]);
      if (bytes === undefined) return;
      const language = languageOf(headers['accept-language']);
      const answered = await work({ bytes, actor, language, signal: left.signal });
      if (answered !== undefined) await this.send({ request, response }, bytes, answered);
    });
  }

  private async send(
    { request, response }: { readonly request: Request; readonly response: Response },
    bytes: Buffer,
    { answer, columns, headers }: ListAnswer,
  ): Promise<void> {
    response.set({ 'Cache-Control': 'private, no-store', Vary: 'Authorization, Accept, Accept-Language' });
    if (request.accepts([XLSX, 'text/csv', 'application/json']) === 'application/json') {
      response.status(200).json(answer);
      return;
    }
    const file = await this.files.answer(bytes, columns);
    response
      .status(200)
      .set({ 'Content-Type': TYPES[file.format], ...headers(file.format) })
      .send(file.bytes);
  }
}
