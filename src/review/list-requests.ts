import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor } from '../core/access/actor.js';
import { Authenticator } from '../runtime/authentication.js';
import { languageOf } from '../runtime/messages.js';
import { bytesOf } from '../runtime/request-body.js';
import { ListsAtOnce } from './lists-at-once.js';
import type { PlanListOrder } from './plan-list-check.reader.js';

/** A list that was sent, and who sent it how. */
export interface SentList extends PlanListOrder {
  /** The file. */
  readonly bytes: Buffer;
}

/** Takes lists that are sent, so many at once as are answered. */
@Injectable()
export class ListRequests {
  constructor(
    private readonly lists: ListsAtOnce,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * Takes the file of a request and does the work on it, in a place that is free; nothing of the file is kept before.
   * Nothing is done where whoever asked has gone away.
   * @param admit - throws where the caller may not ask.
   * @param work - up to the answer, which has to be sent in it.
   * @throws RegistryError BUSY where no place is free; what is wrong with token or body.
   */
  async take(
    { request, response }: { readonly request: Request; readonly response: Response },
    admit: (actor: Actor) => void,
    work: (sent: SentList) => Promise<void>,
  ): Promise<void> {
    const { headers } = request;
    const actor = this.authenticator.actorOf(headers.authorization);
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
      await work({ bytes, actor, language: languageOf(headers['accept-language']), signal: left.signal });
    });
  }
}
