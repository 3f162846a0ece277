import { expectAgreement } from './support/rule-oracles.js';

const EVALUATIONS = 10_000;

it(`${EVALUATIONS} answers to random expressions are those of two other evaluators of the language`, () => {
  const counts = expectAgreement(EVALUATIONS);
  expect(counts.TRUE + counts.FALSE + counts.ERROR).toBe(2 * EVALUATIONS);
  // None of the answers is so rare that nothing was tried.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(EVALUATIONS / 50);
});
