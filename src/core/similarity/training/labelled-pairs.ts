import type { PairBand } from '../match-band.js';

/** What a reviewer called a pair. One that was dismissed is no duplicate and no overlap, and may be related or not. */
export type PairLabel = PairBand | 'DISMISSED';

/** A title as far as labels hang on it. */
export interface LabelledTitle {
  readonly id: string;
  /** The one function that it is for, by a code of whoever labelled it; undefined where nobody gave one. */
  readonly functionCode: string | undefined;
  /** The kind of work, likewise. */
  readonly workCode: string | undefined;
}

export interface LabelledPair {
  readonly left: string;
  readonly right: string;
  readonly label: PairLabel;
}

/** A pair of titles by their places in the list, as training and measuring take it. */
export interface KnownPair {
  readonly left: number;
  readonly right: number;
  readonly label: PairLabel;
  /** 1, or less for a pair of a function of which there are very many: it must not outvote all others. */
  readonly weight: number;
}

/** All that is known of the pairs of some titles. */
export interface KnownPairs {
  readonly pairs: readonly KnownPair[];
  /** By place of the title: titles of one group may never be on both sides of a split, for they help each other. */
  readonly groups: readonly string[];
}

/** Most that the duplicates and overlaps of two functions count together. */
const CLUSTER_MAXIMUM = 15;

/**
 * All pairs of titles of which a label is known: the listed ones, and where the titles carry codes those that follow from
 * them, so that matches are as rare as they are in life. Same function and work is a duplicate, same function and other
 * work is related, functions that no listed pair joins are distinct; of functions that are joined a pair has the label
 * that all listed pairs of the two have, or is left out where they differ.
 */
export function knownPairs(titles: readonly LabelledTitle[], listed: readonly LabelledPair[]): KnownPairs {
  const places = new Map(titles.map(({ id }, at) => [id, at]));
  const labels = new Map<string, PairLabel>();
  for (const { left, right, label } of listed) {
    const [one, other] = [places.get(left), places.get(right)];
    if (one === undefined || other === undefined) throw new RangeError(`pair of ${left} and ${right}: no such title`);
    labels.set(pairKey(one, other), label);
  }
  const joined = joinedFunctions(titles, labels);
  const pairs: Omit<KnownPair, 'weight'>[] = [];
  for (let left = 0; left < titles.length; left++) {
    for (let right = left + 1; right < titles.length; right++) {
      const label = labels.get(pairKey(left, right)) ?? impliedLabel(titles[left], titles[right], joined);
      if (label !== undefined) pairs.push({ left, right, label });
    }
  }
  return { pairs: withWeights(pairs, titles), groups: groupsOf(titles, labels) };
}

/** Whether a label tells if the two have to do with each other at all. */
export function tellsConcern(label: PairLabel): boolean {
  return label !== 'DISMISSED';
}

/** Whether a pair is what a search for duplicates must find. */
export function isMatch(label: PairLabel): boolean {
  return label === 'DUPLICATE' || label === 'OVERLAP';
}

function pairKey(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function functionKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** By two functions and whether the work is the same: the one label that all listed pairs of them have. */
type JoinedFunctions = ReadonlyMap<string, ReadonlyMap<string, PairLabel | undefined>>;

function joinedFunctions(titles: readonly LabelledTitle[], labels: ReadonlyMap<string, PairLabel>): JoinedFunctions {
  const joined = new Map<string, Map<string, PairLabel | undefined>>();
  for (const [key, label] of labels) {
    const [one, other] = key.split(' ').map((place) => titles[Number(place)]);
    if (one?.functionCode === undefined || other?.functionCode === undefined) continue;
    if (label === 'DISTINCT' || !tellsConcern(label) || one.functionCode === other.functionCode) continue;
    const functions = functionKey(one.functionCode, other.functionCode);
    const byWork = joined.get(functions) ?? new Map<string, PairLabel | undefined>();
    const work = sameWork(one, other);
    byWork.set(work, byWork.has(work) && byWork.get(work) !== label ? undefined : label);
    joined.set(functions, byWork);
  }
  return joined;
}

function sameWork(one: LabelledTitle, other: LabelledTitle): string {
  return one.workCode === other.workCode ? 'same' : 'other';
}

function impliedLabel(
  one: LabelledTitle | undefined,
  other: LabelledTitle | undefined,
  joined: JoinedFunctions,
): PairLabel | undefined {
  if (one?.functionCode === undefined || other?.functionCode === undefined) return undefined;
  if (one.functionCode === other.functionCode) return one.workCode === other.workCode ? 'DUPLICATE' : 'RELATED';
  const byWork = joined.get(functionKey(one.functionCode, other.functionCode));
  return byWork === undefined ? 'DISTINCT' : byWork.get(sameWork(one, other));
}

function withWeights(pairs: readonly Omit<KnownPair, 'weight'>[], titles: readonly LabelledTitle[]): KnownPair[] {
  const clusterOf = ({ left, right }: Omit<KnownPair, 'weight'>): string =>
    // A title without a code is a function of its own.
    functionKey(titles[left]?.functionCode ?? String(left), titles[right]?.functionCode ?? String(right));
  const sizes = new Map<string, number>();
  for (const pair of pairs) {
    if (isMatch(pair.label)) sizes.set(clusterOf(pair), (sizes.get(clusterOf(pair)) ?? 0) + 1);
  }
  return pairs.map((pair) => ({
    ...pair,
    weight: isMatch(pair.label) ? Math.min(1, CLUSTER_MAXIMUM / (sizes.get(clusterOf(pair)) ?? 1)) : 1,
  }));
}

/** Titles that a label joins, directly or through others, or that have the same function, are one group. */
function groupsOf(titles: readonly LabelledTitle[], labels: ReadonlyMap<string, PairLabel>): string[] {
  const parents = titles.map((_, at) => at);
  const root = (of: number): number => {
    let at = of;
    while (parents[at] !== undefined && parents[at] !== at) at = parents[at] ?? at;
    return at;
  };
  const join = (one: number, other: number): void => {
    parents[root(other)] = root(one);
  };
  const first = new Map<string, number>();
  for (const [at, { functionCode }] of titles.entries()) {
    if (functionCode === undefined) continue;
    const same = first.get(functionCode);
    if (same === undefined) first.set(functionCode, at);
    else join(same, at);
  }
  for (const [key, label] of labels) {
    const [one = 0, other = 0] = key.split(' ').map(Number);
    if (label !== 'DISTINCT') join(one, other);
  }
  return titles.map((_, at) => titles[root(at)]?.id ?? '');
}
