import type { Landscape } from '../landscape/landscape.js';
import { NOBODY, ownerTable } from '../landscape/owner-table.js';
import type { PairCounts, Portfolio, ServedCapabilities } from './portfolio.js';

/** A capability that two agencies serve, and with how many elements each. */
export interface SharedCapability {
  readonly capability: string;
  readonly own: number;
  readonly theirs: number;
}

/** What another agency has in common with one. */
export interface AgencyLikeness {
  /** seq of the other agency. */
  readonly agency: number;
  /**
   * 0 to 1: weighted Jaccard, the sum of r(c) over the capabilities c that both serve, over the sum of r(c) over those that
   * either serves. r(c) = ln(1 + (N + 1) / (n + 0.5)), where n of the N public elements have the capability. 0 where
   * either serves none that is known.
   */
  readonly similarity: number;
  /** Pairs of an element of each that serve the same need. */
  readonly duplicates: number;
  /** Pairs of an element of each that have a part of the need in common. */
  readonly overlaps: number;
  /** Those served with most elements on both sides first, ties by code. */
  readonly shared: readonly SharedCapability[];
}

/** By code of the capability, the elements by which an agency serves it. */
type Profile = ReadonlyMap<string, readonly number[]>;

const NOTHING: Profile = new Map();

/**
 * The other agencies that have something in common with one: a capability or an alike pair. An agency has what it owns
 * itself; what its units own is theirs. What nobody owns is nobody's.
 * @returns best first: by similarity, then by duplicates and overlaps, ties by urn.
 */
export function likenessOf(portfolio: Portfolio, landscape: Landscape, agency: number): AgencyLikeness[] {
  const profiles = profilesOf(portfolio, landscape);
  const pairs: ReadonlyMap<number, PairCounts> = portfolio.betweenAgencies.get(agency) ?? new Map();
  const own = profiles.get(agency) ?? NOTHING;
  const others = new Set([...profiles.keys(), ...pairs.keys()]);
  others.delete(agency);
  const found = Array.from(others, (other): AgencyLikeness => {
    const theirs = profiles.get(other) ?? NOTHING;
    const { duplicates = 0, overlaps = 0 } = pairs.get(other) ?? {};
    const similarity = likeness(own, theirs, portfolio.rarity);
    return { agency: other, similarity, duplicates, overlaps, shared: sharedBy(own, theirs) };
  });
  const urnOf = (seq: number): string => landscape.elementAt(seq)?.urn ?? '';
  return found
    .filter(({ shared, duplicates, overlaps }) => shared.length + duplicates + overlaps > 0)
    .toSorted((one, other) => bestFirst(one, other) || (urnOf(one.agency) < urnOf(other.agency) ? -1 : 1));
}

function bestFirst(one: AgencyLikeness, other: AgencyLikeness): number {
  return other.similarity - one.similarity || other.duplicates - one.duplicates || other.overlaps - one.overlaps;
}

/** A capability that several agencies serve, and by what. */
export interface CapabilityShare {
  readonly capability: string;
  /** seqs of the agencies in the order asked, each with the seqs of its elements by urn; those that do not serve it are left out. */
  readonly served: readonly { readonly agency: number; readonly elements: readonly number[] }[];
}

/**
 * The capabilities that at least two of some agencies serve.
 * @returns those of most agencies first, then of most elements, ties by code.
 */
export function capabilitiesShared(
  served: ServedCapabilities,
  landscape: Landscape,
  agencies: readonly number[],
): CapabilityShare[] {
  const profiles = profilesOf(served, landscape);
  const codes = new Set(agencies.flatMap((agency) => [...(profiles.get(agency) ?? NOTHING).keys()]));
  const shares = Array.from(codes, (capability): CapabilityShare => ({
    capability,
    served: agencies.flatMap((agency) => {
      const elements = profiles.get(agency)?.get(capability);
      return elements === undefined ? [] : [{ agency, elements }];
    }),
  }));
  return shares
    .filter((share) => share.served.length > 1)
    .toSorted(
      (one, other) =>
        other.served.length - one.served.length ||
        elementsOf(other) - elementsOf(one) ||
        (one.capability < other.capability ? -1 : 1),
    );
}

function elementsOf({ served }: CapabilityShare): number {
  return served.reduce((sum, { elements }) => sum + elements.length, 0);
}

/** What each agency serves, by its seq. */
function profilesOf({ elements }: ServedCapabilities, landscape: Landscape): ReadonlyMap<number, Profile> {
  const owners = ownerTable(landscape);
  const profiles = new Map<number, Map<string, number[]>>();
  for (const { seq, capabilities } of elements.toSorted((one, other) => (one.urn < other.urn ? -1 : 1))) {
    const owner = owners[seq] ?? NOBODY;
    if (owner === NOBODY) continue;
    const profile = profiles.get(owner) ?? new Map<string, number[]>();
    profiles.set(owner, profile);
    for (const code of capabilities) {
      const known = profile.get(code);
      if (known === undefined) profile.set(code, [seq]);
      else known.push(seq);
    }
  }
  return profiles;
}

function likeness(own: Profile, theirs: Profile, rarity: ReadonlyMap<string, number>): number {
  let [both, either] = [0, 0];
  for (const code of new Set([...own.keys(), ...theirs.keys()])) {
    const weight = rarity.get(code) ?? 0;
    either += weight;
    if (own.has(code) && theirs.has(code)) both += weight;
  }
  return either === 0 ? 0 : both / either;
}

function sharedBy(own: Profile, theirs: Profile): SharedCapability[] {
  const shared = Array.from(own, ([capability, elements]) => ({
    capability,
    own: elements.length,
    theirs: theirs.get(capability)?.length ?? 0,
  }));
  return shared
    .filter(({ theirs: count }) => count > 0)
    .toSorted(
      (one, other) =>
        Math.min(other.own, other.theirs) - Math.min(one.own, one.theirs) ||
        other.own + other.theirs - one.own - one.theirs ||
        (one.capability < other.capability ? -1 : 1),
    );
}
