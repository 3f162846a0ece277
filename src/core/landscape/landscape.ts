import type { DefinitionTable } from './definition-table.js';
import { mayHoldOn } from './model.js';
import type { Element, LifecyclePhase, PartialDate, Relation, RelationKind } from './model.js';
import { phaseOn } from './phase.js';
import { isDated, isEnded, isPlanned } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';
import type { UrnEntry } from './urn-table.js';

/**
 * Called for one relation of an element, without allocating.
 * @param kind - kind of the relation.
 * @param other - seq of the element at the other end.
 * @param relation - seq of the relation.
 * @param traits - what a walk has to know of the relation.
 */
export type AdjacencyVisitor = (kind: RelationKind, other: number, relation: number, traits: RelationTraits) => void;

/**
 * What the graph can be asked, whoever asks: a snapshot, or a view of one in which the invisible does not exist.
 * Pure functions take this and nothing else, so permissions come before traversal, counts and paths by construction.
 */
export interface Landscape {
  readonly revision: number;
  /** The calendar day it is looked at; null = after all that is recorded. */
  readonly day: PartialDate | null;
  /** The calendar day on which it is looked at: what is recorded had come by then. Null where there is no `day`. */
  readonly today: PartialDate | null;
  /** One more than the largest element seq that can occur: the length for arrays indexed by seq. */
  readonly elementBound: number;
  /** What attributes there are, and what they mean. */
  readonly definitions: DefinitionTable;
  elementByUrn(urn: string): Element | undefined;
  elementAt(seq: number): Element | undefined;
  relationByUrn(urn: string): Relation | undefined;
  relationAt(seq: number): Relation | undefined;
  /** In order of seq. */
  elements(): Iterable<Element>;
  /** In order of seq. */
  relations(): Iterable<Relation>;
  /** Visits relations whose source is the element, ordered by kind, other end, relation. */
  forEachOutgoing(seq: number, visit: AdjacencyVisitor): void;
  /** Visits relations whose target is the element, ordered by kind, other end, relation. */
  forEachIncoming(seq: number, visit: AdjacencyVisitor): void;
}

/** A landscape that a change set can be planned on. */
export interface ChangeBase extends Landscape {
  /** Whether a urn names or ever named anything, seen or not: urns are never given twice. */
  isTaken(urn: string): boolean;
  /** The number that a urn had, where its object was removed; undefined where it is free or names something. */
  removedNumber(urn: string): UrnEntry | undefined;
}

/** The phase an element is in on the day the landscape is looked at. */
export function phaseOf(landscape: Landscape, element: Element): LifecyclePhase {
  return phaseOn(element, landscape.day, landscape.today);
}

/**
 * Whether a relation may hold on a day: it has not ENDED, is not surely over and has not surely begun later. After all
 * that is recorded (null), what has an end is over. Planned ones count.
 */
export function isInForce(
  relation: Pick<Relation, 'status' | 'validFrom' | 'validTo'>,
  day: PartialDate | null,
): boolean {
  if (relation.status === 'ENDED') return false;
  return day === null ? relation.validTo === null : mayHoldOn(relation, day);
}

/**
 * Whether a relation may hold on the day of the landscape: `isInForce` for whoever walks. It has not ENDED, is not surely over and has not surely begun
 * later. After all that is recorded (no day), what has an end is over. Planned ones count.
 */
export function isCurrent(landscape: Landscape, relation: number, traits: RelationTraits): boolean {
  if (isEnded(traits)) return false;
  if (!isDated(traits)) return true;
  const found = landscape.relationAt(relation);
  return found !== undefined && isInForce(found, landscape.day);
}

/** The other ends of an element's outgoing relations of one kind that are current, in order of seq. */
export function targetsOf(landscape: Landscape, seq: number, kind: RelationKind): Element[] {
  const found = new CurrentEnds(landscape, kind);
  landscape.forEachOutgoing(seq, found.visit);
  return found.elements;
}

/** The other ends of an element's incoming relations of one kind that are current, in order of seq. */
export function sourcesOf(landscape: Landscape, seq: number, kind: RelationKind): Element[] {
  const found = new CurrentEnds(landscape, kind);
  landscape.forEachIncoming(seq, found.visit);
  return found.elements;
}

class CurrentEnds {
  readonly elements: Element[] = [];

  constructor(
    private readonly landscape: Landscape,
    private readonly kind: RelationKind,
  ) {}

  readonly visit: AdjacencyVisitor = (kind, other, relation, traits) => {
    if (kind !== this.kind || !isCurrent(this.landscape, relation, traits)) return;
    const element = this.landscape.elementAt(other);
    if (element !== undefined) this.elements.push(element);
  };
}

/**
 * seq of the agency that owns an element on the day: `ownerOf` without making a list; undefined where nobody is known.
 * Who is only planned to own it does so where nobody else does.
 * @param counts - whether an agency is looked at, by its seq; all are, unless told.
 */
export function ownerSeqOf(
  landscape: Landscape,
  seq: number,
  counts?: (agency: number) => boolean,
): number | undefined {
  let planned: number | undefined;
  let owner: number | undefined;
  landscape.forEachOutgoing(seq, (kind, other, relation, traits) => {
    if (kind !== 'OWNED_BY' || owner !== undefined || !isCurrent(landscape, relation, traits)) return;
    if (counts?.(other) === false) return;
    if (isPlanned(traits)) planned ??= other;
    else owner = other;
  });
  return owner ?? planned;
}

/** The agency that owns an element on the day: the first OWNED_BY target, undefined where nobody is known. */
export function ownerOf(landscape: Landscape, seq: number): Element | undefined {
  const owner = ownerSeqOf(landscape, seq);
  return owner === undefined ? undefined : landscape.elementAt(owner);
}

/** The same among the agencies that everybody sees: the same one, whoever of those who see the element asks. */
export function publicOwnerOf(landscape: Landscape, seq: number): Element | undefined {
  const isPublic = (agency: number): boolean => landscape.elementAt(agency)?.visibility === 'PUBLIC';
  const owner = ownerSeqOf(landscape, seq, isPublic);
  return owner === undefined ? undefined : landscape.elementAt(owner);
}
