import { daysLater } from '../landscape/calendar-day.js';
import type { Json } from '../landscape/model.js';
import { Context } from './context.js';
import type { Run } from './context.js';
import type { ExpressionWalk } from './expression-walk.js';
import type { FactNow, NeededChange, Way } from './needed-change.js';
import { Unknown, isFactSet, isRecordValue } from './value.js';
import type { Facts } from './value.js';

/** What a way is tried with. */
export interface Trial {
  readonly walk: ExpressionWalk;
  /** The rule's condition, and when it applies; where one of them is false, nothing is won. */
  readonly asked: readonly Run[];
}

/** Most words of one list that are tried. */
const WORDS_MAXIMUM = 10;

/** A day after all that rules speak of. */
const LAST_DAY = '9999-12-31';

/** Most days of one way of which each may become another one. */
const DAYS_MAXIMUM = 6;

/**
 * A way with which a rule may pass once it is gone, with what moves; undefined where it never does. What is to change is
 * taken as open, or as one of the values that are asked, but for days: what is not done, or was done on a day, can be done
 * (again) from today on and not before. Of those as few as possible move. What was done in time, if it was, is only put on
 * record: nobody changes anything else for its sake.
 */
export function triedWay(way: Way, trial: Trial): Way | undefined {
  const passing = passingFacts(way, trial);
  if (passing === undefined) return undefined;
  const found = way.map((change) => ({
    ...change,
    now: change.now.map((fact) => ({
      ...fact,
      moves: !fact.isGiven && (!isDayToBe(fact) || passing.moved.has(fact.path)),
      isOver: isOver(fact, { way, trial, facts: passing.facts }),
    })),
  }));
  return found.some(isOfPast) && found.some(changesKnown) ? undefined : found;
}

function isOfPast({ now }: NeededChange): boolean {
  return now.some(({ isOver: isPast }) => isPast);
}

function changesKnown({ now, isKept, isTold }: NeededChange): boolean {
  return !isKept && !isTold && now.some(({ known, moves }) => known && moves);
}

/** Whether a day that nobody told is too late from today on, whatever else is still open. */
function isOver(fact: FactNow, { way, trial, facts }: { way: Way; trial: Trial; facts: Facts }): boolean {
  if (fact.known || fact.isGiven || fact.type.kind !== 'DATE' || fact.path.includes('.')) return false;
  const { today } = trial.walk.context;
  return [today, daysLater(today, 1), LAST_DAY].every((day) => !passesWith(way, trial, { ...facts, [fact.path]: day }));
}

function passesWith(way: Way, trial: Trial, facts: Facts): boolean {
  return trial.asked.every((run) => mayBe(trial, run, facts, true)) && mayBeGone(way, trial, facts);
}

/** Facts with which the rule may pass, and the days that are others than now. */
function passingFacts(
  way: Way,
  trial: Trial,
): { readonly moved: ReadonlySet<string>; readonly facts: Facts } | undefined {
  const { context } = trial.walk;
  const changing = way.flatMap(({ now }) => now).filter(({ known, isGiven }) => !known || !isGiven);
  const days = new Set(changing.filter(isDayToBe).map(({ path }) => path));
  const choices = choicesOf([...days].slice(0, DAYS_MAXIMUM));
  for (const sample of samplesOf(way)) {
    let facts = context.facts;
    for (const fact of changing) if (!days.has(fact.path)) facts = withFact(facts, fact.path, sample(fact));
    for (const chosen of choices) {
      const tried = { ...facts, ...Object.fromEntries(chosen.map((day) => [day, context.today])) };
      if (passesWith(way, trial, tried)) return { moved: new Set(chosen), facts: tried };
    }
  }
  return undefined;
}

/** Whether each change may be there; those of an item of a list are asked with the whole rule. */
function mayBeGone(way: Way, trial: Trial, facts: Facts): boolean {
  return way.every(({ item, condition: { part, wanted } }) => {
    const run = trial.walk.compiled.runs.get(part);
    return item !== null || run === undefined || mayBe(trial, run, facts, wanted);
  });
}

function mayBe({ walk }: Trial, run: Run, facts: Facts, wanted: boolean): boolean {
  const value = walk.ask(run, new Context(facts, walk.context.world, false));
  return value === wanted || value instanceof Unknown;
}

/** A day that is recorded, or declared not to be there; of one that nobody told anything may be recorded yet. */
function isDayToBe({ known, type, path }: FactNow): boolean {
  return known && type.kind === 'DATE' && !path.includes('.');
}

/** What a fact is taken to be once it has changed; undefined is anything. */
type Sample = (fact: FactNow) => Json | undefined;

/** Each of the words that are asked in turn, and all else open, or as near to what is asked as can be told by a glance. */
function samplesOf(way: Way): readonly Sample[] {
  const words = Math.max(1, ...way.map(({ oneOf }) => oneOf?.length ?? 0));
  return Array.from({ length: Math.min(words, WORDS_MAXIMUM) }).flatMap((_, index) => [
    (fact: FactNow) => (isOfSubject(fact) ? wordAsked(way, fact, index) : undefined),
    (fact: FactNow) => (isOfSubject(fact) ? (wordAsked(way, fact, index) ?? nearest(way, fact)) : undefined),
  ]);
}

/** What is of an item of a list is open with the list. */
function isOfSubject({ expression }: FactNow): boolean {
  return expression.startsWith('self.');
}

function changesOf(way: Way, { expression }: FactNow): Way {
  return way.filter(({ now }) => now.length === 1 && now[0]?.expression === expression);
}

function wordAsked(way: Way, fact: FactNow, index: number): Json | undefined {
  const oneOf = changesOf(way, fact).find((change) => change.oneOf !== null)?.oneOf ?? [];
  return oneOf[index % Math.max(1, oneOf.length)];
}

function nearest(way: Way, fact: FactNow): Json | undefined {
  const { kind } = fact.type;
  for (const { condition } of changesOf(way, fact)) {
    const { expression, constants, wanted } = condition;
    if (kind === 'BOOLEAN') return wanted;
    const bound = expression.type === 'COMPARE' ? constants.get(expression.right) : undefined;
    if (kind === 'INT' && typeof bound === 'number') return bound;
  }
  if (fact.type.kind === 'ENUM') return fact.type.values[0];
  return kind === 'TEXT' ? '…' : undefined;
}

/** Every choice among some days, the smaller ones first. */
function choicesOf(days: readonly string[]): readonly (readonly string[])[] {
  let choices: readonly (readonly string[])[] = [[]];
  for (const day of days) choices = [...choices, ...choices.map((choice) => [...choice, day])];
  return choices.toSorted((a, b) => a.length - b.length);
}

/** Facts with another value of one of them, undefined is nobody's; what is in a list is open with the list. */
function withFact(facts: Facts, path: string, value: Json | undefined): Facts {
  const [name = '', ...rest] = path.split('.');
  const inner = facts[name];
  const others = Object.fromEntries(Object.entries(facts).filter(([key]) => key !== name));
  if (rest.length > 0) {
    if (!isRecordValue(inner) || isFactSet(inner)) return others;
    return { ...others, [name]: withFact(inner, rest.join('.'), value) };
  }
  return value === undefined ? others : { ...others, [name]: value };
}
