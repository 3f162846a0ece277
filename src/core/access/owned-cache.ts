/** One value that is kept, in the order of use. */
interface Use {
  /** Does not hold the owner: what hangs on it goes when it goes. */
  readonly values: WeakRef<Map<string, unknown>>;
  readonly key: string;
  readonly bytes: number;
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

  set(owner: object, key: string, value: V, bytes: number): void {
    const values = this.byOwner.get(owner) ?? new Map<string, V>();
    this.byOwner.set(owner, values);
    values.set(key, value);
    const at = this.placeOf(owner, key);
    this.forget(at);
    this.uses.set(at, { values: new WeakRef(values), key, bytes });
    this.bytes += bytes;
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
    this.bytes -= this.uses.get(at)?.bytes ?? 0;
    this.uses.delete(at);
  }

  private placeOf(owner: object, key: string): string {
    return `${this.numberOf(owner)} ${key}`;
  }
}
