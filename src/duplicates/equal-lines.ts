import type { TitleLine } from '../exchange/title-list.reader.js';

/** Lines of a list that say the same to the letter, in their order; at least one. */
export type EqualLines = readonly [TitleLine, ...TitleLine[]];

/**
 * Most pairs told of the same two texts, whichever lines they stand on: of a thousand equal lines every pair. Of more the
 * first one is told with each of the others.
 */
export const EQUAL_PAIRS_MAXIMUM = 500_000;

/** Groups lines that say the same, in the order in which each is met first: they are compared once for all of them. */
export function equalLines(lines: readonly TitleLine[]): EqualLines[] {
  const groups = new Map<string, [TitleLine, ...TitleLine[]]>();
  for (const line of lines) {
    const key = JSON.stringify([plain(line.title), plain(line.description ?? '')]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return [...groups.values()];
}

/** Letters keep their size: an abbreviation is told by it. */
function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

/** Pairs of lines, and how many of them are not told. */
export interface LinePairs {
  readonly pairs: Iterable<readonly [TitleLine, TitleLine]>;
  readonly untold: number;
}

/** The pairs of lines that say the same. */
export function pairsWithin(lines: EqualLines, most = EQUAL_PAIRS_MAXIMUM): LinePairs {
  const all = (lines.length * (lines.length - 1)) / 2;
  const [first, ...rest] = lines;
  if (all <= most) return { pairs: eachWithLater(lines), untold: 0 };
  return { pairs: across([first], rest), untold: all - rest.length };
}

/** The pairs of a line of one text with a line of another. */
export function pairsAcross(left: EqualLines, right: EqualLines, most = EQUAL_PAIRS_MAXIMUM): LinePairs {
  const all = left.length * right.length;
  if (all <= most) return { pairs: across(left, right), untold: 0 };
  const told = firstOfEach(left, right);
  return { pairs: told, untold: all - (left.length + right.length - 1) };
}

function* eachWithLater(lines: readonly TitleLine[]): Generator<readonly [TitleLine, TitleLine]> {
  for (const [at, line] of lines.entries()) {
    for (let other = at + 1; other < lines.length; other++) yield [line, lines[other] ?? line];
  }
}

function* across(left: readonly TitleLine[], right: readonly TitleLine[]): Generator<readonly [TitleLine, TitleLine]> {
  for (const line of left) for (const other of right) yield [line, other];
}

function* firstOfEach(left: EqualLines, right: EqualLines): Generator<readonly [TitleLine, TitleLine]> {
  yield* across([left[0]], right);
  yield* across(left.slice(1), [right[0]]);
}
