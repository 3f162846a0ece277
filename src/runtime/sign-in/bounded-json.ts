import { isRecord } from '../../core/landscape/record-fields.js';

/** What an issuer says is short; past this it is no answer. */
const ANSWER_MAXIMUM = 256 * 1024;
/** Milliseconds for a whole answer: somebody sits before a browser and waits. */
const ANSWER_TIMEOUT = 5_000;

/** The other side did not answer, or not as it must. The message is for the log, and has no word of the answer in it. */
export class AnswerWrong extends Error {
  override readonly name = 'AnswerWrong';
}

/** What came back: a status and the object that the body is. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Asks for an object of JSON. Follows no redirect: what the other side is called was configured, or said by who was.
 * @param timeout - milliseconds.
 * @throws AnswerWrong where none comes in time, or what comes is longer than it may be, or no object of JSON.
 */
export async function askForJson(url: URL, init: RequestInit = {}, timeout = ANSWER_TIMEOUT): Promise<JsonAnswer> {
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    return { status: response.status, body: objectOf(await textOf(response)) };
  } catch (error) {
    if (error instanceof AnswerWrong) throw new AnswerWrong(`${url.pathname}: ${error.message}`);
    throw new AnswerWrong(`${url.pathname}: ${error instanceof Error ? error.name : 'no answer'}`, { cause: error });
  }
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.byteLength;
    // Leaving the loop closes the connection, so that no more of it comes.
    if (length > ANSWER_MAXIMUM) throw new AnswerWrong(`more than ${ANSWER_MAXIMUM} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  const value = parsed(text);
  if (isRecord(value)) return value;
  throw new AnswerWrong('no object of JSON');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AnswerWrong('no JSON', { cause: error });
  }
}
