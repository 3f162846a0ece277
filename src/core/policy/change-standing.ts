import type { Json } from '../landscape/model.js';
import type { Finding } from './finding.js';
import type { OutcomeOrNone } from './preview.js';

export const CHANGE_STANDINGS = ['BY_CHANGE', 'KNOCK_ON', 'OLDER_DEBT', 'MENDED'] as const;
/**
 * Where a finding on the landscape stands to a change set. BY_CHANGE and KNOCK_ON are its doing: on an element that it names,
 * and on one that it does not. OLDER_DEBT was there before it, MENDED is there no more after it.
 */
export type ChangeStanding = (typeof CHANGE_STANDINGS)[number];

/** Whether a finding is the doing of a change set, and so counts in a verdict on it. */
export function isIntroduced(standing: ChangeStanding): boolean {
  return standing === 'BY_CHANGE' || standing === 'KNOCK_ON';
}

/** What is held against a subject, and that it was or was not there before. */
export type Turn = 'INTRODUCED' | 'OLDER_DEBT' | 'MENDED';

/** What a rule says of one subject before a change set and after it. */
export interface Turned {
  readonly before: OutcomeOrNone;
  readonly after: OutcomeOrNone;
  /** What is held against the subject after it, and what was before; made where it matters. */
  readonly findings: () => { readonly before: Finding; readonly after: Finding };
  /** What elements are called after the change set that had another name before. */
  readonly formerNames: ReadonlyMap<string, string>;
}

/**
 * What a change set does to a finding; undefined where it does nothing to it that anybody would be told.
 *
 * What fails after it is introduced where it did not fail before, and also where it failed before for less: a rule that is
 * broken once more is broken by whoever does it. The same holds for what needs evidence; that is no debt, so what already
 * needed the same evidence is not told. What failed and is unknown now is not mended: nobody knows.
 */
export function turnOf(turned: Turned): Turn | undefined {
  const { before, after } = turned;
  if (after === 'FAIL') return before === 'FAIL' && !isForMore(turned) ? 'OLDER_DEBT' : 'INTRODUCED';
  if (isOpen(after)) {
    if (before === 'FAIL') return 'OLDER_DEBT';
    return isOpen(before) && !lacksMore(turned) ? undefined : 'INTRODUCED';
  }
  return before === 'FAIL' ? 'MENDED' : undefined;
}

function isOpen(outcome: OutcomeOrNone): boolean {
  return outcome === 'NEEDS_EVIDENCE' || outcome === 'ERROR';
}

/** Whether a failure rests on something that it did not rest on before. */
function isForMore({ findings, formerNames }: Turned): boolean {
  const { before, after } = findings();
  const [known, now] = [reasonsOf(before, NO_NAMES), reasonsOf(after, formerNames)];
  return now.count > known.count || [...now.reasons].some((reason) => !known.reasons.has(reason));
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** What a failure rests on: sub-expressions with the facts and the list item that they read, and how many items there are. */
function reasonsOf(
  { explanation }: Finding,
  names: ReadonlyMap<string, string>,
): { readonly reasons: ReadonlySet<string>; readonly count: number } {
  const because = explanation.because();
  const reasons = because.map(({ expression, facts, item }) =>
    JSON.stringify([expression, formerly(item, names), facts.map(({ known, value }) => [known, saidOf(value)])]),
  );
  return { reasons: new Set(reasons), count: Math.max(0, ...because.map(({ of }) => of ?? 0)) };
}

/**
 * A value as far as it was said of the subject. Lists of other elements are not compared: who fails for what is not among
 * them does not fail for one more that is.
 */
function saidOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  const items: readonly Json[] = Array.isArray(value) ? value : Object.values(value);
  return items.every((item) => typeof item !== 'object' || item === null) ? value : null;
}

/** Whether a fact is missing that was not missing before. */
function lacksMore({ findings, formerNames }: Turned): boolean {
  const { before, after } = findings();
  const known = new Set(before.missingFacts.map(({ field, item, element }) => JSON.stringify([field, item, element])));
  return after.missingFacts.some(
    ({ field, item, element }) => !known.has(JSON.stringify([field, formerly(item, formerNames), element])),
  );
}

/** The name of a list item as it was before. */
function formerly(item: string | null, names: ReadonlyMap<string, string>): string | null {
  if (item === null || names.size === 0) return item;
  return item
    .split(SEPARATOR)
    .map((name) => names.get(name) ?? name)
    .join(SEPARATOR);
}

/** Stands between the names of items within items. */
const SEPARATOR = ' › ';
