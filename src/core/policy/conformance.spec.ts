import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import type { SerializedIncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { compileExpression, valueOfCompiled } from './compile.js';
import type { FactType } from './fact-type.js';

/** A test of the language's makers: what an expression is, or that it has no value. */
interface Case {
  readonly expr: string;
  readonly value?: Expected;
  readonly typedResult?: { readonly result?: Expected };
  readonly evalError?: unknown;
  readonly bindings?: unknown;
  /** Only the type is told. */
  readonly checkOnly?: boolean;
}
type Expected = Readonly<Record<string, unknown>>;

function casesOf({ tests: own = [], suites = [] }: SerializedIncrementalTestSuite): Case[] {
  return [...own.map(({ original }) => original as unknown as Case), ...suites.flatMap(casesOf)];
}

/** How a value of one of our types is written in the data; undefined where the data have no such value. */
function writtenAs(type: FactType, value: unknown): Expected | undefined {
  switch (type.kind) {
    case 'NULL':
      return { nullValue: null };
    case 'BOOLEAN':
      return { boolValue: value };
    case 'INT':
      return { int64Value: String(value) };
    case 'DOUBLE':
      return { doubleValue: value };
    case 'TEXT':
      return { stringValue: value };
    case 'TIMESTAMP':
    case 'DURATION':
      return { objectValue: { value } };
    case 'LIST': {
      const values = (value as unknown[]).map((item) => writtenAs(type.of, item));
      return { listValue: values.length === 0 ? {} : { values } };
    }
    default:
      return undefined;
  }
}

type Answer = 'SAME' | 'REFUSED' | 'NO_VALUE' | 'RIGHTLY_NO_VALUE' | 'WRONG';

function answerTo({ expr, value, typedResult, evalError }: Case): Answer {
  const isError = evalError !== undefined;
  const result = compileExpression(expr, {});
  if ('problems' in result) return isError ? 'RIGHTLY_NO_VALUE' : 'REFUSED';
  const { type } = result.compiled;
  const actual = valueOfCompiled(result.compiled, {}, '2026-11-23');
  if (actual === undefined) return isError ? 'RIGHTLY_NO_VALUE' : 'NO_VALUE';
  if (isError) return 'WRONG';
  const expected = value ?? typedResult?.result ?? { boolValue: true };
  const written = writtenAs(type, actual);
  return isSame(written, expected) ? 'SAME' : 'WRONG';
}

function isSame(written: Expected | undefined, expected: Expected): boolean {
  const time = expected['objectValue'] as Expected | undefined;
  if (time !== undefined && written?.['objectValue'] !== undefined) {
    return (written['objectValue'] as Expected)['value'] === time['value'];
  }
  return JSON.stringify(written) === JSON.stringify(expected);
}

it('has no value other than that of the tests of the language without variables', () => {
  const cases = casesOf(tests).filter(({ bindings, checkOnly }) => bindings === undefined && checkOnly !== true);
  const wrong: unknown[] = [];
  const counts: Record<Answer, number> = { SAME: 0, REFUSED: 0, NO_VALUE: 0, RIGHTLY_NO_VALUE: 0, WRONG: 0 };
  for (const each of cases) {
    const answer = answerTo(each);
    counts[answer] += 1;
    if (answer === 'WRONG') wrong.push(each);
  }
  expect(wrong).toEqual([]);
  expect(counts).toEqual({ SAME: 388, REFUSED: 1580, NO_VALUE: 3, RIGHTLY_NO_VALUE: 225, WRONG: 0 });
});
