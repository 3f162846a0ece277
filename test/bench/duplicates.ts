import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers } from '../../src/core/random-numbers.js';
import type { KnownPairs } from '../../src/core/similarity/training/labelled-pairs.js';
import { bandOf } from '../../src/core/similarity/pair-model.js';
import type { PairModel } from '../../src/core/similarity/pair-model.js';
import { modelQuality } from '../../src/core/similarity/training/model-comparison.js';
import { averagePrecision, bestF, calibrationError } from '../../src/core/similarity/training/quality.js';
import type { ScoredLabel } from '../../src/core/similarity/training/quality.js';
import type { Training } from '../../src/core/similarity/training/train-model.js';
import { isMatch } from '../../src/core/similarity/training/labelled-pairs.js';
import { readLabelledFiles, trainOn } from '../../src/duplicates/labelled-files.js';
import type { TitleRow } from '../../src/duplicates/labelled-files.js';
import { NeedReader } from '../../src/duplicates/need-list.js';
import { textScorers } from './duplicate-peers.js';
import { benchDuplicateScale } from './duplicate-scale.js';

/** Scores of all known pairs, in their order. */
interface Scorer {
  readonly what: string;
  readonly scores: readonly number[];
  /** The scores are meant as probabilities. */
  readonly isProbability: boolean;
}

const RESAMPLES = 200;
/** Score from which the calibration is looked at: nearly all pairs score next to nothing and are right. */
const LOWEST = 0.1;

/**
 * How well duplicates are told from the rest on labelled pairs, beside what one would pick off the shelf.
 * @param sizes - numbers of made-up titles among which it is measured how long it takes.
 */
export async function benchDuplicates(folder: string, sizes: readonly number[]): Promise<void> {
  if (!existsSync(folder)) throw new Error(`No labelled pairs in ${folder}: name a folder with titles.csv, pairs.csv.`);
  const files = readLabelledFiles(readFileSync(join(folder, 'titles.csv')), readFileSync(join(folder, 'pairs.csv')));
  const { titles, known } = files;
  const { unseen, model } = trainOn(files, new NeedReader());
  const scorers: Scorer[] = [
    ...(await peers(known, titles, 'titles')),
    ...(await peers(known, titles, 'titles and descriptions')),
    ...ours(unseen),
  ];
  console.log(`\n${titles.length} titles, ${known.pairs.length} pairs, ${known.pairs.filter((p) => isMatch(p.label)).length}
duplicates or overlaps; ours by models that had not seen the function (5 folds).\n`);
  console.log('| | AP [90 %] | P@5 | R@10 | best F1 | ECE from 0.1 |\n|---|---|---:|---:|---:|---:|');
  for (const scorer of scorers) console.log(tableLine(scorer, known, titles));
  console.log(bandLines(unseen, model));
  benchDuplicateScale(sizes);
}

/** Ours reads descriptions too: peers are given both, so that each is shown at its best. */
async function peers(
  { pairs }: KnownPairs,
  titles: readonly TitleRow[],
  given: 'titles' | 'titles and descriptions',
): Promise<Scorer[]> {
  const texts = titles.map(({ title, description }) => (given === 'titles' ? title : `${title} ${description}`));
  return (await textScorers(texts)).map(({ what, score }) => ({
    what: `${what}, ${given}`,
    scores: pairs.map(({ left, right }) => score(left, right)),
    isProbability: false,
  }));
}

/** How often the bands are right and how much of each is found, and how much of the DUPLICATE is at least a match. */
function bandLines(unseen: Training['unseen'], { thresholds }: Pick<PairModel, 'thresholds'>): string {
  const lines = (['covered', 'masked'] as const).flatMap((side) => {
    const judged = unseen.map((pair) => ({ ...pair, ...pair[side], band: bandOf(thresholds, pair[side]) }));
    const called = judged.filter(({ band }) => band === 'DUPLICATE');
    const weightOf = (pairs: typeof judged): number => pairs.reduce((sum, { weight }) => sum + weight, 0);
    const matches = weightOf(called.filter(({ label }) => isMatch(label))) / weightOf(called);
    return [
      ...Array.from(modelQuality(judged), ([measure, value]) => [measure, value] as const),
      ['DUPLICATE that is at least an overlap', matches] as const,
    ]
      .filter(([measure]) => /^[A-Z]/.test(measure))
      .map(([measure, value]) => `| ${side} | ${measure} | ${value?.toFixed(3) ?? '-'} |`);
  });
  return ['\n| aliases | bands | |\n|---|---|---:|', ...lines].join('\n');
}

function ours(unseen: Training['unseen']): Scorer[] {
  return [
    { what: 'Khung, aliases masked', scores: unseen.map(({ masked }) => masked.score), isProbability: true },
    { what: 'Khung', scores: unseen.map(({ covered }) => covered.score), isProbability: true },
  ];
}

function tableLine({ what, scores, isProbability }: Scorer, known: KnownPairs, titles: readonly TitleRow[]): string {
  const labels = scoredBy(scores, known);
  const [low, high] = interval(labels, known);
  const { precision, recall } = ranking(scores, known, titles);
  const ece = isProbability ? calibrationError(labels, LOWEST).toFixed(3) : '';
  const figures = [precision, recall, bestF(labels).value].map((each) => each.toFixed(3)).join(' | ');
  return `| ${what} | ${averagePrecision(labels).toFixed(3)} [${low}, ${high}] | ${figures} | ${ece} |`;
}

function scoredBy(scores: readonly number[], { pairs }: KnownPairs): ScoredLabel[] {
  return pairs.map(({ label, weight }, at) => ({ score: scores[at] ?? 0, isMatch: isMatch(label), weight }));
}

/** The 5th and the 95th percentile of the average precision when whole functions are drawn anew. */
function interval(labels: readonly ScoredLabel[], { pairs, groups }: KnownPairs): [string, string] {
  const random = randomNumbers(1);
  const names = [...new Set(groups)];
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < names.length; draw++) {
      const name = names[Math.floor(random() * names.length)] ?? '';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return averagePrecision(
      labels.map((label, at) => {
        const [one, other] = [groups[pairs[at]?.left ?? 0] ?? '', groups[pairs[at]?.right ?? 0] ?? ''];
        const times = one === other ? (counts.get(one) ?? 0) : (counts.get(one) ?? 0) * (counts.get(other) ?? 0);
        return { ...label, weight: label.weight * times };
      }),
    );
  }).toSorted((a, b) => a - b);
  const at = (part: number): string => (drawn[Math.floor(part * RESAMPLES)] ?? 0).toFixed(2);
  return [at(0.05), at(0.95)];
}

/** Of the first five how many are matches, out of as many as there are; of all matches how many are among the first ten. */
function ranking(
  scores: readonly number[],
  { pairs }: KnownPairs,
  titles: readonly TitleRow[],
): { readonly precision: number; readonly recall: number } {
  const others = titles.map((): { score: number; match: boolean }[] => []);
  for (const [at, { left, right, label }] of pairs.entries()) {
    const seen = { score: scores[at] ?? 0, match: isMatch(label) };
    others[left]?.push(seen);
    others[right]?.push(seen);
  }
  const byFunction = new Map<string, [precision: number, recall: number][]>();
  for (const [at, seen] of others.entries()) {
    const all = seen.filter(({ match }) => match).length;
    if (all === 0) continue;
    const best = seen.toSorted((a, b) => b.score - a.score);
    const hits = (first: number): number => best.slice(0, first).filter(({ match }) => match).length;
    const code = titles[at]?.function_code ?? '';
    byFunction.set(code, [...(byFunction.get(code) ?? []), [hits(5) / Math.min(5, all), hits(10) / Math.min(10, all)]]);
  }
  const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;
  const functions = [...byFunction.values()];
  return {
    precision: mean(functions.map((each) => mean(each.map(([precision]) => precision)))),
    recall: mean(functions.map((each) => mean(each.map(([, recall]) => recall)))),
  };
}
