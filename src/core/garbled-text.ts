/** The signs of windows-1252 that are not at the place of their byte. */
const BYTE_OF = new Map(
  Array.from('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ', (sign, at) => [
    sign,
    // The code has no sign at 81, 8D, 8F, 90 and 9D.
    [
      0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96,
      0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
    ][at] ?? 0,
  ]),
);

/** Letters of Vietnamese that are not English, and the marks that are written apart. */
const VIETNAMESE = /[àáâãèéêìíòóôõùúýăđĩũơư\u1ea0-\u1ef9]|\p{M}/iu;

/**
 * The text behind one that was written as UTF-8 and read as Latin-1 or windows-1252 ("thÆ°" for "thư"); undefined where it
 * is no such text. A text as people write it is never taken for one: its letters are no bytes of UTF-8.
 */
export function mendedText(text: string): string | undefined {
  return decoded(text) ?? decoded(text.replaceAll('Ã ', 'Ã\u00a0'));
}

function decoded(text: string): string | undefined {
  const bytes = new Uint8Array(text.length);
  let at = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const byte = code <= 0xff ? code : BYTE_OF.get(sign);
    if (byte === undefined) return undefined;
    bytes[at++] = byte;
  }
  const mended = new TextDecoder().decode(bytes.subarray(0, at));
  // What is no UTF-8 is read as the sign of replacement.
  return mended !== text && !mended.includes('\ufffd') && VIETNAMESE.test(mended) ? mended : undefined;
}

/** Signs that are no text: neither letters nor spaces nor ends of lines, those of word processors included. */
const CONTROL = /[^\P{Cc}\t\n\v\f\r]/u;

/** Whether a text has signs that nobody can read. */
export function hasControlSigns(text: string): boolean {
  return CONTROL.test(text);
}
