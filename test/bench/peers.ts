import { PGlite } from '@electric-sql/pglite';
import { DirectedGraph } from 'graphology';
import type { Relation } from '../../src/core/landscape/model.js';

/** Who stops when somebody stops: from what is needed to what needs it. */
export function needOf({
  kind,
  source,
  target,
}: Pick<Relation, 'kind' | 'source' | 'target'>): { readonly needs: number; readonly needed: number } | undefined {
  switch (kind) {
    case 'DEPENDS_ON':
    case 'USES_PLATFORM':
    case 'RUNS_ON':
    case 'AUTHENTICATES_WITH':
    case 'READS':
    case 'USES':
      return { needs: source, needed: target };
    case 'EXCHANGES_DATA_WITH':
    case 'REALIZES':
    case 'PROVIDES':
    case 'MASTERS':
      return { needs: target, needed: source };
    default:
      return undefined;
  }
}

/** The same needs in graphology, whose keys are strings. */
export class GraphologyPeer {
  private readonly graph = new DirectedGraph();

  constructor(relations: readonly Relation[]) {
    for (const relation of relations) {
      const need = needOf(relation);
      if (need !== undefined) this.graph.mergeEdge(`${need.needed}`, `${need.needs}`);
    }
  }

  /** How many stand on the origin, directly or through others. */
  countDependents(origin: number): number {
    const start = `${origin}`;
    if (!this.graph.hasNode(start)) return 0;
    const seen = new Set([start]);
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      this.graph.forEachOutNeighbor(node, (other) => {
        if (seen.has(other)) return;
        seen.add(other);
        queue.push(other);
      });
    }
    return seen.size - 1;
  }
}

/** The same needs as rows of PostgreSQL, asked by a recursive query. */
export class PostgresPeer {
  private constructor(private readonly database: PGlite) {}

  static async of(relations: readonly Relation[]): Promise<PostgresPeer> {
    const database = await PGlite.create();
    await database.exec('create table need (needs int, needed int)');
    const needs = relations.flatMap((each) => needOf(each) ?? []);
    await database.query('insert into need select * from unnest($1::int[], $2::int[])', [
      needs.map((each) => each.needs),
      needs.map((each) => each.needed),
    ]);
    await database.exec('create index need_needed_idx on need (needed); analyze need');
    return new PostgresPeer(database);
  }

  async countDependents(origin: number): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      `with recursive reached(element) as (
         select needs from need where needed = $1
         union select need.needs from need join reached on need.needed = reached.element
       ) select count(*)::int as count from reached where element <> $1`,
      [origin],
    );
    return rows[0]?.count ?? 0;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
