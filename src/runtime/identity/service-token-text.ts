import { randomBytes } from 'node:crypto';

/** Begins every token: whoever finds one in a file knows what it opens. */
const PREFIX = 'khung_';
const SECRET_BYTES = 32;
const FORM = /^khung_[\w-]{43}$/;

/** A token that nobody has had before. */
export function newServiceToken(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** Whether a text has the form of one: what has another form was never issued, and is not looked up. */
export function isServiceToken(text: string): boolean {
  return FORM.test(text);
}
