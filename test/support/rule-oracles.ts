import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { Environment } from '@marcbachmann/cel-js';
import * as fc from 'fast-check';
import { compileRule, truthOfCompiled } from '../../src/core/policy/compile.js';
import type { Facts } from '../../src/core/policy/value.js';
import { RANDOM_TYPES, randomFacts, randomTruth } from './random-expression.js';

/** Facts asked of each expression. */
const FACTS = 10;

type Answer = 'TRUE' | 'FALSE' | 'ERROR';

/** Whole numbers of CEL are no numbers of JavaScript. */
function asCel(facts: Facts): Record<string, unknown> {
  const flows = facts['flows'] as readonly Facts[];
  return {
    ...facts,
    whole: BigInt(facts['whole'] as number),
    other: BigInt(facts['other'] as number),
    numbers: (facts['numbers'] as readonly number[]).map(BigInt),
    flows: flows.map((flow) => ({ ...flow, rank: BigInt(flow['rank'] as number) })),
  };
}

function answerOf(ask: () => unknown): Answer {
  try {
    const answer = ask();
    if (answer === true) return 'TRUE';
    return answer === false && !isCelError(answer) ? 'FALSE' : 'ERROR';
  } catch {
    return 'ERROR';
  }
}

const typed = new Environment()
  .registerType('Flow', { fields: { name: 'string', rank: 'int', open: 'bool', tags: 'list<string>' } })
  .registerVariable({
    name: 'self',
    schema: {
      whole: 'int',
      other: 'int',
      part: 'double',
      title: 'string',
      code: 'string',
      on: 'bool',
      off: 'bool',
      numbers: 'list<int>',
      tags: 'list<string>',
      flows: 'list<Flow>',
    },
  });
const planned = celEnv();

/** What an expression is of some facts by two other evaluators of the language. */
function oracles(source: string): ((facts: Facts) => Answer)[] {
  const first = plan(planned, parse(source));
  const second = typed.parse(source);
  return [
    (facts) => answerOf(() => first({ self: asCel(facts) as never })),
    (facts) => answerOf(() => second({ self: asCel(facts) })),
  ];
}

/** How often each answer was given, once others gave the same. */
export type Agreement = Readonly<Record<Answer, number>>;

/**
 * Asks random expressions of random facts here and elsewhere.
 * @param evaluations - number of answers; each is compared with two others.
 * @throws Error that shows the smallest expression over which they disagree.
 */
export function expectAgreement(evaluations: number): Agreement {
  const counts: Record<Answer, number> = { TRUE: 0, FALSE: 0, ERROR: 0 };
  const facts = fc.array(randomFacts, { minLength: FACTS, maxLength: FACTS });
  fc.assert(
    fc.property(randomTruth, facts, (source, many) => {
      const result = compileRule(source, RANDOM_TYPES);
      if ('problems' in result) throw new Error(JSON.stringify(result.problems));
      const others = oracles(source);
      for (const each of many) {
        const ours = truthOfCompiled(result.compiled, each, '2026-11-23');
        for (const other of others) {
          const theirs = other(each);
          if (theirs !== ours) throw new Error(`${ours} here, ${theirs} by oracle ${others.indexOf(other) + 1}`);
          counts[theirs] += 1;
        }
      }
    }),
    { numRuns: Math.ceil(evaluations / FACTS) },
  );
  return counts;
}
