import { byteAt, integerAt } from '../number-at.js';
import { closedGate, countingGate } from './impact-redundancy.js';
import { GUARDED, MAY_DEGRADE, MAY_STOP, SHIELDED, STOPS, gravest, passesOf } from './impact-states.js';
import { trialGraph } from './impact-trial-graph.js';
import { tryFailures } from './impact-trials.js';
import { spread } from './impact-walk.js';
import type { Spread, SpreadRules } from './impact-walk.js';
import type { Landscape } from './landscape.js';
import type { DependencyStrength } from './model.js';
import type { NeedKind } from './need-kinds.js';
import { needWalk } from './needs.js';
import type { ImpactDirection, PathStep } from './needs.js';

/** What is followed, and how far. */
export interface ReachOptions {
  readonly direction: ImpactDirection;
  /** Follow only these; by default those over which a failure spreads. */
  readonly relationKinds?: readonly NeedKind[];
  /**
   * Follow only relations that are surely at least this strong: HARD, then SOFT, then INFORMATIONAL. An unknown strength
   * is surely INFORMATIONAL at least, and no more; that such relations were not followed is told as missing. UNKNOWN asks
   * for no strength, as does no value.
   */
  readonly minStrength?: DependencyStrength;
  /** Go no further than this many steps. */
  readonly maxDepth?: number;
  /** Most relations to look at while what lies behind redundancy groups is made to fail. */
  readonly effort?: number;
}

/** Some tenths of a second. */
const EFFORT = 20_000_000;

/** What is reached from an origin, in which state, and how. */
export interface Reach extends Spread {
  /** Number of elements whose harm stays open, in part at least, for finding out took more than the effort. */
  readonly untried: number;
  /** Number of relations that were looked at while things were made to fail. */
  readonly effort: number;
  /**
   * A shortest way to the element at a position in `elements` that shows the gravest of its bits: of steps that all pass
   * that bit on and, through a redundancy group, over the member whose loss was the one too many.
   */
  wayTo(at: number): PathStep[];
}

/**
 * What is hurt if an element stops (DEPENDENTS), or by what it would be hurt (DEPENDENCIES).
 *
 * Against the harm, the state of an element is what the origin would feel if that element alone stopped: exactly the
 * state that the origin has among the dependents of that element. Over plain relations one walk tells that of all
 * elements at once. It can not where a redundancy group has members to spare, for whether one failure reaches enough of
 * them depends on what they stand on in turn; what lies behind such groups is made to fail, see `tryFailures`. Where that
 * takes more than the effort, the harm that stays open is taken for possible and for not sure, so the severity is UNKNOWN.
 */
export function reachFrom(landscape: Landscape, origin: number, options: ReachOptions): Reach {
  const isForward = options.direction === 'DEPENDENTS';
  const gate = isForward ? countingGate(landscape) : closedGate(landscape);
  const walk = spread(origin, { ...rulesOf(landscape, options), gate });
  const traces = new Traces(landscape, origin, options);
  const wayTo = (at: number): PathStep[] =>
    traces.wayTo(integerAt(walk.elements, at), gravest(byteAt(walk.states, at)));
  if (isForward || !walk.states.some(isToBeTried)) return { ...walk, untried: 0, effort: 0, wayTo };
  const trials = new Trials(landscape, origin, options, walk);
  const { states, untried } = trials;
  return {
    ...walk,
    states,
    untried: untried.reduce((total, bits) => total + Number(bits !== 0), 0),
    effort: trials.effort,
    wayTo: (at) => {
      const [state, bit] = [byteAt(states, at), gravest(byteAt(states, at))];
      // Of a bit that stays open there is no way to show; what was held back has one.
      const isByTrial = (state & SHIELDED) !== 0 && (bit & GUARDED) !== 0 && (byteAt(untried, at) & bit) === 0;
      return isByTrial ? trials.wayTo(integerAt(walk.elements, at), bit) : wayTo(at);
    },
  };
}

/** What stops the origin without the help of a group can not be made worse by one. */
function isToBeTried(state: number): boolean {
  return (state & SHIELDED) !== 0 && (state & STOPS) === 0;
}

function rulesOf(landscape: Landscape, options: ReachOptions): Omit<SpreadRules, 'gate'> {
  const { direction, relationKinds, minStrength, maxDepth = Number.POSITIVE_INFINITY } = options;
  return {
    bound: landscape.elementBound,
    follow: needWalk(landscape, direction, relationKinds),
    withTheHarm: direction === 'DEPENDENTS',
    passes: passesOf(minStrength),
    admits: anything,
    maxDepth,
  };
}

function anything(): boolean {
  return true;
}

/** The walk that spreads one bit alone, with each step that gave it to an element. */
class Trace {
  private readonly parents: Int32Array;
  private readonly relations: Int32Array;

  constructor(
    private readonly landscape: Landscape,
    private readonly origin: number,
    rules: SpreadRules,
    bit: number,
  ) {
    this.parents = new Int32Array(rules.bound);
    this.relations = new Int32Array(rules.bound);
    spread(origin, rules, bit, (from, to, relation, bits) => {
      if ((bits & bit) === 0) return;
      this.parents[to] = from;
      this.relations[to] = relation;
    });
  }

  /** The steps back from an element that was reached; the last of them leads to the origin. */
  *back(element: number): Generator<{ readonly from: number; readonly to: number; readonly relation: number }> {
    for (let to = element; to !== this.origin;) {
      const from = integerAt(this.parents, to);
      yield { from, to, relation: integerAt(this.relations, to) };
      to = from;
    }
  }

  stepOf(relation: number, from: number, to: number): PathStep {
    return { relation, traversedForward: this.landscape.relationAt(relation)?.source === from, from, to };
  }
}

/** Ways from the origin, by bit; a bit is traced when the first way for it is asked for. */
class Traces {
  private readonly byBit = new Map<number, Trace>();

  constructor(
    private readonly landscape: Landscape,
    private readonly origin: number,
    private readonly options: ReachOptions,
  ) {}

  wayTo(element: number, bit: number): PathStep[] {
    const trace = this.byBit.get(bit) ?? this.traceOf(bit);
    this.byBit.set(bit, trace);
    return Array.from(trace.back(element), ({ relation, from, to }) => trace.stepOf(relation, from, to)).toReversed();
  }

  private traceOf(bit: number): Trace {
    const { landscape, origin, options } = this;
    const gate = options.direction === 'DEPENDENTS' ? countingGate(landscape) : closedGate(landscape);
    return new Trace(landscape, origin, { ...rulesOf(landscape, options), gate }, bit);
  }
}

/** What the origin feels when one of the elements it stands on is made to fail. */
class Trials {
  /** States of what was reached, with what the trials say. */
  readonly states: Uint8Array;
  /** Bits that stay open; they are in the states only as far as they are to be feared. */
  readonly untried: Uint8Array;
  readonly effort: number;
  private readonly rules: Omit<SpreadRules, 'gate'>;

  constructor(
    private readonly landscape: Landscape,
    private readonly origin: number,
    options: ReachOptions,
    /** Harm comes to the origin over these elements alone. */
    { elements, states }: Spread,
  ) {
    const inside = new Uint8Array(landscape.elementBound);
    inside[origin] = 1;
    for (const seq of elements) inside[seq] = 1;
    const rules = rulesOf(landscape, { ...options, direction: 'DEPENDENTS' });
    this.rules = { ...rules, admits: (seq) => inside[seq] === 1 };
    const asked = new Uint8Array(elements.length + 1);
    states.forEach((state, at) => {
      if (isToBeTried(state)) asked[at + 1] = GUARDED & ~state;
    });
    const graph = trialGraph(landscape, origin, elements, rules);
    const outcome = tryFailures(graph, { maxDepth: rules.maxDepth, effort: options.effort ?? EFFORT, asked });
    this.effort = outcome.effort;
    this.untried = outcome.untried.subarray(1);
    this.states = states.map(
      (state, at) => state | byteAt(outcome.harm, at + 1) | (byteAt(this.untried, at) & (MAY_DEGRADE | MAY_STOP)),
    );
  }

  /** The way of one bit, told from the origin to what fails. */
  wayTo(failing: number, bit: number): PathStep[] {
    const trace = new Trace(this.landscape, failing, { ...this.rules, gate: countingGate(this.landscape) }, bit);
    return Array.from(trace.back(this.origin), ({ relation, from, to }) => trace.stepOf(relation, to, from));
  }
}
