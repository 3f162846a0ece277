import * as fc from 'fast-check';
import { BOOLEAN, DOUBLE, INT, TEXT, listOf, recordOf } from '../../src/core/policy/fact-type.js';
import type { FactTypes } from '../../src/core/policy/fact-type.js';

/** Facts of every type that CEL has too; a date of ours is none of them. */
export const RANDOM_TYPES: FactTypes = {
  whole: INT,
  other: INT,
  part: DOUBLE,
  title: TEXT,
  code: TEXT,
  on: BOOLEAN,
  off: BOOLEAN,
  numbers: listOf(INT, 4),
  tags: listOf(TEXT, 4),
  flows: listOf(recordOf({ name: TEXT, rank: INT, open: BOOLEAN, tags: listOf(TEXT, 3) }), 3),
};

const word = fc.constantFrom('', 'a', 'b', 'ab', 'Hồ sơ', 'x1', '12', '𝄞a');
const whole = fc.integer({ min: -4, max: 4 });
const part = fc.constantFrom(0, 0.5, -1.5, 2, 3.25, 1e10);

/** Facts that are all known. */
export const randomFacts = fc.record({
  whole,
  other: whole,
  part,
  title: word,
  code: word,
  on: fc.boolean(),
  off: fc.boolean(),
  numbers: fc.array(whole, { maxLength: 4 }),
  tags: fc.array(word, { maxLength: 4 }),
  flows: fc.array(fc.record({ name: word, rank: whole, open: fc.boolean(), tags: fc.array(word, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
});

interface Parts {
  truth: string;
  whole: string;
  part: string;
  text: string;
  numbers: string;
  texts: string;
  time: string;
  span: string;
}

const quoted = word.map((text) => JSON.stringify(text));
const ORDER = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
/** Numbers of two kinds are in an order everywhere; not every checker lets them be equal. */
const MIXED = fc.constantFrom('<', '<=', '>', '>=');
const SAME = fc.constantFrom('==', '!=');

/** Well-typed expressions of the profile as text, each of a truth value. */
export const randomTruth = fc.letrec<Parts>((tie: fc.LetrecTypedTie<Parts>) => {
  // One count of depth for all kinds of expressions, or each would grow inside the others.
  const depthIdentifier = fc.createDepthIdentifier();
  const [truth, int, double, text] = [tie('truth'), tie('whole'), tie('part'), tie('text')];
  const written = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc.tuple(...parts.map((each) => (typeof each === 'string' ? fc.constant(each) : each))).map((all) => all.join(''));
  const any = (...choices: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.oneof({ maxDepth: 4, depthIdentifier }, ...choices);
  const names = (...known: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...known);
  const quantifier = fc.constantFrom('all', 'exists', 'exists_one');
  return {
    truth: any(
      names('self.on', 'self.off', 'true', 'false'),
      written('(', truth, fc.constantFrom(' && ', ' || '), truth, ')'),
      written('!(', truth, ')'),
      written('(', truth, ' ? ', truth, ' : ', truth, ')'),
      written('(', int, ORDER, int, ')'),
      written('(', int, MIXED, double, ')'),
      written('(', double, MIXED, int, ')'),
      written('(', double, ORDER, double, ')'),
      written('(', text, SAME, text, ')'),
      written('(', tie('time'), ORDER, tie('time'), ')'),
      written('(', tie('span'), ORDER, tie('span'), ')'),
      written('(', int, ' in ', tie('numbers'), ')'),
      written('(', text, ' in ', tie('texts'), ')'),
      written(text, fc.constantFrom('.startsWith(', '.endsWith(', '.contains('), text, ')'),
      written(text, '.matches(', names('"^a"', '"b$"', '"[0-9]+"', '"^(a|b)*$"', '"H. s"'), ')'),
      written(tie('numbers'), '.', quantifier, '(n, n', ORDER, int, fc.constantFrom(' && ', ' || '), truth, ')'),
      written(tie('texts'), '.', quantifier, '(t, t', SAME, text, fc.constantFrom(' && ', ' || '), truth, ')'),
      written('self.flows.', quantifier, '(f, f.open', fc.constantFrom(' && ', ' || '), 'f.rank', ORDER, int, ')'),
      written('self.flows.filter(f, ', truth, ' || f.open).', quantifier, '(f, f.tags.exists(t, t == f.name))'),
    ),
    whole: any(
      names('self.whole', 'self.other', '0', '1', '-3', '7'),
      written('(', int, fc.constantFrom(' + ', ' - ', ' * ', ' / ', ' % '), int, ')'),
      written('-(', int, ')'),
      written('size(', text, ')'),
      written('size(', fc.oneof(tie('numbers'), tie('texts')), ')'),
      written('int(', fc.oneof(double, int), ')'),
      // An empty text is a number to one of the others.
      written('int(', fc.oneof(names('"12"', '"-7"', '"a1"'), written('string(', int, ')')), ')'),
      written('(', truth, ' ? ', int, ' : ', int, ')'),
      written(tie('numbers'), '[', int, ']'),
    ),
    part: any(
      names('self.part', '0.0', '1.5', '-2.25'),
      written('(', double, fc.constantFrom(' + ', ' - ', ' * ', ' / '), double, ')'),
      written('-(', double, ')'),
      written('double(', fc.oneof(int, double), ')'),
    ),
    text: any(
      names('self.title', 'self.code'),
      quoted,
      written('(', text, ' + ', text, ')'),
      written('string(', fc.oneof(int, truth, text), ')'),
      written('(', truth, ' ? ', text, ' : ', text, ')'),
      written(tie('texts'), '[', int, ']'),
    ),
    numbers: any(
      names('self.numbers', '[1, 2, -4]'),
      written('[', int, ', ', int, ']'),
      written('self.numbers.filter(n, n', ORDER, int, ')'),
      written('self.numbers.map(n, n + ', int, ')'),
      names('self.flows.map(f, f.rank)'),
    ),
    texts: any(
      names('self.tags', '["a", "ab"]', 'self.flows.map(f, f.name)'),
      written('[', text, ', ', text, ']'),
      written('self.tags.filter(t, ', truth, ')'),
    ),
    time: any(
      names('timestamp("2026-07-01T00:00:00Z")', 'timestamp("2024-02-29T23:30:00.5+07:00")'),
      written('(', tie('time'), fc.constantFrom(' + ', ' - '), tie('span'), ')'),
    ),
    span: any(
      names('duration("24h")', 'duration("-90m")', 'duration("1.5s")'),
      written('(', tie('time'), ' - ', tie('time'), ')'),
      written('(', tie('span'), fc.constantFrom(' + ', ' - '), tie('span'), ')'),
    ),
  };
}).truth;
