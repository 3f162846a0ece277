import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { RegistryError } from '../core/errors.js';
import { refuse } from './front-door.js';
import type { Door } from './front-door.js';

/** Milliseconds for which requests that have begun may go on: whoever ends containers kills after ten seconds. */
const LIMIT = 7_000;
/** Milliseconds between looks for connections that wait for their next question. */
const LOOK = 50;
const READY = '/health/ready';

/** How a service ends: it is said first, then nobody new is let in, then what has begun is waited for. */
export class Shutdown {
  private isAnnounced = false;

  constructor(private readonly server: Server) {}

  /** Says that the service is not ready any more. All else is answered as before. */
  announce(): void {
    this.isAnnounced = true;
  }

  /** Refuses what asks whether the service is ready, once it is to end. */
  readonly door: Door = (request, response) => {
    if (!this.isAnnounced || request.url !== READY) return false;
    refuse(request, response, { error: RegistryError.of('SHUTTING_DOWN'), status: 503 });
    return true;
  };

  /** Lets nobody in and waits for what has begun; what takes longer than the limit is cut off. */
  async drain(): Promise<void> {
    this.announce();
    const { server } = this;
    const drained = new Promise<void>((resolve) => {
      // It was not listening yet, or not any more: nobody has to be waited for.
      server.close(() => resolve());
    });
    const looks = setInterval(() => server.closeIdleConnections(), LOOK);
    const ends = new AbortController();
    await Promise.race([drained, setTimeout(LIMIT, undefined, { signal: ends.signal }).catch(() => undefined)]);
    ends.abort();
    clearInterval(looks);
    server.closeAllConnections();
    await drained;
  }
}
