import { needsOf, placeOf } from './rows.js';
import type { LinkRow, Rows, SystemRow } from './rows.js';

/** Answers out of plain maps, written without a look at how anybody else does it. */
export class Oracle {
  private readonly byUrn = new Map<string, SystemRow>();
  private readonly byId = new Map<number, SystemRow>();
  private readonly outgoing = new Map<number, LinkRow[]>();
  private readonly neededBy = new Map<number, number[]>();
  private readonly needs = new Map<number, number[]>();

  constructor(readonly rows: Rows) {
    for (const system of rows.systems) {
      this.byUrn.set(system.urn, system);
      this.byId.set(system.id, system);
    }
    for (const link of rows.links) push(this.outgoing, link.source, link);
    for (const { needs, needed } of needsOf(rows)) {
      push(this.neededBy, needed, needs);
      push(this.needs, needs, needed);
    }
  }

  get(urn: string): SystemRow {
    const system = this.byUrn.get(urn);
    if (system === undefined) throw new Error(`No ${urn}.`);
    return system;
  }

  at(id: number): SystemRow {
    const system = this.byId.get(id);
    if (system === undefined) throw new Error(`No element ${id}.`);
    return system;
  }

  /** The first five relations that lead away: by kind, then other end, then number. */
  links(urn: string): readonly LinkRow[] {
    const links = this.outgoing.get(this.get(urn).id) ?? [];
    return links
      .toSorted((a, b) => placeOf(a.kind) - placeOf(b.kind) || a.target - b.target || a.id - b.id)
      .slice(0, 5);
  }

  /** Steps from what stops to each that is hurt, in order of steps and number. */
  dependents(urn: string, most = Number.POSITIVE_INFINITY): readonly (readonly [depth: number, urn: string])[] {
    const depths = this.depths(this.get(urn).id, this.neededBy, most);
    depths.delete(this.get(urn).id);
    return [...depths]
      .toSorted(([a, one], [b, other]) => one - other || a - b)
      .map(([id, depth]) => [depth, this.at(id).urn] as const);
  }

  /** Steps of a shortest way of needs; undefined where there is none. */
  distance(from: string, to: string): number | undefined {
    return this.depths(this.get(from).id, this.needs, Number.POSITIVE_INFINITY).get(this.get(to).id);
  }

  /** Whether each of these needs the next directly. */
  isChain(urns: readonly string[]): boolean {
    return urns.every(
      (urn, at) => at === 0 || (this.needs.get(this.get(urns[at - 1] ?? '').id) ?? []).includes(this.get(urn).id),
    );
  }

  /** The smallest urn of each strongly connected component of more than one element, by Kosaraju's two passes. */
  components(): readonly string[] {
    const order = this.finishingOrder();
    const assigned = new Set<number>();
    const firsts: string[] = [];
    for (const root of order.toReversed()) {
      if (assigned.has(root)) continue;
      const members = [root];
      assigned.add(root);
      for (const member of members) {
        for (const other of this.neededBy.get(member) ?? []) {
          if (assigned.has(other)) continue;
          assigned.add(other);
          members.push(other);
        }
      }
      const first = members.map((id) => this.at(id).urn).toSorted()[0];
      if (members.length > 1 && first !== undefined) firsts.push(first);
    }
    return firsts.toSorted();
  }

  private finishingOrder(): number[] {
    const seen = new Set<number>();
    const order: number[] = [];
    for (const { id: root } of this.rows.systems) {
      const stack: [number, number][] = seen.has(root) ? [] : [[root, 0]];
      seen.add(root);
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const next = (this.needs.get(top[0]) ?? [])[top[1]];
        top[1] += 1;
        if (next === undefined) {
          order.push(top[0]);
          stack.pop();
        } else if (!seen.has(next)) {
          seen.add(next);
          stack.push([next, 0]);
        }
      }
    }
    return order;
  }

  private depths(origin: number, next: ReadonlyMap<number, readonly number[]>, most: number): Map<number, number> {
    const depths = new Map([[origin, 0]]);
    for (const [id, depth] of depths) {
      if (depth >= most) continue;
      for (const other of next.get(id) ?? []) if (!depths.has(other)) depths.set(other, depth + 1);
    }
    return depths;
  }
}

function push<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
