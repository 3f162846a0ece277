import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { sha256 } from '../canonical-json.js';

/** What the apps that people have can do: other hashes and lengths are read by few of them. */
const CODE = { issuer: 'Khung', algorithm: 'SHA1', digits: 6, period: 30 } as const;
const STEP = CODE.period * 1_000;
/** Steps before and after the present one whose codes are taken: clocks of telephones differ, and typing takes time. */
const WINDOW = 1;

const RECOVERY_CODES = 10;
const RECOVERY_LENGTH = 16;
/** No sign that is read as another one. 32 of them: 80 bits a code, more than anybody guesses, so a plain digest will do. */
const RECOVERY_SIGNS = 'abcdefghjkmnpqrstuvwxyz023456789';

/** A new secret, in base32 as people type it where they can not scan. */
export function newCodeSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an app reads to make codes: `otpauth://totp/...`. */
export function codeAddress(secret: string, userName: string): string {
  return new TOTP({ ...CODE, label: userName, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The step of a code that is right, to be kept; undefined where it is none, or of a step that was used: whoever saw one
 * being typed can not use it again.
 * @param lastStep - the last step that was taken; null before the first.
 * @param now - milliseconds since 1970.
 */
export function stepOfCode(secret: string, code: string, lastStep: number | null, now: number): number | undefined {
  const token = code.replaceAll(/\s/g, '');
  // What is no code at all is more than the library compares.
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const delta = TOTP.validate({
    ...CODE,
    secret: Secret.fromBase32(secret),
    token,
    window: WINDOW,
    timestamp: now,
  });
  if (delta === null) return undefined;
  const step = Math.floor(now / STEP) + delta;
  return lastStep !== null && step <= lastStep ? undefined : step;
}

/** Codes for whoever has lost his telephone, each for once; shown once and kept as digests. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
}

function newRecoveryCode(): string {
  const signs = Array.from({ length: RECOVERY_LENGTH }, () => RECOVERY_SIGNS[randomInt(RECOVERY_SIGNS.length)] ?? '');
  return signs.join('').replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** As a recovery code is kept: however it was typed. */
export function digestOfRecoveryCode(code: string): string {
  return sha256(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
