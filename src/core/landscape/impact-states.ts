import { DEPENDENCY_STRENGTHS } from './model.js';
import type { DependencyStrength } from './model.js';
import { DATA_KINDS } from './need-kinds.js';
import { isOfKinds, strengthCodeOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

/**
 * NONE: nothing is felt. DEGRADED: it works worse. LOST: it stops. UNKNOWN: what is known leaves open which of these, for
 * some strength on the way is not known, or finding out took too much work.
 */
export type ImpactSeverity = 'NONE' | 'DEGRADED' | 'LOST' | 'UNKNOWN';

/*
 * What may be said of an element, each as one bit. Harm has two steps (worse service, none at all), and with unknown
 * strengths each of them has two readings: what is sure, and what is to be feared. Each of these is a question of reach
 * of its own, so all are asked in one walk that carries bits.
 */
/** Some way of followed relations leads to it. */
export const REACHED = 0b1;
/** Some way leads to it on which every relation may carry harm, redundancy aside. */
export const THREATENED = 0b10;
/** At worst it works worse or stops. */
export const MAY_DEGRADE = 0b100;
/** It surely works worse or stops. */
export const DEGRADES = 0b1000;
/** At worst it stops. */
export const MAY_STOP = 0b10000;
/** It surely stops. */
export const STOPS = 0b100000;
/** Some way to it leads through a redundancy group with members to spare. Only where the walk goes against the harm. */
export const SHIELDED = 0b1000000;

/** Number of bits. */
export const STATE_BITS = 7;
/** What a redundancy group can hold back. */
export const GUARDED = MAY_DEGRADE | DEGRADES | MAY_STOP | STOPS;
/** What is true of an element that stops. */
export const ALL_HARM = REACHED | THREATENED | GUARDED;

/** In order of bits: of the two readings of one step the sure one says more, a step more says more than a reading. */
const SEVERITIES = ['NONE', 'NONE', 'UNKNOWN', 'DEGRADED', 'UNKNOWN', 'LOST'] as const satisfies ImpactSeverity[];

/** The highest of the bits, as that bit: what an explanation has to show. REACHED where there is none. */
export function gravest(state: number): number {
  const harm = state & ALL_HARM;
  return harm === 0 ? REACHED : 1 << (31 - Math.clz32(harm));
}

/** The severity that a state stands for. */
export function severityOf(state: number): ImpactSeverity {
  return SEVERITIES[31 - Math.clz32(gravest(state))] ?? 'UNKNOWN';
}

/** Whether redundancy alone keeps an element unharmed: it is threatened, and not even at worst does it feel anything. */
export function survivesByRedundancy(state: number): boolean {
  return (state & (THREATENED | MAY_DEGRADE)) === THREATENED;
}

const CARRIES_WORSE_SERVICE = REACHED | THREATENED | MAY_DEGRADE | DEGRADES | SHIELDED;
/** Which bits a need of each strength passes on to what needs. */
const OVER_NEEDS = {
  HARD: ALL_HARM | SHIELDED,
  SOFT: CARRIES_WORSE_SERVICE,
  INFORMATIONAL: REACHED,
  UNKNOWN: REACHED | THREATENED | MAY_DEGRADE | MAY_STOP | SHIELDED,
} as const satisfies Record<DependencyStrength, number>;
/** What starves of data works worse, unless somebody said that it can not do without. */
const OVER_DATA = { ...OVER_NEEDS, UNKNOWN: CARRIES_WORSE_SERVICE } as const;

const STRENGTHS = DEPENDENCY_STRENGTHS.length;

/**
 * Which bits relations pass on, by `passIndexOf`.
 * @param minStrength - relations that are not surely at least that strong pass nothing. Every strength is at least
 *   INFORMATIONAL, an unknown one too; of SOFT and HARD an unknown one is not sure. UNKNOWN asks for no strength.
 */
export function passesOf(minStrength: DependencyStrength = 'UNKNOWN'): Uint8Array {
  const weakest = { HARD: ['HARD'], SOFT: ['HARD', 'SOFT'], INFORMATIONAL: null, UNKNOWN: null }[minStrength];
  const kept = (passes: Record<DependencyStrength, number>): number[] =>
    DEPENDENCY_STRENGTHS.map((each) => (weakest === null || weakest.includes(each) ? passes[each] : 0));
  return Uint8Array.from([...kept(OVER_NEEDS), ...kept(OVER_DATA)]);
}

/** Where `passesOf` tells of a relation. */
export function passIndexOf(traits: RelationTraits): number {
  return isOfKinds(traits, DATA_KINDS) ? STRENGTHS + strengthCodeOf(traits) : strengthCodeOf(traits);
}
