import { checkModel } from '../core/similarity/pair-model.js';
import type { PairModel } from '../core/similarity/pair-model.js';
import { readReferenceJson } from '../runtime/reference-file.js';

/** Reads the model of duplicates that ships with the program. */
export function readPairModel(): PairModel {
  // A file of ours, made by `npm run train`.
  return checkModel(readReferenceJson('hcmc/match-model.json') as PairModel);
}
