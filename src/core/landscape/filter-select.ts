import { UNBOUNDED_WORK } from '../work-budget.js';
import type { WorkBudget } from '../work-budget.js';
import type { ElementFilter, RelationFilter } from './filter.js';
import { compileElementFilter, compileSeenRelationFilter } from './filter-compile.js';
import type { RevisionAt } from './filter-compile.js';
import { isGiven } from './filter-value.js';
import { looksOf, relationLooksOf } from './filter-work.js';
import type { Landscape } from './landscape.js';
import type { Element, Relation, RelationKind } from './model.js';
import { NOBODY } from './owner-table.js';

const everything = new WeakMap<Landscape, readonly Element[]>();

/**
 * All elements of a landscape, which must not change: a view looks at each of them for every list, unless it is remembered
 * what it found.
 */
export function allElements(landscape: Landscape): readonly Element[] {
  let all = everything.get(landscape);
  if (all === undefined) {
    all = [...landscape.elements()];
    everything.set(landscape, all);
  }
  return all;
}

/**
 * The elements of a landscape, which must not change, that satisfy a filter, in order of seq. A filter that names elements or their owners is
 * asked of those alone, any other of all there are.
 * @param revisionAt - needed where the filter has a `changedAfter` in it.
 */
export function selectElements(
  landscape: Landscape,
  filter: ElementFilter,
  revisionAt?: RevisionAt,
  work: WorkBudget = UNBOUNDED_WORK,
): Element[] {
  const test = compileElementFilter(landscape, filter, revisionAt, work);
  const seqs = candidateSeqs(landscape, filter);
  work.spend((seqs ?? allElements(landscape)).length * looksOf(filter));
  if (seqs === undefined) return allElements(landscape).filter(test);
  const found: Element[] = [];
  for (const seq of seqs) {
    const element = landscape.elementAt(seq);
    if (element !== undefined && test(element)) found.push(element);
  }
  // What was named twice is there twice.
  return found.toSorted((a, b) => a.seq - b.seq).filter(({ seq }, at, all) => seq !== all[at - 1]?.seq);
}

/**
 * The relations of a landscape that satisfy a filter, in order of seq.
 * @param revisionAt - needed where the filter has a `changedAfter` in it.
 */
export function selectRelations(
  landscape: Landscape,
  filter: RelationFilter,
  revisionAt?: RevisionAt,
  work: WorkBudget = UNBOUNDED_WORK,
): Relation[] {
  const test = compileSeenRelationFilter(landscape, filter, revisionAt, work);
  const looks = relationLooksOf(filter);
  const found: Relation[] = [];
  for (const relation of landscape.relations()) {
    work.spend(looks);
    if (test(relation, NOBODY)) found.push(relation);
  }
  return found;
}

/**
 * The seqs of the relations of an element that satisfy a filter, by the seq of the element: outgoing (a loop is outgoing),
 * then incoming, each by kind, other end and seq.
 */
export type RelationsOf = (seq: number) => readonly number[];

/** Conditions that the entry of a relation answers at its end: its record need not be looked up for them. */
const OF_ENTRIES: ReadonlySet<string> = new Set(['kind', 'direction'] satisfies (keyof RelationFilter)[]);

/** So many entries cost as much as one look at a record. */
const ENTRIES = 16;

/**
 * Makes a filter ready to be asked of the relations of many elements of a landscape, which must not change.
 * @param revisionAt - needed where the filter has a `changedAfter` in it.
 */
export function relationsSelection(
  landscape: Landscape,
  filter: RelationFilter,
  revisionAt?: RevisionAt,
  work: WorkBudget = UNBOUNDED_WORK,
): RelationsOf {
  const { direction } = filter;
  const kinds = isGiven(filter.kind) ? new Set(filter.kind) : undefined;
  const isOfEntries = Object.entries(filter).every(([key, condition]) => OF_ENTRIES.has(key) || !isGiven(condition));
  const test = isOfEntries ? undefined : compileSeenRelationFilter(landscape, filter, revisionAt, work);
  const looks = test === undefined ? 1 / ENTRIES : relationLooksOf(filter);
  return (seq) => {
    const found: number[] = [];
    let met = 0;
    const note = (kind: RelationKind, relation: number): void => {
      met += 1;
      if (kinds !== undefined && !kinds.has(kind)) return;
      if (test !== undefined) {
        const record = landscape.relationAt(relation);
        if (record === undefined || !test(record, seq)) return;
      }
      found.push(relation);
    };
    // A platform that thousands use has few relations of its own: what is asked for one side only is looked for there.
    landscape.forEachOutgoing(seq, (kind, other, relation) => {
      if (direction !== 'INCOMING' || other === seq) note(kind, relation);
    });
    if (direction !== 'OUTGOING') {
      landscape.forEachIncoming(seq, (kind, other, relation) => {
        // A relation of an element with itself stands on both sides; once is enough.
        if (other !== seq) note(kind, relation);
      });
    }
    work.spend(met * looks);
    return found;
  };
}

/** The relations of one element that satisfy a filter, in the order of `RelationsOf`. */
export function selectRelationsOf(
  landscape: Landscape,
  seq: number,
  filter: RelationFilter,
  revisionAt?: RevisionAt,
): Relation[] {
  return relationsSelection(landscape, filter, revisionAt)(seq).flatMap((each) => landscape.relationAt(each) ?? []);
}

/** Seqs among which all that satisfy the filter are, in any order and perhaps twice; undefined where it names none. */
function candidateSeqs(landscape: Landscape, filter: ElementFilter): number[] | undefined {
  if (isGiven(filter.urn)) return filter.urn.flatMap((urn) => landscape.elementByUrn(urn)?.seq ?? []);
  if (isGiven(filter.owner)) {
    const owners = candidateSeqs(landscape, filter.owner);
    if (owners !== undefined) return ownedBy(landscape, owners);
  }
  for (const each of filter.and ?? []) {
    const found = candidateSeqs(landscape, each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownedBy(landscape: Landscape, owners: readonly number[]): number[] {
  const owned: number[] = [];
  for (const seq of owners) {
    landscape.forEachIncoming(seq, (kind, other) => {
      if (kind === 'OWNED_BY') owned.push(other);
    });
  }
  return owned;
}
