import { numberAt } from '../number-at.js';
import { GUARDED, MAY_DEGRADE, SHIELDED, STATE_BITS, STOPS } from './impact-states.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { isOver, livingIn } from './needs.js';
import { isRedundant } from './relation-traits.js';

/**
 * Which of the bits that come to a needing element over one relation of a redundancy group the group lets through.
 * @param needing - seq of the element that needs the members of the group.
 * @param provider - seq of the member that the bits come from.
 * @param relation - seq of the relation between the two.
 * @param bits - what the relation passes on that the element has not got yet.
 */
export type Gate = (needing: number, provider: number, relation: number, bits: number) => number;

/** The relations of one element with the same kind and `redundancyGroup` that have `minAvailable`. */
interface Group {
  /** So many members have to be hit before the element feels it; at least one. */
  readonly needed: number;
  /** Of each bit, how many members have it. */
  readonly counts: Uint32Array;
  /** Of each member that is hit, by seq, its bits that were counted. */
  readonly counted: Map<number, number>;
}

/**
 * The groups a walk meets, each looked up once.
 *
 * Members are the elements at the other ends that have not ended, over relations that are not over, the needing element
 * itself left out; two relations to one member are one member. Where relations of a group say different `minAvailable`,
 * the largest counts. A group of n members of which m have to be available is hit when n - m + 1 of them are; one that
 * has too few members from the start when any is.
 */
class Groups {
  private readonly byRelation = new Map<number, Group>();
  private readonly isAlive: (seq: number) => boolean;

  constructor(
    private readonly landscape: Landscape,
    /** seq of what stops: it counts as a member even where its life has ended, for it is asked what if. */
    private readonly failing: number,
  ) {
    this.isAlive = livingIn(landscape);
  }

  of(needing: number, relation: number): Group {
    return this.byRelation.get(relation) ?? this.read(needing, relation);
  }

  private read(needing: number, relation: number): Group {
    const { kind, redundancyGroup } = this.landscape.relationAt(relation) ?? {
      kind: 'DEPENDS_ON',
      redundancyGroup: null,
    };
    const relations: number[] = [];
    const members = new Set<number>();
    let minAvailable = 1;
    const visit: AdjacencyVisitor = (eachKind, other, each, traits) => {
      if (eachKind !== kind || !isRedundant(traits) || isOver(this.landscape, each, traits)) return;
      const record = this.landscape.relationAt(each);
      if (record?.redundancyGroup !== redundancyGroup) return;
      relations.push(each);
      minAvailable = Math.max(minAvailable, record.minAvailable ?? 1);
      if (other !== needing && (other === this.failing || this.isAlive(other))) members.add(other);
    };
    if (kind === 'EXCHANGES_DATA_WITH') this.landscape.forEachIncoming(needing, visit);
    else this.landscape.forEachOutgoing(needing, visit);
    const needed = Math.max(1, members.size - minAvailable + 1);
    const group = { needed, counts: new Uint32Array(STATE_BITS), counted: new Map<number, number>() };
    for (const each of relations) this.byRelation.set(each, group);
    return group;
  }
}

/**
 * Lets a bit through when as many members have it as the group can not do without. It remembers what came, so it serves
 * one walk.
 */
export function countingGate(landscape: Landscape, failing: number): Gate {
  const groups = new Groups(landscape, failing);
  return (needing, provider, relation, bits) => {
    const { needed, counts, counted } = groups.of(needing, relation);
    if (needed === 1) return bits;
    const before = counted.get(provider) ?? 0;
    const arrived = bits & GUARDED & ~before;
    counted.set(provider, before | arrived);
    let passed = bits & ~GUARDED;
    for (let bit = MAY_DEGRADE; bit <= STOPS; bit <<= 1) {
      if ((arrived & bit) === 0) continue;
      const at = Math.log2(bit);
      const count = numberAt(counts, at) + 1;
      counts[at] = count;
      if (count >= needed) passed |= bit;
    }
    return passed;
  };
}

/** Lets through what one member alone can do, and marks as SHIELDED what it holds back. */
export function closedGate(landscape: Landscape): Gate {
  const groups = new Groups(landscape, -1);
  return (needing, _provider, relation, bits) => {
    if ((bits & GUARDED) === 0 || groups.of(needing, relation).needed === 1) return bits;
    return (bits & ~GUARDED) | SHIELDED;
  };
}
