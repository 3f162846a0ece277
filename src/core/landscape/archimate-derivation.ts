import { isLegalArchimate } from './archimate-legality.js';
import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';

/** One relationship on a path, with the way it is walked. */
export interface DerivationStep {
  readonly relationship: ArchimateRelationship;
  /** From its source to its target; false = from its target to its source. */
  readonly forward: boolean;
}

/** What a path as a whole says of its two ends. */
export interface Derivation extends DerivationStep {
  /** True in every model (rules DR); false = it may be so, and somebody has to look (rules PDR). */
  readonly certain: boolean;
}

const STRUCTURAL = ['COMPOSITION', 'AGGREGATION', 'ASSIGNMENT', 'REALIZATION'] as const;
const DEPENDENCY = ['SERVING', 'ACCESS', 'INFLUENCE', 'ASSOCIATION'] as const;
const DYNAMIC = ['TRIGGERING', 'FLOW'] as const;
const NOT_SPECIALIZATION = [...STRUCTURAL, ...DEPENDENCY, ...DYNAMIC] as const;

/** Strongest first; dynamic ones and specialization are compared with no other and stand last. */
const BY_STRENGTH: readonly ArchimateRelationship[] = [...NOT_SPECIALIZATION, 'SPECIALIZATION'];

type Relationships = readonly ArchimateRelationship[];

/** A rule for a-b-c: of the two relationships which kinds, walked which way; the result leads as the kept one does. */
interface Rule {
  readonly first: Relationships;
  readonly firstForward: boolean;
  readonly second: Relationships;
  readonly secondForward: boolean;
  /** Which of the two is the result; the weaker one leads as both do. */
  readonly keeps: 'FIRST' | 'SECOND' | 'WEAKER';
  readonly certain: boolean;
}

const VALID = { firstForward: true, secondForward: true, certain: true } as const;
const POTENTIAL = { firstForward: true, secondForward: true, certain: false } as const;

/** The rules by their numbers in the ArchiMate 3.2 Specification, Appendix B.2 and B.3; each holds from both ends of a path. */
const RULES: Readonly<Record<string, Rule>> = {
  DR1: { ...VALID, first: ['SPECIALIZATION'], second: ['SPECIALIZATION'], keeps: 'SECOND' },
  DR2: { ...VALID, first: STRUCTURAL, second: STRUCTURAL, keeps: 'WEAKER' },
  DR3: { ...VALID, first: STRUCTURAL, second: DEPENDENCY, keeps: 'SECOND' },
  DR4: { ...VALID, first: STRUCTURAL, second: DEPENDENCY, secondForward: false, keeps: 'SECOND' },
  DR5: { ...VALID, first: STRUCTURAL, second: DYNAMIC, keeps: 'SECOND' },
  DR6: { ...VALID, first: STRUCTURAL, second: ['FLOW'], secondForward: false, keeps: 'SECOND' },
  DR7: { ...VALID, first: ['TRIGGERING'], second: STRUCTURAL, keeps: 'FIRST' },
  DR8: { ...VALID, first: ['TRIGGERING'], second: ['TRIGGERING'], keeps: 'FIRST' },
  PDR1: { ...POTENTIAL, first: ['SPECIALIZATION'], second: NOT_SPECIALIZATION, keeps: 'SECOND' },
  PDR2: { ...POTENTIAL, first: ['SPECIALIZATION'], second: NOT_SPECIALIZATION, secondForward: false, keeps: 'SECOND' },
  PDR3: { ...POTENTIAL, first: ['SPECIALIZATION'], firstForward: false, second: NOT_SPECIALIZATION, keeps: 'SECOND' },
  PDR4: {
    ...POTENTIAL,
    first: ['SPECIALIZATION'],
    firstForward: false,
    second: NOT_SPECIALIZATION,
    secondForward: false,
    keeps: 'SECOND',
  },
  PDR5: {
    ...POTENTIAL,
    first: STRUCTURAL,
    firstForward: false,
    second: DEPENDENCY,
    secondForward: false,
    keeps: 'SECOND',
  },
  PDR6: { ...POTENTIAL, first: STRUCTURAL, firstForward: false, second: DEPENDENCY, keeps: 'SECOND' },
  PDR7: { ...POTENTIAL, first: DEPENDENCY, second: DEPENDENCY, keeps: 'WEAKER' },
  PDR8: { ...POTENTIAL, first: ['FLOW'], second: STRUCTURAL, keeps: 'FIRST' },
  PDR9: { ...POTENTIAL, first: STRUCTURAL, firstForward: false, second: DYNAMIC, keeps: 'SECOND' },
  PDR10: { ...POTENTIAL, first: ['FLOW'], second: ['FLOW'], keeps: 'FIRST' },
  PDR11: { ...POTENTIAL, first: ['TRIGGERING'], second: STRUCTURAL, secondForward: false, keeps: 'FIRST' },
};

/** PDR12: what a grouping realizes or is assigned to, its members may realize or be assigned to. */
const GROUPING_RULE: Rule = {
  ...POTENTIAL,
  first: ['COMPOSITION', 'AGGREGATION'],
  firstForward: false,
  second: ['REALIZATION', 'ASSIGNMENT'],
  keeps: 'SECOND',
};

/**
 * The strongest relationship that the path as a whole stands for, sure ones first; null where nothing can be derived.
 * See `derivation` for its direction and certainty.
 */
export function derivedRelationship(
  steps: readonly DerivationStep[],
  concepts?: readonly ArchimateConcept[],
): ArchimateRelationship | null {
  return derivation(steps, concepts)?.relationship ?? null;
}

/**
 * What a path says of its two ends by the derivation rules of ArchiMate 3.2 (Appendix B). Neighbours are combined in every
 * order, since which rule applies depends on it. An association has no direction and is taken either way.
 *
 * One step is its own derivation; no step, or no rule that reaches from end to end: null. Of several the sure one comes
 * first, then the strongest, then the one that leads from the start of the path to its end.
 *
 * @param concepts - what the path passes, one more than steps. With them, only what the table allows is derived
 *   (Appendix B.4), and members of a grouping may do what it does (PDR12). Without them neither is looked at. Junctions have
 *   no rule: a path with one is to be given without it.
 * @throws RangeError if the number of concepts does not fit the steps.
 */
export function derivation(
  steps: readonly DerivationStep[],
  concepts?: readonly ArchimateConcept[],
): Derivation | null {
  if (concepts !== undefined && concepts.length !== steps.length + 1) {
    throw new RangeError(`${steps.length} steps pass ${steps.length + 1} concepts, not ${concepts.length}`);
  }
  if (steps.length === 0) return null;
  const spans = new Spans(concepts);
  for (const [start, step] of steps.entries()) {
    spans.note(start, start + 1, { ...step, certain: true });
    if (step.relationship === 'ASSOCIATION') {
      spans.note(start, start + 1, { ...step, forward: !step.forward, certain: true });
    }
  }
  for (let length = 2; length <= steps.length; length += 1) {
    for (let start = 0; start + length <= steps.length; start += 1) spans.fill(start, start + length);
  }
  return spans.at(0, steps.length).toSorted(compareDerivations)[0] ?? null;
}

/** What is derived between any two places of a path: each relationship and direction once, as surely as it can be. */
class Spans {
  private readonly found = new Map<string, Map<string, Derivation>>();

  constructor(private readonly concepts: readonly ArchimateConcept[] | undefined) {}

  at(start: number, end: number): Derivation[] {
    return [...(this.found.get(`${start} ${end}`)?.values() ?? [])];
  }

  /** All that follows by parting the span in two, anywhere. */
  fill(start: number, end: number): void {
    for (let middle = start + 1; middle < end; middle += 1) {
      const inGrouping = this.concepts?.[middle] === 'Grouping';
      const seconds = this.at(middle, end);
      for (const first of this.at(start, middle)) {
        for (const second of seconds) {
          for (const result of combine(first, second, inGrouping)) this.note(start, end, result);
        }
      }
    }
  }

  note(start: number, end: number, result: Derivation): void {
    if (!this.allows(start, end, result)) return;
    const key = `${start} ${end}`;
    const span = this.found.get(key) ?? new Map<string, Derivation>();
    this.found.set(key, span);
    const way = wayOf(result);
    if (result.certain || !span.has(way)) span.set(way, result);
  }

  private allows(start: number, end: number, { relationship, forward }: Derivation): boolean {
    const [one, other] = [this.concepts?.[start], this.concepts?.[end]];
    if (one === undefined || other === undefined) return true;
    return forward ? isLegalArchimate(relationship, one, other) : isLegalArchimate(relationship, other, one);
  }
}

/** What two neighbours give. */
function combine(first: Derivation, second: Derivation, inGrouping: boolean): Derivation[] {
  const results = (inGrouping ? COMBINED_IN_GROUPING : COMBINED).get(`${wayOf(first)} ${wayOf(second)}`) ?? [];
  return results.map((result) => ({ ...result, certain: result.certain && first.certain && second.certain }));
}

/** What each two certain neighbours give by some rules, read from either end of the path: worked out once. */
function combinations(rules: readonly Rule[]): ReadonlyMap<string, readonly Derivation[]> {
  const certain = BY_STRENGTH.flatMap((relationship) =>
    [true, false].map((forward): Derivation => ({ relationship, forward, certain: true })),
  );
  return new Map(
    certain.flatMap((first) =>
      certain.map((second): [string, readonly Derivation[]] => [
        `${wayOf(first)} ${wayOf(second)}`,
        rules.flatMap((rule) => [
          ...apply(rule, first, second),
          ...apply(rule, turned(second), turned(first)).map((result) => turned(result)),
        ]),
      ]),
    ),
  );
}

function apply(rule: Rule, first: Derivation, second: Derivation): Derivation[] {
  if (first.forward !== rule.firstForward || second.forward !== rule.secondForward) return [];
  if (!rule.first.includes(first.relationship) || !rule.second.includes(second.relationship)) return [];
  return [{ ...kept(rule, first, second), certain: rule.certain }];
}

function wayOf({ relationship, forward }: Derivation): string {
  return forward ? `${relationship}>` : `${relationship}<`;
}

function kept({ keeps }: Rule, first: Derivation, second: Derivation): Derivation {
  if (keeps === 'FIRST') return first;
  if (keeps === 'SECOND') return second;
  return BY_STRENGTH.indexOf(first.relationship) > BY_STRENGTH.indexOf(second.relationship) ? first : second;
}

function turned(step: Derivation): Derivation {
  return { ...step, forward: !step.forward };
}

function compareDerivations(one: Derivation, other: Derivation): number {
  return (
    Number(other.certain) - Number(one.certain) ||
    BY_STRENGTH.indexOf(one.relationship) - BY_STRENGTH.indexOf(other.relationship) ||
    Number(other.forward) - Number(one.forward)
  );
}

const COMBINED = combinations(Object.values(RULES));
const COMBINED_IN_GROUPING = combinations([...Object.values(RULES), GROUPING_RULE]);
