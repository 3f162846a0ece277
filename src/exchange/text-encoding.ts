import iconv from 'iconv-lite';
import { RegistryError } from '../core/errors.js';

export const TEXT_ENCODINGS = ['UTF-8', 'UTF-16', 'windows-1258', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** The tones that windows-1258 writes behind the letter they stand on: grave, acute, hook, tilde, dot below. */
const TONES = /\p{L}?[\u0300\u0301\u0309\u0303\u0323]/gu;
const TONE_ON_VOWEL = /^[aeiouyâêôăơư]/iu;
/** Where windows-1252 has an õ, ý or ð: one tone may be an ò of Western text, one with such a letter is not. */
const VIETNAMESE_LETTERS = /[ơưđ]/iu;
/** In Western text the bytes of tones are letters of their own, and stand behind consonants as often as behind vowels. */
const SHARE_ON_VOWELS = 0.9;

/**
 * The text of a file of which nobody says how it is encoded. A byte order mark decides; then UTF-8 where all of it is; then
 * the Vietnamese code page where its tones stand on vowels, else the Western one. Vietnamese letters come composed (NFC).
 * @throws RegistryError TEXT_ENCODING_MIXED where some lines are UTF-8 and others are not, so that any choice breaks some.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decoded(bytes, 'utf-16'), encoding: 'UTF-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decoded(bytes, 'utf-16'), encoding: 'UTF-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC'), encoding: 'UTF-8' };
  } catch {
    refuseMixed(bytes);
    const vietnamese = decoded(bytes, 'windows-1258');
    if (isVietnamese(bytes)) return { text: vietnamese, encoding: 'windows-1258' };
    return { text: decoded(bytes, 'windows-1252'), encoding: 'windows-1252' };
  }
}

/** The decoder of the runtime takes windows-1252 for Latin-1, and loses its quotation marks and dashes. */
function decoded(bytes: Uint8Array, encoding: string): string {
  return iconv.decode(Buffer.from(bytes), encoding).normalize('NFC');
}

function isVietnamese(bytes: Uint8Array): boolean {
  const raw = iconv.decode(Buffer.from(bytes), 'windows-1258');
  const tones = raw.match(TONES) ?? [];
  const onVowels = tones.filter((tone) => TONE_ON_VOWEL.test(tone)).length;
  if (onVowels === 0 || onVowels < tones.length * SHARE_ON_VOWELS) return false;
  return onVowels > 1 || VIETNAMESE_LETTERS.test(raw);
}

function refuseMixed(bytes: Uint8Array): void {
  let [line, start] = [1, 0];
  let firstUtf8 = 0;
  let firstOther = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== 0x0a) continue;
    const part = bytes.subarray(start, at);
    if (part.some((byte) => byte > 0x7f)) {
      if (isUtf8(part)) firstUtf8 ||= line;
      else firstOther ||= line;
    }
    [line, start] = [line + 1, at + 1];
  }
  if (firstUtf8 > 0 && firstOther > 0) {
    throw RegistryError.of('TEXT_ENCODING_MIXED', [], { utf8: firstUtf8, other: firstOther });
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
