import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Command } from 'commander';
import { bandOf } from './core/similarity/pair-model.js';
import type { PairModel } from './core/similarity/pair-model.js';
import { averagePrecision, calibrationError, precisionAndRecall } from './core/similarity/training/quality.js';
import { knownPairs } from './core/similarity/training/labelled-pairs.js';
import type { LabelledPair, LabelledTitle, PairLabel } from './core/similarity/training/labelled-pairs.js';
import { scoredLabels, trainModel } from './core/similarity/training/train-model.js';
import type { Training } from './core/similarity/training/train-model.js';
import { NeedReader } from './duplicates/need-list.js';

/** Trains the model of duplicates on labelled pairs and writes it; prints how it does on functions it has not seen. */
const RIDGE = 10;
const FOLDS = 5;

interface TitleRow {
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

interface Files {
  readonly pairs: string;
  readonly titles: string;
  readonly output: string;
}

function train({ pairs, titles, output }: Files): void {
  const [titleBytes, pairBytes] = [readFileSync(titles), readFileSync(pairs)];
  const titleRows = parse<TitleRow>(titleBytes, { columns: true, bom: true });
  const pairRows = parse<PairRow>(pairBytes, { columns: true, bom: true });
  const reader = new NeedReader();
  const needs = titleRows.map(({ title, description }) => reader.read({ title, description }));
  const measure = reader.measureFor(needs);
  const known = knownPairs(titleRows.map(labelledTitle), pairRows.map(labelledPair));
  const training = trainModel(
    needs.map((need) => measure.weigh(need)),
    known,
    { ridge: RIDGE, folds: FOLDS },
  );
  const data = createHash('sha256').update(titleBytes).update(pairBytes).digest('hex');
  const model: PairModel = {
    version: `${training.model.measures}-${data.slice(0, 8)}-c${reader.catalogue}`,
    ...training.model,
    trained: { data, titles: needs.length, pairs: known.pairs.length, seed: 0, catalogue: reader.catalogue },
  };
  writeFileSync(output, `${JSON.stringify(model, null, 2)}\n`);
  printQuality(training);
}

function labelledTitle({ id, function_code: code, work_type: work }: TitleRow): LabelledTitle {
  return { id, functionCode: code, workCode: work };
}

const LABELS: ReadonlySet<string> = new Set<PairLabel>(['DUPLICATE', 'OVERLAP', 'RELATED', 'DISTINCT']);

function labelledPair({ id_a: left, id_b: right, label }: PairRow): LabelledPair {
  const known = label.toUpperCase();
  if (!LABELS.has(known)) throw new RangeError(`"${label}" is none of ${[...LABELS].join(', ')}`);
  // Checked on the line above.
  return { left, right, label: known as PairLabel };
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
