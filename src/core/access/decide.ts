import { RegistryError } from '../errors.js';
import type { Visibility } from '../landscape/model.js';
import { agencyOf, readingKey, roleOf } from './actor.js';
import type { Actor } from './actor.js';
import { POLICY, READING } from './policy.js';
import type { Action, Condition, Grants } from './policy.js';

/** What an action is done to, as far as permission hangs on it. What is not told holds no condition. */
export interface Resource {
  /** urn of the agency whose matter it is; null = the whole city's. */
  readonly agency?: string | null;
  /** urns of the agencies whom it concerns. */
  readonly owners?: readonly string[];
  /** The role of whoever asked for it. */
  readonly author?: string;
  /** Who that was, as `Actor.principal`; null or not there where nobody knows. */
  readonly person?: string | null;
  /** Something was found to fail by it. */
  readonly showsFailure?: boolean;
  /** The class that the operator gave it. */
  readonly visibility?: Visibility;
  /** A person is signed in where it comes from. */
  readonly signedIn?: boolean;
  /** What whoever asked for it may read, as `readingKey`. */
  readonly sight?: string;
}

/** Whether something is allowed, and what it failed of. */
export type Decision =
  { readonly allowed: true } | { readonly allowed: false; readonly because: 'ROLE' | 'READ_ONLY' | Condition };

const HOLDS: Readonly<Record<Condition, (actor: Actor, resource: Resource) => boolean>> = {
  OWN_AGENCY: (actor, { agency }) => typeof agency === 'string' && agency === agencyOf(actor),
  OWNS_ONE: (actor, { owners = [] }) => owners.some((agency) => agency === agencyOf(actor)),
  NOT_AUTHOR: (actor, { author, person = null }) =>
    author !== undefined && author !== roleOf(actor) && actor.issuedBy === undefined && isAnother(actor, person),
  SHOWS_NO_FAILURE: (_, { showsFailure }) => showsFailure === false,
  READS_CLASS: (actor, { visibility }) => visibility !== undefined && mayReadClass(actor, visibility),
  SIGNED_IN: (_, { signedIn }) => signedIn === true,
  SAME_SIGHT: (actor, { sight }) => sight === readingKey(actor),
};

/** Whether an actor is surely another than a person; where that is known, he has to be known by an id as well. */
function isAnother({ principal }: Actor, person: string | null): boolean {
  return person === null || (principal !== undefined && principal !== person);
}

/** Whether an actor may do something to a resource: what the policy says and nothing else. */
export function decide(actor: Actor, action: Action, resource: Resource = {}): Decision {
  if (!mayTouch(actor, action)) return { allowed: false, because: 'READ_ONLY' };
  const conditions = grantsOf(action)[actor.kind];
  if (conditions === undefined) return { allowed: false, because: 'ROLE' };
  const failing = conditions.find((each) => !HOLDS[each](actor, resource));
  return failing === undefined ? { allowed: true } : { allowed: false, because: failing };
}

/** The same as yes or no. */
export function may(actor: Actor, action: Action, resource?: Resource): boolean {
  return decide(actor, action, resource).allowed;
}

/**
 * Whether there is anything at all that an actor may do this to: for whoever refuses before he looks at the thing, which
 * costs something, or is not to be told.
 */
export function mayAtAll(actor: Actor, action: Action): boolean {
  return mayTouch(actor, action) && grantsOf(action)[actor.kind] !== undefined;
}

function mayTouch({ readOnly = false }: Actor, action: Action): boolean {
  return !readOnly || READING.has(action);
}

function grantsOf(action: Action): Grants {
  return POLICY[action];
}

/** Which records of a visibility class an actor may read: all, those of the own agency, or those opened to him by name alone. */
export type Reach = 'ALL' | 'OWN' | 'NAMED';

export function reachOf({ kind }: Actor, visibility: Visibility): Reach {
  const conditions = grantsOf(`record.read.${visibility}`)[kind];
  if (conditions === undefined) return 'NAMED';
  return conditions.length === 0 ? 'ALL' : 'OWN';
}

/** Whether an actor may read every record of a visibility class. */
export function mayReadClass(actor: Actor, visibility: Visibility): boolean {
  return reachOf(actor, visibility) === 'ALL';
}

/** @param operation - what is refused: the name of the query or mutation. */
export function notPermitted(operation: string): RegistryError {
  return RegistryError.of('NOT_PERMITTED', [], { action: operation });
}
