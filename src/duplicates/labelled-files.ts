import { parse } from 'csv-parse/sync';
import { knownPairs } from '../core/similarity/training/labelled-pairs.js';
import type { KnownPairs, LabelledPair, PairLabel } from '../core/similarity/training/labelled-pairs.js';
import { TRAINING, foldsOf, trainModel } from '../core/similarity/training/train-model.js';
import type { Training, TrainingNeed } from '../core/similarity/training/train-model.js';
import type { WeighedNeed } from '../core/similarity/weighed-need.js';
import type { NeedReader } from './need-list.js';

/** A title of a file of labelled titles; codes where whoever labelled them gave some. */
export interface TitleRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly function_code?: string;
  readonly work_type?: string;
}

interface PairRow {
  readonly id_a: string;
  readonly id_b: string;
  readonly label: string;
}

/** Titles, and all that is known of their pairs. */
export interface LabelledFiles {
  readonly titles: readonly TitleRow[];
  readonly known: KnownPairs;
}

/**
 * Reads a file of titles (id, title, description, function_code, work_type) and one of pairs of them (id_a, id_b, label).
 * @throws RangeError for a label that is none, and for a pair of a title that is not there.
 */
export function readLabelledFiles(titleBytes: Buffer, pairBytes: Buffer): LabelledFiles {
  const titles = parse<TitleRow>(titleBytes, { columns: true, bom: true });
  const pairs = parse<PairRow>(pairBytes, { columns: true, bom: true });
  const labelled = titles.map(({ id, function_code: functionCode, work_type: workCode }) => ({
    id,
    functionCode,
    workCode,
  }));
  return { titles, known: knownPairs(labelled, pairs.map(labelledPair)) };
}

/** Trains on labelled files as the model that ships is trained. */
export function trainOn({ titles, known }: LabelledFiles, reader: NeedReader): Training {
  const covered = titles.map((row) => reader.read(row));
  const foldOf = foldsOf(known.groups, TRAINING.folds);
  const masks = Array.from({ length: TRAINING.folds }, (_, fold) => {
    const named = covered.filter((_need, at) => foldOf[at] === fold).flatMap((need) => [...need.capabilities.keys()]);
    return reader.without(new Set(named));
  });
  const needs = covered.map((need, at): TrainingNeed => {
    const [row, mask] = [titles[at], masks[foldOf[at] ?? 0]];
    if (row === undefined || mask === undefined) throw new RangeError(`no title ${at}`);
    return { covered: reader.weigh(need), masked: mask.weigh(row) };
  });
  return trainModel(needs, known, TRAINING);
}

/** The titles as a model compares them, by their place. */
export function weighedNeeds(titles: readonly TitleRow[], reader: NeedReader): WeighedNeed[] {
  return titles.map((row) => reader.weigh(reader.read(row)));
}

const LABELS: ReadonlySet<string> = new Set<PairLabel>(['DUPLICATE', 'OVERLAP', 'RELATED', 'DISTINCT', 'DISMISSED']);

function labelledPair({ id_a: left, id_b: right, label }: PairRow): LabelledPair {
  const known = label.toUpperCase();
  if (!LABELS.has(known)) throw new RangeError(`"${label}" is none of ${[...LABELS].join(', ')}`);
  // Checked on the line above.
  return { left, right, label: known as PairLabel };
}
