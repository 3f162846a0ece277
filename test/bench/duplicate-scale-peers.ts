import { PGlite } from '@electric-sql/pglite';
import { pg_trgm as trigrams } from '@electric-sql/pglite/contrib/pg_trgm';
import MiniSearch from 'minisearch';

/** A title that says again what another one says, by their places. */
export interface KnownCopy {
  readonly copy: number;
  readonly original: number;
}

export interface PeerFigures {
  readonly what: string;
  readonly buildSeconds: number;
  /** Median of the queries. */
  readonly milliseconds: number;
  /** Share of the copies whose original is among the first 20. */
  readonly found: number;
}

/** Places of the titles that are most like one, best first. */
type Nearest = (title: string) => Promise<number[]>;

const FIRST = 20;

/** What one would pick off the shelf to find copies. */
export async function scalePeers(titles: readonly string[], copies: readonly KnownCopy[]): Promise<PeerFigures[]> {
  const database = await PGlite.create({ extensions: { pg_trgm: trigrams } });
  const trigram = await timed('pg_trgm, GiST, nearest first', { titles, copies }, () =>
    trigramNearest(database, titles),
  );
  await database.close();
  const miniSearch = await timed('MiniSearch', { titles, copies }, () => Promise.resolve(miniSearchNearest(titles)));
  return [trigram, miniSearch];
}

async function timed(
  what: string,
  { titles, copies }: { readonly titles: readonly string[]; readonly copies: readonly KnownCopy[] },
  build: () => Promise<Nearest>,
): Promise<PeerFigures> {
  const start = performance.now();
  const nearest = await build();
  const buildSeconds = (performance.now() - start) / 1000;
  const times: number[] = [];
  let found = 0;
  for (const { copy, original } of copies) {
    const from = performance.now();
    const places = await nearest(titles[copy] ?? '');
    times.push(performance.now() - from);
    // The copy itself is the first of all.
    if (places.slice(0, FIRST + 1).includes(original)) found++;
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return { what, buildSeconds, milliseconds: median, found: found / copies.length };
}

async function trigramNearest(database: PGlite, titles: readonly string[]): Promise<Nearest> {
  await database.exec('create extension pg_trgm; create table title (at int primary key, text text not null)');
  await database.query(
    'insert into title select ord - 1, text from unnest($1::text[]) with ordinality as t(text, ord)',
    [titles],
  );
  await database.exec('create index on title using gist (text gist_trgm_ops); analyze title');
  return async (title) => {
    const { rows } = await database.query<{ at: number }>(
      `select at from title order by text <-> $1 limit ${FIRST + 1}`,
      [title],
    );
    return rows.map(({ at }) => at);
  };
}

function miniSearchNearest(titles: readonly string[]): Nearest {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  index.addAll(titles.map((text, id) => ({ id, text })));
  return (title) => Promise.resolve(index.search(title, { combineWith: 'OR' }).map(({ id }) => Number(id)));
}
