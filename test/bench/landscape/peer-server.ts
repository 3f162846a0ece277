/**
 * The peer: hand-written SQL on PostgreSQL behind Node's own HTTP server, nothing between. Each address is one prepared
 * statement that gives its answer as JSON text, so that this process only hands bytes on.
 */
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { foldVietnamese } from '../../../src/core/fold-vietnamese.js';

/** The first five relations that lead away from an element, with what they lead to, to some levels. */
function links(source: string, levels: number): string {
  const [link, target] = [`l${levels}`, `t${levels}`];
  const below = levels > 1 ? `, 'links', ${links(target, levels - 1)}` : '';
  return `coalesce((select json_agg(json_build_object('kind', ${link}.kind,
      'target', json_build_object('urn', ${target}.urn, 'name', ${target}.name${below})) order by ${link}.place, ${link}.target, ${link}.id)
    from (select * from link where source = ${source}.id order by place, target, id limit 5) ${link}
    join system ${target} on ${target}.id = ${link}.target), '[]')`;
}

/** SQL for each address; the answer stands in the first column of the only row. */
const STATEMENTS: Readonly<Record<string, string>> = {
  W1: `select json_build_object('urn', s.urn, 'name', s.name, 'phase', s.phase, 'level', s.level,
         'owner', case when o.id is null then null else json_build_object('urn', o.urn, 'name', o.name) end)::text
       from system s left join system o on o.id = s.owner where s.urn = $1`,
  W2: `with found as (
         select * from system where owner = any(select id from system where urn = any($1::text[]))
           and phase = $2 and folded like '%' || $3 || '%')
       select json_build_object('totalCount', (select count(*) from found), 'nodes',
         coalesce((select json_agg(json_build_object('urn', s.urn, 'name', s.name, 'phase', s.phase,
           'owner', json_build_object('urn', o.urn, 'name', o.name), 'links', ${links('s', 1)}) order by s.urn collate "C")
         from (select * from found order by urn collate "C" limit 50) s join system o on o.id = s.owner), '[]'))::text`,
  W3: `select json_agg(json_build_object('urn', s.urn, 'name', s.name, 'links', ${links('s', 3)}) order by s.urn collate "C")::text
       from system s where s.urn = any($1::text[])`,
  W4a: `with d as materialized (select * from dependents((select id from system where urn = $1), null))
       select json_build_object('totalCount', (select count(*) from d), 'nodes', coalesce((select json_agg(json_build_object(
         'depth', d.depth, 'urn', s.urn) order by d.depth, d.id)
         from (select * from d order by depth, id limit 500) d join system s using (id)), '[]'))::text`,
  W4b: `with d as materialized (select * from dependents((select id from system where urn = $1), 3))
       select json_build_object('totalCount', (select count(*) from d), 'nodes', coalesce((select json_agg(json_build_object(
         'depth', d.depth, 'urn', s.urn) order by d.depth, d.id)
         from (select * from d order by depth, id limit 500) d join system s using (id)), '[]'))::text`,
  W5: `select coalesce((select json_agg(s.urn order by p.at)
         from unnest(shortest((select id from system where urn = $1), (select id from system where urn = $2)))
           with ordinality p (id, at) join system s using (id)), '[]')::text`,
  W6: `select coalesce(json_agg(first order by first), '[]')::text
       from (select (select min(s.urn collate "C") from unnest(c.members) m join system s on s.id = m) as first
             from components() c (members)) x`,
  W7: `select coalesce(json_agg(json_build_array(coalesce(o.urn, 'UNKNOWN'), x.phase, coalesce(x.level::text, 'UNKNOWN'), x.n)), '[]')::text
       from (select owner, phase, level, count(*) n from system where kind = any($1::text[]) group by owner, phase, level) x
         left join system o on o.id = x.owner`,
  W8: `select coalesce(json_agg(urn order by score desc, id), '[]')::text from (
         select urn, id, word_similarity($1, folded) as score from system
         where $1 <% folded order by score desc, id limit 20) x`,
  W9a: `select coalesce(json_agg(urn order by score desc, id), '[]')::text from (
         select urn, id, similarity($1, folded) as score from system
         where folded % $1 and kind <> 'AGENCY' order by score desc, id limit 5) x`,
};

/** Changes: each is a transaction of its own; what was there before is not kept. */
const CHANGES: Readonly<Record<string, string>> = {
  update: `update system set phase = $2 where urn = $1 returning urn`,
  insert: `insert into link (id, kind, source, target, place)
       select $1::int, 'DEPENDS_ON', s.id, t.id, 0 from system s, system t where s.urn = $2 and t.urn = $3 returning id::text`,
};

const pool = new Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 8,
  // Compiling expressions costs more than it saves in statements of milliseconds.
  options: '-c jit=off -c pg_trgm.word_similarity_threshold=0.5 -c pg_trgm.similarity_threshold=0.3 -c work_mem=32MB',
});

/** Words that are searched for are folded as the column is. */
const FOLDED: ReadonlySet<string> = new Set(['W8', 'W9a']);

async function answerOf(url: string): Promise<string> {
  const mark = url.indexOf('?');
  const name = url.slice(1, mark < 0 ? undefined : mark);
  const text = STATEMENTS[name] ?? CHANGES[name];
  if (text === undefined) throw new Error(`There is no ${name}.`);
  const values: unknown[] = mark < 0 ? [] : JSON.parse(decodeURIComponent(url.slice(mark + 1)));
  const given = FOLDED.has(name) ? values.map((value) => foldVietnamese(String(value))) : values;
  const { rows } = await pool.query<[string]>({ name, text, values: given, rowMode: 'array' });
  return rows[0]?.[0] ?? 'null';
}

const server = createServer((request, response) => {
  answerOf(request.url ?? '').then(
    (body) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`);
});
process.on('SIGTERM', () => process.exit());
