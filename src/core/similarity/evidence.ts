import type { MatchSignalName } from './match-signal.js';
import type { ModelledPair } from './pair-model.js';
import { containment } from './row-likeness.js';
import { vectorOf } from './similarity-index.js';
import type { IndexedElement, SimilarityIndex } from './similarity-index.js';
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
  /** `name`, `description` or `aliases.<number>` of the element. */
  readonly matchField: string | null;
  readonly spanInMatch: Span | null;
  /** Code of the capability that both name, or that only the proposal names. */
  readonly capability: string | null;
}

interface Place {
  readonly field: string;
  readonly read: ReadText;
}

/** At most so many pieces of evidence for one signal: more would hide the telling ones. */
const MOST_EVIDENCE = 5;

const SUBJECT_FIELDS: Readonly<Partial<Record<MatchSignalName, readonly SubjectField[]>>> = {
  NAME: ['name', 'title'],
  FUNCTION_TEXT: ['description', 'name', 'title'],
};

/** Evidence for one signal of a pair, longest first; empty where nothing can be pointed at. */
export function evidenceFor(
  signal: MatchSignalName,
  subject: Subject,
  entry: IndexedElement,
  { index, pair }: { readonly index: SimilarityIndex; readonly pair: Pick<ModelledPair, 'capabilityConflict'> },
): MatchEvidence[] {
  const places = placesOf(index, entry);
  if (signal === 'CAPABILITY') return capabilityEvidence(subject, entry, places, pair.capabilityConflict);
  if (signal === 'TENDER_CODE') return entry.element.externalIds.map(({ value }) => pointless(value));
  const evidence = (SUBJECT_FIELDS[signal] ?? []).flatMap((field) =>
    places
      .filter((place) => isCompared(signal, field, place))
      .flatMap((place) => commonRuns(field, subject.texts[field], place)),
  );
  return firstOfEach(evidence.toSorted((a, b) => b.text.length - a.text.length)).slice(0, MOST_EVIDENCE);
}

/**
 * Functions of the component, in the words of its description, that the element does not say it has. A component without
 * a description has no known gaps, which is not the same as none.
 */
export function gapsOf(index: SimilarityIndex, subject: Subject, entry: IndexedElement): string[] {
  const phrases = subject.texts.description.text.split(/[,;.\n]/).map((phrase) => phrase.trim());
  return phrases.filter((phrase) => {
    const read = index.reader.read(phrase);
    if (!read.importance.includes(1)) return false;
    if (read.tags.some(({ code }) => entry.capabilities.has(code))) return false;
    return containment(index, vectorOf(index, termsOf([read])), entry.firstRow) < 0.5;
  });
}

/** Names are compared with names, and what one is called with what the other does. */
function isCompared(signal: MatchSignalName, field: SubjectField, place: Place): boolean {
  const described = Number(field === 'description') + Number(place.field === 'description');
  return described === (signal === 'NAME' ? 0 : 1);
}

function placesOf({ reader }: SimilarityIndex, { element }: IndexedElement): Place[] {
  return [
    { field: 'name', read: reader.read(element.name) },
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
    found.push(capabilityPoint(code, subject, places));
  }
  return found.slice(0, MOST_EVIDENCE);
}

function capabilityPoint(code: string, { texts }: Subject, places: readonly Place[]): MatchEvidence {
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

function original(read: ReadText, from: number, to: number): { span: Span; text: string } {
  const span = read.tokens.slice(from, to);
  const start = Math.min(...span.map((token) => token.start));
  const end = Math.max(...span.map((token) => token.end));
  return { span: [start, end], text: read.text.slice(start, end) };
}

/** Longest runs of equal syllables with at least one that carries meaning, from left to right, none overlapping. */
function commonRuns(field: SubjectField, mine: ReadText, place: Place): MatchEvidence[] {
  const found: MatchEvidence[] = [];
  for (let from = 0; from < mine.tokens.length;) {
    const { at, length } = longestRun(mine, from, place.read);
    if (length > 0 && mine.importance.slice(from, from + length).includes(1)) {
      const here = original(mine, from, from + length);
      found.push({
        text: here.text,
        subjectField: field,
        spanInSubject: here.span,
        matchField: place.field,
        spanInMatch: original(place.read, at, at + length).span,
        capability: null,
      });
    }
    from += Math.max(1, length);
  }
  return found;
}

function longestRun(mine: ReadText, from: number, theirs: ReadText): { at: number; length: number } {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < theirs.tokens.length; at++) {
    let length = 0;
    while (isSame(mine, from + length, theirs, at + length)) length++;
    if (length > best.length) best = { at, length };
  }
  return best;
}

function isSame(mine: ReadText, at: number, theirs: ReadText, there: number): boolean {
  const token = mine.tokens[at];
  return token !== undefined && token.text === theirs.tokens[there]?.text;
}

function firstOfEach(evidence: readonly MatchEvidence[]): MatchEvidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ subjectField: field, spanInSubject }) => {
    const key = JSON.stringify([field, spanInSubject]);
    return seen.size < seen.add(key).size;
  });
}

function pointless(text: string): MatchEvidence {
  return { text, subjectField: null, spanInSubject: null, matchField: null, spanInMatch: null, capability: null };
}
