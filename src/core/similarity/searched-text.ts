import type { Element } from '../landscape/model.js';
import { compileAbbreviations, normalise, wordsOf } from './normalise.js';
import type { Abbreviation, Abbreviations } from './normalise.js';
import { PhraseTrie } from './phrase-trie.js';
import type { Token } from './phrase-trie.js';

/** What search knows of the language: abbreviations, to be read in both directions. */
export interface SearchLanguage {
  readonly abbreviations: Abbreviations;
  /** By expansion, the words of its abbreviations. */
  readonly shortForms: PhraseTrie<string>;
}

/** Makes the language of search from the table of abbreviations. */
export function compileSearchLanguage(rows: readonly Abbreviation[]): SearchLanguage {
  const abbreviations = compileAbbreviations(rows);
  const shortForms = new PhraseTrie<string>();
  for (const { abbreviation, expansion } of rows) {
    const phrase = wordsOf(expansion);
    for (const { text } of wordsOf(abbreviation)) shortForms.add(phrase, text);
  }
  return { abbreviations, shortForms };
}

/**
 * One text of an element that is searched. `field` is the path of the text in the element: `name`, `nameEn`,
 * `aliases.<number>`, `externalIds.<number>.value`, `urn`, `description`.
 */
export interface SearchedField {
  readonly field: string;
  readonly text: string;
  /** What a word of the text says, above 0 to 1. */
  readonly weight: number;
  /** Names are found by pairs of words, marks and initials too; a description by its words alone. */
  readonly isName: boolean;
  /** Most initials that are taken together. */
  readonly initials: number;
  /** What it says that the whole text was asked for; 0 for a description. */
  readonly whole: number;
}

const URN_PREFIX = 'urn:khung:';

/** The texts by which an element is found, the ones that say most first. */
export function searchedFields(element: Element): SearchedField[] {
  const { kind, name, nameEn, aliases, externalIds, urn, description } = element;
  const initials = kind === 'AGENCY' ? LONGEST_OF_AGENCY : LONGEST_INITIALS;
  const fields: SearchedField[] = [{ field: 'name', text: name, weight: 1, isName: true, initials, whole: 1 }];
  for (const [at, text] of aliases.entries()) {
    fields.push({ field: `aliases.${at}`, text, weight: 0.9, isName: true, initials, whole: 0.5 });
  }
  if (nameEn !== null) {
    fields.push({ field: 'nameEn', text: nameEn, weight: 0.8, isName: true, initials, whole: 0.5 });
  }
  for (const [at, { value }] of externalIds.entries()) {
    const field = `externalIds.${at}.value`;
    fields.push({ field, text: value, weight: 0.8, isName: false, initials: 0, whole: 0.5 });
  }
  const id = urn.slice(URN_PREFIX.length);
  fields.push({ field: 'urn', text: id, weight: 0.6, isName: false, initials: 0, whole: 0.5 });
  if (description !== null) {
    fields.push({ field: 'description', text: description, weight: 0.3, isName: false, initials: 0, whole: 0 });
  }
  return fields;
}

/** A text without what every urn begins with. */
export function withoutUrnPrefix(text: string): string {
  return text.startsWith(URN_PREFIX) ? text.slice(URN_PREFIX.length) : text;
}

/** Called for one term of a text: what it says (above 0 to 1), and the part [start, end) that it was read from. */
export type TermVisitor = (term: string, share: number, start: number, end: number) => void;

/** Key of the initials of some neighbouring words: `~kcn`. No word contains the sign. */
export function initialsTerm(initials: string): string {
  return `~${initials}`;
}

/** Key of a word with its marks: `'sở`. No folded word contains the sign. */
export function markedTerm(word: string): string {
  return `'${word.normalize('NFC').toLowerCase()}`;
}

/** Key of two neighbouring words. */
export function pairTerm(first: string, second: string): string {
  return `${first} ${second}`;
}

/** Key of a whole text: `=so y te`. */
export function wholeTerm(words: readonly Token[]): string {
  return `=${words.map(({ text }) => text).join(' ')}`;
}

/** What is said by a word that does not stand there itself: an abbreviation of it, or what it abbreviates. */
const OTHER_FORM = 0.9;
const INITIALS = 0.7;
const SHORTEST_INITIALS = 3;
/** Longer initials are those of agencies ("LĐTBXH"); elsewhere they would be many and nobody's. */
const LONGEST_INITIALS = 4;
const LONGEST_OF_AGENCY = 7;

/** A text read once: its words as they stand, and the words that are meant. */
interface SearchedText {
  readonly words: readonly Token[];
  /** With abbreviations expanded, host names left out. */
  readonly meant: readonly Token[];
}

function readSearchedText(text: string, language: SearchLanguage): SearchedText {
  return { words: wordsOf(text), meant: normalise(text, language.abbreviations) };
}

/** Visits every term by which a text is found, but for the whole text. A term may come again at another place. */
export function forEachTerm(field: SearchedField, language: SearchLanguage, visit: TermVisitor): void {
  visitTerms(field, readSearchedText(field.text, language), language, visit);
}

function visitTerms(field: SearchedField, read: SearchedText, language: SearchLanguage, visit: TermVisitor): void {
  visitWords(field.text, read, visit);
  visitOtherForms(read, language, visit);
  if (!field.isName) return;
  visitPairsAndMarks(field.text, read, visit);
  visitInitials(read.meant, field.initials, visit);
}

/** The words themselves, and those that a hyphen joins as one. */
function visitWords(text: string, { words }: SearchedText, visit: TermVisitor): void {
  let last: Token | undefined;
  for (const word of words) {
    visit(word.text, 1, word.start, word.end);
    if (last !== undefined && word.start === last.end + 1 && text[last.end] === '-') {
      visit(last.text + word.text, OTHER_FORM, last.start, word.end);
    }
    last = word;
  }
}

/** What the words abbreviate, and how people abbreviate them. */
function visitOtherForms({ words, meant }: SearchedText, language: SearchLanguage, visit: TermVisitor): void {
  const isSame = meant.length === words.length && meant.every(({ text }, at) => text === words[at]?.text);
  if (!isSame) for (const { text, start, end } of meant) visit(text, OTHER_FORM, start, end);
  meant.forEach((first, from) => {
    for (const { to, values } of language.shortForms.allAt(meant, from)) {
      for (const value of values) visit(value, OTHER_FORM, first.start, meant[to - 1]?.end ?? first.end);
    }
  });
}

function visitPairsAndMarks(text: string, { words, meant }: SearchedText, visit: TermVisitor): void {
  let last: Token | undefined;
  for (const word of meant) {
    if (last !== undefined) visit(pairTerm(last.text, word.text), 1, last.start, word.end);
    last = word;
  }
  for (const { text: folded, start, end } of words) {
    const marked = markedTerm(text.slice(start, end));
    if (marked !== `'${folded}`) visit(marked, 1, start, end);
  }
}

/** Initials of runs of words, as people shorten them: "và" has none, and a run begins anywhere. */
function visitInitials(meant: readonly Token[], longest: number, visit: TermVisitor): void {
  const said = meant.filter(({ text }) => text !== 'va' && /^[a-z]/.test(text));
  said.forEach(({ start }, from) => {
    let initials = '';
    for (let at = from; at < said.length && at < from + longest; at++) {
      const word = said[at];
      if (word === undefined) break;
      initials += word.text[0] ?? '';
      if (initials.length >= SHORTEST_INITIALS) visit(initialsTerm(initials), INITIALS, start, word.end);
    }
  });
}

/**
 * What each term says of an element, above 0: the most that any of its texts gives it. Short texts say more by each word
 * than long ones; the length is the text's own, so that no other element changes what an element says.
 */
export function termsOfElement(element: Element, language: SearchLanguage): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const raise = (term: string, impact: number): void => {
    if (impact > (terms.get(term) ?? 0)) terms.set(term, impact);
  };
  for (const field of searchedFields(element)) {
    const { text, weight, whole } = field;
    const read = readSearchedText(text, language);
    const said = weight * (whole === 0 ? 1 : ofLength(read.words.length));
    visitTerms(field, read, language, (term, share) => raise(term, said * share));
    if (whole === 0) continue;
    raise(wholeTerm(read.words), whole);
    raise(wholeTerm(read.meant), whole);
  }
  return terms;
}

function ofLength(words: number): number {
  return 1 / (0.6 + 0.05 * words);
}
