import { byteAt, integerAt } from '../number-at.js';
import { closedGate, countingGate } from './impact-redundancy.js';
import { GUARDED, SHIELDED, STOPS, gravest, passesOf } from './impact-states.js';
import { spread } from './impact-walk.js';
import type { Spread, SpreadRules } from './impact-walk.js';
import type { Landscape } from './landscape.js';
import type { DependencyStrength, RelationKind } from './model.js';
import { NEED_KINDS, livingIn, needWalk } from './needs.js';
import type { ImpactDirection, PathStep } from './needs.js';

/** What is followed, and how far. */
export interface ReachOptions {
  readonly direction: ImpactDirection;
  /** Follow only these; by default those over which a failure spreads. */
  readonly relationKinds?: readonly RelationKind[];
  /**
   * Follow only relations that are surely at least this strong: HARD, then SOFT, then INFORMATIONAL. An unknown strength
   * is surely INFORMATIONAL at least, and no more; that such relations were not followed is told as missing. UNKNOWN asks
   * for no strength, as does no value.
   */
  readonly minStrength?: DependencyStrength;
  /** Go no further than this many steps. */
  readonly maxDepth?: number;
}

/** What is reached from an origin, in which state, and how. */
export interface Reach extends Spread {
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
 * them depends on what they stand on in turn; what lies behind such groups is made to fail one by one, on what the origin
 * stands on alone. That costs a walk over those for each, and nothing where no such group is met.
 */
export function reachFrom(landscape: Landscape, origin: number, options: ReachOptions): Reach {
  const isForward = options.direction === 'DEPENDENTS';
  const gate = isForward ? countingGate(landscape, origin) : closedGate(landscape);
  const walk = spread(origin, { ...rulesOf(landscape, options), gate });
  const traces = new Traces(landscape, origin, options);
  if (isForward || !walk.states.some(isToBeTried)) {
    return { ...walk, wayTo: (at) => traces.wayTo(integerAt(walk.elements, at), gravest(byteAt(walk.states, at))) };
  }
  const trials = new Trials(landscape, origin, options, walk.elements);
  const states = walk.states.map((state, at) =>
    isToBeTried(state) ? (state & ~GUARDED) | trials.harmOf(integerAt(walk.elements, at)) : state,
  );
  return {
    ...walk,
    states,
    wayTo: (at) => {
      const [element, state] = [integerAt(walk.elements, at), byteAt(states, at)];
      const bit = gravest(state);
      const isBehindGroup = (state & SHIELDED) !== 0 && (bit & GUARDED) !== 0;
      return isBehindGroup ? trials.wayTo(element, bit) : traces.wayTo(element, bit);
    },
  };
}

/** What stops the origin without the help of a group can not be made worse by one. */
function isToBeTried(state: number): boolean {
  return (state & SHIELDED) !== 0 && (state & STOPS) === 0;
}

function rulesOf(landscape: Landscape, options: ReachOptions): Omit<SpreadRules, 'gate'> {
  const { direction, relationKinds = NEED_KINDS, minStrength, maxDepth = Number.POSITIVE_INFINITY } = options;
  return {
    bound: landscape.elementBound,
    follow: needWalk(landscape, direction, relationKinds),
    withTheHarm: direction === 'DEPENDENTS',
    passes: passesOf(minStrength),
    admits: livingIn(landscape),
    maxDepth,
  };
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
    const gate = options.direction === 'DEPENDENTS' ? countingGate(landscape, origin) : closedGate(landscape);
    return new Trace(landscape, origin, { ...rulesOf(landscape, options), gate }, bit);
  }
}

/** What the origin feels when one of the elements it stands on is made to fail. */
class Trials {
  private readonly rules: Omit<SpreadRules, 'gate'>;

  constructor(
    private readonly landscape: Landscape,
    private readonly origin: number,
    options: ReachOptions,
    /** Harm comes to the origin over these alone. */
    standsOn: Int32Array,
  ) {
    const inside = new Uint8Array(landscape.elementBound);
    inside[origin] = 1;
    for (const seq of standsOn) inside[seq] = 1;
    const rules = rulesOf(landscape, { ...options, direction: 'DEPENDENTS' });
    this.rules = { ...rules, admits: (seq) => inside[seq] === 1 };
  }

  /** The GUARDED bits that come to the origin. */
  harmOf(failing: number): number {
    const { elements, states } = spread(failing, this.rulesFor(failing), GUARDED);
    const at = elements.indexOf(this.origin);
    return at === -1 ? 0 : byteAt(states, at) & GUARDED;
  }

  /** The way of one bit, told from the origin to what fails. */
  wayTo(failing: number, bit: number): PathStep[] {
    const trace = new Trace(this.landscape, failing, this.rulesFor(failing), bit);
    return Array.from(trace.back(this.origin), ({ relation, from, to }) => trace.stepOf(relation, to, from));
  }

  private rulesFor(failing: number): SpreadRules {
    return { ...this.rules, gate: countingGate(this.landscape, failing) };
  }
}
