import { PGlite } from '@electric-sql/pglite';
import { pg_trgm as trigrams } from '@electric-sql/pglite/contrib/pg_trgm';
import MiniSearch from 'minisearch';

/** A way to tell how alike two titles are, by their places in the list. */
export interface TextScorer {
  readonly what: string;
  score(left: number, right: number): number;
}

/** What one would pick off the shelf, over some titles. */
export async function textScorers(titles: readonly string[]): Promise<TextScorer[]> {
  const database = await PGlite.create({ extensions: { pg_trgm: trigrams } });
  await database.exec('create extension pg_trgm; create table title (at int primary key, text text not null)');
  await database.query(
    'insert into title select ord - 1, text from unnest($1::text[]) with ordinality as t(text, ord)',
    [titles],
  );
  const trigram = await scoresOf(
    database,
    `select a.at as l, b.at as r, similarity(a.text, b.text) as s from title a join title b on a.at < b.at`,
  );
  const fullText = await scoresOf(
    database,
    `with q as (
       select at, text, to_tsvector('simple', text) as v,
         (select string_agg(quote_literal(w), ' | ') from unnest(tsvector_to_array(to_tsvector('simple', text))) w)::tsquery as q
       from title)
     select a.at as l, b.at as r, greatest(ts_rank(b.v, a.q), ts_rank(a.v, b.q)) as s from q a join q b on a.at < b.at`,
  );
  await database.close();
  return [
    { what: 'pg_trgm', score: trigram },
    { what: 'PostgreSQL full text', score: fullText },
    { what: 'MiniSearch', score: miniSearch(titles) },
    { what: 'TF-IDF', score: tfIdf(titles) },
  ];
}

async function scoresOf(database: PGlite, query: string): Promise<TextScorer['score']> {
  const { rows } = await database.query<{ l: number; r: number; s: number }>(query);
  const scores = new Map(rows.map(({ l, r, s }) => [`${l} ${r}`, s]));
  return (left, right) => scores.get(`${Math.min(left, right)} ${Math.max(left, right)}`) ?? 0;
}

function miniSearch(titles: readonly string[]): TextScorer['score'] {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  index.addAll(titles.map((text, id) => ({ id, text })));
  const found = titles.map(
    (text) =>
      new Map(index.search(text, { fuzzy: 0.2, combineWith: 'OR' }).map(({ id, score }) => [Number(id), score])),
  );
  // A score is of the one that asks: the longer asks for more. Each is put in relation to what it gives itself.
  const share = (asks: number, answers: number): number =>
    (found[asks]?.get(answers) ?? 0) / (found[asks]?.get(asks) ?? 1);
  return (left, right) => Math.max(share(left, right), share(right, left));
}

function tfIdf(titles: readonly string[]): TextScorer['score'] {
  const words = titles.map((title) => title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const holders = new Map<string, number>();
  for (const word of words.flatMap((each) => [...new Set<string>(each)])) {
    holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  const vectors = words.map((each) => {
    const counts = new Map<string, number>();
    for (const word of each) counts.set(word, (counts.get(word) ?? 0) + 1);
    const weights = new Map(
      Array.from(counts, ([word, count]) => [word, count * Math.log(titles.length / (holders.get(word) ?? 1))]),
    );
    const norm = Math.hypot(...weights.values());
    return new Map(Array.from(weights, ([word, weight]) => [word, norm === 0 ? 0 : weight / norm]));
  });
  return (left, right) => {
    let dot = 0;
    for (const [word, weight] of vectors[left] ?? []) dot += weight * (vectors[right]?.get(word) ?? 0);
    return dot;
  };
}
