/** Rows of one statement: enough to be few round trips; the embedded database lets nobody else go on before it is done. */
export const ROWS_MAXIMUM = 1_000;
/**
 * Characters of the rows of one statement, which the database holds several times over while it reads them; a row that is
 * longer is a statement of its own.
 */
export const CHARACTERS_MAXIMUM = 8 * 2 ** 20;

/**
 * Rows as JSON lists, each short enough for one statement. A list is made when it is asked for.
 * @param characters - bound of the length of a list, without brackets and commas.
 */
export function* rowTexts(rows: Iterable<object>, characters = CHARACTERS_MAXIMUM): Generator<string> {
  let texts: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const isFull = texts.length === ROWS_MAXIMUM || length + text.length > characters;
    if (isFull && texts.length > 0) {
      yield `[${texts.join(',')}]`;
      texts = [];
      length = 0;
    }
    texts.push(text);
    length += text.length;
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`;
}
