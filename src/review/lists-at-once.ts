import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';

/** Three hold the thread no longer than one does, for they share it, and their files fit in memory. */
const LISTS_MAXIMUM = 3;
/** Of whoever has no token: nobody else can be shut out by them. */
const LISTS_OF_ANYBODY_MAXIMUM = 2;

/** Lets only so many lists, of whatever kind, be answered at once: each holds its file, and takes its turns of the one thread. */
@Injectable()
export class ListsAtOnce {
  private running = 0;
  private ofAnybody = 0;

  /**
   * Does the work of one list, from reading its file to writing the answer.
   * @throws RegistryError BUSY at once where too many others are being answered.
   */
  async during<T>({ kind }: Pick<Actor, 'kind'>, work: () => Promise<T>): Promise<T> {
    const isAnybody = kind === 'PUBLIC';
    const limit = isAnybody ? LISTS_OF_ANYBODY_MAXIMUM : LISTS_MAXIMUM;
    const running = isAnybody ? this.ofAnybody : this.running;
    if (running >= limit || this.running >= LISTS_MAXIMUM) throw RegistryError.of('BUSY', [], { limit });
    this.running += 1;
    this.ofAnybody += Number(isAnybody);
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.ofAnybody -= Number(isAnybody);
    }
  }
}
