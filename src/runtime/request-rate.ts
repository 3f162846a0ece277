import type { IncomingMessage } from 'node:http';
import { RegistryError } from '../core/errors.js';
import type { Authenticator } from './authentication.js';
import { refuse } from './front-door.js';
import type { Door } from './front-door.js';

/** Callers that are remembered; past it the one that was first is forgotten, which gives it all of its requests again. */
const CALLERS_MAXIMUM = 10_000;
const MINUTE = 60_000;
/** Whoever keeps the service running asks as often as he likes. */
const EXEMPT = '/health/';

/** What a caller has left. */
interface Bucket {
  left: number;
  /** Milliseconds, of the clock that is given. */
  at: number;
}

/** How often each caller asks: so many requests at once, and as many each minute, refilled as time goes by. */
export class RequestRate {
  private readonly buckets = new Map<string, Bucket>();

  /** @param perMinute - at least 1. */
  constructor(private readonly perMinute: number) {}

  /**
   * Takes one request of a caller.
   * @param now - milliseconds of a clock that only goes forward.
   * @returns whole seconds until the next one is taken, at least 1; 0 where this one is.
   */
  take(caller: string, now: number): number {
    const bucket = this.bucketOf(caller, now);
    bucket.left = Math.min(this.perMinute, bucket.left + ((now - bucket.at) * this.perMinute) / MINUTE);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - bucket.left) * MINUTE) / this.perMinute / 1_000));
  }

  private bucketOf(caller: string, now: number): Bucket {
    const known = this.buckets.get(caller);
    if (known !== undefined) return known;
    if (this.buckets.size >= CALLERS_MAXIMUM) {
      const [first] = this.buckets.keys();
      if (first !== undefined) this.buckets.delete(first);
    }
    const bucket = { left: this.perMinute, at: now };
    this.buckets.set(caller, bucket);
    return bucket;
  }
}

/** Doors that refuse whoever asks too often, before anything is read. */
export interface RateDoors {
  /** Stands before the database is asked who somebody is: that counts for the address, whoever it turns out to be. */
  readonly ofStrangers: Door;
  /** By the person or the token where there is one, else by the address: whoever makes tokens up is one caller. */
  readonly ofCallers: Door;
}

/** @param perMinute - 0 = any number. */
export function rateDoors(perMinute: number, authenticator: Authenticator): RateDoors {
  const rate = new RequestRate(perMinute);
  const doorOf = (callerOf: (request: IncomingMessage) => string | undefined): Door => {
    return (request, response) => {
      const caller = perMinute === 0 || request.url?.startsWith(EXEMPT) === true ? undefined : callerOf(request);
      const seconds = caller === undefined ? 0 : rate.take(caller, performance.now());
      if (seconds === 0) return false;
      const error = RegistryError.of('ASKED_TOO_OFTEN', [], { limit: perMinute, seconds });
      refuse(request, response, { error, status: 429, headers: { 'Retry-After': `${seconds}`, Connection: 'close' } });
      return true;
    };
  };
  return {
    ofStrangers: doorOf((request) => (authenticator.isStrange(request) ? addressOf(request) : undefined)),
    ofCallers: doorOf((request) => knownCaller(request, authenticator) ?? addressOf(request)),
  };
}

function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? '';
}

function knownCaller(request: IncomingMessage, authenticator: Authenticator): string | undefined {
  try {
    return authenticator.identityOf(request).caller;
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}
