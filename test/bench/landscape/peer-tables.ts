import { Client } from 'pg';
import type { Connection } from 'pg';
import { needsOf, placeOf } from './rows.js';
import type { Rows } from './rows.js';

const TABLES = `
  create extension if not exists pg_trgm;
  create table system (id int, urn text, kind text, name text, folded text, phase text, level int, owner int);
  create table link (id int, kind text, source int, target int, place int);
  create table need (needed int, needs int);
`;
const INDEXES = `
  alter table system add primary key (id);
  create unique index on system (urn);
  create index on system (owner, phase, urn);
  create index on system using gin (folded gin_trgm_ops);
  create index on link (source, place, target, id) include (kind);
  create index on need (needed) include (needs);
  create index on need (needs) include (needed);
`;

/**
 * Walks level by level: each level is one set-based statement, and what was seen is left out by a hash. A recursive query
 * can not know the depth without walking circles again and again.
 */
const FUNCTIONS = `
  create function dependents(origin int, most int) returns table (id int, depth int) language plpgsql stable as $$
  declare
    seen int[] := array[origin];
    frontier int[] := array[origin];
    level int := 0;
  begin
    while cardinality(frontier) > 0 and (most is null or level < most) loop
      level := level + 1;
      frontier := array(
        select distinct n.needs from unnest(frontier) f join need n on n.needed = f
        where not exists (select from unnest(seen) s where s = n.needs)
      );
      seen := seen || frontier;
      return query select f, level from unnest(frontier) f;
    end loop;
  end $$;

  create function shortest(start int, goal int) returns int[] language plpgsql stable as $$
  declare
    ahead int[] := array[start]; ahead_all int[] := array[start]; ahead_from int[] := array[0];
    back int[] := array[goal]; back_all int[] := array[goal]; back_from int[] := array[0];
    met int; nodes int[]; froms int[]; path int[]; at int;
  begin
    if start = goal then return array[start]; end if;
    loop
      if cardinality(ahead) = 0 or cardinality(back) = 0 then return null; end if;
      if cardinality(ahead) <= cardinality(back) then
        select array_agg(x.node), array_agg(x.came) into nodes, froms from (
          select distinct on (n.needed) n.needed as node, f as came from unnest(ahead) f join need n on n.needs = f
          where not exists (select from unnest(ahead_all) s where s = n.needed)
        ) x;
        ahead := coalesce(nodes, '{}'); ahead_all := ahead_all || ahead; ahead_from := ahead_from || coalesce(froms, '{}');
        select f into met from unnest(ahead) f join unnest(back_all) b on b = f limit 1;
      else
        select array_agg(x.node), array_agg(x.came) into nodes, froms from (
          select distinct on (n.needs) n.needs as node, f as came from unnest(back) f join need n on n.needed = f
          where not exists (select from unnest(back_all) s where s = n.needs)
        ) x;
        back := coalesce(nodes, '{}'); back_all := back_all || back; back_from := back_from || coalesce(froms, '{}');
        select f into met from unnest(back) f join unnest(ahead_all) a on a = f limit 1;
      end if;
      exit when met is not null;
    end loop;
    path := array[met];
    at := met;
    while at <> start loop
      at := ahead_from[array_position(ahead_all, at)];
      path := at || path;
    end loop;
    at := met;
    while at <> goal loop
      at := back_from[array_position(back_all, at)];
      path := path || at;
    end loop;
    return path;
  end $$;

  create function reach(origin int, within int[], forward boolean) returns int[] language plpgsql stable as $$
  declare seen int[] := array[origin]; frontier int[] := array[origin];
  begin
    while cardinality(frontier) > 0 loop
      if forward then
        frontier := array(select distinct n.needed from unnest(frontier) f join need n on n.needs = f
          where exists (select from unnest(within) w where w = n.needed) and not exists (select from unnest(seen) s where s = n.needed));
      else
        frontier := array(select distinct n.needs from unnest(frontier) f join need n on n.needed = f
          where exists (select from unnest(within) w where w = n.needs) and not exists (select from unnest(seen) s where s = n.needs));
      end if;
      seen := seen || frontier;
    end loop;
    return seen;
  end $$;

  create function trimmed(among int[]) returns int[] language plpgsql stable as $$
  declare kept int[] := among; before int := -1;
  begin
    while cardinality(kept) <> before loop
      before := cardinality(kept);
      kept := array(
        with k as (select unnest(kept) as id)
        (select n.needed from need n join k a on a.id = n.needed join k b on b.id = n.needs)
        intersect
        (select n.needs from need n join k a on a.id = n.needed join k b on b.id = n.needs));
    end loop;
    return kept;
  end $$;

  create function components() returns setof int[] language plpgsql stable as $$
  declare here int[];
    queue text[]; part int[]; ahead int[]; behind int[]; shared int[];
  begin
    queue := array[trimmed(array(select id from system))::text];
    while cardinality(queue) > 0 loop
      part := queue[1]::int[];
      queue := queue[2:];
      continue when cardinality(part) = 0;
      ahead := reach(part[1], part, true);
      behind := reach(part[1], part, false);
      shared := array(select unnest(ahead) intersect select unnest(behind));
      if cardinality(shared) > 1 then return next shared; end if;
      here := array(select unnest(ahead) except select unnest(shared));
      queue := queue || trimmed(here)::text;
      here := array(select unnest(behind) except select unnest(shared));
      queue := queue || trimmed(here)::text;
      here := array(select unnest(part) except (select unnest(ahead) union select unnest(behind)));
      queue := queue || trimmed(here)::text;
    end loop;
  end $$;
`;

type Cell = string | number | boolean | null;

/** Sends rows by COPY, the fastest way into PostgreSQL. */
class CopyIn {
  readonly done: Promise<void>;
  private resolve: () => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor(
    private readonly statement: string,
    private readonly text: string,
  ) {
    this.done = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
  }
  submit(connection: Connection): void {
    connection.query(this.statement);
  }
  handleCopyInResponse(connection: Connection & { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }): void {
    connection.sendCopyFromChunk(Buffer.from(this.text));
    connection.endCopyFrom();
  }
  handleError(error: Error): void {
    this.reject(error);
  }
  handleCommandComplete(): void {
    // The end is said by handleReadyForQuery.
  }
  handleReadyForQuery(): void {
    this.resolve();
  }
}

async function copy(client: Client, table: string, rows: Iterable<readonly Cell[]>): Promise<void> {
  const lines = Array.from(rows, (row) => row.map((value) => (value === null ? '\\N' : `${value}`)).join('\t'));
  const copyIn = new CopyIn(`copy ${table} from stdin`, `${lines.join('\n')}\n`);
  client.query(copyIn);
  await copyIn.done;
}

/** Fills the peer's database. What is timed is what a hand-tuned import does: COPY, then indexes and statistics. */
export async function fillPeer(url: string, rows: Rows): Promise<void> {
  const { systems, links } = rows;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  await client.query('begin');
  const columns = systems.map((s) => [s.id, s.urn, s.kind, s.name, s.folded, s.phase, s.level, s.owner]);
  await copy(client, 'system', columns);
  await copy(
    client,
    'link',
    links.map(({ id, kind, source, target }) => [id, kind, source, target, placeOf(kind)]),
  );
  await copy(
    client,
    'need',
    needsOf(rows).map(({ needed, needs }) => [needed, needs]),
  );
  await client.query('commit');
  await client.query(INDEXES);
  await client.query('analyze');
  await client.query(FUNCTIONS);
  await client.end();
}
