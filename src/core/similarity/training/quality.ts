/** One pair as it was scored, and what it is. */
export interface ScoredLabel {
  readonly score: number;
  readonly isMatch: boolean;
  /** How much the pair counts. */
  readonly weight: number;
}

/**
 * Average precision: the precision at each match, from the highest score down, weighed by the matches. Pairs
 * of one score count as found together. 0 without matches.
 */
export function averagePrecision(pairs: readonly ScoredLabel[]): number {
  let [found, seen, sum] = [0, 0, 0];
  let [foundOfScore, seenOfScore] = [0, 0];
  const sorted = pairs.toSorted((a, b) => b.score - a.score);
  for (const [at, { score, isMatch, weight }] of sorted.entries()) {
    seenOfScore += weight;
    if (isMatch) foundOfScore += weight;
    if (sorted[at + 1]?.score === score) continue;
    found += foundOfScore;
    seen += seenOfScore;
    if (foundOfScore > 0) sum += (foundOfScore * found) / seen;
    [foundOfScore, seenOfScore] = [0, 0];
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

/**
 * The weighed harmonic mean of precision and recall (van Rijsbergen's F) at the threshold where it is best, and that
 * threshold. Pairs of one score are called together.
 * @param recallWeight - how many times as much recall counts as precision.
 */
export function bestF(
  pairs: readonly ScoredLabel[],
  recallWeight = 1,
): { readonly value: number; readonly threshold: number } {
  const all = pairs.reduce((sum, { isMatch, weight }) => sum + (isMatch ? weight : 0), 0);
  const squared = recallWeight ** 2;
  let best = { value: 0, threshold: 1 };
  let [hits, called] = [0, 0];
  const sorted = pairs.toSorted((a, b) => b.score - a.score);
  for (const [at, { score, isMatch, weight }] of sorted.entries()) {
    called += weight;
    if (isMatch) hits += weight;
    if (sorted[at + 1]?.score === score) continue;
    const value = ((1 + squared) * hits) / (called + squared * all);
    if (value > best.value) best = { value, threshold: score };
  }
  return best;
}

const BINS = 10;

/**
 * Expected calibration error: how far the scores lie from the share of matches, over ten bins of equal width, each weighed
 * by the pairs in it. Of pairs as they occur nearly all score nothing and drown the rest: ask for those from a score on.
 */
export function calibrationError(all: readonly ScoredLabel[], from = 0): number {
  const pairs = all.filter(({ score }) => score >= from);
  const bins = Array.from({ length: BINS }, () => ({ weight: 0, scores: 0, matches: 0 }));
  for (const { score, isMatch, weight } of pairs) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (bin === undefined) continue;
    bin.weight += weight;
    bin.scores += weight * score;
    bin.matches += isMatch ? weight : 0;
  }
  const total = bins.reduce((sum, { weight }) => sum + weight, 0);
  return bins.reduce((sum, { scores, matches }) => sum + Math.abs(scores - matches), 0) / (total === 0 ? 1 : total);
}
