import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { bandOf } from './core/similarity/pair-model.js';
import type { PairModel } from './core/similarity/pair-model.js';
import {
  compareModels,
  formatComparison,
  judgedBy,
  modelQuality,
  ordersWorse,
} from './core/similarity/training/model-comparison.js';
import { averagePrecision, calibrationError, precisionAndRecall } from './core/similarity/training/quality.js';
import { scoredLabels } from './core/similarity/training/train-model.js';
import type { Training } from './core/similarity/training/train-model.js';
import { readLabelledFiles, trainOn, weighedNeeds } from './duplicates/labelled-files.js';
import type { LabelledFiles } from './duplicates/labelled-files.js';
import { NeedReader } from './duplicates/need-list.js';
import { readShippedModel } from './duplicates/pair-model.reader.js';

/** Score from which the calibration is looked at: nearly all pairs score next to nothing and are right. */
const LOWEST = 0.1;

interface Files {
  readonly pairs: string;
  readonly titles: string;
  readonly output: string;
}

/**
 * Trains the model of duplicates on labelled pairs and writes it; prints how it does on functions it has not seen. One that
 * does worse than the one that ships is written beside its place.
 */
function train({ pairs, titles, output }: Files): void {
  const [titleBytes, pairBytes] = [readFileSync(titles), readFileSync(pairs)];
  const files = readLabelledFiles(titleBytes, pairBytes);
  const reader = new NeedReader();
  const training = trainOn(files, reader);
  const data = createHash('sha256').update(titleBytes).update(pairBytes).digest('hex');
  const model: PairModel = {
    version: `${training.model.measures}-${data.slice(0, 8)}-c${reader.catalogue}`,
    ...training.model,
    trained: {
      data,
      titles: files.titles.length,
      pairs: files.known.pairs.length,
      seed: 0,
      catalogue: reader.catalogue,
    },
  };
  // Before it is written: the model that ships may be in the same place.
  const { text, isWorse } = comparedWithShipped(files, reader, model, training);
  const place = isWorse ? `${output}.worse.json` : output;
  writeFileSync(place, `${JSON.stringify(model, null, 2)}\n`);
  printQuality(training);
  process.stdout.write(`${text}\n`);
  if (isWorse)
    process.stdout.write(`The new model orders pairs worse: it is in ${place}, and ${output} stays as it was.\n`);
}

/**
 * The model that ships beside the new one, on the same pairs: the new one crosswise, by models that had not seen the function
 * of a pair. Where the one that ships was trained on these very files it has seen them all, and is told better than it is.
 */
function comparedWithShipped(
  { titles, known }: LabelledFiles,
  reader: NeedReader,
  model: PairModel,
  { unseen }: Training,
): { readonly text: string; readonly isWorse: boolean } {
  const shipped = readShippedModel();
  if (shipped.measures !== model.measures) {
    return { text: `${shipped.version} is of other measures than ${model.version}`, isWorse: false };
  }
  const before = modelQuality(judgedBy(shipped, weighedNeeds(titles, reader), known.pairs));
  const after = modelQuality(
    unseen.map(({ label, weight, covered }) => ({
      label,
      weight,
      score: covered.score,
      band: bandOf(model.thresholds, covered),
    })),
  );
  const compared = compareModels(before, after);
  const hasSeen = shipped.trained.data === model.trained.data;
  const seen = hasSeen ? ', which was trained on these very pairs' : '';
  const text = `\n${shipped.version}${seen}, and ${model.version}, crosswise:\n${formatComparison(compared)}`;
  return { text, isWorse: ordersWorse(compared, hasSeen) };
}

/** What models that had not seen the function make of the pairs: the table before the one to decide on. */
function printQuality({ unseen, model }: Training): void {
  for (const side of ['covered', 'masked'] as const) {
    const scored = scoredLabels(unseen, side);
    const bands = new Map<string, number>();
    for (const { label, [side]: judged } of unseen) {
      const key = `${label} as ${bandOf(model.thresholds, judged)}`;
      bands.set(key, (bands.get(key) ?? 0) + 1);
    }
    const quality = {
      aliases: side,
      averagePrecision: averagePrecision(scored),
      calibrationError: calibrationError(scored, LOWEST),
      found: precisionAndRecall(scored, model.thresholds.overlap),
      bands: Object.fromEntries(Array.from(bands).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
    process.stdout.write(`${JSON.stringify(quality, null, 2)}\n`);
  }
}

new Command('train')
  .requiredOption('--pairs <file>', 'id_a, id_b, label')
  .requiredOption('--titles <file>', 'id, title, description; function_code and work_type where they are known')
  .option('--output <file>', 'the model', 'src/reference/hcmc/match-model.json')
  .action(train)
  .parse();
