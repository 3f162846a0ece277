import { RegistryError } from '../core/errors.js';

/** Lets only so many lists be answered at once: each holds its file, and takes its turns of the one thread. */
export class ListsAtOnce {
  private running = 0;

  /** @param limit - most lists at once. */
  constructor(private readonly limit: number) {}

  /**
   * Does the work of one list.
   * @throws RegistryError LIMIT_EXCEEDED at once where too many others are being answered.
   */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) {
      const params = { field: 'lists', limit: this.limit, actual: this.running + 1 };
      throw RegistryError.of('LIMIT_EXCEEDED', ['lists'], params);
    }
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
    }
  }
}
