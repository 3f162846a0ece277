import { expectAgreement } from '../support/rule-oracles.js';

const EVALUATIONS = process.env['SOAK'] === 'short' ? 20_000 : 100_000;

it(`${EVALUATIONS} answers to random expressions are those of two other evaluators of the language`, () => {
  const { TRUE, FALSE, ERROR } = expectAgreement(EVALUATIONS);
  expect(TRUE + FALSE + ERROR).toBe(2 * EVALUATIONS);
});
