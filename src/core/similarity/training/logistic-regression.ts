import { probabilityOf } from '../pair-model.js';
import type { MeasureWeights } from '../pair-model.js';

/** One observation: what was measured, whether it is a match, and how much it counts. */
export interface Observation {
  readonly measures: ArrayLike<number>;
  readonly isMatch: boolean;
  readonly weight: number;
}

/** Newton steps end when no coefficient moves more than this, or after so many. */
const STILL = 1e-10;
const MOST_STEPS = 60;

/**
 * Fits a logistic regression by Newton's method, with a ridge on the standardised weights (not on the baseline), which
 * keeps measures that say nearly the same from working against each other.
 * @param ridge - penalty on half the square of each standardised weight.
 */
export function fitLogistic(observations: readonly Observation[], ridge: number): MeasureWeights {
  const width = observations[0]?.measures.length ?? 0;
  const { means, deviations } = standards(observations, width);
  const rows = observations.map(({ measures }) =>
    Float64Array.from({ length: width + 1 }, (_, at) =>
      at === 0 ? 1 : ((measures[at - 1] ?? 0) - (means[at - 1] ?? 0)) / (deviations[at - 1] ?? 1),
    ),
  );
  const coefficients = new Float64Array(width + 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = newtonStep(rows, observations, coefficients, ridge);
    move.forEach((by, at) => (coefficients[at] = (coefficients[at] ?? 0) - by));
    if (move.every((by) => Math.abs(by) < STILL)) break;
  }
  const weights = Array.from(coefficients.subarray(1), (weight, at) => weight / (deviations[at] ?? 1));
  const baseline = weights.reduce((sum, weight, at) => sum - weight * (means[at] ?? 0), coefficients[0] ?? 0);
  return { baseline, weights };
}

function standards(observations: readonly Observation[], width: number): { means: number[]; deviations: number[] } {
  const means: number[] = [];
  const deviations: number[] = [];
  for (let at = 0; at < width; at++) {
    const mean = observations.reduce((sum, { measures }) => sum + (measures[at] ?? 0), 0) / observations.length;
    const variance =
      observations.reduce((sum, { measures }) => sum + ((measures[at] ?? 0) - mean) ** 2, 0) / observations.length;
    means.push(mean);
    // A measure that never varies says nothing: its weight stays 0 under the ridge.
    deviations.push(variance === 0 ? 1 : Math.sqrt(variance));
  }
  return { means, deviations };
}

function newtonStep(
  rows: readonly Float64Array[],
  observations: readonly Observation[],
  coefficients: Float64Array,
  ridge: number,
): Float64Array {
  const size = coefficients.length;
  const gradient = coefficients.map((coefficient, at) => (at === 0 ? 0 : ridge * coefficient));
  const curvature = Array.from({ length: size }, (_, at) => {
    const row = new Float64Array(size);
    row[at] = at === 0 ? 1e-9 : ridge;
    return row;
  });
  for (const [number, row] of rows.entries()) {
    const { isMatch, weight } = observations[number] ?? { isMatch: false, weight: 0 };
    const probability = probabilityOf(row.reduce((sum, value, at) => sum + value * (coefficients[at] ?? 0), 0));
    const error = weight * (probability - Number(isMatch));
    row.forEach((value, at) => (gradient[at] = (gradient[at] ?? 0) + error * value));
    addOuterProduct(curvature, row, weight * probability * (1 - probability));
  }
  return solveSymmetric(curvature, gradient);
}

/** Adds a row times itself, times a factor, to a lower triangle. */
function addOuterProduct(lower: readonly Float64Array[], row: Float64Array, factor: number): void {
  for (const [at, line] of lower.entries()) {
    const scaled = factor * (row[at] ?? 0);
    for (let other = 0; other <= at; other++) line[other] = (line[other] ?? 0) + scaled * (row[other] ?? 0);
  }
}

/** Solves a symmetric positive definite system by Cholesky; only the lower triangle is read, and it is overwritten. */
function solveSymmetric(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  factorise(lower);
  const solution = Float64Array.from(right);
  const size = right.length;
  const entry = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (let row = 0; row < size; row++) {
    let sum = solution[row] ?? 0;
    for (let before = 0; before < row; before++) sum -= entry(row, before) * (solution[before] ?? 0);
    solution[row] = sum / entry(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row] ?? 0;
    for (let after = row + 1; after < size; after++) sum -= entry(after, row) * (solution[after] ?? 0);
    solution[row] = sum / entry(row, row);
  }
  return solution;
}

/** Puts the Cholesky factor of a symmetric positive definite matrix in its place. */
function factorise(lower: readonly Float64Array[]): void {
  for (const [column, pivotLine] of lower.entries()) {
    for (let row = column; row < lower.length; row++) {
      const line = lower[row] ?? pivotLine;
      let sum = line[column] ?? 0;
      for (let before = 0; before < column; before++) sum -= (line[before] ?? 0) * (pivotLine[before] ?? 0);
      line[column] = row === column ? Math.sqrt(sum) : sum / (pivotLine[column] ?? 1);
    }
  }
}
