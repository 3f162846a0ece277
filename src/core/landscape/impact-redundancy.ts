import { numberAt } from '../number-at.js';
import { GUARDED, MAY_DEGRADE, SHIELDED, STATE_BITS, STOPS } from './impact-states.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { SOURCE_NEEDS, TARGET_NEEDS } from './need-kinds.js';
import { isOver, livingIn } from './needs.js';
import { isOfKinds, isRedundant } from './relation-traits.js';

/**
 * Which of the bits that come to a needing element over one relation of a redundancy group the group lets through.
 * @param needing - seq of the element that needs the members of the group.
 * @param provider - seq of the member that the bits come from.
 * @param relation - seq of the relation between the two.
 * @param bits - what the relation passes on that the element has not got yet.
 */
export type Gate = (needing: number, provider: number, relation: number, bits: number) => number;

/** The relations of one element with the same kind and `redundancyGroup` that have `minAvailable`. */
export interface Group {
  /** So many members have to be hit before the element feels it; at least one. */
  readonly needed: number;
}

/**
 * The groups of a landscape, which must not change, each looked up once.
 *
 * Members are the elements at the other ends that have not ended, over relations that are not over, the needing element
 * itself left out; two relations to one member are one member. Where relations of a group say different `minAvailable`,
 * the largest counts. A group of n members of which m have to be available is hit when n - m + 1 of them are; one that
 * has too few members from the start when any is.
 */
export class Groups {
  private readonly byRelation = new Map<number, Group>();
  private readonly isAlive: (seq: number) => boolean;

  private constructor(private readonly landscape: Landscape) {
    this.isAlive = livingIn(landscape);
  }

  /** Those of a landscape, remembered with it. */
  static in(landscape: Landscape): Groups {
    const groups = groupsOf.get(landscape) ?? new Groups(landscape);
    groupsOf.set(landscape, groups);
    return groups;
  }

  of(needing: number, relation: number): Group {
    if (!this.byRelation.has(relation)) this.read(needing);
    const group = this.byRelation.get(relation);
    if (group === undefined) throw new RangeError(`relation ${relation} belongs to no group of element ${needing}`);
    return group;
  }

  /** Reads all groups of an element at once: one by one they would cost its relations each. */
  private read(needing: number): void {
    const byName = new Map<string, GroupRecord>();
    const visit: AdjacencyVisitor = (kind, other, each, traits) => {
      if (!isRedundant(traits) || isOver(this.landscape, each, traits)) return;
      const { redundancyGroup = null, minAvailable = null } = this.landscape.relationAt(each) ?? {};
      const name = redundancyGroup === null ? kind : `${kind} ${redundancyGroup}`;
      const record = byName.get(name) ?? { relations: [], members: new Set(), minAvailable: 1 };
      byName.set(name, record);
      record.relations.push(each);
      record.minAvailable = Math.max(record.minAvailable, minAvailable ?? 1);
      if (other !== needing && this.isAlive(other)) record.members.add(other);
    };
    this.landscape.forEachOutgoing(needing, (kind, other, relation, traits) => {
      if (isOfKinds(traits, SOURCE_NEEDS)) visit(kind, other, relation, traits);
    });
    this.landscape.forEachIncoming(needing, (kind, other, relation, traits) => {
      if (isOfKinds(traits, TARGET_NEEDS)) visit(kind, other, relation, traits);
    });
    for (const { relations, members, minAvailable } of byName.values()) {
      const needed = Math.max(1, members.size - minAvailable + 1);
      const group = { needed };
      for (const each of relations) this.byRelation.set(each, group);
    }
  }
}

const groupsOf = new WeakMap<Landscape, Groups>();

/** What came to a group in one walk. */
class Tally {
  /** Of each bit, how many members have it. */
  readonly counts = new Uint32Array(STATE_BITS);
  /** Of each member that is hit, by seq, its bits that were counted. */
  readonly counted = new Map<number, number>();
}

/** A group while it is read. */
interface GroupRecord {
  readonly relations: number[];
  /** seqs */
  readonly members: Set<number>;
  minAvailable: number;
}

/**
 * Lets a bit through when as many members have it as the group can not do without. It remembers what came, so it serves
 * one walk.
 */
export function countingGate(landscape: Landscape): Gate {
  const groups = Groups.in(landscape);
  const tallies = new Map<Group, Tally>();
  return (needing, provider, relation, bits) => {
    const group = groups.of(needing, relation);
    const { needed } = group;
    if (needed === 1) return bits;
    const tally = tallies.get(group) ?? new Tally();
    tallies.set(group, tally);
    const { counts, counted } = tally;
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
  const groups = Groups.in(landscape);
  return (needing, _provider, relation, bits) => {
    if ((bits & GUARDED) === 0 || groups.of(needing, relation).needed === 1) return bits;
    return (bits & ~GUARDED) | SHIELDED;
  };
}
