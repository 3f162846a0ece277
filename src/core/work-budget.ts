import { RegistryError } from './errors.js';

/**
 * Work that whoever asks may have done for him, in looks at one condition of one record: some tenth of a microsecond each.
 * A plain counter, so that the same question costs the same on a busy day. What has begun may end past the limit; what
 * begins past it is refused.
 */
export class WorkBudget {
  private closed = false;
  private drawn = 0;

  constructor(private left: number) {}

  /** All that was taken from it. */
  get spent(): number {
    return this.drawn;
  }

  /** Whether nobody waits any more for what is worked out on it. */
  get isClosed(): boolean {
    return this.closed;
  }

  /**
   * Takes from what is left.
   * @param units - looks, estimated where counting them would cost more than they do.
   * @throws RegistryError WORK_EXHAUSTED where nothing was left before.
   */
  spend(units: number): void {
    if (this.left < 0) throw RegistryError.of('WORK_EXHAUSTED', [], { field: 'query' });
    this.left -= units;
    this.drawn += units;
  }

  /** Leaves nothing: whatever goes on with it is refused, and long work that has begun may end. */
  close(): void {
    this.left = -1;
    this.closed = true;
  }
}

/** For work that nobody asked for through a door. */
export const UNBOUNDED_WORK = new WorkBudget(Number.POSITIVE_INFINITY);
