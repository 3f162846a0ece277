/** Longer words are codes, which nobody misspells by a letter and finds by chance. Characters. */
const SPELLED_MAXIMUM = 24;
const LETTERS = /^[a-z]+$/;

/** Whether a folded word may be a misspelt one: letters alone, neither too short nor too long to say. */
export function isSpelled(word: string): boolean {
  return word.length >= 2 && word.length <= SPELLED_MAXIMUM && LETTERS.test(word);
}

/** How many wrong letters a word of a length may have: none in one letter, one up to five letters, then two. */
export function mistakesAllowed(length: number): number {
  return length < 2 ? 0 : length < 6 ? 1 : 2;
}

/** Which letters of a to z a folded word has, one bit each. An edit changes at most two bits. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) {
    const letter = word.charCodeAt(at) - 97;
    if (letter >= 0 && letter < 26) bits |= 1 << letter;
  }
  return bits;
}

/** Number of bits that are set in a 32-bit integer. */
export function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/**
 * Mistakes between two words: letters missing, doubled or wrong, and neighbours swapped (one mistake each, no letter
 * changed twice). Stops at more than `limit` and then gives `limit + 1`.
 */
export function mistakesBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  const width = other.length + 1;
  let [beforeLast, last, row] = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)];
  for (let column = 0; column < width; column++) last[column] = column;
  for (let at = 1; at <= one.length; at++) {
    row[0] = at;
    let least = at;
    for (let column = 1; column < width; column++) {
      const same = one[at - 1] === other[column - 1] ? 0 : 1;
      let best = Math.min(cell(last, column - 1) + same, cell(last, column) + 1, cell(row, column - 1) + 1);
      if (column > 1 && at > 1 && one[at - 1] === other[column - 2] && one[at - 2] === other[column - 1]) {
        best = Math.min(best, cell(beforeLast, column - 2) + 1);
      }
      row[column] = best;
      if (best < least) least = best;
    }
    if (least > limit) return limit + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(cell(last, other.length), limit + 1);
}

function cell(row: Uint8Array, column: number): number {
  return row[column] ?? 0;
}

/** The syllables whose last sound is written i by some and y by others: kĩ thuật and kỹ thuật, quản lí and quản lý, quí and quý. */
const I_OR_Y = /^(h|k|l|m|s|t|v|qu)([iy])$/;

/** A folded word, and its other spelling where it is a syllable that ends in i or y. */
export function spellingsOf(word: string): readonly string[] {
  const [, before, last] = I_OR_Y.exec(word) ?? [];
  return before === undefined ? [word] : [word, `${before}${last === 'i' ? 'y' : 'i'}`];
}

const TELEX_TONE = /[sfrxj]/g;
const DOUBLED = /dd|aa|ee|oo/g;
const VNI_KEYS = /\d/g;

/**
 * What a folded word may have been before keys of Telex ("vuj", "ddieenj") or VNI ("so61") were left in it: plain words,
 * the likeliest first, without the word itself. A word without such keys gives none.
 */
export function withoutTypedMarks(word: string): string[] {
  if (/[a-z]/.test(word) && /\d/.test(word)) return [word.replaceAll(VNI_KEYS, '')];
  const base = word.replaceAll(DOUBLED, (pair) => pair[0] ?? '').replaceAll(/w/g, '');
  const found = new Set([base]);
  for (const tone of base.matchAll(TELEX_TONE)) {
    if (tone.index > 0) found.add(base.slice(0, tone.index) + base.slice(tone.index + 1));
  }
  found.delete(word);
  found.delete('');
  return [...found];
}
