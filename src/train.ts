import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { bandOf } from './core/similarity/pair-model.js';
import type { PairModel } from './core/similarity/pair-model.js';
import { averagePrecision, calibrationError, precisionAndRecall } from './core/similarity/training/quality.js';
import { scoredLabels } from './core/similarity/training/train-model.js';
import type { Training } from './core/similarity/training/train-model.js';
import { readLabelledFiles, trainOn } from './duplicates/labelled-files.js';
import { NeedReader } from './duplicates/need-list.js';

interface Files {
  readonly pairs: string;
  readonly titles: string;
  readonly output: string;
}

/** Trains the model of duplicates on labelled pairs and writes it; prints how it does on functions it has not seen. */
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
  writeFileSync(output, `${JSON.stringify(model, null, 2)}\n`);
  printQuality(training);
}

/** What models that had not seen the function make of the pairs: the table before the one to decide on. */
function printQuality({ unseen, model }: Training): void {
  for (const side of ['covered', 'masked'] as const) {
    const scored = scoredLabels(unseen, side);
    const bands = new Map<string, number>();
    for (const { label, [side]: judged } of unseen) {
      const key = `${label} as ${bandOf(model.thresholds, judged.score, judged.concern)}`;
      bands.set(key, (bands.get(key) ?? 0) + 1);
    }
    const quality = {
      aliases: side,
      averagePrecision: averagePrecision(scored),
      calibrationError: calibrationError(scored),
      duplicates: precisionAndRecall(scored, model.thresholds.duplicate),
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
