import { randomBytes } from 'node:crypto';
import { SealedBox } from './sealed-box.js';

const KEY = randomBytes(32);
const SECRET = 'Bí mật JBSWY3DPEHPK3PXP';

describe('a sealed text', () => {
  it('is read by the holder of the key, each time sealed otherwise', () => {
    const sealed = new SealedBox(KEY, 'codes').seal(SECRET, 'account-1');
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('JBSWY');
    expect(new SealedBox(KEY, 'codes').open(sealed, 'account-1')).toBe(SECRET);
    expect(new SealedBox(KEY, 'codes').seal(SECRET, 'account-1')).not.toBe(sealed);
  });

  it('is not read with another key, for another purpose, or in the place of another', () => {
    const sealed = new SealedBox(KEY, 'codes').seal(SECRET, 'account-1');
    expect(new SealedBox(randomBytes(32), 'codes').open(sealed, 'account-1')).toBe(undefined);
    expect(new SealedBox(KEY, 'sign-in').open(sealed, 'account-1')).toBe(undefined);
    expect(new SealedBox(KEY, 'codes').open(sealed, 'account-2')).toBe(undefined);
  });

  it('is not read once a bit of it is changed or missing', () => {
    const box = new SealedBox(KEY, 'codes');
    const sealed = Buffer.from(box.seal(SECRET, ''), 'base64url');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(box.open(changed.toString('base64url'), '')).toBe(undefined);
      expect(box.open(sealed.subarray(0, at).toString('base64url'), '')).toBe(undefined);
    }
    expect(box.open('không phải', '')).toBe(undefined);
  });
});
