import type { NeededChange, Way } from '../core/policy/needed-change.js';
import { moreOf } from '../core/policy/way-logic.js';
import type { Language } from '../runtime/messages.js';
import { ConditionText, isMixed, isMovedDay, isOfItem, needsOf } from './condition-text.js';
import type { Clause } from './condition-text.js';
import type { WayWords } from './fact-text.js';
import * as say from './condition-words.js';

/** What several changes ask of one thing. */
interface Asked {
  readonly subject: string;
  readonly now: string;
  readonly clauses: readonly Clause[];
  /** What it speaks of may only have been done already. */
  readonly isOver: boolean;
}

/**
 * What has to change together, with what is so now: `Nơi đặt hệ thống – hiện: máy chủ của cơ quan; cần: đám mây công cộng.`
 * What has no words of its own is said as the rule says what to do about a failure.
 */
export function waySentence(way: Way, words: WayWords, language: Language): string {
  const text = new ConditionText(words, language);
  const clauses = way.map((change) => text.ofChange(change));
  const told = way.flatMap((change, index) => {
    const clause = clauses[index];
    return clause === undefined
      ? []
      : [{ change, clause, subject: `${itemText(change, clause, text)}${clause.subject}` }];
  });
  if (told.length < way.length) return text.inLanguage(words.fixHint);
  const changing = new Set(told.filter(isChanging).map(keyOf));
  // What is met already is told only of what changes.
  const shown = told.filter((each) => changing.has(keyOf(each)));
  const asked = [...changing].map((key) =>
    askedOf(
      shown.filter((each) => keyOf(each) === key),
      text,
    ),
  );
  const count = moreOf(way);
  const shownChanges = together(asked, text);
  const changes = count === 0 ? shownChanges : text.filled(say.AND_MORE, { changes: shownChanges, count: `${count}` });
  return `${shown.length < told.length ? text.filled(say.KEPT, { changes }) : changes}.`;
}

/** One change in words. */
interface Told {
  readonly change: NeededChange;
  readonly clause: Clause;
  readonly subject: string;
}

/** A day that follows another one changes, though it is in order as it is. */
function isChanging({ change, clause }: Told): boolean {
  return !change.isKept || change.now.some((fact) => fact.path === clause.path && isMovedDay(fact));
}

function keyOf({ subject, clause }: Told): string {
  return `${subject} ${clause.path ?? ''}`;
}

function askedOf(same: readonly Told[], text: ConditionText): Asked {
  const [first] = same;
  const now = first === undefined ? '' : nowText(first.change, first.clause, text);
  const isOver = same.some(({ change, clause }) =>
    change.now.some((fact) => fact.isOver && (clause.path === undefined || clause.path === fact.path)),
  );
  return { subject: first?.subject ?? '', now, clauses: same.map(({ clause }) => clause), isOver };
}

function together(asked: readonly Asked[], text: ConditionText): string {
  const parts = asked.map((each) => partText(each, text));
  const [only = ''] = parts;
  if (parts.length === 1) return only;
  return text.filled(say.TOGETHER, { changes: parts.map((part, index) => `(${index + 1}) ${part}`).join('; ') });
}

function partText({ subject, now, clauses, isOver }: Asked, text: ConditionText): string {
  const needs = needsOf(clauses, true);
  const inTime = needs.filter((each) => each !== text.inLanguage(say.DONE));
  const and = text.inLanguage(say.BOTH);
  if (!isOver || inTime.length === 0) return text.filled(say.NEEDED, { subject, now, needs: needs.join(and) });
  const isOfDay = clauses.some(({ path }) => path !== undefined);
  return text.filled(isOfDay ? say.IF_DONE : say.IF_SO, { subject, now, needs: inTime.join(and) });
}

/** What is so of the one fact that a change speaks of; what is compared with it says itself what it is. */
function nowText({ now }: NeededChange, { path }: Clause, text: ConditionText): string {
  const fact = now.find((each) => each.path === path);
  return fact === undefined ? '' : text.filled(say.NOW, { now: text.now(fact) });
}

/** The item whose fact the subject is; a fact that stands beside it says itself of which item it is. */
function itemText(change: NeededChange, { path }: Clause, text: ConditionText): string {
  const fact = change.now.find((each) => each.path === path);
  const isOfSubject = fact === undefined ? !change.now.some(isOfItem) || isMixed(change) : !isOfItem(fact);
  const items = isOfSubject ? '' : text.itemsOf(change);
  return items === '' ? '' : `${items}: `;
}
