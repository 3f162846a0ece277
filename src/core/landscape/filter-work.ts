import type { ElementFilter, RelationFilter } from './filter.js';
import { isGiven } from './filter-value.js';

/** What finding the record of a relation costs, in looks at a condition. */
const RECORD = 2;
/** Filters within a filter that are asked of the same record. */
const SAME_RECORD: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/**
 * How many conditions one record is looked at for: those of the filters that are joined to this one count, those of other
 * records (owners, ends of relations) are counted where they are asked. At least 1.
 */
export function looksOf(filter: ElementFilter | RelationFilter): number {
  let looks = 0;
  const open: unknown[] = [filter];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (typeof each !== 'object' || each === null) continue;
    for (const [key, condition] of Object.entries(each)) {
      if (!isGiven(condition)) continue;
      if (!SAME_RECORD.has(key)) looks += 1;
      else if (Array.isArray(condition)) open.push(...condition);
      else open.push(condition);
    }
  }
  return Math.max(1, looks);
}

/** The same for a relation that is met at one of its ends: its record has to be found first. */
export function relationLooksOf(filter: RelationFilter): number {
  return RECORD + looksOf(filter);
}
