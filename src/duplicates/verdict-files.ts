import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { labelOf } from '../core/similarity/duplicate-case.js';
import type { DuplicateCaseState, DuplicateVerdict } from '../core/similarity/duplicate-case.js';
import type { PairLabel } from '../core/similarity/training/labelled-pairs.js';
import type { Visibility } from '../core/landscape/model.js';

/** One of the two of a case, as a command asks for it. */
interface ToldElement {
  readonly urn: string;
  readonly name: string;
  readonly description: string | null;
  readonly visibility: Visibility;
}

/** A case, as a command asks for it. */
export interface ToldCase {
  readonly state: DuplicateCaseState;
  readonly subject: ToldElement;
  readonly match: ToldElement;
}

/** A page of decided cases, as the schema has them. */
export interface ToldCases {
  readonly duplicateCases: {
    readonly nodes: readonly ToldCase[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** What a command asks for: everything that was decided, in pages. */
export const VERDICTS_QUERY = `query Verdicts($after: String) {
  duplicateCases(state: [CONFIRMED, PARTIAL, DISMISSED, MERGED], first: 500, after: $after) {
    nodes { state subject { ...Told } match { ...Told } }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Told on Element { urn name description visibility }`;

/** Verdicts as the two files that training reads. */
export interface VerdictFiles {
  /** id_a, id_b, label. */
  readonly pairs: string;
  /** id, title, description. */
  readonly titles: string;
  /** Number of pairs in the files. */
  readonly written: number;
  /** Number of pairs that are not, because one of the two is not public. */
  readonly leftOut: number;
}

/**
 * Verdicts as labelled pairs. Only of what everybody may read: files for training are copied about, and a model is handed on.
 * Titles in the order in which they are first named.
 */
export function verdictFiles(cases: readonly ToldCase[]): VerdictFiles {
  const decided = cases.flatMap(({ state, subject, match }) =>
    state === 'OPEN' ? [] : [{ label: taughtBy(state), subject, match }],
  );
  const open = decided.filter(({ subject, match }) =>
    [subject, match].every(({ visibility }) => visibility === 'PUBLIC'),
  );
  const titles = new Map(open.flatMap(({ subject, match }) => [subject, match]).map((each) => [each.urn, each]));
  return {
    pairs: stringify(
      open.map(({ subject, match, label }) => [subject.urn, match.urn, label]),
      { header: true, columns: ['id_a', 'id_b', 'label'] },
    ),
    titles: stringify(
      Array.from(titles.values(), ({ urn, name, description }) => [urn, name, description ?? '']),
      { header: true, columns: ['id', 'title', 'description'] },
    ),
    written: open.length,
    leftOut: decided.length - open.length,
  };
}

/** Whoever dismisses a pair says that it is no duplicate and no overlap, and nothing of whether the two are related. */
function taughtBy(verdict: DuplicateVerdict): PairLabel {
  return verdict === 'DISMISSED' ? 'DISMISSED' : labelOf(verdict);
}

/**
 * Writes the two files beside where they belong and then puts both in place, the pairs last: whatever fails, no pairs stand
 * beside titles that are not theirs.
 * @param places - where each belongs.
 */
export function writeVerdictFiles(
  files: Pick<VerdictFiles, 'pairs' | 'titles'>,
  places: { readonly pairs: string; readonly titles: string },
): void {
  const [pairs, titles] = [`${places.pairs}.part`, `${places.titles}.part`];
  try {
    writeFileSync(pairs, files.pairs);
    writeFileSync(titles, files.titles);
    rmSync(places.pairs, { force: true });
    renameSync(titles, places.titles);
    renameSync(pairs, places.pairs);
  } finally {
    for (const part of [pairs, titles]) rmSync(part, { force: true });
  }
}
