/** The Vietnamese alphabet, and the letters of other alphabets where Vietnamese dictionaries put them. */
const LETTERS = [
  'a',
  'ă',
  'â',
  'b',
  'c',
  'd',
  'đ',
  'e',
  'ê',
  'f',
  'g',
  'h',
  'i',
  'j',
  'k',
  'l',
  'm',
  'n',
  'o',
  'ô',
  'ơ',
]
  .concat(['p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z'])
  .map((letter) => letter.normalize('NFD'));

/** Where letters begin among the first weights; what is not a letter stands before them, digits last of it. */
const LETTERS_AT = 0xa0;
const DIGITS_AT = 0x90;
/** Before signs that ASCII lacks, and before letters of other alphabets. */
const SIGNS = '\u007f';
const FOREIGN = '\u00ff';
/** Separates the levels of a key; smaller than every weight. */
const SEPARATOR = '\u0001';

const letterWeights: ReadonlyMap<string, string> = new Map(
  LETTERS.map((letter, index) => [letter, String.fromCharCode(LETTERS_AT + index)]),
);

/** Tones in the order of dictionaries: none, huyền, hỏi, ngã, sắc, nặng. */
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const toneWeights: ReadonlyMap<string, string> = new Map(
  TONES.map((tone, index) => [tone, String.fromCharCode(0x30 + index)]),
);

const TONE = /[\u0300\u0309\u0303\u0301\u0323]/u;
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const MARK = /^\p{M}/u;
const NUMBER = /\d+/y;

interface Weights {
  /** Of the letter without tone and case; empty for a mark that belongs to no letter. */
  readonly letter: string;
  readonly tone: string;
  readonly case: string;
}

const NO_TONE = '0';
const SMALL = '0';
const LARGE = '1';
/** Texts are written in few characters, and each is weighed once. */
const weighed = new Map<string, Weights>();

/**
 * A key by which texts stand in Vietnamese order: of two texts the one that comes first has the smaller key, compared
 * code unit by code unit. Letters count first, then tones, then case (small before large); numbers by their value;
 * spaces and signs before digits, digits before letters, letters of other alphabets last.
 */
export function vietnameseSortKey(text: string): string {
  const composed = text.normalize('NFC');
  const letters: string[] = [];
  const tones: string[] = [];
  const cases: string[] = [];
  for (let at = 0; at < composed.length;) {
    const character = String.fromCodePoint(composed.codePointAt(at) ?? 0);
    if (character >= '0' && character <= '9') {
      NUMBER.lastIndex = at;
      const digits = NUMBER.exec(composed)?.[0] ?? character;
      letters.push(numberWeight(digits));
      at += digits.length;
      continue;
    }
    const weights = weighed.get(character) ?? weigh(character);
    letters.push(weights.letter);
    tones.push(weights.tone);
    cases.push(weights.case);
    at += character.length;
  }
  // Joined at once, the key is one flat text; put together bit by bit it would be compared a hundred times slower.
  return letters.concat(SEPARATOR, tones, SEPARATOR, cases).join('');
}

function weigh(character: string): Weights {
  const small = character.toLowerCase();
  const parts = small.normalize('NFD');
  const tone = TONE.exec(parts)?.[0] ?? '';
  const isMark = MARK.test(character);
  const weights = {
    letter: isMark ? '' : (letterWeights.get(parts.replace(tone, '')) ?? otherWeight(parts)),
    tone: isMark ? '' : (toneWeights.get(tone) ?? NO_TONE),
    case: isMark ? '' : small === character ? SMALL : LARGE,
  };
  weighed.set(character, weights);
  return weights;
}

/** A number by how many digits it has and then by them. */
function numberWeight(digits: string): string {
  const significant = digits.replace(/^0+(?=.)/, '');
  return String.fromCharCode(DIGITS_AT) + String.fromCharCode(0x30 + significant.length) + significant;
}

/** Signs lie below the digits, by their code; letters with foreign marks at their letter, foreign letters at the end. */
function otherWeight(parts: string): string {
  const base = String.fromCodePoint(parts.codePointAt(0) ?? 0);
  // Controls would mingle with the separator of levels.
  if (base < ' ') return ' ';
  const letter = letterWeights.get(base);
  if (letter !== undefined) return letter;
  if (LETTER_OR_NUMBER.test(base)) return FOREIGN + base;
  return base <= '~' ? base : SIGNS + base;
}
