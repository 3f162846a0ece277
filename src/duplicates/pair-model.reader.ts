import { checkModel } from '../core/similarity/pair-model.js';
import type { PairModel } from '../core/similarity/pair-model.js';
import { readReferenceJson } from '../runtime/reference-file.js';

/** Reads the model of duplicates that ships with the program. */
export function readPairModel(): PairModel {
  return checkModel(readShippedModel());
}

/** The same, of whatever measures it is: it may be there to be replaced. */
export function readShippedModel(): PairModel {
  // A file of ours, made by `npm run train`.
  return readReferenceJson('hcmc/match-model.json') as PairModel;
}
