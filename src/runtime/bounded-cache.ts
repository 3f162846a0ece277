/** A map that forgets what was asked for longest ago once it holds more than a given weight. */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  private held = 0;

  /** @param capacity - most that is held, in the unit of the weights. What is heavier alone is not kept. */
  constructor(private readonly capacity: number) {}

  /** What all entries weigh together. */
  get weight(): number {
    return this.held;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    // A map keeps the order in which keys were entered: the first is the one asked for longest ago.
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  delete(key: string): void {
    this.held -= this.entries.get(key)?.weight ?? 0;
    this.entries.delete(key);
  }

  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    if (weight > this.capacity) return;
    this.entries.set(key, { value, weight });
    this.held += weight;
    for (const [oldest, entry] of this.entries) {
      if (this.held <= this.capacity) return;
      this.entries.delete(oldest);
      this.held -= entry.weight;
    }
  }
}
