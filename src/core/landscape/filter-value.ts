import { foldVietnamese } from '../fold-vietnamese.js';
import type { AttributeFilter, DateFilter, IntFilter, StringFilter } from './filter.js';
import { isPartialDate, isSurelyAfter } from './model.js';
import type { Element, Json, PartialDate } from './model.js';

/** A condition made ready: asked of many values, it reads its filter no more. */
export type Test<T> = (value: T) => boolean;

/** Holds where all of the tests do; they are asked in order, until one does not hold. */
export function all<T>(tests: readonly Test<T>[]): Test<T> {
  const [one, two] = tests;
  if (one === undefined) return () => true;
  if (two === undefined) return one;
  if (tests.length === 2) return (value) => one(value) && two(value);
  return (value) => tests.every((test) => test(value));
}

/** Whether a condition was given, for it is not where it is null or undefined. */
export function isGiven<T>(condition: T): condition is NonNullable<T> {
  return condition !== null && condition !== undefined;
}

/** Folding costs more than comparing, and the texts of an element never change. */
const foldedNames = new WeakMap<Element, string>();

function foldedNameOf(element: Element): string {
  let folded = foldedNames.get(element);
  if (folded === undefined) {
    folded = foldVietnamese(element.name);
    foldedNames.set(element, folded);
  }
  return folded;
}

/** Tests of the text itself; `contains` and `startsWith` ask for its folded form. */
function exactTests({ eq, ne, in: list, isNull }: StringFilter): Test<string | null>[] {
  const tests: Test<string | null>[] = [];
  if (isGiven(isNull)) tests.push((value) => (value === null) === isNull);
  if (isGiven(eq)) tests.push((value) => value === eq);
  if (isGiven(ne)) tests.push((value) => value !== null && value !== ne);
  if (isGiven(list)) {
    const texts = new Set(list);
    tests.push((value) => value !== null && texts.has(value));
  }
  return tests;
}

function foldedTests({ contains, startsWith }: StringFilter): Test<string>[] {
  const tests: Test<string>[] = [];
  if (isGiven(startsWith)) {
    const start = foldVietnamese(startsWith);
    tests.push((folded) => folded.startsWith(start));
  }
  if (isGiven(contains)) {
    const part = foldVietnamese(contains);
    tests.push((folded) => folded.includes(part));
  }
  return tests;
}

/** A test of texts; null is the absence of a text, which only `isNull` accepts. */
export function compileString(filter: StringFilter): Test<string | null> {
  const tests = exactTests(filter);
  const folded = foldedTests(filter);
  if (folded.length > 0) {
    const test = all(folded);
    tests.push((value) => value !== null && test(foldVietnamese(value)));
  }
  return all(tests);
}

/** A test of the names of elements, which are folded once and not for every filter. */
export function compileName(filter: StringFilter): Test<Element> {
  const exact = exactTests(filter).map(
    (test): Test<Element> =>
      ({ name }) =>
        test(name),
  );
  const folded = foldedTests(filter).map(
    (test): Test<Element> =>
      (element) =>
        test(foldedNameOf(element)),
  );
  return all([...exact, ...folded]);
}

/** A test of numbers; null is the absence of a number, which only `isNull` accepts. */
export function compileInt({ eq, lt, lte, gt, gte, in: list, isNull }: IntFilter): Test<number | null> {
  const tests: Test<number | null>[] = [];
  if (isGiven(isNull)) tests.push((value) => (value === null) === isNull);
  if (isGiven(eq)) tests.push((value) => value === eq);
  if (isGiven(lt)) tests.push((value) => value !== null && value < lt);
  if (isGiven(lte)) tests.push((value) => value !== null && value <= lte);
  if (isGiven(gt)) tests.push((value) => value !== null && value > gt);
  if (isGiven(gte)) tests.push((value) => value !== null && value >= gte);
  if (isGiven(list)) {
    const numbers = new Set(list);
    tests.push((value) => value !== null && numbers.has(value));
  }
  return all(tests);
}

/** A test of dates; null is the absence of a date, which only `isNull` accepts. */
export function compileDate({ eq, before, after, isNull }: DateFilter): Test<PartialDate | null> {
  const tests: Test<PartialDate | null>[] = [];
  if (isGiven(isNull)) tests.push((value) => (value === null) === isNull);
  // A longer date begins with the month or year it lies in.
  if (isGiven(eq)) tests.push((value) => value?.startsWith(eq) === true);
  if (isGiven(before)) tests.push((value) => value !== null && isSurelyAfter(before, value));
  if (isGiven(after)) tests.push((value) => value !== null && isSurelyAfter(value, after));
  return all(tests);
}

/** A test of the attributes of a record. */
export function compileAttribute(filter: AttributeFilter): Test<Readonly<Record<string, Json>>> {
  const test = all(attributeTests(filter));
  const key = filter.key ?? '';
  // `constructor` and its like are found in every object, and given to none.
  return (attributes) => test(Object.hasOwn(attributes, key) ? attributes[key] : undefined);
}

function attributeTests({ string, int, date, boolean, isKnown }: AttributeFilter): Test<Json | undefined>[] {
  const tests: Test<Json | undefined>[] = [];
  if (isGiven(isKnown)) tests.push((value) => (value !== undefined) === isKnown);
  if (isGiven(boolean)) tests.push((value) => value === boolean);
  if (isGiven(int)) {
    const test = compileInt(int);
    tests.push((value) => test(typeof value === 'number' ? value : null));
  }
  if (isGiven(date)) {
    const test = compileDate(date);
    tests.push((value) => test(typeof value === 'string' && isPartialDate(value) ? value : null));
  }
  if (isGiven(string)) {
    const test = compileString(string);
    tests.push((value) => {
      if (isList(value)) return value.some((each) => typeof each === 'string' && test(each));
      return test(typeof value === 'string' ? value : null);
    });
  }
  return tests;
}

/** Array.isArray does not narrow to lists that may not be written. */
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
