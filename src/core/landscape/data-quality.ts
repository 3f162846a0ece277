import { daysLater, earliestDay } from './calendar-day.js';
import { isCurrent } from './landscape.js';
import type { Landscape } from './landscape.js';
import { isRelationKind } from './model.js';
import type { Element, ElementKind, PartialDate, RelationKind } from './model.js';
import { livingIn, needWalk } from './needs.js';

/** How long ago somebody confirmed what is recorded of an element. */
export const FRESHNESS = ['FRESH', 'AGING', 'STALE', 'NEVER_CONFIRMED'] as const;
export type Freshness = (typeof FRESHNESS)[number];

/** A fact that should be known of some kinds of element. */
export interface QualityFact {
  /** A field of the record, a kind of relation that leads away from it, or the key of an attribute. */
  readonly field: string;
  /** How much it counts; above 0. */
  readonly weight: number;
  readonly kinds: readonly ElementKind[];
  /** What fills it, where no attribute asks it. */
  readonly question?: { readonly vi: string; readonly en: string };
}

/** What should be known, and for how long a confirmation is good. All of it is data. */
export interface QualityPolicy {
  readonly facts: readonly QualityFact[];
  /** A confirmation ages after so many days, and is stale after so many. */
  readonly freshness: { readonly agingAfterDays: number; readonly staleAfterDays: number };
}

/** How much of what should be known of an element is. */
export interface DataQuality {
  /** Weight of what is known; of nothing that is asked, 0. */
  readonly known: number;
  /** Weight of all that should be. */
  readonly wanted: number;
  /** In the order of the policy. */
  readonly missing: readonly QualityFact[];
  readonly attestedOn: PartialDate | null;
  readonly freshness: Freshness;
}

/** Share of the weight that is known, 0 to 1; 1 where nothing is asked. */
export function completenessOf({ known, wanted }: Pick<DataQuality, 'known' | 'wanted'>): number {
  return wanted === 0 ? 1 : known / wanted;
}

/** Fields of a record that can be unknown, and whether they are known. */
const RECORD_FIELDS: Readonly<Record<string, (element: Element) => boolean>> = {
  description: ({ description }) => description !== null,
  nameEn: ({ nameEn }) => nameEn !== null,
  layer: ({ layer }) => layer !== null,
  phases: ({ phases }) => phases.length > 0,
  externalIds: ({ externalIds }) => externalIds.length > 0,
  responsibilities: ({ responsibilities }) => responsibilities.length > 0,
};

/** Whether a fact is one of a record or of a relation; otherwise it is an attribute. */
export function isOwnField(field: string): boolean {
  return Object.hasOwn(RECORD_FIELDS, field) || isRelationKind(field);
}

/** What is known of elements of one landscape on a day, against what should be. */
export class QualityMeasure {
  private readonly factsOf = new Map<ElementKind, readonly QualityFact[]>();

  constructor(
    private readonly landscape: Landscape,
    private readonly policy: QualityPolicy,
    private readonly day: PartialDate,
  ) {}

  of(element: Element): DataQuality {
    const { attestedOn: told } = element.attributes;
    const attestedOn = typeof told === 'string' ? told : null;
    const relations = relationKindsOf(this.landscape, element);
    const facts = this.factsFor(element.kind);
    const missing = facts.filter(({ field }) => !isKnown(element, field, relations));
    const wanted = weightOf(facts);
    return { known: wanted - weightOf(missing), wanted, missing, attestedOn, freshness: this.freshness(attestedOn) };
  }

  /** A confirmation in a month or a year is as old as its first day: nobody knows that it is younger. */
  private freshness(attestedOn: PartialDate | null): Freshness {
    if (attestedOn === null) return 'NEVER_CONFIRMED';
    const { agingAfterDays, staleAfterDays } = this.policy.freshness;
    const today = earliestDay(this.day);
    const attested = earliestDay(attestedOn);
    if (attested < daysLater(today, -staleAfterDays)) return 'STALE';
    return attested < daysLater(today, -agingAfterDays) ? 'AGING' : 'FRESH';
  }

  private factsFor(kind: ElementKind): readonly QualityFact[] {
    let facts = this.factsOf.get(kind);
    if (facts === undefined) {
      facts = this.policy.facts.filter(({ kinds }) => kinds.includes(kind));
      this.factsOf.set(kind, facts);
    }
    return facts;
  }
}

function weightOf(facts: readonly QualityFact[]): number {
  return facts.reduce((sum, { weight }) => sum + weight, 0);
}

function relationKindsOf(landscape: Landscape, { seq }: Element): ReadonlySet<RelationKind> {
  const kinds = new Set<RelationKind>();
  landscape.forEachOutgoing(seq, (kind, _other, relation, traits) => {
    if (!kinds.has(kind) && isCurrent(landscape, relation, traits)) kinds.add(kind);
  });
  return kinds;
}

/** An attribute that is declared absent is known. */
function isKnown(element: Element, field: string, relations: ReadonlySet<RelationKind>): boolean {
  if (isRelationKind(field)) return relations.has(field);
  const isInRecord = Object.hasOwn(RECORD_FIELDS, field) ? RECORD_FIELDS[field] : undefined;
  return isInRecord === undefined ? element.attributes[field] !== undefined : isInRecord(element);
}

/** A missing fact, and what it is worth to know it. */
export interface WantedFact {
  readonly element: Element;
  readonly fact: QualityFact;
  /** Number of those alive that need the element directly. */
  readonly dependents: number;
  /** Its weight, once for the element and once for each that needs it. */
  readonly worth: number;
}

/**
 * The facts worth asking first of some elements: by their weight times what hangs on the element, so that what many
 * stand on is asked before what nobody needs. Ties in order of seq, then of the policy.
 */
export function factsWorthAsking(
  landscape: Landscape,
  qualities: Iterable<readonly [element: Element, quality: DataQuality]>,
  limit: number,
): WantedFact[] {
  const isAlive = livingIn(landscape);
  const walk = needWalk(landscape, 'DEPENDENTS');
  const wanted: WantedFact[] = [];
  for (const [element, { missing }] of qualities) {
    if (missing.length === 0 || !isAlive(element.seq)) continue;
    const needing = new Set<number>();
    walk(element.seq, (other) => {
      if (other !== element.seq && isAlive(other)) needing.add(other);
    });
    const dependents = needing.size;
    for (const fact of missing) wanted.push({ element, fact, dependents, worth: fact.weight * (1 + dependents) });
  }
  // Sorting keeps the order of what is worth the same.
  return wanted.toSorted((a, b) => b.worth - a.worth).slice(0, limit);
}

/** What the quality of several elements comes to together. */
export interface QualitySum {
  readonly elements: number;
  readonly known: number;
  readonly wanted: number;
  /** Number of those whose owner is wanted and not known. */
  readonly withoutOwner: number;
  /** How many there are of each freshness, among those that can be confirmed. */
  readonly freshness: Readonly<Record<Freshness, number>>;
}

/** Sums up the quality of elements. */
export function sumOfQualities(qualities: Iterable<DataQuality>): QualitySum {
  const freshness = { FRESH: 0, AGING: 0, STALE: 0, NEVER_CONFIRMED: 0 };
  let [elements, known, wanted, withoutOwner] = [0, 0, 0, 0];
  for (const quality of qualities) {
    elements += 1;
    known += quality.known;
    wanted += quality.wanted;
    freshness[quality.freshness] += 1;
    if (quality.missing.some(({ field }) => field === 'OWNED_BY')) withoutOwner += 1;
  }
  return { elements, known, wanted, withoutOwner, freshness };
}
