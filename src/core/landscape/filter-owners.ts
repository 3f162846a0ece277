import type { WorkBudget } from '../work-budget.js';
import type { ElementFilter } from './filter.js';
import type { RevisionAt } from './filter-compile.js';
import { selectElements } from './filter-select.js';
import { isGiven } from './filter-value.js';
import type { Landscape } from './landscape.js';

/**
 * The owners whose elements alone can satisfy a filter, by seq, for it names them or says what they are like; undefined
 * where it says nothing of owners. Whoever answers for the lists of these has answered for all that the filter finds.
 * @param revisionAt - needed where the filter has a `changedAfter` in it.
 */
export function ownersConcerned(
  landscape: Landscape,
  filter: ElementFilter,
  revisionAt?: RevisionAt,
  work?: WorkBudget,
): ReadonlySet<number> | undefined {
  const named: (ReadonlySet<number> | undefined)[] = (filter.and ?? []).map((each) =>
    ownersConcerned(landscape, each, revisionAt, work),
  );
  if (isGiven(filter.owner)) {
    named.push(new Set(selectElements(landscape, filter.owner, revisionAt, work).map(({ seq }) => seq)));
  }
  if (isGiven(filter.or))
    named.push(union(filter.or.map((each) => ownersConcerned(landscape, each, revisionAt, work))));
  let common: ReadonlySet<number> | undefined;
  for (const set of named) {
    if (set === undefined) continue;
    const before = common;
    common = before === undefined ? set : new Set([...set].filter((seq) => before.has(seq)));
  }
  return common;
}

/** All owners of several alternatives; undefined where one of them leaves its owners open. */
function union(sets: readonly (ReadonlySet<number> | undefined)[]): ReadonlySet<number> | undefined {
  const all = new Set<number>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const seq of set) all.add(seq);
  }
  return all;
}
