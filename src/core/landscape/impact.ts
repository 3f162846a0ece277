import { byteAt, integerAt } from '../number-at.js';
import { UNBOUNDED_WORK } from '../work-budget.js';
import type { WorkBudget } from '../work-budget.js';
import { reachedWithUntyped, coverageOf } from './impact-coverage.js';
import type { ImpactCoverage } from './impact-coverage.js';
import { reachFrom } from './impact-reach.js';
import type { Reach, ReachOptions } from './impact-reach.js';
import { severityOf, survivesByRedundancy } from './impact-states.js';
import type { ImpactSeverity } from './impact-states.js';
import type { Landscape } from './landscape.js';
import type { Element, ElementKind } from './model.js';
import type { PathStep } from './needs.js';
import { collapsePath } from './paths-collapse.js';
import type { CollapsedStep } from './paths-collapse.js';

export type { ImpactSeverity } from './impact-states.js';
export type { ImpactDirection } from './needs.js';

export interface ImpactOptions extends ReachOptions {
  /** List only these kinds; the walk goes through all. */
  readonly kinds?: readonly ElementKind[];
  /** Leave these kinds out of the list, and tell of each listed element a path without them too. */
  readonly collapse?: readonly ElementKind[];
  /** What the walks are taken from, those that are made later for parts of the answer too. */
  readonly work?: WorkBudget;
}

/** What a walk costs for each element it reaches, in looks at a record; each of the later parts is a walk of its own. */
const REACHED = 20;
/** Walks that are made for the first way that is shown: one for each degree of harm that occurs. */
const TRACES = 3;
/** What showing another way costs. */
const SHOWN = 500;
/** So many relations that are looked at while things are made to fail cost as much as one look at a record. */
const TRIED = 8;

export interface ImpactedElement {
  /** seq */
  readonly element: number;
  /** Steps of the shortest way from the origin. */
  readonly depth: number;
  /**
   * How bad it is, over all ways together. DEPENDENCIES: how bad it would be for the origin if this element alone stopped.
   */
  readonly severity: ImpactSeverity;
  /** It would be hurt, or would hurt the origin, were there no redundancy; so nothing is felt. */
  readonly survivesByRedundancy: boolean;
  /**
   * A shortest way among those that are as bad as the severity says; through a redundancy group, over the member whose loss
   * was the one too many. Of what survives by redundancy, a shortest way of what was held back.
   */
  readonly explanation: readonly PathStep[];
  /** The explanation without the kinds that are collapsed; null where none were to be. */
  readonly collapsed: readonly CollapsedStep[] | null;
}

export interface Impact {
  /** Nearest first, then by seq. */
  readonly impacted: readonly ImpactedElement[];
  readonly totalCount: number;
  /** How many more would be reached if every link of unknown kind carried the impact, either way. */
  readonly untyped: number;
  /** Whether further steps would have reached more or made something worse, or something was not tried. */
  readonly truncated: boolean;
  /** EFFORT where both hold. */
  readonly truncationReason: 'MAX_DEPTH' | 'EFFORT' | null;
  /**
   * Of how many elements behind redundancy groups it was not found out whether they hurt the origin, for that took too much
   * work, whether they are listed or not. What is open counts as possible, so their severity is UNKNOWN.
   */
  readonly untried: number;
  readonly coverage: ImpactCoverage;
}

/**
 * What is hurt if an element stops, or what it stands on.
 *
 * Severity along a way: a HARD step passes on what it got; a SOFT one makes it DEGRADED; over an INFORMATIONAL one
 * nothing is felt; a step of UNKNOWN strength makes it UNKNOWN. Where data come over a step, what starves of them is
 * DEGRADED: the strength has to be known as HARD for it to get what its source got. Of several ways the worst counts, what is sure
 * and what is to be feared apart: where the two differ, the severity is UNKNOWN.
 *
 * Of a redundancy group (the relations of one needing element with the same kind and `redundancyGroup` that have
 * `minAvailable`) the needing element feels what is left of the best `minAvailable` members that have not ended: as bad
 * as the worst of these leaves it. Planned members count, as planned needs do. Without one too many lost it feels nothing
 * of the group, and where no other way hurts it either, it survives by redundancy, as does all that would be hurt through
 * it alone.
 *
 * Elements whose life has ended feel nothing and pass nothing on, nor do relations that have ENDED; planned ones count,
 * as `needWalk` says. So nothing is reached from an origin that has ended: it can not stop any more. No explanation meets an element twice.
 */
export function impactAnalysis(landscape: Landscape, origin: Element, options: ImpactOptions): Impact {
  const { work = UNBOUNDED_WORK } = options;
  work.spend(0);
  const reach = reachFrom(landscape, origin.seq, options);
  const walk = REACHED * reach.elements.length;
  work.spend(walk + reach.effort / TRIED);
  const listed = listedOf(landscape, reach, options);
  const collapse = options.collapse === undefined ? undefined : new Set(options.collapse);
  let isTraced = false;
  const told: Telling = {
    // Of what was made to fail the walk is made again.
    wayTo: (at) => {
      work.spend(reach.effort > 0 ? walk : isTraced ? SHOWN : TRACES * walk);
      isTraced = true;
      return reach.wayTo(at);
    },
    collapsed: (path) => (collapse === undefined ? null : collapsePath(landscape, path, collapse)),
  };
  let items: readonly ImpactedElement[] | undefined;
  // Not every caller looks at the list, and of each item most look at a few fields only: all is told when it is asked.
  const impacted = (): readonly ImpactedElement[] =>
    (items ??= Array.from(listed, (at) => new ReachedElement(reach, at, told)));
  return {
    get impacted() {
      return impacted();
    },
    totalCount: listed.length,
    truncated: reach.isCut || reach.untried > 0,
    truncationReason: reach.untried > 0 ? 'EFFORT' : reach.isCut ? 'MAX_DEPTH' : null,
    untried: reach.untried,
    get untyped() {
      work.spend(walk);
      return (
        reachedWithUntyped(landscape, origin.seq, options).filter(listing(landscape, options)).length - listed.length
      );
    },
    get coverage() {
      work.spend(walk);
      return coverageOf(landscape, origin.seq, reach, options);
    },
  };
}

/** Positions in what was reached of what is listed. */
function listedOf(landscape: Landscape, { elements }: Reach, options: ImpactOptions): Int32Array {
  const listed = new Int32Array(elements.length);
  const isListed = listing(landscape, options);
  let count = 0;
  for (let at = 0; at < elements.length; at += 1) {
    if (!isListed(integerAt(elements, at))) continue;
    listed[count] = at;
    count += 1;
  }
  return listed.subarray(0, count);
}

/** Whether an element that is reached is listed. */
function listing(landscape: Landscape, { kinds, collapse = [] }: ImpactOptions): (seq: number) => boolean {
  const [only, without] = [kinds === undefined ? undefined : new Set(kinds), new Set(collapse)];
  if (only === undefined && without.size === 0) return () => true;
  return (seq) => {
    const kind = landscape.elementAt(seq)?.kind ?? 'CONCEPT';
    return only?.has(kind) !== false && !without.has(kind);
  };
}

/** How what was reached is told of. */
interface Telling {
  /** The way to what stands at a position of the reach. */
  readonly wayTo: (at: number) => PathStep[];
  readonly collapsed: (path: readonly PathStep[]) => CollapsedStep[] | null;
}

class ReachedElement implements ImpactedElement {
  readonly element: number;
  readonly depth: number;
  private readonly state: number;

  constructor(
    reach: Reach,
    private readonly at: number,
    private readonly told: Telling,
  ) {
    this.element = integerAt(reach.elements, at);
    this.depth = integerAt(reach.depths, at);
    this.state = byteAt(reach.states, at);
  }

  get severity(): ImpactSeverity {
    return severityOf(this.state);
  }
  get survivesByRedundancy(): boolean {
    return survivesByRedundancy(this.state);
  }
  get explanation(): PathStep[] {
    return this.told.wayTo(this.at);
  }
  get collapsed(): CollapsedStep[] | null {
    return this.told.collapsed(this.explanation);
  }
}
