import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { ownerOf } from './landscape.js';
import { isDeclared, mayCarry } from './impact-coverage.js';
import type { Element } from './model.js';
import type { NeedKind } from './need-kinds.js';
import { isRunning, needWalk } from './needs.js';
import { strengthOf } from './relation-traits.js';
import { UnfollowedKinds } from './unfollowed-kinds.js';

/**
 * A fact that would make an answer about the structure surer; `askedFrom` is the seq of an agency, null where nobody is
 * known. STRENGTH and TYPE: how strong, or of which kind, a relation is. FLOWS: whether all flows of an element are
 * recorded. LAYER: in which layer of the framework it stands.
 */
export type MissingStructureFact =
  | { readonly kind: 'STRENGTH' | 'TYPE'; readonly relation: number; readonly askedFrom: number | null }
  | { readonly kind: 'FLOWS' | 'LAYER'; readonly element: number; readonly askedFrom: number | null };

/**
 * COMPLETE: nothing that the answer needs is missing. LOWER_BOUND: what was found is so, and more may be. UNKNOWN: what
 * was found may not be so, or nothing was found and much is missing.
 */
export interface StructureCoverage {
  readonly verdict: 'COMPLETE' | 'LOWER_BOUND' | 'UNKNOWN';
  /** In order of element, then as the relations of each are ordered. */
  readonly missing: readonly MissingStructureFact[];
  /** Kinds of need that are on record among what was looked at and were not followed. */
  readonly unfollowed: readonly NeedKind[];
}

/** An answer about the whole landscape. Its parts all describe the same set. */
export interface StructureAnswer<T> {
  readonly items: readonly T[];
  /** Number of elements that were looked at. */
  readonly examined: number;
  readonly coverage: StructureCoverage;
}

/** Coverage of an answer that tells what is there: each fact stands, and what is missing could only add to them. */
export function presenceCoverage(
  found: number,
  missing: readonly MissingStructureFact[],
  unfollowed: readonly NeedKind[] = [],
): StructureCoverage {
  const isWhole = missing.length === 0 && unfollowed.length === 0;
  return { verdict: isWhole ? 'COMPLETE' : found === 0 ? 'UNKNOWN' : 'LOWER_BOUND', missing, unfollowed };
}

/** Coverage of an answer that tells what is not there: silence is not evidence, so what is missing could take from it. */
export function absenceCoverage(missing: readonly MissingStructureFact[]): StructureCoverage {
  return { verdict: missing.length === 0 ? 'COMPLETE' : 'UNKNOWN', missing, unfollowed: [] };
}

/** The fact that an element's flows were never declared complete; nothing where they were. */
export function undeclaredFlows(landscape: Landscape, element: Element): MissingStructureFact[] {
  if (isDeclared(element)) return [];
  return [{ kind: 'FLOWS', element: element.seq, askedFrom: ownerOf(landscape, element.seq)?.seq ?? null }];
}

/**
 * What is not known of the needs of all that runs: links of unknown kind, flows never declared complete and, where the
 * question is how badly something is hurt, unknown strengths.
 */
export function missingNeedFacts(
  landscape: Landscape,
  { withStrengths }: { readonly withStrengths: boolean },
): MissingStructureFact[] {
  const follow = needWalk(landscape, 'DEPENDENCIES');
  const facts: MissingStructureFact[] = [];
  for (const element of landscape.elements()) {
    if (!isRunning(landscape, element)) continue;
    const { seq } = element;
    const askedFrom = ownerOf(landscape, seq)?.seq ?? null;
    if (withStrengths) {
      follow(seq, (_other, relation, _forward, traits) => {
        if (strengthOf(traits) === 'UNKNOWN') facts.push({ kind: 'STRENGTH', relation, askedFrom });
      });
    }
    landscape.forEachOutgoing(seq, untypedLinks(landscape, facts, askedFrom));
    facts.push(...undeclaredFlows(landscape, element));
  }
  return facts;
}

/** The kinds of need on record in a landscape beside those that were followed. */
export function unfollowedNeeds(landscape: Landscape, followed: readonly NeedKind[]): NeedKind[] {
  const unfollowed = new UnfollowedKinds(landscape, 'DEPENDENCIES', followed);
  for (const { seq } of landscape.elements()) unfollowed.lookFrom(seq, always);
  return unfollowed.kinds;
}

function always(): boolean {
  return true;
}

/** Enters links of unknown kind that may be needs. Each is met once, at its source. */
function untypedLinks(landscape: Landscape, facts: MissingStructureFact[], askedFrom: number | null): AdjacencyVisitor {
  return (kind, other, relation, traits) => {
    if (kind !== 'ASSOCIATED_WITH' || !mayCarry(landscape, other, relation, traits)) return;
    facts.push({ kind: 'TYPE', relation, askedFrom });
  };
}
