import { RegistryError } from '../../core/errors.js';

/** How much is done at once, and how much may wait. */
export interface SlotLimits {
  readonly running: number;
  readonly runningOfOne: number;
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/** Bounds how much is done at once, altogether and for one address, so that one who asks without end leaves room for others. */
export class Slots {
  private readonly running: string[] = [];
  private readonly waiting: { readonly address: string; readonly enter: () => void }[] = [];

  constructor(private readonly limits: SlotLimits) {}

  /**
   * Does something once there is room.
   * @throws RegistryError BUSY where too many wait already.
   */
  async during<T>(address: string, work: () => Promise<T>): Promise<T> {
    await this.entered(address);
    try {
      return await work();
    } finally {
      this.leave(address);
    }
  }

  private async entered(address: string): Promise<void> {
    if (this.hasRoom(address)) {
      this.running.push(address);
      return;
    }
    const ofOne = this.waiting.filter((each) => each.address === address).length;
    if (this.waiting.length >= this.limits.waiting || ofOne >= this.limits.waitingOfOne) {
      throw RegistryError.of('BUSY', [], { limit: this.limits.running });
    }
    await new Promise<void>((enter) => this.waiting.push({ address, enter }));
  }

  /** Whoever waits is let in by the one who leaves, so that nobody comes in between. */
  private leave(address: string): void {
    this.running.splice(this.running.indexOf(address), 1);
    const next = this.waiting.find((each) => this.hasRoom(each.address));
    if (next === undefined) return;
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.running.push(next.address);
    next.enter();
  }

  private hasRoom(address: string): boolean {
    const ofOne = this.running.filter((each) => each === address).length;
    return this.running.length < this.limits.running && ofOne < this.limits.runningOfOne;
  }
}
