import { byteAt, integerAt, numberAt } from '../number-at.js';
import { positionsByRow } from './compressed-rows.js';
import { Groups } from './impact-redundancy.js';
import type { Group } from './impact-redundancy.js';
import { GUARDED, passIndexOf } from './impact-states.js';
import type { SpreadRules } from './impact-walk.js';
import { ALONE } from './lane-counts.js';
import type { Landscape } from './landscape.js';
import { isRedundant } from './relation-traits.js';

/**
 * What an origin stands on, as compressed rows by place: place 0 is the origin, the others follow in the order in which
 * they were found. Edges lead the way harm goes, from what is needed to what needs it; those of place `p` are from
 * `starts[p]` up to `starts[p + 1]`.
 */
export interface TrialGraph {
  readonly size: number;
  /** size + 1 positions. */
  readonly starts: Int32Array;
  /** Of each edge, the place where it begins. */
  readonly sources: Int32Array;
  /** Of each edge, the place where it leads. */
  readonly targets: Int32Array;
  /** Of each edge, which GUARDED bits it passes on. */
  readonly passes: Uint8Array;
  /**
   * Of each edge, its redundancy group among those that bear a loss; ALONE where what comes over it is felt at once. A
   * member of a group has one edge to it, that passes what any of its relations does.
   */
  readonly groups: Int32Array;
  /** Of each group, how many members have to be hit before it is felt; at least 2. */
  readonly thresholds: Int32Array;
  /** The edges by where they lead: those to place `p` are `back[backStarts[p]]` up to `back[backStarts[p + 1]]`. */
  readonly backStarts: Int32Array;
  readonly back: Int32Array;
}

/**
 * Reads what an origin stands on.
 * @param standsOn - seqs; only what lies among them and the origin is read.
 * @param rules - of a walk from what is needed to what needs it.
 */
export function trialGraph(
  landscape: Landscape,
  origin: number,
  standsOn: Int32Array,
  { follow, passes, bound }: Pick<SpreadRules, 'follow' | 'passes' | 'bound'>,
): TrialGraph {
  const seqs = new Int32Array(standsOn.length + 1);
  seqs[0] = origin;
  seqs.set(standsOn, 1);
  const placeOf = new Int32Array(bound).fill(-1);
  seqs.forEach((seq, place) => (placeOf[seq] = place));
  const groups = Groups.in(landscape);
  const rows = new EdgeRows(seqs.length);
  seqs.forEach((seq, place) => {
    follow(seq, (other, relation, _forward, traits) => {
      const target = integerAt(placeOf, other);
      const bits = byteAt(passes, passIndexOf(traits)) & GUARDED;
      if (target === -1 || target === place || bits === 0) return;
      const group = isRedundant(traits) ? groups.of(other, relation) : undefined;
      rows.add(target, bits, group !== undefined && group.needed > 1 ? group : undefined);
    });
    rows.close(place);
  });
  return rows.toGraph();
}

/** The edges of a graph while they are written, place after place. */
class EdgeRows {
  private readonly starts: Int32Array;
  private readonly sources: number[] = [];
  private readonly targets: number[] = [];
  private readonly passes: number[] = [];
  private readonly groups: number[] = [];
  private readonly thresholds: number[] = [];
  private readonly numberOf = new Map<Group, number>();
  /** Of the place that is written: its edge to each group. */
  private readonly edgeTo = new Map<Group, number>();

  constructor(private readonly size: number) {
    this.starts = new Int32Array(size + 1);
  }

  add(target: number, bits: number, group: Group | undefined): void {
    const known = group === undefined ? undefined : this.edgeTo.get(group);
    if (known !== undefined) {
      this.passes[known] = numberAt(this.passes, known) | bits;
      return;
    }
    if (group !== undefined) this.edgeTo.set(group, this.targets.length);
    this.targets.push(target);
    this.passes.push(bits);
    this.groups.push(group === undefined ? ALONE : this.numberFor(group));
  }

  private numberFor(group: Group): number {
    const known = this.numberOf.get(group);
    if (known !== undefined) return known;
    this.numberOf.set(group, this.thresholds.length);
    return this.thresholds.push(group.needed) - 1;
  }

  close(place: number): void {
    while (this.sources.length < this.targets.length) this.sources.push(place);
    this.starts[place + 1] = this.targets.length;
    this.edgeTo.clear();
  }

  toGraph(): TrialGraph {
    const targets = Int32Array.from(this.targets);
    const { starts: backStarts, positions: back } = positionsByRow(this.size, targets);
    return {
      size: this.size,
      starts: this.starts,
      sources: Int32Array.from(this.sources),
      targets,
      passes: Uint8Array.from(this.passes),
      groups: Int32Array.from(this.groups),
      thresholds: Int32Array.from(this.thresholds),
      backStarts,
      back,
    };
  }
}
