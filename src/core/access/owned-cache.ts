/** One value that is kept, in the order of use. */
interface Use {
  /** Does not hold the owner: what hangs on it goes when it goes. */
  readonly values: WeakRef<Map<string, unknown>>;
  readonly key: string;
  readonly cost: Cost;
}

/** What a value holds, in bytes: of its own, and together with others, for which it is counted once. */
interface Cost {
  readonly own: number;
  readonly shared?: {
    /** What tells those apart that hold it together. */
    readonly by: object;
    readonly bytes: number;
  };
}

/**
 * Values that hang on immutable owners, by owner and key. All of them together may hold so many bytes, by estimate; what
 * was not used for the longest time goes first, and the last one stays whatever it holds.
 */
export class OwnedCache<V> {
  private readonly byOwner = new WeakMap<object, Map<string, V>>();
  private readonly uses = new Map<string, Use>();
  private readonly numbers = new WeakMap<object, number>();
  private lastNumber = 0;
  private bytes = 0;
  /** By what is held together, how many hold it. */
  private readonly sharers = new Map<object, number>();

  constructor(private readonly bytesMaximum: number) {}

  get(owner: object, key: string): V | undefined {
    const found = this.byOwner.get(owner)?.get(key);
    const at = this.placeOf(owner, key);
    const use = found === undefined ? undefined : this.uses.get(at);
    if (use !== undefined) {
      this.uses.delete(at);
      this.uses.set(at, use);
    }
    return found;
  }

  /** The values of one owner that are kept. */
  of(owner: object): Iterable<V> {
    return this.byOwner.get(owner)?.values() ?? [];
  }

  /** @param bytes - what the value holds; of values that hold something together, each tells the same of that. */
  set(owner: object, key: string, value: V, bytes: number | Cost): void {
    const values = this.byOwner.get(owner) ?? new Map<string, V>();
    this.byOwner.set(owner, values);
    values.set(key, value);
    const at = this.placeOf(owner, key);
    this.forget(at);
    const cost = typeof bytes === 'number' ? { own: bytes } : bytes;
    this.uses.set(at, { values: new WeakRef(values), key, cost });
    this.count(cost, 1);
    for (const [oldest, use] of this.uses) {
      if (this.bytes <= this.bytesMaximum || oldest === at) break;
      this.forget(oldest);
      use.values.deref()?.delete(use.key);
    }
  }

  /** A number of an owner that no other has. */
  numberOf(owner: object): number {
    const number = this.numbers.get(owner) ?? (this.lastNumber += 1);
    this.numbers.set(owner, number);
    return number;
  }

  private forget(at: string): void {
    const use = this.uses.get(at);
    if (use !== undefined) this.count(use.cost, -1);
    this.uses.delete(at);
  }

  /** @param by - 1 where a value comes, -1 where it goes. */
  private count({ own, shared }: Cost, by: 1 | -1): void {
    this.bytes += by * own;
    if (shared === undefined) return;
    const before = this.sharers.get(shared.by) ?? 0;
    if (before + by === 0) this.sharers.delete(shared.by);
    else this.sharers.set(shared.by, before + by);
    if (Math.min(before, before + by) === 0) this.bytes += by * shared.bytes;
  }

  private placeOf(owner: object, key: string): string {
    return `${this.numberOf(owner)} ${key}`;
  }
}
