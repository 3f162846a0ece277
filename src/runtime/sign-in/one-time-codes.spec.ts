import { Secret } from 'otpauth';
import { codeAddress, digestOfRecoveryCode, newCodeSecret, newRecoveryCodes, stepOfCode } from './one-time-codes.js';

/** The secret of the examples of RFC 6238, and their codes of six digits. */
const SECRET = Secret.fromLatin1('12345678901234567890').base32;
const CODES: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

describe('a code', () => {
  it.each(CODES)('of second %d is that of RFC 6238', (second, code) => {
    const step = Math.floor(second / 30);
    expect(stepOfCode(SECRET, code, null, second * 1_000)).toBe(step);
    expect(stepOfCode(SECRET, ` ${code.slice(0, 3)} ${code.slice(3)}`, null, second * 1_000)).toBe(step);
  });

  it('is taken a step early and a step late, and no further', () => {
    const at = 1234567890;
    const taken = [-60, -30, 0, 30, 60].map((late) => stepOfCode(SECRET, '005924', null, (at + late) * 1_000));
    const step = Math.floor(at / 30);
    expect(taken).toEqual([undefined, step, step, step, undefined]);
  });

  it('is taken once, and none before it after it', () => {
    const now = 1234567890_000;
    const step = Math.floor(1234567890 / 30);
    expect(stepOfCode(SECRET, '005924', step - 1, now)).toBe(step);
    expect(stepOfCode(SECRET, '005924', step, now)).toBe(undefined);
    expect(stepOfCode(SECRET, '005924', step + 1, now)).toBe(undefined);
  });

  it.each(['', '005925', '5924', '0059240', 'abcdef', '٠٠٥٩٢٤'])('is not taken where it is %s', (code) => {
    expect(stepOfCode(SECRET, code, null, 1234567890_000)).toBe(undefined);
  });

  it('is made by an app that reads the address', () => {
    const secret = newCodeSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newCodeSecret()).not.toBe(secret);
    const address = new URL(codeAddress(secret, 'nguyen.mau'));
    expect(`${address.protocol}//${address.host}`).toBe('otpauth://totp');
    expect(decodeURIComponent(address.pathname)).toBe('/Khung:nguyen.mau');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      issuer: 'Khung',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});

describe('a recovery code', () => {
  it('is one of ten, and kept in one way however it is typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-z0-9]{4}-){3}[a-z0-9]{4}$/);
    const [first = '', second = ''] = codes;
    expect(digestOfRecoveryCode(` ${first.toUpperCase().replaceAll('-', ' ')} `)).toBe(digestOfRecoveryCode(first));
    expect(digestOfRecoveryCode(second)).not.toBe(digestOfRecoveryCode(first));
    expect(digestOfRecoveryCode(first)).not.toContain(first.slice(0, 4));
  });
});
