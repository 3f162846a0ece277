import { integerAt } from '../number-at.js';
import type { Landscape } from './landscape.js';
import { needGraph } from './need-graph.js';
import type { NeedGraph } from './need-graph.js';
import { DATA_KINDS } from './need-kinds.js';
import { isOfKinds, isRedundant, kindCodeOf, strengthOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

/**
 * Which needs take an element with them when what they need is lost. KNOWN: the HARD ones, for what is surely lost.
 * POSSIBLE: those of UNKNOWN strength too, for what must be feared; but who starves of data works worse, and is lost
 * only where somebody said so.
 */
export type LossReading = 'KNOWN' | 'POSSIBLE';

/**
 * How losses spread, as compressed rows by the seq of what needs: the groups of element `seq` are those from
 * `groupStarts[seq]` up to `groupStarts[seq + 1]`. Group `g` holds the members from `memberStarts[g]` up to
 * `memberStarts[g + 1]`, and its element is lost as soon as `thresholds[g]` of them are. A need without a redundancy
 * group is a group of one.
 */
export interface LossGraph {
  readonly bound: number;
  /** bound + 1 positions. */
  readonly groupStarts: Int32Array;
  /** One more than there are groups. */
  readonly memberStarts: Int32Array;
  readonly thresholds: Int32Array;
  /** seqs of what is needed. */
  readonly members: Int32Array;
  /** seq of the relation behind each member. */
  readonly relations: Int32Array;
}

/**
 * How the loss of one thing leads to that of others. An element is lost when something it needs HARD is lost. A
 * redundancy group of n that need m to be available bears the loss of n - m of those it needs HARD, as in the analysis of
 * an impact; one that has too few from the start bears none. Where its relations disagree on `minAvailable`, the largest
 * counts. What has ended is neither lost nor a support.
 */
export function lossGraph(landscape: Landscape, reading: LossReading): LossGraph {
  const needs = needGraph(landscape);
  const rows = new LossRows(needs.bound);
  for (let seq = 0; seq < needs.bound; seq += 1) {
    enterNeeds(landscape, { needs, seq, reading }, rows);
    rows.closeElement(seq);
  }
  return rows.toGraph();
}

function enterNeeds(
  landscape: Landscape,
  { needs, seq, reading }: { needs: NeedGraph; seq: number; reading: LossReading },
  rows: LossRows,
): void {
  const groups = new Groups(landscape);
  const end = integerAt(needs.starts, seq + 1);
  for (let at = integerAt(needs.starts, seq); at < end; at += 1) {
    const target = integerAt(needs.targets, at);
    // Nothing is lost by losing itself.
    if (target === seq) continue;
    const relation = integerAt(needs.relations, at);
    // The graph was filled from traits.
    const traits = integerAt(needs.traits, at) as RelationTraits;
    const need = { target, relation, isDecisive: isDecisive(traits, reading) };
    if (isRedundant(traits)) groups.add(traits, need);
    else if (need.isDecisive) rows.addNeed(target, relation);
  }
  groups.enter(rows);
}

function isDecisive(traits: RelationTraits, reading: LossReading): boolean {
  const strength = strengthOf(traits);
  return strength === 'HARD' || (reading === 'POSSIBLE' && strength === 'UNKNOWN' && !isOfKinds(traits, DATA_KINDS));
}

/** The redundancy groups of one element while they are read. */
class Groups {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly landscape: Landscape) {}

  add(
    traits: RelationTraits,
    need: { readonly target: number; readonly relation: number; readonly isDecisive: boolean },
  ): void {
    const found = this.landscape.relationAt(need.relation);
    const key = `${kindCodeOf(traits)} ${found?.redundancyGroup ?? ''}`;
    const group = this.groups.get(key) ?? { minAvailable: 1, targets: new Set(), decisive: new Map() };
    this.groups.set(key, group);
    group.minAvailable = Math.max(group.minAvailable, found?.minAvailable ?? 1);
    group.targets.add(need.target);
    if (need.isDecisive && !group.decisive.has(need.target)) group.decisive.set(need.target, need.relation);
  }

  enter(rows: LossRows): void {
    for (const { minAvailable, targets, decisive } of this.groups.values()) {
      const threshold = Math.max(1, targets.size - minAvailable + 1);
      if (threshold <= decisive.size) rows.addGroup(decisive, threshold);
    }
  }
}

interface Group {
  minAvailable: number;
  /** seqs of what is needed: two relations to one thing are one way to live on. */
  readonly targets: Set<number>;
  /** Of these, those whose loss counts, with a relation that says so. */
  readonly decisive: Map<number, number>;
}

/** The rows of a loss graph while they are written. */
class LossRows {
  private readonly groupStarts: Int32Array;
  private readonly memberStarts: number[] = [0];
  private readonly thresholds: number[] = [];
  private readonly members: number[] = [];
  private readonly relations: number[] = [];

  constructor(private readonly bound: number) {
    this.groupStarts = new Int32Array(bound + 1);
  }

  addNeed(target: number, relation: number): void {
    this.members.push(target);
    this.relations.push(relation);
    this.closeGroup(1);
  }

  addGroup(targets: ReadonlyMap<number, number>, threshold: number): void {
    for (const [target, relation] of targets) {
      this.members.push(target);
      this.relations.push(relation);
    }
    this.closeGroup(threshold);
  }

  closeElement(seq: number): void {
    this.groupStarts[seq + 1] = this.thresholds.length;
  }

  toGraph(): LossGraph {
    return {
      bound: this.bound,
      groupStarts: this.groupStarts,
      memberStarts: Int32Array.from(this.memberStarts),
      thresholds: Int32Array.from(this.thresholds),
      members: Int32Array.from(this.members),
      relations: Int32Array.from(this.relations),
    };
  }

  private closeGroup(threshold: number): void {
    this.thresholds.push(threshold);
    this.memberStarts.push(this.members.length);
  }
}
