/** One pair as it was scored, and what it is. */
export interface ScoredLabel {
  readonly score: number;
  readonly isMatch: boolean;
  /** How much the pair counts. */
  readonly weight: number;
}

/** Average precision: the precision at each match, from the highest score down, weighed by the matches. 0 without matches. */
export function averagePrecision(pairs: readonly ScoredLabel[]): number {
  let [found, seen, sum] = [0, 0, 0];
  for (const { isMatch, weight } of pairs.toSorted((a, b) => b.score - a.score)) {
    seen += weight;
    if (!isMatch || weight === 0) continue;
    found += weight;
    sum += (weight * found) / seen;
  }
  return found === 0 ? 0 : sum / found;
}

/** Precision and recall of calling a match whatever scores at least so much. */
export function precisionAndRecall(
  pairs: readonly ScoredLabel[],
  threshold: number,
): { readonly precision: number; readonly recall: number } {
  let [hits, called, all] = [0, 0, 0];
  for (const { score, isMatch, weight } of pairs) {
    if (score >= threshold) called += weight;
    if (isMatch) all += weight;
    if (isMatch && score >= threshold) hits += weight;
  }
  return { precision: called === 0 ? 0 : hits / called, recall: all === 0 ? 0 : hits / all };
}

/** The harmonic mean of precision and recall, at the threshold where it is best, and that threshold. */
export function bestF1(pairs: readonly ScoredLabel[]): { readonly f1: number; readonly threshold: number } {
  const all = pairs.reduce((sum, { isMatch, weight }) => sum + (isMatch ? weight : 0), 0);
  let best = { f1: 0, threshold: 1 };
  let [hits, called] = [0, 0];
  for (const { score, isMatch, weight } of pairs.toSorted((a, b) => b.score - a.score)) {
    called += weight;
    if (isMatch) hits += weight;
    const f1 = (2 * hits) / (called + all);
    if (f1 > best.f1) best = { f1, threshold: score };
  }
  return best;
}

const BINS = 10;

/**
 * Expected calibration error: how far the scores lie from the share of matches, over ten bins of equal width, each weighed
 * by the pairs in it.
 */
export function calibrationError(pairs: readonly ScoredLabel[]): number {
  const bins = Array.from({ length: BINS }, () => ({ weight: 0, scores: 0, matches: 0 }));
  for (const { score, isMatch, weight } of pairs) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (bin === undefined) continue;
    bin.weight += weight;
    bin.scores += weight * score;
    bin.matches += isMatch ? weight : 0;
  }
  const all = bins.reduce((sum, { weight }) => sum + weight, 0);
  return bins.reduce((sum, { scores, matches }) => sum + Math.abs(scores - matches), 0) / (all === 0 ? 1 : all);
}
