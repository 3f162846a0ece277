import { RegistryError } from '../core/errors.js';

/** Two hold the thread no longer than one does, for they share it, and their files fit in memory. */
const LISTS_MAXIMUM = 2;

/** Lets only so many lists be answered at once: each holds its file, and takes its turns of the one thread. */
export class ListsAtOnce {
  private running = 0;

  /**
   * Does the work of one list.
   * @throws RegistryError BUSY at once where too many others are being answered.
   */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= LISTS_MAXIMUM) throw RegistryError.of('BUSY', [], { limit: LISTS_MAXIMUM });
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
    }
  }
}
