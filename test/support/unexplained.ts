import type { Finding } from '../../src/core/policy/finding.js';

/** Of a finding that a test makes up: nobody asks why it is so. */
export const UNEXPLAINED: Finding['explanation'] = {
  because: () => [],
  grounds: () => [],
  tree: () => {
    throw new RangeError('Nothing was asked of a rule.');
  },
  changes: () => [],
};
