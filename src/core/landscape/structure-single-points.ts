import { integerAt } from '../number-at.js';
import { positionsByRow } from './compressed-rows.js';
import type { Landscape } from './landscape.js';
import { lossGraph } from './loss-graph.js';
import type { LossGraph } from './loss-graph.js';
import type { ElementKind } from './model.js';
import { needGraph } from './need-graph.js';
import { FOLLOWED_KINDS } from './need-kinds.js';
import { feels, isRunning } from './needs.js';
import type { PathStep } from './needs.js';
import { articulationPoints } from './structure-articulation.js';
import type { Articulation } from './structure-articulation.js';
import { missingNeedFacts, presenceCoverage, unfollowedNeeds } from './structure-coverage.js';
import type { StructureAnswer } from './structure-coverage.js';
import { lostCounts } from './structure-losses.js';

/**
 * Why an element is a single point of failure. LOSES_OTHERS: others are lost with it. HOLDS_TOGETHER: without it the
 * graph of needs among all that others can stand on, looked at without direction, falls apart (it is an articulation point).
 */
export type SinglePointReason = 'LOSES_OTHERS' | 'HOLDS_TOGETHER';

/** Something that is lost with an element that stops. */
export interface Loss {
  /** seq */
  readonly element: number;
  /** From the element that stops, over what is lost with it; each step is the need that tipped the scales. */
  readonly explanation: readonly PathStep[];
  /** How many of the redundancy group of the last step are lost; 1 where that need stands alone. */
  readonly lostOfGroup: number;
}

export interface SinglePoint {
  /** seq */
  readonly element: number;
  readonly reasons: readonly SinglePointReason[];
  /** How many others are surely lost with it, redundancy considered. */
  readonly lost: number;
  /** How many others would be lost were every unknown strength HARD. */
  readonly lostAtMost: number;
  /** How many others would no longer hang together with the largest piece that remains; 0 where nothing falls apart. */
  readonly separated: number;
  /** Number of pieces that its part of the graph would fall into; 1 or less where nothing falls apart. */
  readonly pieces: number;
  /** The others that are surely lost, nearest first, then by seq; as many as `lost`. */
  readonly losses: readonly Loss[];
}

export interface SinglePointOptions {
  /** How many others must be lost, or fall off, for an element to be listed. At least 1. */
  readonly minimum: number;
}

/**
 * The elements whose stop takes others with it, worst first: by what is surely lost, then by what may be, then by what
 * falls off, then by urn. Gives up control now and then, so that a caller can do something else in between.
 *
 * Lost is what a stop reaches over HARD needs, as far as no redundancy group holds (see `lossGraph`). What works worse
 * but lives on is not counted: that is what `impactAnalysis` tells of one element.
 */
export function* singlePointsOfFailure(
  landscape: Landscape,
  { minimum }: SinglePointOptions,
): Generator<void, StructureAnswer<SinglePoint>> {
  const measures = measured.get(landscape) ?? (yield* measure(landscape));
  measured.set(landscape, measures);
  const items: SinglePoint[] = [];
  let examined = 0;
  for (const element of landscape.elements()) {
    if (isRunning(landscape, element)) examined += 1;
    const counts = {
      lost: integerAt(measures.lost, element.seq),
      lostAtMost: integerAt(measures.lostAtMost, element.seq),
      separated: integerAt(measures.separated, element.seq),
      pieces: integerAt(measures.pieces, element.seq),
    };
    const reasons = reasonsOf(counts, minimum);
    if (reasons.length === 0) continue;
    items.push(singlePoint(landscape, measures.known, { element: element.seq, reasons, ...counts }));
  }
  return {
    items: ranked(landscape, items),
    examined,
    get coverage() {
      const missing = missingNeedFacts(landscape, { withStrengths: true });
      return presenceCoverage(items.length, missing, unfollowedNeeds(landscape, FOLLOWED_KINDS));
    },
  };
}

/** What is counted for every element of a landscape, by seq. */
interface Measures extends Articulation {
  readonly known: LossGraph;
  readonly lost: Int32Array;
  readonly lostAtMost: Int32Array;
}

/** Counts are made once for a landscape and go with it. */
const measured = new WeakMap<Landscape, Measures>();

function* measure(landscape: Landscape): Generator<void, Measures> {
  const known = lossGraph(landscape, 'KNOWN');
  yield;
  const lost = yield* lostCounts(known);
  const possible = lossGraph(landscape, 'POSSIBLE');
  yield;
  // It holds all that the other holds: with no more in it, it is the same.
  const lostAtMost = possible.members.length === known.members.length ? lost : yield* lostCounts(possible);
  const articulation = articulationPoints(needGraph(landscape), standing(landscape));
  yield;
  return { known, lost, lostAtMost, ...articulation };
}

/** What is only ever brought about or served: it holds nothing up, so nothing hangs together by it. */
const SERVED: ReadonlySet<ElementKind> = new Set<ElementKind>(['AGENCY', 'CAPABILITY', 'ADMINISTRATIVE_PROCEDURE']);

/** One number a seq: 1 where the element has not ended and can hold others up. */
function standing(landscape: Landscape): Uint8Array {
  const stands = new Uint8Array(landscape.elementBound);
  for (const { seq, kind } of landscape.elements()) {
    if (!SERVED.has(kind) && feels(landscape, seq)) stands[seq] = 1;
  }
  return stands;
}

function reasonsOf(
  { lost, separated }: { readonly lost: number; readonly separated: number },
  minimum: number,
): SinglePointReason[] {
  const reasons: SinglePointReason[] = [];
  if (lost >= minimum) reasons.push('LOSES_OTHERS');
  if (separated >= minimum) reasons.push('HOLDS_TOGETHER');
  return reasons;
}

function singlePoint(landscape: Landscape, graph: LossGraph, found: Omit<SinglePoint, 'losses'>): SinglePoint {
  return {
    ...found,
    // Most answers are read by the page: the losses are followed for those that are looked at.
    get losses() {
      return lossesOf(landscape, graph, found.element);
    },
  };
}

function ranked(landscape: Landscape, items: readonly SinglePoint[]): SinglePoint[] {
  const urnOf = ({ element }: SinglePoint): string => landscape.elementAt(element)?.urn ?? '';
  return items.toSorted(
    (a, b) =>
      b.lost - a.lost ||
      b.lostAtMost - a.lostAtMost ||
      b.separated - a.separated ||
      (urnOf(a) < urnOf(b) ? -1 : Number(urnOf(a) > urnOf(b))),
  );
}

/** Who would lose something with each element: the groups that each seq is a member of, as compressed rows. */
interface Supporters {
  readonly starts: Int32Array;
  readonly groups: Int32Array;
  /** The relation that makes it a member, one a group. */
  readonly relations: Int32Array;
  /** seq of the element that each group belongs to. */
  readonly needers: Int32Array;
}

/** Rows are made once for a graph and go with it. */
const supportersOf = new WeakMap<LossGraph, Supporters>();

function supporters(graph: LossGraph): Supporters {
  const known = supportersOf.get(graph) ?? readSupporters(graph);
  supportersOf.set(graph, known);
  return known;
}

function readSupporters({ bound, groupStarts, memberStarts, members, relations }: LossGraph): Supporters {
  const { starts, positions } = positionsByRow(bound, members);
  const groupOf = new Int32Array(members.length);
  const needers = new Int32Array(memberStarts.length);
  for (let seq = 0; seq < bound; seq += 1) {
    for (let group = integerAt(groupStarts, seq); group < integerAt(groupStarts, seq + 1); group += 1) {
      needers[group] = seq;
      groupOf.fill(group, integerAt(memberStarts, group), integerAt(memberStarts, group + 1));
    }
  }
  return {
    starts,
    groups: positions.map((at) => integerAt(groupOf, at)),
    relations: positions.map((at) => integerAt(relations, at)),
    needers,
  };
}

/** All that is lost with one element, in rounds: first what is lost by it alone, then what is lost by that too. */
function lossesOf(landscape: Landscape, graph: LossGraph, origin: number): Loss[] {
  const { starts, groups, relations, needers } = supporters(graph);
  const lostMembers = new Map<number, number>();
  const cameBy = new Map<number, PathStep>();
  const losses: Loss[] = [];
  let round = [origin];
  while (round.length > 0) {
    const next: Loss[] = [];
    for (const from of round) {
      for (let at = integerAt(starts, from); at < integerAt(starts, from + 1); at += 1) {
        const group = integerAt(groups, at);
        const lostOfGroup = (lostMembers.get(group) ?? 0) + 1;
        lostMembers.set(group, lostOfGroup);
        const to = integerAt(needers, group);
        if (to === origin || cameBy.has(to) || lostOfGroup < integerAt(graph.thresholds, group)) continue;
        const relation = integerAt(relations, at);
        const traversedForward = landscape.relationAt(relation)?.source === from;
        cameBy.set(to, { relation, traversedForward, from, to });
        next.push(lossBy(cameBy, to, lostOfGroup));
      }
    }
    for (const loss of next.toSorted((a, b) => a.element - b.element)) losses.push(loss);
    round = next.map(({ element }) => element).toSorted((a, b) => a - b);
  }
  return losses;
}

/** A loss and the way to it. */
function lossBy(cameBy: ReadonlyMap<number, PathStep>, element: number, lostOfGroup: number): Loss {
  return {
    element,
    lostOfGroup,
    // Spelled out for those that are looked at: all ways of a chain together are as long as its square.
    get explanation() {
      const back: PathStep[] = [];
      for (let step = cameBy.get(element); step !== undefined; step = cameBy.get(step.from)) back.push(step);
      return back.toReversed();
    },
  };
}
