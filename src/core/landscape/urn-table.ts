/**
 * Where a urn leads: the table of its object and its number there. Attribute definitions have none: theirs is the
 * revision by which the urn was given.
 */
export interface UrnEntry {
  readonly table: 'ELEMENT' | 'RELATION' | 'DEFINITION';
  readonly seq: number;
  /** Of a removed relation, as far as known: the elements it joined, by number. They are what it is given back with. */
  readonly ends?: Ends;
  /** Of what was removed, as far as known: the revision that did it last. */
  readonly removedIn?: number;
}

/** The elements that a relation joins, by number. */
export interface Ends {
  readonly source: number;
  readonly target: number;
}

/** Urns and what they name, in layers: a look-up asks the upper layer first, an entry goes into the upper layer. */
export class UrnTable {
  private readonly entries = new Map<string, UrnEntry>();

  constructor(private readonly below: UrnTable | undefined) {}

  /** Whether it is the table of the lineage itself. */
  get isLowest(): boolean {
    return this.below === undefined;
  }

  find(urn: string): UrnEntry | undefined {
    return this.entries.get(urn) ?? this.below?.find(urn);
  }

  add(urn: string, entry: UrnEntry): void {
    this.entries.set(urn, entry);
  }

  /** Moves the entries of every upper layer into the lowest and returns that. */
  settled(): UrnTable {
    if (this.below === undefined) return this;
    const lowest = this.below.settled();
    for (const [urn, entry] of this.entries) lowest.add(urn, entry);
    return lowest;
  }
}
