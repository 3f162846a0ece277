import type { Actor } from '../core/access/actor.js';
import type { Language } from './messages.js';

/** What is known of one request before anything of it is carried out. */
export interface RequestContext {
  readonly actor: Actor;
  /** Language of messages, where a field does not ask for one itself. */
  readonly language: Language;
}
