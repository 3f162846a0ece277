import type { Json } from '../landscape/model.js';
import { keyOfItem } from './explain.js';
import type { Ground } from './explain.js';
import type { Finding, MissingFact } from './finding.js';
import type { OutcomeOrNone } from './preview.js';
import type { WayStep } from './rule-graph.js';
import { isRecordValue } from './value.js';
import type { Facts } from './value.js';

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

/** What a rule says on one side of a change set, and what is known there of its subject. */
export interface Said {
  readonly finding: Finding;
  readonly facts: Facts;
}

/** What a rule says of one subject before a change set and after it. */
export interface Turned {
  readonly before: OutcomeOrNone;
  readonly after: OutcomeOrNone;
  /** What is held against the subject, made where it matters; only of an outcome that there is. */
  readonly sides: () => { readonly before: Said; readonly after: Said };
  /** Whether a way is there by the change set: it leads over something that is not as it was. */
  readonly isNewWay: (way: readonly WayStep[]) => boolean;
  /** Pays for reasons that are compared, so many of them. */
  readonly spend: (reasons: number) => void;
}

/**
 * What a change set does to a finding; undefined where it does nothing to it that anybody would be told.
 *
 * What fails after it is introduced where it did not fail before, and also where it failed before for less: a rule that is
 * broken once more is broken by whoever does it. A single value of the subject that was wrong and still is, is no more than
 * it was. The same holds for what needs evidence; that is no debt, so what already needed the same evidence is not told.
 * What failed and is unknown now is not mended, for nobody knows; it is introduced where the unknown came with something
 * that was not there.
 */
export function turnOf(turned: Turned): Turn | undefined {
  const { before, after } = turned;
  if (after === 'FAIL') return before === 'FAIL' && !isForMore(turned) ? 'OLDER_DEBT' : 'INTRODUCED';
  if (isOpen(after)) {
    if (before === 'FAIL') return lacksOfNew(turned) ? 'INTRODUCED' : 'OLDER_DEBT';
    return isOpen(before) && !lacksMore(turned) ? undefined : 'INTRODUCED';
  }
  return before === 'FAIL' ? 'MENDED' : undefined;
}

function isOpen(outcome: OutcomeOrNone): boolean {
  return outcome === 'NEEDS_EVIDENCE' || outcome === 'ERROR';
}

/** Whether a failure rests on something that it did not rest on before, or on the same once more. */
function isForMore({ sides, isNewWay, spend }: Turned): boolean {
  const [known, now] = [sides().before, sides().after].map(({ finding }) => finding.explanation.grounds());
  spend((known?.length ?? 0) + (now?.length ?? 0));
  const left = counted((known ?? []).map(reasonOf));
  const ways = new Set((known ?? []).flatMap(({ path }) => (path === null ? [] : keyOfWay(path))));
  return (now ?? []).some((ground) => {
    const reason = reasonOf(ground);
    const count = left.get(reason) ?? 0;
    left.set(reason, count - 1);
    return count === 0 || (ground.path !== null && !ways.has(keyOfWay(ground.path)) && isNewWay(ground.path));
  });
}

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function keyOfWay(way: readonly WayStep[]): string {
  return JSON.stringify(way.map(({ urn }) => urn));
}

/** A sub-expression with the list items that it speaks of and the facts that it read. */
function reasonOf({ expression, facts, items }: Ground): string {
  const isOfSubject = items.length === 0;
  const said = facts.map(({ known, value }) => (isOfSubject && !Array.isArray(value) ? null : [known, saidOf(value)]));
  return JSON.stringify([expression, items, said]);
}

/**
 * A value as far as it was said of the subject or of an item. Lists of other elements are not compared: who fails for what
 * is not among them does not fail for one more that is.
 */
function saidOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return keyOfItem(value);
  return value.every((item) => typeof item !== 'object' || item === null) ? value : null;
}

/** Whether a fact is missing that was not missing before. */
function lacksMore({ sides, spend }: Turned): boolean {
  const { before, after } = sides();
  spend(before.finding.missingFacts.length + after.finding.missingFacts.length);
  const left = counted(before.finding.missingFacts.map((fact) => keyOfMissing(fact, before.facts)));
  return after.finding.missingFacts.some((fact) => {
    const key = keyOfMissing(fact, after.facts);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count === 0;
  });
}

function keyOfMissing({ path, field, element }: MissingFact, facts: Facts): string {
  const items = itemsOn(path, facts).map(({ item }) => keyOfItem(item));
  return JSON.stringify([field, items, element]);
}

/** Whether a fact is missing of a list item that was not there before. */
function lacksOfNew({ sides, spend }: Turned): boolean {
  const { before, after } = sides();
  spend(after.finding.missingFacts.length);
  return after.finding.missingFacts.some(({ path }) => {
    const [outermost] = itemsOn(path, after.facts);
    if (outermost === undefined) return false;
    const key = keyOfItem(outermost.item);
    const countIn = (facts: Facts): number =>
      (listIn(facts[outermost.list]) ?? []).filter((item) => keyOfItem(item) === key).length;
    return countIn(after.facts) > countIn(before.facts);
  });
}

/** A step of the way to a fact: its name, and of a list the number of the item. */
const STEP = /([^.[\]]+)(?:\[(\d+)\])?/g;

/** The list items that the way to a fact of the subject leads through, outermost first. */
function itemsOn(path: string, facts: Facts): { readonly list: string; readonly item: Json }[] {
  const found: { readonly list: string; readonly item: Json }[] = [];
  let at: Json | undefined | Facts = facts;
  for (const [, name = '', index] of path.matchAll(STEP)) {
    const next: Json | undefined = at !== undefined && isRecordValue(at) ? at[name] : undefined;
    const item: Json | undefined = index === undefined ? undefined : listIn(next)?.[Number(index)];
    if (item !== undefined) found.push({ list: name, item });
    at = item ?? next;
  }
  return found;
}

/** The items of a list, whether or not it is said to be whole. */
function listIn(value: Json | undefined): readonly Json[] | undefined {
  if (Array.isArray(value)) return value;
  const items = value !== undefined && isRecordValue(value) ? value['items'] : undefined;
  return Array.isArray(items) ? items : undefined;
}
