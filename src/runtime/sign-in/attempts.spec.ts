import { RegistryError } from '../../core/errors.js';
import { Attempts } from './attempts.js';

const ATTEMPT = { userName: 'nguyen.mau', address: '10.0.0.1' };
let clock = 0;
let attempts: Attempts;
beforeEach(() => {
  clock = 0;
  attempts = new Attempts(() => clock);
});

/** Seconds to wait; 0 where the attempt is taken. */
function waitOf(attempt = ATTEMPT): number {
  try {
    attempts.begin(attempt);
    return 0;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.issues[0].reason !== 'ATTEMPTS_TOO_MANY') throw error;
    return Number(error.issues[0].params['seconds']);
  }
}

/** Fails as soon as may be, so often; gives what was waited before each. */
function waits(count: number, attempt = ATTEMPT): number[] {
  return Array.from({ length: count }, () => {
    const seconds = waitOf(attempt);
    clock += seconds * 1_000;
    if (seconds > 0) expect(waitOf(attempt)).toBe(0);
    return seconds;
  });
}

describe('whoever guesses', () => {
  it('waits twice as long each time, up to a quarter of an hour', () => {
    expect(waits(20)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]);
  });

  it('is not helped by writing the name in another way, or by asking all at once', () => {
    for (const userName of ['NGUYEN.MAU', 'nguyen.mau', 'nguyen.mau ', '\tnguyen.mau', ' Nguyen.Mau\n']) {
      expect(waitOf({ ...ATTEMPT, userName })).toBe(0);
    }
    for (const userName of ['nguyen.mau', '  nguyen.mau']) expect(waitOf({ ...ATTEMPT, userName })).toBe(1);
    expect(waitOf({ ...ATTEMPT, userName: 'another' })).toBe(0);
  });

  it('does not shut the owner out who is elsewhere, and is slowed down all the same where he asks from everywhere', () => {
    waits(20);
    expect(waitOf({ ...ATTEMPT, address: '10.0.1.1' })).toBe(0);
    clock += 3_600_001;
    for (let at = 0; at < 100; at += 1) expect(waitOf({ ...ATTEMPT, address: `10.0.2.${at}` })).toBe(0);
    expect(waitOf({ ...ATTEMPT, address: '10.0.3.1' })).toBe(1);
  });

  it('is slowed down at one address too, whatever names are tried', () => {
    for (let at = 0; at < 1_000; at += 1) expect(waitOf({ ...ATTEMPT, userName: `name-${at}` })).toBe(0);
    expect(waitOf({ ...ATTEMPT, userName: 'one more' })).toBe(1);
    expect(waitOf({ userName: 'one more', address: '10.9.9.9' })).toBe(0);
  });

  it('is told apart from whoever signs in', () => {
    for (let at = 0; at < 4; at += 1) expect(waitOf()).toBe(0);
    attempts.succeeded(ATTEMPT);
    for (let at = 0; at < 200; at += 1) {
      expect(waitOf()).toBe(0);
      attempts.succeeded(ATTEMPT);
    }
  });

  it('is forgotten after an hour', () => {
    waits(8);
    clock += 3_600_001;
    expect(waits(6)).toEqual([0, 0, 0, 0, 0, 1]);
  });
});
