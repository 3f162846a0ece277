import type { DataSource } from 'typeorm';
import type { Actor, Principal } from '../../core/access/actor.js';
import type { Role } from '../../core/access/policy.js';
import { isUrn } from '../../core/landscape/model.js';
import type { Urn } from '../../core/landscape/model.js';
import { BoundedCache } from '../bounded-cache.js';
import { unavailableIfDown } from '../database-errors.js';
import { todayInVietnam } from '../today.js';
import type { Identity } from './identity.js';

/** Sessions and tokens that are kept in memory. */
const KEPT_MAXIMUM = 10_000;
/** So long one is taken without a look whether another process has ended it, ms. */
const LOOK_AGAIN_AFTER = 1_000;

interface SessionFound {
  readonly person: string;
  readonly assignment: string | null;
  readonly role: Role | null;
  readonly agency: string | null;
  readonly expiresAt: Date;
}

interface TokenFound {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly grants: readonly string[];
  readonly documents: readonly string[] | null;
  readonly readOnly: boolean;
  readonly issuedBy: string | null;
  readonly expiresAt: Date;
}

interface Kept {
  readonly identity: Identity;
  readonly expiresAt: number;
  readonly seenAt: number;
}

/** Finds who a session or a service token belongs to, by the digest of what was shown. */
export class Credentials {
  private kept = new BoundedCache<Kept>(KEPT_MAXIMUM);
  /** Told apart, so that what was read before a change is not kept after it. */
  private changes = 0;
  private readonly uses = new Map<string, number>();

  constructor(private readonly source: DataSource) {}

  /** Takes all of them from the database again: somebody has changed one. */
  forgetAll(): void {
    this.kept = new BoundedCache(KEPT_MAXIMUM);
    this.changes += 1;
  }

  /** What is known of a digest without asking the database; undefined where that has to be asked. */
  known(digest: string): Identity | undefined {
    const kept = this.kept.get(digest);
    if (kept === undefined || performance.now() - kept.seenAt >= LOOK_AGAIN_AFTER) return undefined;
    if (kept.expiresAt <= Date.now()) return undefined;
    return kept.identity;
  }

  /** @throws RegistryError DATABASE_UNAVAILABLE: who can not be looked up is not let in. */
  async session(digest: string): Promise<Identity | undefined> {
    const { changes } = this;
    const [found]: SessionFound[] = await unavailableIfDown(
      this.source.query(
        `select session.person, session.assignment, given.role, given.agency, session.expires_at as "expiresAt"
         from person_session session
         left join role_assignment given on given.id = session.assignment and given.withdrawn_at is null
           and (given.valid_to is null or given.valid_to >= $2)
         where session.digest = $1 and session.expires_at > clock_timestamp()`,
        [digest, todayInVietnam()],
      ),
    );
    if (found === undefined) return undefined;
    const { person, assignment, role, agency } = found;
    const expiresAt = found.expiresAt.getTime();
    const actor = actorIn({ role: role ?? 'PUBLIC', agency, grants: [] }, { principal: person });
    const session = { digest, person, assignment: role === null ? null : assignment, expiresAt };
    return this.keep(digest, { identity: { actor, caller: person, session }, expiresAt }, changes);
  }

  /** @throws RegistryError DATABASE_UNAVAILABLE. */
  async serviceToken(digest: string): Promise<Identity | undefined> {
    const { changes } = this;
    const [found]: TokenFound[] = await unavailableIfDown(
      this.source.query(
        `select id, role, agency, grants, documents, read_only as "readOnly", issued_by as "issuedBy",
           expires_at as "expiresAt"
         from service_token where digest = $1 and revoked_at is null and expires_at > clock_timestamp()`,
        [digest],
      ),
    );
    if (found === undefined) return undefined;
    const { id, readOnly, documents, issuedBy } = found;
    const actor = actorIn(found, { principal: id, readOnly, issuedBy });
    const identity = { actor, caller: id, ...(documents !== null && { documents: new Set(documents) }) };
    return this.keep(digest, { identity, expiresAt: found.expiresAt.getTime() }, changes);
  }

  private keep(digest: string, found: Omit<Kept, 'seenAt'>, changes: number): Identity {
    if (changes === this.changes) this.kept.set(digest, { ...found, seenAt: performance.now() }, 1);
    return found.identity;
  }

  /** Counts requests with a service token. */
  countUse(token: string, requests = 1): void {
    this.uses.set(token, (this.uses.get(token) ?? 0) + requests);
  }

  /** The requests that were counted since they were taken last, by the token's id. */
  takeUses(): ReadonlyMap<string, number> {
    const taken = new Map(this.uses);
    this.uses.clear();
    return taken;
  }
}

function actorIn(
  { role, agency, grants }: { readonly role: Role; readonly agency: string | null; readonly grants: readonly string[] },
  principal: Principal,
): Actor {
  switch (role) {
    case 'PUBLIC':
    case 'ADMINISTRATOR':
      return { kind: role, ...principal };
    case 'OFFICER':
      // The table asks for the agency of an officer, and a urn was all that was ever written.
      if (agency === null || !isUrn(agency)) throw new Error('An officer acts for no agency.');
      return { kind: role, agency, grants: urnsIn(grants), ...principal };
    default:
      return { kind: role, grants: urnsIn(grants), ...principal };
  }
}

function urnsIn(texts: readonly string[]): Urn[] {
  return texts.filter((each): each is Urn => isUrn(each));
}
