import { hash } from '@node-rs/argon2';
import { hashOfPassword, isOutdated, isPassword, passwordIssue } from './passwords.js';

const SENTENCE = 'Sáng nay trời mưa to lắm';

describe('a password', () => {
  it('is known by its hash, which says how it was made', async () => {
    const kept = await hashOfPassword(SENTENCE);
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashOfPassword(SENTENCE)).not.toBe(kept);
    expect(await isPassword(SENTENCE, kept)).toBe(true);
    expect(await isPassword(SENTENCE.normalize('NFD'), kept)).toBe(true);
    expect(await isPassword(SENTENCE.toLowerCase(), kept)).toBe(false);
  });

  it('is made anew where it was made with less', async () => {
    expect(isOutdated(await hashOfPassword(SENTENCE))).toBe(false);
    expect(isOutdated(await hash(SENTENCE, { memoryCost: 9_728 }))).toBe(true);
    expect(isOutdated(await hash(SENTENCE, { timeCost: 1 }))).toBe(true);
    expect(isOutdated((await hashOfPassword(SENTENCE)).replace('argon2id', 'argon2i'))).toBe(true);
  });

  it('takes as long to be refused where there is nobody of that name', async () => {
    const kept = await hashOfPassword(SENTENCE);
    await isPassword('anything', undefined);
    const shortest = { known: Infinity, unknown: Infinity };
    // In turns, so that whatever else the machine does slows both.
    for (let run = 0; run < 10; run += 1) {
      for (const [which, hashed] of [
        ['known', kept],
        ['unknown', undefined],
      ] as const) {
        const before = performance.now();
        expect(await isPassword('something else', hashed)).toBe(false);
        shortest[which] = Math.min(shortest[which], performance.now() - before);
      }
    }
    // Not looking at a hash at all takes a thousandth of the time.
    expect(shortest.unknown).toBeGreaterThan(shortest.known / 8);
    expect(shortest.unknown).toBeLessThan(shortest.known * 8);
  });

  it('is worked out while others are answered', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await Promise.all(Array.from({ length: 8 }, () => hashOfPassword(SENTENCE)));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it.each(['đúng12kýtự!', 'x7Kp2mQz9vL', 'a b c d e f g h '.repeat(9)])('is refused by its length: %s', (password) => {
    expect(passwordIssue(password, 'nguyenmau')).toMatchObject({ reason: 'PASSWORD_LENGTH' });
  });

  it.each(['matkhau12345', 'Mật khẩu 2026', 'passwordpassword', 'nguyenmau2026', '123456789012', 'ababababababab'])(
    'is refused where it is tried first: %s',
    (password) => {
      expect(passwordIssue(password, 'nguyenmau')).toMatchObject({ reason: 'PASSWORD_GUESSABLE' });
    },
  );

  it.each([SENTENCE, 'Sáng nay mưa', 'ghế xanh bàn đỏ', 'x7Kp2mQz9vLw', 'mật khẩu của tôi là bí mật'])(
    'may be: %s',
    (password) => {
      expect(passwordIssue(password, 'nguyenmau')).toBe(undefined);
    },
  );
});
