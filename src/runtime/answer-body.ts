/**
 * What an answer is sent as. A text goes out together with its head, in one call of the system; bytes need a second one,
 * which pays where the text is long: it is encoded once, and not measured and encoded.
 */
export type AnswerBody = string | Buffer;

/** From so many characters on bytes cost less: measured between 2,500 and 12,000. */
const LONG = 8_000;

export function answerBody(text: string): AnswerBody {
  return text.length < LONG ? text : Buffer.from(text);
}

/** In bytes. */
export function lengthOf(body: AnswerBody): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}
