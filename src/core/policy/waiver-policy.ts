import { objectOf, oneOf, text, wholeNumber } from './shape.js';
import type { Shape, ShapeProblem } from './shape.js';
import type { Text } from './rule.js';

/** How long and how often a rule may be waived. It is data: nothing here is law. */
export interface WaiverPolicy {
  /** Where the limits are from, for people. */
  readonly source: Text;
  readonly confidence: 'UNSOURCED' | 'LOW' | 'MEDIUM' | 'HIGH';
  /** Most days from the first to the last, and from the old last day to the new one of a renewal. */
  readonly maximumDays: number;
  readonly maximumRenewals: number;
}

function atLeast(minimum: number): Shape<number> {
  return (value, path, problems) => {
    const read = wholeNumber(value, path, problems);
    if (read < minimum) problems.push({ path, expected: `a whole number from ${minimum}` });
    return read;
  };
}

const policyShape = objectOf<WaiverPolicy>({
  source: objectOf<Text>({ vi: text, en: text }),
  confidence: oneOf(['UNSOURCED', 'LOW', 'MEDIUM', 'HIGH']),
  maximumDays: atLeast(1),
  maximumRenewals: atLeast(0),
});

/** Reads the limits out of a JSON document, and says where it is wrong. */
export function readWaiverPolicy(document: unknown): {
  readonly policy: WaiverPolicy;
  readonly problems: readonly ShapeProblem[];
} {
  const problems: ShapeProblem[] = [];
  return { policy: policyShape(document, '', problems), problems };
}
