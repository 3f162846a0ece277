import { UNBOUNDED_WORK } from '../work-budget.js';
import type { WorkBudget } from '../work-budget.js';
import type { Landscape } from './landscape.js';
import type { Element } from './model.js';
import { FOLLOWED_KINDS } from './need-kinds.js';
import type { NeedKind } from './need-kinds.js';
import type { ImpactDirection, PathStep } from './needs.js';
import { pathCoverage } from './paths-coverage.js';
import type { PathCoverage } from './paths-coverage.js';
import { WaySearch } from './paths-search.js';
import type { SearchLimits } from './paths-search.js';

export type { PathStep } from './needs.js';

export interface PathOptions {
  /** How many paths at most. */
  readonly k: number;
  /** DEPENDENCIES: how the first needs the second; DEPENDENTS: how harm comes from the first to the second. */
  readonly direction?: ImpactDirection;
  /** Take only these; by default those that are followed where none are named. */
  readonly relationKinds?: readonly NeedKind[];
  /** Most steps of a path. */
  readonly maxDepth?: number;
  /**
   * Most work: relations looked at, elements met, steps told and compared. No new search begins past it. The first path is
   * always looked for to the end.
   */
  readonly effort?: number;
  /** What the search is taken from. */
  readonly work?: WorkBudget;
}

/** So many steps of a search cost as much as one look at a record. */
const STEPS = 8;

/** Some tenths of a second. Only long chains with many relations beside each other come near it. */
const EFFORT = 20_000_000;

export interface ShortestPaths {
  /** Shortest first, ties in order of relation seqs compared from the start. */
  readonly paths: readonly (readonly PathStep[])[];
  /** Whether fewer than k were found because the search was stopped. */
  readonly truncated: boolean;
  readonly truncationReason: 'MAX_DEPTH' | 'EFFORT' | null;
  readonly coverage: PathCoverage;
}

/**
 * The k shortest loop-free ways in which one element needs another, or in which harm comes from one to the other. No way,
 * an element and itself, or one of which the life has ended: none.
 *
 * Each path found is left at each of its elements from the one where it left the path it was made from (Lawler), and the
 * shortest of what that gives comes next; so a path of n steps costs at most n searches, each of which looks at a relation
 * once. Together they take no more work than `effort` and one search.
 * @see Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17 (1971), 712-716.
 * @see Lawler, "A Procedure for Computing the K Best Solutions to Discrete Optimization Problems and Its Application to the
 *   Shortest Path Problem", Management Science 18 (1972), 401-405.
 */
export function shortestPaths(landscape: Landscape, from: Element, to: Element, options: PathOptions): ShortestPaths {
  const { k, direction = 'DEPENDENCIES', relationKinds = FOLLOWED_KINDS, effort = EFFORT } = options;
  const { work = UNBOUNDED_WORK } = options;
  const search = new WaySearch(landscape, to.seq, direction, relationKinds);
  const ways = new WaysInOrder(landscape.elementBound, search, {
    k,
    effort,
    maxDepth: options.maxDepth ?? Number.POSITIVE_INFINITY,
  });
  work.spend(0);
  const isExhausted = from.seq !== to.seq && !ways.findFrom(from.seq);
  work.spend(ways.effort / STEPS);
  const isCut = search.isCut && ways.found.length < k;
  const truncated = isExhausted || isCut;
  return {
    paths: ways.found.map(({ steps }) => steps),
    truncated,
    truncationReason: isExhausted ? 'EFFORT' : isCut ? 'MAX_DEPTH' : null,
    // Not every caller asks how far the answer goes.
    get coverage() {
      return pathCoverage(landscape, [from, to], {
        ...options,
        direction,
        relationKinds,
        found: ways.found.length,
        truncated,
      });
    },
  };
}

interface Way {
  readonly steps: readonly PathStep[];
  /** Number of first steps that it shares with the way it was made from. */
  readonly shared: number;
}

/** The ways to a goal, found one after another. */
class WaysInOrder {
  readonly found: Way[] = [];
  /** In order, and never found before; no more than may be needed. */
  private readonly candidates: Way[] = [];
  /** Steps that were written down and compared. */
  private stepsHandled = 0;

  constructor(
    private readonly bound: number,
    private readonly search: WaySearch,
    private readonly limits: { readonly k: number; readonly effort: number; readonly maxDepth: number },
  ) {}

  /** Work so far. */
  get effort(): number {
    return this.search.effort + this.stepsHandled;
  }

  /** @returns false where the effort ran out before it was sure what comes next. */
  findFrom(start: number): boolean {
    this.consider([], start, { closedRelations: NOTHING, closed: null });
    for (let next = this.candidates.shift(); next !== undefined; next = this.candidates.shift()) {
      this.found.push(next);
      if (this.found.length >= this.limits.k) return true;
      if (!this.leave(next)) return false;
    }
    return true;
  }

  /** Looks for ways that leave one that was found, at each of its elements from where it left another. */
  private leave({ steps, shared }: Way): boolean {
    const places = new Int32Array(this.bound);
    steps.forEach(({ from }, at) => (places[from] = at + 1));
    const together = this.found.map((other) => this.sharedSteps(other.steps, steps));
    for (const [at, { from }] of steps.entries()) {
      if (at < shared) continue;
      if (this.effort > this.limits.effort) return false;
      // By which relations the ways that were found go on after the same first steps.
      const taken = new Set<number>();
      for (const [index, other] of this.found.entries()) {
        const next = other.steps[at];
        if (next !== undefined && (together[index] ?? 0) >= at) taken.add(next.relation);
      }
      this.stepsHandled += this.found.length;
      this.consider(steps, from, { closedRelations: taken, closed: { places, count: at } });
    }
    return true;
  }

  /** The shortest way that begins with the closed steps of a way and does not go on by some relations. */
  private consider(steps: readonly PathStep[], start: number, limits: Omit<SearchLimits, 'maxSteps'>): void {
    // Only so many more are needed: nothing longer than the last of those that are there already will be among them.
    const wanted = this.limits.k - this.found.length;
    const last = this.candidates[wanted - 1]?.steps.length ?? Number.POSITIVE_INFINITY;
    const shared = limits.closed?.count ?? 0;
    const spur = this.search.from(start, { ...limits, maxSteps: Math.min(this.limits.maxDepth, last) - shared });
    if (spur === undefined) return;
    const way = { steps: [...steps.slice(0, shared), ...spur], shared };
    this.stepsHandled += way.steps.length;
    const at = this.candidates.findIndex((each) => this.compare(way.steps, each.steps) < 0);
    this.candidates.splice(at === -1 ? this.candidates.length : at, 0, way);
    this.candidates.length = Math.min(this.candidates.length, wanted);
  }

  private compare(a: readonly PathStep[], b: readonly PathStep[]): number {
    const shorter = a.length - b.length;
    if (shorter !== 0) return shorter;
    const at = this.sharedSteps(a, b);
    return (a[at]?.relation ?? 0) - (b[at]?.relation ?? 0);
  }

  /** How many first steps two ways have in common. */
  private sharedSteps(a: readonly PathStep[], b: readonly PathStep[]): number {
    let at = 0;
    while (at < a.length && a[at]?.relation === b[at]?.relation) at += 1;
    this.stepsHandled += at + 1;
    return at;
  }
}

const NOTHING: ReadonlySet<number> = new Set();
