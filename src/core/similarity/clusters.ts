import { DisjointSets } from './disjoint-sets.js';

/** What stands in clusters: an element by its urn, with the capabilities it is there for. */
export interface ClusterElement {
  readonly urn: string;
  /** Codes; none where it names none that is known. */
  readonly capabilities: ReadonlySet<string>;
}

/** Two elements that serve the same need, or a part of it, by their numbers. */
export interface ElementPair {
  readonly left: number;
  readonly right: number;
  /** 0 to 1. */
  readonly score: number;
  readonly band: 'DUPLICATE' | 'OVERLAP';
}

/** Elements of one capability that hang together by pairs that are alike. */
export interface Cluster {
  /** null: of elements that name no capability, joined by duplicates alone. */
  readonly capability: string | null;
  /** Numbers of the elements, by urn; at least two. */
  readonly members: readonly number[];
  /** The pair of the highest score, ties by urn. */
  readonly strongest: ElementPair;
}

/** The clusters of a set of pairs, and what is in none. */
export interface Clusters {
  /** The largest first, then the highest score, then by capability (those of none last) and smallest urn. */
  readonly clusters: readonly Cluster[];
  /** Pairs that are in no cluster: the two have no capability in common, or name none and are no duplicates. */
  readonly outside: number;
}

interface Joined {
  readonly sets: DisjointSets;
  /** By name of the set. */
  readonly strongest: Map<number, ElementPair>;
}

/**
 * Groups elements that are alike. Only pairs within one capability join: through a chain of different capabilities all of
 * a city would hang together. So an element of two capabilities may stand in two clusters. Words alone join less surely:
 * what names no capability is joined by duplicates only, with its like. Pairs come one by one and are not kept, for where
 * each of hundreds of agencies has the same there are millions; the clusters do not depend on their order.
 */
export class ClusterBuilder {
  private readonly byCapability = new Map<string | null, Joined>();
  private outside = 0;

  constructor(private readonly elements: readonly ClusterElement[]) {}

  /** Each pair once. */
  add(pair: ElementPair): void {
    const joining = capabilitiesOf(this.elements, pair);
    if (joining.length === 0) this.outside++;
    for (const capability of joining) {
      const joined = this.byCapability.get(capability) ?? { sets: new DisjointSets(), strongest: new Map() };
      this.byCapability.set(capability, joined);
      const { kept, gone } = joined.sets.join(pair.left, pair.right);
      let best = this.stronger(pair, joined.strongest.get(kept));
      if (gone !== undefined) best = this.stronger(best, joined.strongest.get(gone));
      joined.strongest.set(kept, best);
    }
  }

  finish(): Clusters {
    const { elements, outside } = this;
    const clusters = Array.from(this.byCapability, ([capability, { sets, strongest }]) =>
      Array.from(sets.sets(), ([set, members]): Cluster[] => {
        const pair = strongest.get(set);
        const ordered = members.toSorted((one, other) => byUrn(elements, one, other));
        return pair === undefined ? [] : [{ capability, members: ordered, strongest: pair }];
      }),
    );
    return { clusters: clusters.flat(2).toSorted((one, other) => largestFirst(elements, one, other)), outside };
  }

  private stronger(one: ElementPair, other: ElementPair | undefined): ElementPair {
    return other === undefined || compareStrength(this.elements, one, other) <= 0 ? one : other;
  }
}

/** The capabilities within which a pair joins. */
function capabilitiesOf(elements: readonly ClusterElement[], { left, right, band }: ElementPair): (string | null)[] {
  const [mine, theirs] = [elements[left]?.capabilities, elements[right]?.capabilities];
  if (mine === undefined || theirs === undefined) return [];
  if (mine.size === 0 && theirs.size === 0) return band === 'DUPLICATE' ? [null] : [];
  return [...mine].filter((code) => theirs.has(code));
}

function compareStrength(elements: readonly ClusterElement[], one: ElementPair, other: ElementPair): number {
  if (one.score !== other.score) return other.score - one.score;
  const [mine, theirs] = [one, other].map(({ left, right }) => [left, right].toSorted((a, b) => byUrn(elements, a, b)));
  return byUrn(elements, mine?.[0] ?? -1, theirs?.[0] ?? -1) || byUrn(elements, mine?.[1] ?? -1, theirs?.[1] ?? -1);
}

function largestFirst(elements: readonly ClusterElement[], one: Cluster, other: Cluster): number {
  return (
    other.members.length - one.members.length ||
    other.strongest.score - one.strongest.score ||
    compareTexts(one.capability, other.capability) ||
    byUrn(elements, one.members[0] ?? -1, other.members[0] ?? -1)
  );
}

function byUrn(elements: readonly ClusterElement[], one: number, other: number): number {
  return compareTexts(elements[one]?.urn ?? null, elements[other]?.urn ?? null);
}

/** By code units; null last. */
function compareTexts(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}
