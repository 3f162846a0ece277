import { phaseOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import type { RelationKind } from '../landscape/model.js';
import { NOBODY, ownerTable } from '../landscape/owner-table.js';
import { kindOfWork } from './advice.js';
import { alikeScores } from './all-pairs.js';
import { ClusterBuilder } from './clusters.js';
import type { ClusterElement, Clusters, ElementPair } from './clusters.js';
import { capabilityTerm } from './indexed-element.js';
import type { IndexedElement } from './indexed-element.js';
import { NeedIndex } from './need-index.js';
import type { JudgedPair, PairModel } from './pair-model.js';
import type { SimilarityIndex } from './similarity-index.js';

/** Something that is there, or planned, and what it is there for. */
export interface PortfolioElement extends ClusterElement {
  readonly seq: number;
}

/** What all of a view has, by what it serves; what has ended serves nothing any more. */
export interface ServedCapabilities {
  readonly elements: readonly PortfolioElement[];
  /** How rare each of their capabilities is among public elements, above 0. */
  readonly rarity: ReadonlyMap<string, number>;
}

/** How many pairs are alike. */
export interface PairCounts {
  readonly duplicates: number;
  readonly overlaps: number;
}

/** A view compared with itself. The pairs are counted and not kept: where every agency has the same there are millions. */
export interface Portfolio extends ServedCapabilities, Clusters {
  readonly pairs: PairCounts;
  /** By seq of an agency and seq of another, the pairs of an element of each; both ways. */
  readonly betweenAgencies: ReadonlyMap<number, ReadonlyMap<number, PairCounts>>;
  /** Elements whose texts say too little to be compared. */
  readonly tooLittle: number;
  /** Elements that may be alike to more than the few hundred that each is compared with. */
  readonly cut: number;
}

/** What joins two things that are alike and no duplicates: a part and its whole, a project and what it delivers, one and what follows it. */
const KIN: ReadonlySet<RelationKind> = new Set(['PART_OF', 'REALIZES', 'DELIVERS', 'REPLACES']);

/** What the elements of a view serve: what they are declared to realise, and what their names say, else their descriptions. */
export function servedCapabilities(index: SimilarityIndex): ServedCapabilities {
  const entries = Array.from(index.entries).filter((entry) => !hasEnded(index.landscape, entry));
  const elements = entries.map(portfolioElement);
  const codes = new Set(elements.flatMap(({ capabilities }) => [...capabilities]));
  const rarityOf = (code: string): number =>
    index.inverted.rarity(index.inverted.posting(capabilityTerm(code))?.publicCount ?? 0);
  return { elements, rarity: new Map(Array.from(codes, (code) => [code, rarityOf(code)])) };
}

/**
 * All duplicates and overlaps among the elements of a view, and the clusters that they make, in steps of a few
 * milliseconds. Left out are elements that have ended, pairs of different kinds of work, and those of which one is a part of
 * the other, follows it or delivers it.
 * @param onProgress - told the share that is done, 0 to 1.
 */
export function* portfolioSteps(
  index: SimilarityIndex,
  model: PairModel,
  onProgress: (share: number) => void,
): Generator<void, Portfolio> {
  const served = servedCapabilities(index);
  yield;
  const entries = Array.from(index.entries).filter((entry) => !hasEnded(index.landscape, entry));
  const placeOf = comparable(entries);
  const needs = yield* NeedIndex.stepsOf(placeOf.flatMap((place) => entries[place]?.need ?? []));
  const clusters = new ClusterBuilder(served.elements);
  const counts = new AgencyPairs(index.landscape, served.elements);
  const kin = kinAmong(index.landscape, served.elements);
  yield;
  let [done, cut] = [0, 0];
  for (const found of alikeScores(needs, model, isAlike)) {
    for (const { left, right, score, band } of found.pairs) {
      const pair = { left: placeOf[left] ?? -1, right: placeOf[right] ?? -1, score };
      if (band !== 'DUPLICATE' && band !== 'OVERLAP') continue;
      if (kin.get(pair.left)?.has(pair.right) === true || !isOneWork(entries[pair.left], entries[pair.right])) continue;
      clusters.add({ ...pair, band });
      counts.add({ ...pair, band });
    }
    cut += Number(found.isCut);
    done++;
    onProgress(done / placeOf.length);
    yield;
  }
  const { all: pairs, between: betweenAgencies } = counts;
  return { ...served, ...clusters.finish(), pairs, betweenAgencies, cut, tooLittle: entries.length - placeOf.length };
}

interface Counting {
  duplicates: number;
  overlaps: number;
}

/** Counts pairs by the agencies that own their ends. */
class AgencyPairs {
  readonly all: Counting = { duplicates: 0, overlaps: 0 };
  readonly between = new Map<number, Map<number, Counting>>();
  private readonly owners: Int32Array;

  constructor(
    landscape: Landscape,
    private readonly elements: readonly PortfolioElement[],
  ) {
    this.owners = ownerTable(landscape);
  }

  add(pair: ElementPair): void {
    count(this.all, pair);
    const [one, other] = [this.ownerOf(pair.left), this.ownerOf(pair.right)];
    if (one === other || one === NOBODY || other === NOBODY) return;
    for (const [mine, theirs] of [
      [one, other],
      [other, one],
    ] as const) {
      const counts = this.between.get(mine) ?? new Map<number, Counting>();
      this.between.set(mine, counts);
      const counting = counts.get(theirs) ?? { duplicates: 0, overlaps: 0 };
      counts.set(theirs, counting);
      count(counting, pair);
    }
  }

  private ownerOf(place: number): number {
    return this.owners[this.elements[place]?.seq ?? -1] ?? NOBODY;
  }
}

function count(counting: Counting, { band }: ElementPair): void {
  if (band === 'DUPLICATE') counting.duplicates++;
  else counting.overlaps++;
}

function isAlike({ band }: JudgedPair): boolean {
  return band === 'DUPLICATE' || band === 'OVERLAP';
}

function hasEnded(landscape: Landscape, { element }: IndexedElement): boolean {
  return phaseOf(landscape, element) === 'END_OF_LIFE';
}

function portfolioElement({ element, capabilities }: IndexedElement): PortfolioElement {
  const named = [...capabilities].filter(([, weight]) => weight === 1).map(([code]) => code);
  return { seq: element.seq, urn: element.urn, capabilities: new Set(named.length > 0 ? named : capabilities.keys()) };
}

/** Places of the entries that say enough to be compared. */
function comparable(entries: readonly IndexedElement[]): number[] {
  return [...entries.keys()].filter((place) => entries[place]?.saysTooLittle === false);
}

function isOneWork(left: IndexedElement | undefined, right: IndexedElement | undefined): boolean {
  if (left === undefined || right === undefined || left.isRecords !== right.isRecords) return false;
  return kindOfWork(left.workType) === kindOfWork(right.workType);
}

/** By place of an element, the places of those that it is joined with by what makes no duplicates; both ways. */
function kinAmong(
  landscape: Landscape,
  elements: readonly PortfolioElement[],
): ReadonlyMap<number, ReadonlySet<number>> {
  const placeOf = new Map(elements.map(({ seq }, place) => [seq, place]));
  const kin = new Map<number, Set<number>>();
  const add = (one: number, other: number): void => {
    const known = kin.get(one);
    if (known === undefined) kin.set(one, new Set([other]));
    else known.add(other);
  };
  for (const [place, { seq }] of elements.entries()) {
    landscape.forEachOutgoing(seq, (kind, other) => {
      const otherPlace = placeOf.get(other);
      if (otherPlace === undefined || !KIN.has(kind)) return;
      add(place, otherPlace);
      add(otherPlace, place);
    });
  }
  return kin;
}
