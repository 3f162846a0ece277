import { numberAt } from '../number-at.js';
import type { AdjacencyVisitor, Landscape } from './landscape.js';
import { ownerOf, phaseOf } from './landscape.js';
import type { DependencyStrength, Element, ElementKind, RelationKind } from './model.js';
import { NEED_KINDS, isOver, needWalk } from './needs.js';
import type { ImpactDirection, NeedVisitor, PathStep } from './needs.js';
import { strengthOf } from './relation-traits.js';
import type { RelationTraits } from './relation-traits.js';

export type { ImpactDirection } from './needs.js';

/** NONE: nothing is felt. UNKNOWN: some strength on the way is not known, so that it may be nothing or worse. */
export type ImpactSeverity = 'NONE' | 'DEGRADED' | 'LOST' | 'UNKNOWN';
/**
 * What a way leaves of an element, from the best to the worst that must be feared. An unknown strength leaves open how
 * bad it is, but not how bad it can be: what only got worse service can at most pass on worse service.
 */
const [NONE, AT_MOST_DEGRADED, DEGRADED, AT_MOST_LOST, LOST] = [0, 1, 2, 3, 4] as const;
const SEVERITIES = ['NONE', 'UNKNOWN', 'DEGRADED', 'UNKNOWN', 'LOST'] as const satisfies ImpactSeverity[];
/** States of one element: one for each of these in which it may be reached. */
const STATES = SEVERITIES.length;
/**
 * Of each state, as bits, the states from which all that follows is at least as bad. Between DEGRADED and AT_MOST_LOST
 * there is no such order: a soft step leaves the one DEGRADED and makes the other AT_MOST_DEGRADED.
 */
const NO_BETTER = [0b11111, 0b11110, 0b10100, 0b11000, 0b10000] as const;

export interface ImpactOptions {
  readonly direction: ImpactDirection;
  /** Follow only these; by default those over which a failure spreads. */
  readonly relationKinds?: readonly RelationKind[];
  /** List only these kinds; the walk goes through all. */
  readonly kinds?: readonly ElementKind[];
  /** Go no further than this many steps. */
  readonly maxDepth?: number;
}

export interface ImpactedElement {
  /** seq */
  readonly element: number;
  /** Steps of the shortest way from the origin. */
  readonly depth: number;
  /** The worst over all ways from the origin. */
  readonly severity: ImpactSeverity;
  /** A shortest way among those that are as bad as the severity says. */
  readonly explanation: readonly PathStep[];
}

/** A fact that would make the answer surer; `askedFrom` is the seq of an agency. */
export type MissingImpactFact =
  | { readonly kind: 'STRENGTH' | 'TYPE'; readonly relation: number; readonly askedFrom: number | null }
  | { readonly kind: 'FLOWS'; readonly element: number; readonly askedFrom: number | null };

export interface Impact {
  /** Nearest first, then by seq. */
  readonly impacted: readonly ImpactedElement[];
  readonly totalCount: number;
  /** How many more there would be if every link of unknown kind carried the impact, either way. */
  readonly untyped: number;
  readonly truncated: boolean;
  readonly truncationReason: 'MAX_DEPTH' | null;
  readonly coverage: {
    readonly verdict: 'COMPLETE' | 'LOWER_BOUND' | 'UNKNOWN';
    readonly missing: readonly MissingImpactFact[];
  };
}

/** Kinds that run and can fail; a link of unknown kind to anything else (an agency, a law) carries no failure. */
export const RUNNING: ReadonlySet<ElementKind> = new Set<ElementKind>([
  'SYSTEM',
  'PLATFORM',
  'DATABASE',
  'DIGITAL_SERVICE',
  'INTERFACE',
  'INFRASTRUCTURE',
]);

/**
 * What is hurt if an element stops, or what it stands on.
 *
 * Severity along a way: a HARD step passes on what it got; a SOFT one makes it DEGRADED; over an INFORMATIONAL one
 * nothing is felt; a step of UNKNOWN strength makes it UNKNOWN. Of several ways the worst counts: LOST, then UNKNOWN
 * that may be LOST, then DEGRADED, then UNKNOWN that can be no worse than DEGRADED. Elements whose life has ended feel
 * nothing and pass nothing on, nor do relations that have ENDED; planned ones count, as `needWalk` says.
 *
 * The walk is breadth-first over pairs of element and severity, so the worst of each element is reached by a shortest
 * way, and cycles end it. No explanation meets an element twice: a loop never makes it worse.
 */
export function impactAnalysis(landscape: Landscape, origin: Element, options: ImpactOptions): Impact {
  const walk = walkFrom(landscape, origin.seq, options);
  const reached = walk.elements.toSorted((a, b) => walk.depthOf(a) - walk.depthOf(b) || a - b);
  const kinds = options.kinds === undefined ? undefined : new Set(options.kinds);
  const listed = reached.filter((seq) => kinds === undefined || kinds.has(landscape.elementAt(seq)?.kind ?? 'CONCEPT'));
  const impacted = listed.map((element) => ({
    element,
    depth: walk.depthOf(element),
    severity: SEVERITIES[walk.severityOf(element)] ?? 'UNKNOWN',
    // Most answers are read by the page: a way is spelled out for those that are looked at.
    get explanation() {
      return walk.wayTo(element);
    },
  }));
  return {
    impacted,
    totalCount: impacted.length,
    truncated: walk.isCut,
    truncationReason: walk.isCut ? 'MAX_DEPTH' : null,
    // Each of these walks again, and not every caller asks.
    get untyped() {
      return countWithUntyped(landscape, origin.seq, options) - reached.length;
    },
    get coverage() {
      const missing = missingFacts(landscape, origin.seq, reached, options);
      return { verdict: verdictOf(missing.length === 0 && !walk.isCut, reached.length), missing };
    },
  };
}

/** What was cut off is missing too. */
function verdictOf(isWhole: boolean, reached: number): Impact['coverage']['verdict'] {
  if (isWhole) return 'COMPLETE';
  return reached === 0 ? 'UNKNOWN' : 'LOWER_BOUND';
}

function after(before: number, strength: DependencyStrength): number {
  if (strength === 'HARD') return before;
  if (strength === 'INFORMATIONAL' || before === NONE) return NONE;
  if (strength === 'UNKNOWN') return before >= AT_MOST_LOST ? AT_MOST_LOST : AT_MOST_DEGRADED;
  return before === LOST || before === DEGRADED ? DEGRADED : AT_MOST_DEGRADED;
}

interface Walk {
  /** seqs reached, the origin left out. */
  readonly elements: readonly number[];
  readonly isCut: boolean;
  depthOf(seq: number): number;
  severityOf(seq: number): number;
  wayTo(seq: number): PathStep[];
}

function walkFrom(landscape: Landscape, origin: number, options: ImpactOptions): Walk {
  const { direction, relationKinds = NEED_KINDS, maxDepth = Number.POSITIVE_INFINITY } = options;
  const follow = needWalk(landscape, direction, relationKinds);
  const size = landscape.elementBound * STATES;
  // Of each state: its depth, the state before it, and the relation taken.
  const depths = new Int32Array(size);
  const parents = new Int32Array(size);
  const taken = new Int32Array(size);
  // Of each element: the states in which it was reached, as bits, the depth of the first, and the worst.
  const seen = new Uint8Array(landscape.elementBound);
  const first = new Int32Array(landscape.elementBound);
  const worst = new Uint8Array(landscape.elementBound);
  const start = origin * STATES + LOST;
  const queue = [start];
  const elements: number[] = [];
  let isCut = false;
  let state = start;
  const visit: NeedVisitor = (other, relation, _forward, traits) => {
    if (other === origin) return;
    const severity = after(state % STATES, strengthOf(traits));
    const known = numberAt(seen, other);
    // Reached no later and no better: nothing that follows could change worst or shorten a way.
    if ((known & numberAt(NO_BETTER, severity)) !== 0 || !feels(landscape, other)) return;
    const depth = numberAt(depths, state) + 1;
    if (depth > maxDepth) {
      isCut = true;
      return;
    }
    if (known === 0) {
      first[other] = depth;
      elements.push(other);
    }
    seen[other] = known | (1 << severity);
    if (severity > numberAt(worst, other)) worst[other] = severity;
    const next = other * STATES + severity;
    depths[next] = depth;
    parents[next] = state;
    taken[next] = relation;
    queue.push(next);
  };
  for (let at = 0; at < queue.length; at += 1) {
    state = numberAt(queue, at);
    follow(Math.trunc(state / STATES), visit);
  }
  return {
    elements,
    isCut,
    depthOf: (seq) => numberAt(first, seq),
    severityOf: (seq) => numberAt(worst, seq),
    wayTo: (seq) => wayFrom(start, seq * STATES + numberAt(worst, seq), { landscape, parents, taken }),
  };
}

/** The steps between two states of a walk, by going back. */
function wayFrom(
  start: number,
  end: number,
  walk: { readonly landscape: Landscape; readonly parents: Int32Array; readonly taken: Int32Array },
): PathStep[] {
  const back: PathStep[] = [];
  for (let state = end; state !== start; state = numberAt(walk.parents, state)) {
    const relation = numberAt(walk.taken, state);
    const from = Math.trunc(numberAt(walk.parents, state) / STATES);
    const traversedForward = walk.landscape.relationAt(relation)?.source === from;
    back.push({ relation, traversedForward, from, to: Math.trunc(state / STATES) });
  }
  return back.toReversed();
}

/** Whether an element is there and its life has not ended: what has ended feels nothing and passes nothing on. */
export function feels(landscape: Landscape, seq: number): boolean {
  const element = landscape.elementAt(seq);
  return element !== undefined && phaseOf(landscape, element) !== 'END_OF_LIFE';
}

/** How many elements would be reached if links of unknown kind carried the impact too, either way. */
function countWithUntyped(landscape: Landscape, origin: number, options: ImpactOptions): number {
  const follow = needWalk(landscape, options.direction, options.relationKinds ?? NEED_KINDS);
  const maxDepth = options.maxDepth ?? Number.POSITIVE_INFINITY;
  const depths = new Int32Array(landscape.elementBound);
  depths[origin] = 1;
  const queue = [origin];
  let depth = 1;
  const enter = (other: number): void => {
    if (depths[other] !== 0 || !feels(landscape, other)) return;
    depths[other] = depth + 1;
    queue.push(other);
  };
  const untyped: AdjacencyVisitor = (kind, other, relation, traits) => {
    if (kind === 'ASSOCIATED_WITH' && mayCarry(landscape, other, relation, traits)) enter(other);
  };
  for (let at = 0; at < queue.length; at += 1) {
    const seq = numberAt(queue, at);
    depth = numberAt(depths, seq);
    if (depth > maxDepth) break;
    follow(seq, enter);
    landscape.forEachOutgoing(seq, untyped);
    landscape.forEachIncoming(seq, untyped);
  }
  return queue.length - 1;
}

/** Whether a link of unknown kind may carry an impact to something that runs and has not ended, over what has not ended. */
export function mayCarry(landscape: Landscape, other: number, relation: number, traits: RelationTraits): boolean {
  if (isOver(landscape, relation, traits)) return false;
  const element = landscape.elementAt(other);
  return element !== undefined && RUNNING.has(element.kind) && feels(landscape, other);
}

/** What is not known of the relations that were followed, and of those that may have to be. */
function missingFacts(
  landscape: Landscape,
  origin: number,
  reached: readonly number[],
  { direction, relationKinds = NEED_KINDS }: ImpactOptions,
): MissingImpactFact[] {
  const follow = needWalk(landscape, direction, relationKinds);
  const facts: MissingImpactFact[] = [];
  const told = new Set<number>();
  const inside = [origin, ...reached];
  for (const seq of inside) {
    const askedFrom = ownerOf(landscape, seq)?.seq ?? null;
    const untyped: AdjacencyVisitor = (kind, other, relation, traits) => {
      if (kind !== 'ASSOCIATED_WITH' || told.has(relation)) return;
      if (!mayCarry(landscape, other, relation, traits)) return;
      told.add(relation);
      facts.push({ kind: 'TYPE', relation, askedFrom });
    };
    follow(seq, (other, relation, _forward, traits) => {
      if (strengthOf(traits) !== 'UNKNOWN' || told.has(relation)) return;
      // Nobody has to be asked how strongly something needs what it no longer feels.
      if (!feels(landscape, other)) return;
      told.add(relation);
      facts.push({ kind: 'STRENGTH', relation, askedFrom });
    });
    landscape.forEachOutgoing(seq, untyped);
    landscape.forEachIncoming(seq, untyped);
    const element = landscape.elementAt(seq);
    if (element !== undefined && RUNNING.has(element.kind) && !isDeclared(element)) {
      facts.push({ kind: 'FLOWS', element: seq, askedFrom });
    }
  }
  return facts;
}

/** Whether the owner has declared on a day that all its flows are recorded. */
export function isDeclared({ attributes }: Element): boolean {
  return typeof attributes['flowsDeclaredCompleteOn'] === 'string';
}
