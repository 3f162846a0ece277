import type { Token } from './phrase-trie.js';
import { PLACE } from './text-reading.js';
import type { ReadText } from './text-reading.js';

/** Parts of a title, as it writes them, and of a name. */
export interface TwoSided {
  readonly title: readonly string[];
  readonly name: readonly string[];
}

/** What the numbers and places of a title and a name say of whether they are one. */
export interface MarkDifference {
  /**
   * Numbers of one kind, or places, of which each has some that the other does not: package 1 is not package 2, whatever
   * else they share. Null where nothing tells them apart so.
   */
  readonly differing: TwoSided | null;
  /** Numbers of which the other one has none of that kind: a stage or a year that only one names. Null where there are none. */
  readonly unshared: TwoSided | null;
}

/** A number of a text and what it counts, by the word in front. */
interface Mark {
  readonly label: string;
  readonly value: string;
  readonly token: Token;
}

/** Words between a number and what it counts: `gói thầu số 1`, `gói 1 và 2`. */
const FILLERS: ReadonlySet<string> = new Set(['so', 'thau', 'thu', 'va', 'no', 'number', 'and']);
/** Ways to write one label. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['gd', 'doan'],
  ['stage', 'doan'],
  ['phase', 'doan'],
  ['package', 'goi'],
  ['year', 'nam'],
]);
const YEAR = 'nam';
const YEAR_NUMBER = /^(?:19|20)\d\d$/;
/** What is numbered in Roman numerals also in a text that is all capitals, in which `VI PHẠM` is no number. */
const ROMAN_LABELS: ReadonlySet<string> = new Set(['goi', 'doan', 'dot', 'phan', 'lo', 'quy', 'ky', 'khoa', 'hang']);
const ROMAN = /^(X{0,3})(IX|IV|V?I{0,3})$/;
const ROMAN_ENDS = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];

/** Compares the numbers by what they count, without leading zeros and Roman ones as others, and the places by themselves. */
export function markDifference(title: ReadText, name: ReadText): MarkDifference {
  const [ofTitle, ofName] = [marksOf(title), marksOf(name)];
  const [inTitle, inName] = [marksBut(ofTitle, ofName), marksBut(ofName, ofTitle)];
  const [against, without] = [contradicting(inTitle, inName), contradicting(inName, inTitle)];
  const places = { title: placesBut(title, name), name: placesBut(name, title) };
  const arePlacesApart = places.title.length > 0 && places.name.length > 0;
  return {
    differing: twoSided(
      partsOf(title, [...tokensOf(against), ...(arePlacesApart ? places.title : [])]),
      partsOf(name, [...tokensOf(without), ...(arePlacesApart ? places.name : [])]),
    ),
    unshared: twoSided(
      partsOf(title, tokensOf(inTitle.filter((each) => !against.includes(each)))),
      partsOf(name, tokensOf(inName.filter((each) => !without.includes(each)))),
    ),
  };
}

/** Parts of the original text: neighbouring tokens together, each part once. */
export function partsOf({ text, tokens }: ReadText, chosen: readonly Token[]): string[] {
  const wanted = new Set(chosen);
  const runs: { start: number; end: number }[] = [];
  let isOpen = false;
  for (const token of tokens) {
    const last = runs.at(-1);
    if (!wanted.has(token)) isOpen = last !== undefined && token.start < last.end;
    else if (isOpen && last !== undefined) last.end = Math.max(last.end, token.end);
    else runs.push({ start: token.start, end: token.end });
    isOpen ||= wanted.has(token);
  }
  return [...new Set(runs.map(({ start, end }) => text.slice(start, end)))];
}

function twoSided(title: readonly string[], name: readonly string[]): TwoSided | null {
  return title.length === 0 && name.length === 0 ? null : { title, name };
}

function tokensOf(marks: readonly Mark[]): Token[] {
  return marks.map(({ token }) => token);
}

/** The marks of one text that the other one does not have. */
function marksBut(own: readonly Mark[], other: readonly Mark[]): Mark[] {
  return own.filter(({ label, value }) => !other.some((each) => each.label === label && each.value === value));
}

/** Those against which there is another number of the same kind. */
function contradicting(own: readonly Mark[], other: readonly Mark[]): Mark[] {
  const labels = new Set(other.map(({ label }) => label));
  return own.filter(({ label }) => labels.has(label));
}

function marksOf(read: ReadText): Mark[] {
  const found = new Map<number, Mark>();
  for (const [at, token] of read.tokens.entries()) {
    if (isPlace(read, at)) continue;
    const label = labelBefore(read.tokens, at, found);
    const value = valueOf(read, token, label);
    if (value === undefined) continue;
    found.set(at, { label: YEAR_NUMBER.test(value) ? YEAR : label, value, token });
  }
  return [...found.values()];
}

/** What a number counts: the word in front, or what the number in front counts. */
function labelBefore(tokens: readonly Token[], at: number, found: ReadonlyMap<number, Mark>): string {
  for (let before = at - 1; before >= 0; before -= 1) {
    const mark = found.get(before);
    if (mark !== undefined) return mark.label;
    const text = tokens[before]?.text ?? '';
    if (!FILLERS.has(text)) return LABELS.get(text) ?? text;
  }
  return '';
}

function valueOf({ text }: ReadText, token: Token, label: string): string | undefined {
  if (/\d/.test(token.text)) return token.text.replace(/^0+(?=\d)/, '');
  const [written, tens = '', units = ''] = ROMAN.exec(text.slice(token.start, token.end)) ?? [];
  if (written === undefined || written === '') return undefined;
  if (!ROMAN_LABELS.has(label) && text === text.toUpperCase()) return undefined;
  return `${tens.length * 10 + ROMAN_ENDS.indexOf(units)}`;
}

/** Of the places of one text what the other one does not have. */
function placesBut(own: ReadText, other: ReadText): Token[] {
  const words = new Set(
    other.tokens.filter(({ text }, at) => isPlace(other, at) || !/\d/.test(text)).map(({ text }) => text),
  );
  return own.tokens.filter(({ text }, at) => isPlace(own, at) && !words.has(text));
}

function isPlace({ importance }: ReadText, at: number): boolean {
  return importance[at] === PLACE;
}
