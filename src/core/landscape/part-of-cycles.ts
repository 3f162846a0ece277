import { earliestDay, latestDay } from './calendar-day.js';
import { stronglyConnected } from './need-graph.js';
import type { Relation } from './model.js';

/** Elements that are looked at for circles to be spelled out: a moment's work. */
const EFFORT_MAXIMUM = 1_000_000;

/** The PART_OF relations of which an element is the part. */
export type WholesOf = (part: number) => readonly Relation[];

/**
 * The circles of parts and wholes that some PART_OF relations lie on, found in short steps. A circle is one only where there is a day on which
 * all of it may hold: what contains what may turn round in the course of time.
 *
 * Nothing below the relations is looked at. The cost is that of what lies above them, and within what would be a circle
 * without dates, that for each day on which one of its relations begins.
 * @param most - of so many relations the circles are told; of others it is not said whether they lie on one.
 * @returns by urn of the relation the seqs on the way from its part up to the part again, both included; where very much
 *   was looked through already, only those of its own two ends.
 */
export function* partOfCycles(
  checked: readonly Relation[],
  wholesOf: WholesOf,
  most: number,
): Generator<void, ReadonlyMap<string, readonly number[]>> {
  const cycles = new Map<string, readonly number[]>();
  const above = yield* relationsAbove(checked, wholesOf);
  const places = componentsOf(above);
  const suspectsIn = within(checked, places);
  let effort = 0;
  for (const [component, relations] of within(above, places)) {
    const suspects = suspectsIn.get(component) ?? [];
    for (const day of beginnings(relations)) {
      if (!suspects.some((each) => mayHold(each, day))) continue;
      const holding = relations.filter((each) => mayHold(each, day));
      const then = componentsOf(holding);
      const wholes = byPart(holding);
      for (const suspect of suspects) {
        yield;
        if (cycles.size >= most) return cycles;
        if (cycles.has(suspect.urn) || !mayHold(suspect, day) || componentAround(suspect, then) === undefined) continue;
        const isSpelled = effort < EFFORT_MAXIMUM;
        const way = isSpelled ? wayUp(suspect, wholes) : { elements: [suspect.target], looked: 0 };
        cycles.set(suspect.urn, [suspect.source, ...way.elements]);
        effort += way.looked;
      }
    }
  }
  return cycles;
}

/** The relations and all that lie above them, each once. */
function* relationsAbove(checked: readonly Relation[], wholesOf: WholesOf): Generator<void, Relation[]> {
  const found = new Map(checked.map((each) => [each.urn, each]));
  const seen = new Set<number>();
  const queue = checked.map(({ target }) => target);
  for (let part = queue.pop(); part !== undefined; part = queue.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    yield;
    for (const relation of wholesOf(part)) {
      found.set(relation.urn, relation);
      queue.push(relation.target);
    }
  }
  return [...found.values()];
}

/** The strongly connected component of each element that relations join, by seq. */
function componentsOf(relations: readonly Relation[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const { source, target } of relations) {
    for (const seq of [source, target]) if (!places.has(seq)) places.set(seq, places.size);
  }
  const { count, starts, members } = stronglyConnected({ bound: places.size, ...rowsOf(relations, places) });
  const componentAt = new Map<number, number>();
  for (let component = 0; component < count; component += 1) {
    for (const place of members.subarray(starts[component], starts[component + 1])) componentAt.set(place, component);
  }
  return new Map(Array.from(places, ([seq, place]) => [seq, componentAt.get(place) ?? 0]));
}

/** Relations as compressed rows: the wholes of place `i` are `targets[starts[i]]` up to `targets[starts[i + 1]]`. */
function rowsOf(
  relations: readonly Relation[],
  places: ReadonlyMap<number, number>,
): { readonly starts: Int32Array; readonly targets: Int32Array } {
  const wholes = byPart(relations);
  const starts = new Int32Array(places.size + 1);
  const targets = new Int32Array(relations.length);
  let filled = 0;
  for (const [seq, place] of places) {
    for (const { target } of wholes.get(seq) ?? []) {
      targets[filled] = places.get(target) ?? 0;
      filled += 1;
    }
    // Places are in the order in which they were given.
    starts[place + 1] = filled;
  }
  return { starts, targets };
}

/** The component that both ends of a relation are in: then it lies on a circle; undefined where they are in two. */
function componentAround({ source, target }: Relation, components: ReadonlyMap<number, number>): number | undefined {
  const component = components.get(source);
  return component === components.get(target) ? component : undefined;
}

/** Relations by the component that they lie in with both ends. */
function within(
  relations: readonly Relation[],
  components: ReadonlyMap<number, number>,
): ReadonlyMap<number, readonly Relation[]> {
  const found = new Map<number, Relation[]>();
  for (const relation of relations) {
    const component = componentAround(relation, components);
    if (component !== undefined) noted(found, component, relation);
  }
  return found;
}

function byPart(relations: readonly Relation[]): ReadonlyMap<number, readonly Relation[]> {
  const wholes = new Map<number, Relation[]>();
  for (const relation of relations) noted(wholes, relation.source, relation);
  return wholes;
}

function noted(lists: Map<number, Relation[]>, key: number, relation: Relation): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [relation]);
  else list.push(relation);
}

/** Earlier than every day. */
const ALWAYS = '';

function beginningOf({ validFrom }: Relation): string {
  return validFrom === null ? ALWAYS : earliestDay(validFrom);
}

/** The days on which one of some relations may begin: where any of them hold together, they do on the last of theirs. */
function beginnings(relations: readonly Relation[]): string[] {
  return [...new Set(relations.map(beginningOf))].toSorted();
}

function mayHold(relation: Relation, day: string): boolean {
  return beginningOf(relation) <= day && (relation.validTo === null || latestDay(relation.validTo) >= day);
}

/** The shortest way from the whole of a relation up to its part, both included, and how many elements were looked at. */
function wayUp(
  { source, target }: Relation,
  wholes: ReadonlyMap<number, readonly Relation[]>,
): { readonly elements: readonly number[]; readonly looked: number } {
  const cameFrom = new Map<number, number>([[target, target]]);
  for (const element of cameFrom.keys()) {
    if (element === source) break;
    for (const { target: above } of wholes.get(element) ?? []) {
      if (!cameFrom.has(above)) cameFrom.set(above, element);
    }
  }
  const way = [source];
  for (let element = source; element !== target;) {
    // Both lie in one component, so there is a way.
    element = cameFrom.get(element) ?? target;
    way.push(element);
  }
  return { elements: way.toReversed(), looked: cameFrom.size };
}
