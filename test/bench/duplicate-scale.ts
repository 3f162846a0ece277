import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { alikePairs } from '../../src/core/similarity/all-pairs.js';
import { DEFAULT_BOUNDS, NeedIndex } from '../../src/core/similarity/need-index.js';
import type { SearchBounds } from '../../src/core/similarity/need-index.js';
import { PairJudge } from '../../src/core/similarity/pair-model.js';
import { NeedReader } from '../../src/duplicates/need-list.js';
import { readPairModel } from '../../src/duplicates/pair-model.reader.js';
import { syntheticTitles } from './duplicate-corpus.js';
import type { SyntheticTitle } from './duplicate-corpus.js';
import { scalePeers } from './duplicate-scale-peers.js';
import type { KnownCopy } from './duplicate-scale-peers.js';
import { heapInUse } from './measure.js';

/** A line of the table: what, and how much. */
type Line = readonly [what: string, figure: string];

const THIS_FILE = fileURLToPath(import.meta.url);
const QUERIES = 2000;
/** Searched without bounds too: each of them judges nearly everything. */
const UNBOUNDED_QUERIES = 60;
const COPIES = 500;
const PEER_QUERIES = 30;
const NO_BOUNDS: SearchBounds = { limit: Number.MAX_SAFE_INTEGER, postings: Number.MAX_SAFE_INTEGER };
/** Longer than this all pairs are not run but reckoned. */
const PATIENCE_SECONDS = 180;
const SAMPLE_SECONDS = 30;

/** How long duplicates among very many titles take. Each size in a process of its own, so that its memory is its own. */
export function benchDuplicateScale(sizes: readonly number[]): void {
  for (const size of sizes) execFileSync(process.execPath, [THIS_FILE, String(size)], { stdio: 'inherit' });
}

async function scale(size: number): Promise<void> {
  const titles = syntheticTitles(size);
  const { held, lines } = build(titles);
  const copies = sampleOf(
    titles.flatMap(({ copyOf }, at) => (copyOf === undefined ? [] : [{ copy: at, original: copyOf }])),
    COPIES,
  );
  const search = searcher(held.index);
  const queries = queryLines(search, size);
  const quality = [...foundLines(search, copies), agreementLine(search, size)];
  const own = [...lines, ...queries, ...pairLines(held.index), ...quality];
  console.log(`\n### ${size.toLocaleString('en')} made-up titles, three in ten described\n\n| | |\n|---|---:|`);
  for (const [what, figure] of own) console.log(`| ${what} | ${figure} |`);
  const peers = await scalePeers(
    titles.map(({ title }) => title),
    sampleOf(copies, PEER_QUERIES),
  );
  console.log('\n| titles only, 30 queries | indexing | median query | all pairs, reckoned | copies found in 20 |');
  console.log('|---|---:|---:|---:|---:|');
  for (const { what, buildSeconds, milliseconds, found } of peers) {
    const all = `${((milliseconds * size) / 1000).toFixed(0)} s`;
    const figures = [`${buildSeconds.toFixed(1)} s`, `${milliseconds.toFixed(1)} ms`, all, percent(found)];
    console.log(`| ${what} | ${figures.join(' | ')} |`);
  }
}

/** All that a service would hold to answer queries. */
interface Held {
  readonly reader: NeedReader;
  readonly index: NeedIndex;
}

function build(titles: readonly SyntheticTitle[]): { readonly held: Held; readonly lines: readonly Line[] } {
  const before = memory();
  const start = cpuMilliseconds();
  const reader = new NeedReader();
  let reading = 0;
  const weighed = eachOf(titles, (title) => {
    const from = cpuMilliseconds();
    const need = reader.weigh(reader.read(title));
    reading += cpuMilliseconds() - from;
    return need;
  });
  const held = { reader, index: NeedIndex.of(weighed) };
  const building = cpuMilliseconds() - start - reading;
  const size = memory() - before;
  const most = process.resourceUsage().maxRSS / 1024;
  const lines: Line[] = [
    ['reading and weighing, CPU per title', `${((reading * 1000) / titles.length).toFixed(0)} µs`],
    ['building the index, CPU', `${(building / 1000).toFixed(2)} s`],
    ['memory held: words, needs and index', `${size.toFixed(0)} MiB`],
    ['the same per title', `${((size * 1024 ** 2) / titles.length).toFixed(0)} B`],
    ['most that the process ever took until here, with the titles', `${most.toFixed(0)} MiB`],
  ];
  return { held, lines };
}

function* eachOf<T, U>(items: Iterable<T>, make: (item: T) => U): Generator<U> {
  for (const item of items) yield make(item);
}

/** Numbers of what a need of the index resembles, most alike first; the need itself is left out. */
interface Search {
  nearest(number: number, bounds: SearchBounds): number[];
  readonly judged: () => number;
}

function searcher(index: NeedIndex): Search {
  const judge = new PairJudge(readPairModel());
  let judged = 0;
  return {
    judged: () => judged,
    nearest: (number, bounds) => {
      const need = index.needs.need(number);
      const others = index.candidates(need, bounds).filter((other) => other !== number);
      const spread = index.spread(need);
      judged += others.length;
      const scored = others.map((other) => ({ other, score: judge.judge(spread, index.needs.need(other)).score }));
      return scored.toSorted((a, b) => b.score - a.score || a.other - b.other).map(({ other }) => other);
    },
  };
}

function queryLines(search: Search, size: number): Line[] {
  const before = search.judged();
  const times = placesOf(size, QUERIES).map((number) => {
    const start = cpuMilliseconds();
    search.nearest(number, DEFAULT_BOUNDS);
    return cpuMilliseconds() - start;
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string => `${(sorted[Math.floor(part * sorted.length)] ?? 0).toFixed(2)} ms`;
  return [
    ['a query, median, CPU', at(0.5)],
    ['a query, 99 of 100, CPU', at(0.99)],
    ['candidates judged per query', ((search.judged() - before) / times.length).toFixed(0)],
  ];
}

/**
 * All pairs called duplicates or overlaps; of the first titles where all would take too long. What is reckoned from those is
 * rather too much: a later title skips the pairs that an earlier one has told.
 */
function pairLines(index: NeedIndex): Line[] {
  const { size } = index.needs;
  const isTold = ({ band }: { readonly band: string }): boolean => band === 'DUPLICATE' || band === 'OVERLAP';
  const start = cpuMilliseconds();
  let [done, pairs, seconds] = [0, 0, 0];
  for (const found of alikePairs(index, readPairModel(), isTold)) {
    pairs += found.pairs.length;
    done++;
    seconds = (cpuMilliseconds() - start) / 1000;
    if (seconds > SAMPLE_SECONDS && (seconds * size) / done > PATIENCE_SECONDS) break;
  }
  const how = done === size ? 'all pairs' : `all pairs, reckoned from ${done.toLocaleString('en')} titles`;
  return [
    [`${how}, CPU`, `${((seconds * size) / done).toFixed(0)} s`],
    [`pairs called duplicates or overlaps of ${done.toLocaleString('en')} titles`, pairs.toLocaleString('en')],
  ];
}

function foundLines({ nearest }: Search, copies: readonly KnownCopy[]): Line[] {
  const places = copies.map(({ copy, original }) => nearest(copy, DEFAULT_BOUNDS).indexOf(original));
  const share = (isFound: (place: number) => boolean): string => percent(places.filter(isFound).length / places.length);
  return [
    ['copies in other words found among the candidates', share((place) => place >= 0)],
    ['the same among the first 20', share((place) => place >= 0 && place < 20)],
  ];
}

function agreementLine({ nearest }: Search, size: number): Line {
  const shares = placesOf(size, UNBOUNDED_QUERIES).map((number) => {
    const all = nearest(number, NO_BOUNDS).slice(0, 10);
    const bounded = new Set(nearest(number, DEFAULT_BOUNDS).slice(0, 10));
    return all.length === 0 ? 1 : all.filter((other) => bounded.has(other)).length / all.length;
  });
  return [
    'first 10 of a search without bounds that are found',
    percent(shares.reduce((a, b) => a + b, 0) / shares.length),
  ];
}

function placesOf(size: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => Math.floor((at * size) / count));
}

function sampleOf<T>(items: readonly T[], count: number): T[] {
  return placesOf(items.length, Math.min(count, items.length)).flatMap((at) => items.slice(at, at + 1));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Heap and typed arrays that are in use, in mebibytes. */
function memory(): number {
  return heapInUse() + process.memoryUsage().arrayBuffers / 1024 ** 2;
}

if (process.argv[1] === THIS_FILE) await scale(Number(process.argv[2]));
