import { readScoring } from '../core/policy/scoring.js';
import type { Scoring } from '../core/policy/scoring.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'national/scoring.json';

/** How much findings weigh in a score. @throws Error where the data is not of its shape. */
export function loadScoring(): Scoring {
  const { scoring, problems } = readScoring(readReferenceJson(FILE));
  if (problems.length === 0) return scoring;
  throw new Error(`${FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`);
}
