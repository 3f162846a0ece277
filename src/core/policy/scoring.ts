import { FINDING_OUTCOMES, SEVERITIES } from './rule.js';
import type { FindingOutcome, Rule, Severity, Text } from './rule.js';
import { objectOf, oneOf, text, wholeNumber } from './shape.js';
import type { Shape, ShapeProblem } from './shape.js';
import type { EffectiveOutcome } from './waiver.js';

export type SeverityWeights = Readonly<Record<Severity, number>>;

/** How much findings weigh in a score. It is data: nothing here is law. */
export interface Scoring {
  /** Where the weights are from, for people. */
  readonly source: Text;
  readonly confidence: 'UNSOURCED' | 'LOW' | 'MEDIUM' | 'HIGH';
  readonly weights: SeverityWeights;
}

const weight: Shape<number> = (value, path, problems) => {
  const read = wholeNumber(value, path, problems);
  if (read < 0) problems.push({ path, expected: 'a whole number from 0' });
  return read;
};

const scoringShape = objectOf<Scoring>({
  source: objectOf<Text>({ vi: text, en: text }),
  confidence: oneOf(['UNSOURCED', 'LOW', 'MEDIUM', 'HIGH']),
  weights: objectOf<SeverityWeights>({ INFO: weight, MINOR: weight, MAJOR: weight, CRITICAL: weight }),
});

/** Reads the weights out of a JSON document, and says where it is wrong. */
export function readScoring(document: unknown): {
  readonly scoring: Scoring;
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  return { scoring: scoringShape(document, '', problems), problems };
}

/** How many findings have each outcome; a failure that is waived is counted apart. */
export type OutcomeCounts = Readonly<Record<FindingOutcome, number>>;

/**
 * How far rules are met, 0 to 1, by the weights of their severities; null where nothing that weighs is decided. What is
 * unknown is left out of `score`, and decides between its bounds.
 */
export interface Score {
  readonly score: number | null;
  /** Were all unknown findings failures; null where nothing that weighs applies. */
  readonly scoreLow: number | null;
  /** Were all unknown findings passes; null where nothing that weighs applies. */
  readonly scoreHigh: number | null;
}

/** Sums of findings. */
export interface Sums extends Score {
  readonly counts: OutcomeCounts;
  /** A dated overlay on FAIL, counted apart from it; waived findings are not among the failures. */
  readonly waived: number;
  /** Share of the applicable findings that are decided, 0 to 1; 1 where nothing applies. */
  readonly coverage: number;
}

type Counts = Record<EffectiveOutcome, number>;

/** Counts findings, and weighs them by the severity of their rules. What is only noted (AUDIT) is counted and not weighed. */
export class Tally {
  private readonly counts: Counts = noCounts();
  private readonly weighed: Counts = noCounts();

  constructor(private readonly weights: SeverityWeights) {}

  add({ severity, enforcement }: Pick<Rule, 'severity' | 'enforcement'>, outcome: EffectiveOutcome): void {
    this.counts[outcome] += 1;
    if (enforcement !== 'AUDIT') this.weighed[outcome] += this.weights[severity];
  }

  sums(): Sums {
    const { WAIVED: waived, ...counts } = this.counts;
    const applicable = FINDING_OUTCOMES.filter((outcome) => outcome !== 'NOT_APPLICABLE')
      .map((outcome) => counts[outcome])
      .reduce((sum, count) => sum + count, waived);
    const decided = counts.PASS + counts.FAIL + waived;
    return { counts, waived, coverage: applicable === 0 ? 1 : decided / applicable, ...this.score() };
  }

  /** What could not be computed does not conform; what is waived does not either. */
  private score(): Score {
    const { PASS, FAIL, WAIVED, ERROR, NEEDS_EVIDENCE } = this.weighed;
    const known = PASS + FAIL + WAIVED + ERROR;
    const whole = known + NEEDS_EVIDENCE;
    return {
      score: known === 0 ? null : PASS / known,
      scoreLow: whole === 0 ? null : PASS / whole,
      scoreHigh: whole === 0 ? null : (PASS + NEEDS_EVIDENCE) / whole,
    };
  }
}

function noCounts(): Counts {
  return { PASS: 0, FAIL: 0, NOT_APPLICABLE: 0, NEEDS_EVIDENCE: 0, ERROR: 0, WAIVED: 0 };
}

/** Severities, the one that weighs most first. */
export const SEVERITIES_DOWN: readonly Severity[] = SEVERITIES.toReversed();
