import { createHash } from 'node:crypto';
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

/**
 * Refuses whoever asks too often, before anything is read.
 * @param perMinute - 0 = nobody does.
 */
export function rateDoor(perMinute: number, authenticator: Authenticator): Door {
  if (perMinute === 0) return () => false;
  const rate = new RequestRate(perMinute);
  return (request, response) => {
    if (request.url?.startsWith(EXEMPT) === true) return false;
    const seconds = rate.take(callerOf(request, authenticator), performance.now());
    if (seconds === 0) return false;
    const error = RegistryError.of('ASKED_TOO_OFTEN', [], { limit: perMinute, seconds });
    refuse(request, response, { error, status: 429, headers: { 'Retry-After': `${seconds}`, Connection: 'close' } });
    return true;
  };
}

/** By the token where it is one, else by the address: whoever makes tokens up is one caller. */
function callerOf({ headers: { authorization }, socket }: IncomingMessage, authenticator: Authenticator): string {
  if (authorization !== undefined && isKnown(authorization, authenticator)) {
    // By the token alone: what else the header has does not make another caller.
    return createHash('sha256')
      .update(authorization.split(' ')[1] ?? '')
      .digest('base64');
  }
  return socket.remoteAddress ?? '';
}

function isKnown(authorization: string, authenticator: Authenticator): boolean {
  try {
    return authenticator.actorOf(authorization).kind !== 'PUBLIC';
  } catch (error) {
    if (error instanceof RegistryError) return false;
    throw error;
  }
}
