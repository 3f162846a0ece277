import type { Actor } from '../core/access/actor.js';
import type { Session } from './identity/identity.js';
import type { Language } from './messages.js';

/** What is known of one request before anything of it is carried out. */
export interface RequestContext {
  readonly actor: Actor;
  /** Language of messages, where a field does not ask for one itself. */
  readonly language: Language;
  /** Where the caller is signed in; absent where a token says who it is, or nothing does. */
  readonly session?: Session;
  /** Where the answer goes; its end is that of the work. Absent where nobody can go away. */
  readonly connection?: Connection;
  /** The number under which the log has the request; absent where nothing came through a door. */
  readonly requestId?: string | undefined;
}

/** A response of the HTTP server, as far as work hangs on it. */
export interface Connection {
  /** Whether it has ended, well or badly. */
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
}
