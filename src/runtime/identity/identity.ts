import type { Actor } from '../../core/access/actor.js';

/** Where somebody is signed in. */
export interface Session {
  /** SHA-256 of what the browser keeps. */
  readonly digest: string;
  /** Id of the person. */
  readonly person: string;
  /** Id of the role assignment he acts by; null = as the public does. */
  readonly assignment: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What is known of whoever sends a request. */
export interface Identity {
  readonly actor: Actor;
  /** Whom requests are counted for; not there of who has shown nothing. */
  readonly caller?: string;
  /** Ids of the registered queries that are all he may ask; not there where his role alone says what he may. */
  readonly documents?: ReadonlySet<string>;
  readonly session?: Session;
}
