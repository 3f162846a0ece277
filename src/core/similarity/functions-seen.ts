import { capabilitiesRead } from './component-reading.js';
import type { CapabilityRead } from './component-reading.js';
import { original } from './evidence.js';
import type { Span } from './evidence.js';
import { FEWEST_WORDS } from './need.js';
import type { ReadText, TextReader } from './text-reading.js';

/** Texts in which the functions of a project are looked for. */
export interface ScopeTexts {
  readonly title: string;
  readonly objective: string | null;
  /** What it will deliver, as a paper says it. */
  readonly scope?: string | null;
}

/** Parts of a proposal that functions are read from. */
const SCOPE_FIELDS = ['title', 'objective', 'scope'] as const;
export type ScopeField = (typeof SCOPE_FIELDS)[number];

/** A function that a text seems to name: to be confirmed by whoever proposes, never taken for declared. */
export interface FunctionSeen {
  /** In the words of the proposal. */
  readonly name: string;
  readonly field: ScopeField;
  readonly span: Span;
  /** An item of a list, or a part of a sentence that names a capability of its own. */
  readonly isListed: boolean;
  /** Most surely told first; spans are those of the text of the field. */
  readonly capabilities: readonly Omit<CapabilityRead, 'field'>[];
}

export interface FunctionsSeen {
  /** By field and place. */
  readonly functions: readonly FunctionSeen[];
  /** Whether there are more than are told. */
  readonly truncated: boolean;
}

/** Most functions told: as many as a proposal may declare. */
const MOST_FUNCTIONS = 50;

/** A part of a text, [start, end), that may be a function. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly isListed: boolean;
}

const LINE = /[^\n\r\v]+/g;
/** What stands before an item: a sign, a number, a letter in brackets. */
const BULLET = /^\s*(?:[-–—•+*▪●]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)])\s+/iu;
/** What announces that a list follows. */
const INTRODUCTION =
  /(?:^|[\s,(])(?:bao gồm|gồm|các (?:chức năng|phân hệ|hạng mục|tính năng|mô-?đun|module)[^:,;.]{0,40}:|(?:chức năng|phân hệ|hạng mục|phạm vi)\s*:)\s*(?:có\s+)?:?\s*/giu;
const LABEL = /^[^:]{0,60}:\s+/u;
const SENTENCES = /(?:[^;.]|\.(?!\s|$))+/gu;
const COMMAS = /[^,]+/gu;
const PARTS = /\s(?:và|&)\s|[,/+]/gu;
const AND = /\s(?:và|&)(?=\s)/gu;
/** What no function begins and ends with. */
const LEADING = /[\s"“(:.,-]/u;
const TRAILING = /[\s"”.,:-]/u;

/**
 * The functions that texts seem to name: items of lists (by their signs, "gồm", `;`), and parts of a sentence of which each
 * names a capability of its own. An objective that lists nothing tells purposes: of it only what names a capability is
 * taken. What was said before is not told again.
 */
export function functionsIn(reader: TextReader, texts: ScopeTexts): FunctionsSeen {
  const seen = SCOPE_FIELDS.flatMap((field) => functionsOf(reader, field, texts[field] ?? ''));
  const fresh = withoutRepeats(reader, seen);
  return { functions: fresh.slice(0, MOST_FUNCTIONS), truncated: fresh.length > MOST_FUNCTIONS };
}

function functionsOf(reader: TextReader, field: ScopeField, text: string): FunctionSeen[] {
  return piecesOf(reader, text).flatMap((piece) => {
    const name = text.slice(piece.start, piece.end);
    const read = reader.read(name);
    const isEnough = read.tags.length > 0 || ((piece.isListed || field === 'title') && saysEnough(read));
    return isEnough ? [functionSeen(field, piece, read)] : [];
  });
}

function functionSeen(field: ScopeField, { start, end, isListed }: Piece, read: ReadText): FunctionSeen {
  const capabilities = capabilitiesRead([{ field: 'name', read }]).map(
    ({ code, confidence, text, span: [from, to] }) => {
      return { code, confidence, text, span: [start + from, start + to] as const };
    },
  );
  return { name: read.text, field, span: [start, end], isListed, capabilities };
}

function saysEnough({ tokens, importance }: ReadText): boolean {
  return new Set(tokens.flatMap(({ text }, at) => (importance[at] === 1 ? text : []))).size >= FEWEST_WORDS;
}

function piecesOf(reader: TextReader, text: string): Piece[] {
  return matches(LINE, text, { start: 0, end: text.length, isListed: false }).flatMap((line) => {
    const item = withoutBullet(text, line);
    const sentences = matches(SENTENCES, text, item).map((each) => withoutBullet(text, each));
    const isList = text.slice(item.start, item.end).includes(';');
    return sentences.flatMap((each) => piecesOfSentence(reader, text, { ...each, isListed: each.isListed || isList }));
  });
}

function piecesOfSentence(reader: TextReader, text: string, sentence: Piece): Piece[] {
  const introduced = afterIntroduction(text, sentence);
  const pieces = introduced === undefined ? [withoutLabel(text, sentence)] : itemsOf(text, introduced);
  return pieces.flatMap((piece) => byCapability(reader, text, piece)).map((piece) => trimmed(text, piece));
}

function matches(pattern: RegExp, text: string, within: Piece): Piece[] {
  const part = text.slice(within.start, within.end);
  return Array.from(part.matchAll(pattern), ({ 0: found, index }) => {
    const start = within.start + index;
    return { ...within, start, end: start + found.length };
  });
}

function withoutBullet(text: string, piece: Piece): Piece {
  const bullet = BULLET.exec(text.slice(piece.start, piece.end));
  return bullet === null ? piece : { ...piece, start: piece.start + bullet[0].length, isListed: true };
}

function withoutLabel(text: string, piece: Piece): Piece {
  const label = LABEL.exec(text.slice(piece.start, piece.end));
  return label === null ? piece : { ...piece, start: piece.start + label[0].length };
}

/** What a list introduces itself with is no item; undefined where no list is announced, or nothing follows. */
function afterIntroduction(text: string, piece: Piece): Piece | undefined {
  const [first] = matches(INTRODUCTION, text, piece);
  if (first === undefined || text.slice(first.end, piece.end).trim() === '') return undefined;
  return { start: first.end, end: piece.end, isListed: true };
}

/** Items between commas; the last one may be two, joined by "và". */
function itemsOf(text: string, list: Piece): Piece[] {
  const items = matches(COMMAS, text, list);
  const last = items.at(-1);
  if (last === undefined || items.length < 2) return items;
  const and = matches(AND, text, last).findLast(({ start, end }) => {
    return text.slice(last.start, start).trim() !== '' && text.slice(end, last.end).trim() !== '';
  });
  if (and === undefined) return items;
  return [...items.slice(0, -1), { ...last, end: and.start }, { ...last, start: and.end }];
}

/** Cut where both sides name capabilities of their own: "kho dữ liệu và cổng dữ liệu", not "tiếp nhận và trả kết quả". */
function byCapability(reader: TextReader, text: string, piece: Piece): Piece[] {
  const cuts = matches(PARTS, text, piece);
  // Of the whole piece, so that a capability whose own name has a joint in it is not cut in two.
  const named = capabilityPlaces(reader, text, piece);
  const pieces: Piece[] = [];
  let from = piece.start;
  for (const [at, cut] of cuts.entries()) {
    const left = named.filter(({ start, end }) => start >= from && end <= cut.start);
    const right = named.filter(({ start, end }) => start >= cut.end && end <= (cuts[at + 1]?.start ?? piece.end));
    const isShared = right.some(({ code }) => left.some((each) => each.code === code));
    if (left.length === 0 || right.length === 0 || isShared) continue;
    pieces.push({ ...piece, start: from, end: cut.start });
    from = cut.end;
  }
  return [...pieces, { ...piece, start: from }];
}

function capabilityPlaces(
  reader: TextReader,
  text: string,
  piece: Piece,
): { readonly code: string; readonly start: number; readonly end: number }[] {
  const read = reader.read(text.slice(piece.start, piece.end));
  return read.tags.map(({ code, from, to }) => {
    const [start, end] = original(read, from, to).span;
    return { code, start: piece.start + start, end: piece.start + end };
  });
}

/** Sign by sign: a pattern would begin anew at each of many spaces. */
function trimmed(text: string, piece: Piece): Piece {
  let { start, end } = piece;
  while (start < end && LEADING.test(text.charAt(start))) start++;
  while (end > start && TRAILING.test(text.charAt(end - 1))) end--;
  return { ...piece, start, end };
}

/**
 * Each function once: of the same words, or, where it is no item of a list, of no capability that was not told. A title
 * whose functions are listed elsewhere is the whole, not one of them.
 */
function withoutRepeats(reader: TextReader, seen: readonly FunctionSeen[]): FunctionSeen[] {
  const hasList = seen.filter(({ isListed }) => isListed).length > 1;
  const listed = new Set(
    seen.flatMap(({ isListed, capabilities }) => (isListed ? capabilities.map(({ code }) => code) : [])),
  );
  const words = new Set<string>();
  const codes = new Set<string>(hasList ? listed : []);
  return seen.filter(({ name, isListed, capabilities }) => {
    const key = reader
      .read(name)
      .tokens.map(({ text }) => text)
      .join(' ');
    if (words.has(key)) return false;
    words.add(key);
    const isKnown = capabilities.every(({ code }) => codes.has(code));
    if (!isListed && isKnown && (hasList || capabilities.length > 0)) return false;
    for (const { code } of capabilities) codes.add(code);
    return true;
  });
}
