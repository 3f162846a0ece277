import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { issue } from '../../core/errors.js';
import type { Issue } from '../../core/errors.js';
import { foldVietnamese } from '../../core/fold-vietnamese.js';

/** As a hash by Argon2id begins, which is what the library makes where it is told nothing else. */
const KIND = '$argon2id$v=19$';
/** 19 MiB, two passes, one lane: the least that OWASP advises for it, 2025. A hash says what it was made with. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const LENGTH_MINIMUM = 12;
/** A sentence fits; more is only work for the service. */
const LENGTH_MAXIMUM = 128;
/** Of a password that repeats itself there is nothing to guess. */
const DIFFERENT_MINIMUM = 5;

/** What is tried first, folded; any password that such a word makes up but for a few signs is as easy to guess. */
const COMMON = [
  'password',
  'matkhau',
  'qwertyuiop',
  'asdfghjkl',
  'administrator',
  'quantri',
  'iloveyou',
  'welcome',
  '123456789',
  '987654321',
  'abcdefgh',
  'hochiminh',
  'saigon',
  'vietnam',
  'khung',
] as const;
/** Signs beside a common word that make a password of it all the same. */
const BESIDE_COMMON = 5;

/**
 * Says what is wrong with a new password. Length alone makes it hard to guess; which signs it has to have is not asked, for
 * people meet such rules in the same few ways.
 * @returns undefined where nothing is.
 */
export function passwordIssue(password: string, userName: string): Issue | undefined {
  const actual = Array.from(password.normalize('NFC')).length;
  if (actual < LENGTH_MINIMUM || actual > LENGTH_MAXIMUM) {
    const params = { minimum: LENGTH_MINIMUM, maximum: LENGTH_MAXIMUM, actual };
    return issue('PASSWORD_LENGTH', ['password'], params);
  }
  const folded = foldVietnamese(password).replaceAll(/\s/g, '');
  const known = [...COMMON, ...(userName.length > 2 ? [foldVietnamese(userName)] : [])];
  const isKnown = known.some((word) => folded.replaceAll(word, '').length <= BESIDE_COMMON);
  const isGuessable = isKnown || new Set(folded).size < DIFFERENT_MINIMUM;
  return isGuessable ? issue('PASSWORD_GUESSABLE', ['password']) : undefined;
}

/** The hash of a password, with salt and cost; worked out beside the thread that answers others. */
export function hashOfPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

let nobodys: Promise<string> | undefined;

/**
 * Whether the password is the one.
 * @param kept - undefined = there is nobody of that name, which takes as long to find out as that it is wrong.
 */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  nobodys ??= hashOfPassword(randomBytes(32).toString('base64url'));
  const isRight = await verify(kept ?? (await nobodys), password.normalize('NFC').slice(0, LENGTH_MAXIMUM * 4));
  return isRight && kept !== undefined;
}

/** Whether a hash was made with less than is asked for today, so that it is to be made anew at the next sign-in. */
export function isOutdated(kept: string): boolean {
  const made = parseOptions(kept);
  return (
    !kept.startsWith(KIND) ||
    made.memoryCost < COST.memoryCost ||
    made.timeCost < COST.timeCost ||
    made.parallelism < COST.parallelism
  );
}
