import { foldVietnamese } from '../../src/core/fold-vietnamese.js';
import type { Element } from '../../src/core/landscape/model.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { SearchIndex } from '../../src/core/similarity/search-index.js';
import { bestOf, search } from '../../src/core/similarity/search.js';
import { compileSearchLanguage } from '../../src/core/similarity/searched-text.js';
import { readLanguageData } from '../../src/duplicates/language-data.reader.js';
import { exhaustiveSearch } from '../support/exhaustive-search.js';
import type { GeneratedLandscape } from '../support/generated-landscape.js';
import { seededRandom } from '../support/seeded-random.js';
import type { SeededRandom } from '../support/seeded-random.js';
import { heapInUse, measure } from './measure.js';
import type { Figure } from './measure.js';

const SEED = 20261125;
const QUERIES = 400;
const SHOWN = 20;
const MISTYPED = 0.3;
/** Scoring every element takes seconds for a query: so many are compared, and none in a larger landscape. */
const COMPARED = 20;
const COMPARED_ELEMENTS = 20_000;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** What somebody types who looks for an element, and the element. */
export interface TypedQuery {
  readonly text: string;
  readonly meant: Element;
}

/** Three to five neighbouring words of a name without marks; three in ten texts have one letter wrong. */
export function typedQueries({ elements }: GeneratedLandscape): TypedQuery[] {
  const random = seededRandom(SEED);
  return Array.from({ length: QUERIES }, () => {
    const meant = elements[random.below(elements.length)];
    if (meant === undefined) throw new Error('The landscape is empty.');
    const words = foldVietnamese(meant.name).match(/[a-z0-9]+/g) ?? [];
    const length = Math.min(words.length, 3 + random.below(3));
    const from = random.below(words.length - length + 1);
    const typed = words.slice(from, from + length);
    if (random.next() < MISTYPED) {
      const at = random.below(typed.length);
      typed[at] = mistyped(typed[at] ?? '', random);
    }
    return { text: typed.join(' '), meant };
  });
}

/** A word with one letter left out, changed, added or swapped. */
function mistyped(word: string, random: SeededRandom): string {
  const at = random.below(word.length);
  const letter = ALPHABET[random.below(ALPHABET.length)] ?? '';
  const [before, rest] = [word.slice(0, at), word.slice(at)];
  switch (random.below(4)) {
    case 0:
      return word.length > 1 ? before + rest.slice(1) : word;
    case 1:
      return before + letter + rest.slice(1);
    case 2:
      return before + letter + rest;
    default:
      return before + (rest[1] ?? '') + (rest[0] ?? '') + rest.slice(2);
  }
}

/** Search over all names of a landscape: the index, what moves it on, and queries as people type them. */
export async function searchFigures(landscape: GeneratedLandscape): Promise<Figure[]> {
  const language = compileSearchLanguage(readLanguageData().abbreviations);
  const snapshot = LandscapeSnapshot.of(landscape.elements, landscape.relations);
  const before = heapInUse();
  const index = SearchIndex.of(snapshot, language);
  const heap = heapInUse() - before;
  const queries = typedQueries(landscape);
  const first = (text: string): number[] => bestOf(search(index, snapshot, text), SHOWN);
  // All queries in one call, so that every round has the same ones.
  const each = (figure: Figure): Figure => ({ ...figure, milliseconds: figure.milliseconds / queries.length });
  const mover = indexMover(index, snapshot, landscape.elements);
  return [
    await measure(
      'search index of all elements',
      () => SearchIndex.of(snapshot, language),
      () => `${heap.toFixed(1)} MiB, ${index.inverted.terms.size} terms`,
    ),
    await measure('search index moved on by one changed element', mover),
    each(
      await measure(
        'search, no marks, three in ten mistyped, first 20 (W8)',
        () => queries.forEach(({ text }) => first(text)),
        () => qualityNote(queries, snapshot, first),
      ),
    ),
    each(
      await measure('search as typed, two letters of a second word', () =>
        queries.forEach(({ text }) => first(unfinished(text))),
      ),
    ),
  ];

  function qualityNote(
    all: readonly TypedQuery[],
    view: LandscapeSnapshot,
    answer: (text: string) => readonly number[],
  ): string {
    const found = all.filter(({ text, meant }) => namesakes(view, answer(text)).has(meant.name)).length;
    const named = `${((100 * found) / all.length).toFixed(1)} % show the name meant`;
    if (view.elementCount > COMPARED_ELEMENTS) return named;
    let [right, shown] = [0, 0];
    for (const { text } of all.slice(0, COMPARED)) {
      const hits = answer(text);
      const best = new Set(
        exhaustiveSearch(view, language, text)
          .hits.slice(0, SHOWN)
          .map(({ seq }) => seq),
      );
      right += hits.filter((seq) => best.has(seq)).length;
      shown += best.size;
    }
    const precision = shown === 0 ? 1 : right / shown;
    return `P@20 ${precision.toFixed(3)} beside scoring all; ${named}`;
  }
}

function namesakes(snapshot: LandscapeSnapshot, seqs: readonly number[]): Set<string> {
  return new Set(seqs.map((seq) => snapshot.elementAt(seq)?.name ?? ''));
}

function unfinished(text: string): string {
  const [first = '', second = ''] = text.split(' ');
  return `${first} ${second.slice(0, 2)}`;
}

/** Renames one element after the other, and moves the index on to each snapshot. */
function indexMover(
  start: SearchIndex,
  origin: LandscapeSnapshot,
  elements: readonly Element[],
): (call: number) => void {
  let [index, snapshot] = [start, origin];
  return (call) => {
    const element = elements[(call * 7919) % elements.length];
    if (element === undefined) return;
    const after = { ...element, name: `${element.name} giai đoạn ${call % 10}` };
    const change = { seq: element.seq, urn: element.urn, after };
    snapshot = snapshot.with({ revision: snapshot.revision + 1, at: '2026-01-02', elements: [change], relations: [] });
    index = index.forSnapshot(snapshot);
  };
}
