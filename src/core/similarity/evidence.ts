import type { MatchSignalName } from './match-signal.js';
import type { ModelledPair } from './pair-model.js';
import type { Token } from './phrase-trie.js';
import { codesCited } from './scored-pair.js';
import type { IndexedElement } from './indexed-element.js';
import type { SimilarityIndex } from './similarity-index.js';
import type { Subject, SubjectField } from './subject.js';
import { termsOf } from './terms.js';
import type { ReadText } from './text-reading.js';

/** Part of an original text: [start, end) in UTF-16 units. */
export type Span = readonly [start: number, end: number];

/** Words that made two texts alike, with the place of them on both sides; null where the evidence is not in a text. */
export interface MatchEvidence {
  /** The words as the proposal writes them. */
  readonly text: string;
  readonly subjectField: SubjectField | null;
  readonly spanInSubject: Span | null;
  /** `name`, `nameEn`, `description` or `aliases.<number>` of the element. */
  readonly matchField: string | null;
  readonly spanInMatch: Span | null;
  /** Code of the capability that both name, or that only the proposal names. */
  readonly capability: string | null;
  /** That capability is declared for the component, whether its words name it or not. */
  readonly declaredBySubject: boolean;
  /** The same of the element, by a link that it has. */
  readonly declaredByMatch: boolean;
}

/** Of what words say nothing is declared. */
const IN_WORDS = { declaredBySubject: false, declaredByMatch: false };

/** A text of an element, read. */
export interface Place {
  /** `name`, `nameEn`, `description` or `aliases.<number>`. */
  readonly field: string;
  readonly read: ReadText;
}

/** At most so many pieces of evidence for one signal: more would hide the telling ones. */
const MOST_EVIDENCE = 5;
/** So many syllables of a text are looked at for words in common: looking grows with both texts, and a reader needs few. */
const MOST_COMPARED = 400;
/** Elements whose texts are kept while a proposal is judged; what is read of a long text takes some hundred kilobytes. */
const MOST_KEPT = 100;

const SUBJECT_FIELDS: Readonly<Partial<Record<MatchSignalName, readonly SubjectField[]>>> = {
  NAME: ['name', 'title'],
  FUNCTION_TEXT: ['description', 'name', 'title'],
};

/**
 * Evidence for one signal of a pair, longest first; empty where nothing can be pointed at. Words in common are sought among
 * the first 400 syllables of each text.
 * @param places - the texts of the element, as `placesReader` gives them.
 */
export function evidenceFor(
  signal: MatchSignalName,
  subject: Subject,
  entry: IndexedElement,
  { places, pair }: { readonly places: readonly Place[]; readonly pair: Pick<ModelledPair, 'capabilityConflict'> },
): MatchEvidence[] {
  if (signal === 'CAPABILITY') return capabilityEvidence(subject, entry, places, pair.capabilityConflict);
  if (signal === 'TENDER_CODE') return codesCited(subject, entry).map(pointless);
  const evidence = (SUBJECT_FIELDS[signal] ?? []).flatMap((field) =>
    places
      .filter((place) => isCompared(signal, field, place))
      .flatMap((place) => commonRuns(field, subject.texts[field], place)),
  );
  return firstOfEach(evidence.toSorted((a, b) => b.text.length - a.text.length)).slice(0, MOST_EVIDENCE);
}

/** A phrase of a description, weighed. */
export interface WeighedPhrase {
  readonly text: string;
  readonly codes: readonly string[];
  /** Numbers of its terms that the index knows, with their weights. */
  readonly terms: readonly (readonly [term: number, weight: number])[];
  /** Weight of all its terms, known or not. */
  readonly total: number;
}

/** The phrases of a component's description that carry meaning: weighed once, for they are compared with every candidate. */
export function phrasesOf(index: SimilarityIndex, { texts }: Subject): WeighedPhrase[] {
  const phrases = texts.description.text.split(/[,;.\n]/).map((phrase) => phrase.trim());
  return phrases.flatMap((text): WeighedPhrase[] => {
    const read = index.reader.read(text);
    if (!read.importance.includes(1)) return [];
    const weighed = Array.from(termsOf([read]), ([term, importance]) => {
      return [index.inverted.terms.numberOf(term), importance * index.needs.rarity.term(term)] as const;
    });
    const terms = weighed.flatMap(([term, weight]) => (term === undefined ? [] : [[term, weight] as const]));
    const total = weighed.reduce((sum, [, weight]) => sum + weight, 0);
    return [{ text, codes: read.tags.map(({ code }) => code), terms, total }];
  });
}

/**
 * Functions of the component, in the words of its description, that the element does not say it has. A component without
 * a description has no known gaps, which is not the same as none.
 */
export function gapsOf(phrases: readonly WeighedPhrase[], entry: IndexedElement): string[] {
  const said = new Set(entry.said);
  const isGap = ({ codes, terms, total }: WeighedPhrase): boolean => {
    if (codes.some((code) => entry.capabilities.has(code))) return false;
    return terms.reduce((sum, [term, weight]) => (said.has(term) ? sum + weight : sum), 0) < total / 2;
  };
  return phrases.filter(isGap).map(({ text }) => text);
}

/** Names are compared with names, and what one is called with what the other does. */
function isCompared(signal: MatchSignalName, field: SubjectField, place: Place): boolean {
  const described = Number(field === 'description') + Number(place.field === 'description');
  return described === (signal === 'NAME' ? 0 : 1);
}

/** Reads the texts of elements, of each once: the same ones are candidates for several components. */
export function placesReader(index: SimilarityIndex): (entry: IndexedElement) => readonly Place[] {
  const known = new Map<IndexedElement, readonly Place[]>();
  return (entry) => {
    const places = known.get(entry) ?? placesOf(index, entry);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(entry, places);
    return places;
  };
}

function placesOf({ reader }: SimilarityIndex, { element }: IndexedElement): Place[] {
  return [
    { field: 'name', read: reader.read(element.name) },
    ...(element.nameEn === null ? [] : [{ field: 'nameEn', read: reader.read(element.nameEn) }]),
    ...element.aliases.map((alias, at) => ({ field: `aliases.${at}`, read: reader.read(alias) })),
    { field: 'description', read: reader.read(element.description) },
  ];
}

function capabilityEvidence(
  subject: Subject,
  entry: IndexedElement,
  places: readonly Place[],
  conflict: boolean,
): MatchEvidence[] {
  const found: MatchEvidence[] = [];
  for (const code of subject.capabilities.keys()) {
    if (!conflict && !entry.capabilities.has(code)) continue;
    found.push({
      ...capabilityPoint(code, subject, places),
      declaredBySubject: subject.declared.has(code),
      declaredByMatch: entry.declared.includes(code),
    });
  }
  return found.slice(0, MOST_EVIDENCE);
}

function capabilityPoint(
  code: string,
  { texts }: Subject,
  places: readonly Place[],
): Omit<MatchEvidence, keyof typeof IN_WORDS> {
  const fields = ['name', 'description', 'title'] as const;
  const field = fields.find((each) => texts[each].tags.some((tag) => tag.code === code));
  const mine = field === undefined ? undefined : spanOf(code, [{ field, read: texts[field] }]);
  const theirs = spanOf(code, places);
  return {
    text: mine?.text ?? code,
    subjectField: field ?? null,
    spanInSubject: mine?.span ?? null,
    matchField: theirs?.field ?? null,
    spanInMatch: theirs?.span ?? null,
    capability: code,
  };
}

/** The first place that names a capability. */
function spanOf(code: string, places: readonly Place[]): { field: string; span: Span; text: string } | undefined {
  for (const { field, read } of places) {
    const tag = read.tags.find((each) => each.code === code);
    if (tag !== undefined) return { field, ...original(read, tag.from, tag.to) };
  }
  return undefined;
}

/** The words of tokens [from, to) as they were written, and where; at least one token. */
export function original(read: ReadText, from: number, to: number): { span: Span; text: string } {
  const span = read.tokens.slice(from, to);
  const start = Math.min(...span.map((token) => token.start));
  const end = Math.max(...span.map((token) => token.end));
  return { span: [start, end], text: read.text.slice(start, end) };
}

/** Longest runs of equal syllables with at least one that carries meaning, from left to right, none overlapping. */
function commonRuns(field: SubjectField, mine: ReadText, place: Place): MatchEvidence[] {
  const found: MatchEvidence[] = [];
  const [own, theirs] = [mine.tokens.slice(0, MOST_COMPARED), place.read.tokens.slice(0, MOST_COMPARED)];
  for (let from = 0; from < own.length;) {
    const { at, length } = longestRun(own, from, theirs);
    if (length > 0 && mine.importance.slice(from, from + length).includes(1)) {
      const here = original(mine, from, from + length);
      found.push({
        text: here.text,
        subjectField: field,
        spanInSubject: here.span,
        matchField: place.field,
        spanInMatch: original(place.read, at, at + length).span,
        capability: null,
        ...IN_WORDS,
      });
    }
    from += Math.max(1, length);
  }
  return found;
}

function longestRun(mine: readonly Token[], from: number, theirs: readonly Token[]): { at: number; length: number } {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < theirs.length; at++) {
    let length = 0;
    while (isSame(mine[from + length], theirs[at + length])) length++;
    if (length > best.length) best = { at, length };
  }
  return best;
}

function isSame(mine: Token | undefined, theirs: Token | undefined): boolean {
  return mine !== undefined && mine.text === theirs?.text;
}

function firstOfEach(evidence: readonly MatchEvidence[]): MatchEvidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ subjectField: field, spanInSubject }) => {
    const key = JSON.stringify([field, spanInSubject]);
    return seen.size < seen.add(key).size;
  });
}

function pointless(text: string): MatchEvidence {
  return {
    text,
    subjectField: null,
    spanInSubject: null,
    matchField: null,
    spanInMatch: null,
    capability: null,
    ...IN_WORDS,
  };
}
