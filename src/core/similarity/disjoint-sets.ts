/** Numbers in sets that are joined, and never parted. A number that was joined with none is in no set. */
export class DisjointSets {
  private readonly members = new Map<number, number[]>();
  private readonly setOf = new Map<number, number>();

  /** @returns the name of the set that both are in now, and of the one that is gone for it; undefined where none is. */
  join(one: number, other: number): { readonly kept: number; readonly gone: number | undefined } {
    const [a, b] = [this.madeFor(one), this.madeFor(other)];
    if (a === b) return { kept: a, gone: undefined };
    // The smaller goes into the larger: a number moves as often as its set doubles.
    const [kept, gone] = this.membersOf(a).length >= this.membersOf(b).length ? [a, b] : [b, a];
    const into = this.membersOf(kept);
    for (const each of this.membersOf(gone)) {
      this.setOf.set(each, kept);
      into.push(each);
    }
    this.members.delete(gone);
    return { kept, gone };
  }

  /** The sets by name, each with its members in no order that means something. */
  sets(): ReadonlyMap<number, readonly number[]> {
    return this.members;
  }

  private membersOf(set: number): number[] {
    return this.members.get(set) ?? [];
  }

  private madeFor(number: number): number {
    const set = this.setOf.get(number);
    if (set !== undefined) return set;
    this.setOf.set(number, number);
    this.members.set(number, [number]);
    return number;
  }
}
