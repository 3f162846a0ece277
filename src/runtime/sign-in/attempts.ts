import { RegistryError } from '../../core/errors.js';
import { BoundedCache } from '../bounded-cache.js';
import { sha256 } from '../canonical-json.js';
import { userNameOf } from './user-name.js';

/** Attempts on one account from one address that may fail before anybody has to wait: people mistype. */
const FREE = 5;
/** On one account from wherever: few enough to guess nothing, and more than it takes to shut its owner out in passing. */
const FREE_OF_ACCOUNT = 100;
const SECOND = 1_000;
const WAIT_MAXIMUM = 15 * 60 * SECOND;
/** After so long without a failure everything before is forgotten. */
const FORGOTTEN = 60 * 60 * SECOND;
/** Names and addresses that are remembered; a flood of made-up names pushes out what was tried longest ago. */
const REMEMBERED = 100_000;
/** Many sit behind one address, all of them where there is a proxy, and a few of them mistype. */
const FREE_OF_ADDRESS = 1_000;

interface Failures {
  readonly count: number;
  /** Milliseconds, of the clock that is given. */
  readonly last: number;
}

/** Whose attempts are counted. */
export interface Attempt {
  /** As it was typed, whether there is such an account or not: nobody learns that from having to wait. */
  readonly userName: string;
  /** Of the other end of the line: what a request says of itself anybody can make up. */
  readonly address: string;
}

/**
 * Slows whoever guesses down: after some failures each further one doubles the wait, up to a quarter of an hour: soon on
 * one account from one address, later on one account from anywhere and from one address on any. Counted in this process: several replicas allow as many times more.
 */
export class Attempts {
  private readonly failures = new BoundedCache<Failures>(REMEMBERED);

  /** @param now - milliseconds of a clock that only goes forward. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Takes an attempt for a failed one until it is told otherwise, so that many at once do not all count as the first.
   * @throws RegistryError ATTEMPTS_TOO_MANY where the last failures are too near.
   */
  begin(attempt: Attempt): void {
    const counted = keysOf(attempt).map(([key, free]) => ({ key, free, ...this.failuresOf(key) }));
    const until = Math.max(...counted.map(({ count, free, last }) => last + waitAfter(count - free)));
    if (until > this.now()) {
      const seconds = Math.ceil((until - this.now()) / SECOND);
      throw RegistryError.of('ATTEMPTS_TOO_MANY', [], { seconds });
    }
    for (const { key, count } of counted) this.failures.set(key, { count: count + 1, last: this.now() }, 1);
  }

  /** The attempt was right: whoever signs in from there starts anew, and what is counted of others takes this one back. */
  succeeded(attempt: Attempt): void {
    const [[both], ...wider] = keysOf(attempt);
    this.failures.delete(both);
    for (const [key] of wider) {
      const { count, last } = this.failuresOf(key);
      this.failures.set(key, { count: Math.max(0, count - 1), last }, 1);
    }
  }

  private failuresOf(key: string): Failures {
    const known = this.failures.get(key);
    return known === undefined || this.now() - known.last > FORGOTTEN ? { count: 0, last: -Infinity } : known;
  }
}

/** Names are kept as digests: what people mistype may be their password. */
function keysOf({ userName, address }: Attempt): [[string, number], ...[string, number][]] {
  const name = userNameOf(userName);
  return [
    [sha256(`both ${address} ${name}`), FREE],
    [sha256(`account ${name}`), FREE_OF_ACCOUNT],
    [sha256(`address ${address}`), FREE_OF_ADDRESS],
  ];
}

function waitAfter(beyond: number): number {
  return beyond < 0 ? 0 : Math.min(WAIT_MAXIMUM, SECOND * 2 ** Math.min(beyond, 20));
}
