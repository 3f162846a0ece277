import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { RegistryError } from '../../core/errors.js';
import { sha256 } from '../canonical-json.js';
import { unavailableIfDown } from '../database-errors.js';
import { Credentials } from './credentials.js';
import type { Session } from './identity.js';
import { People } from './people.js';
import type { RoleAssignmentRow } from './person.entity.js';

/** So long somebody stays signed in, whatever he does: a working day. Seconds. */
export const SESSION_SECONDS = 10 * 3_600;

/** Who is let in. */
export interface LetIn {
  readonly person: string;
  /** Of the password that was right; undefined = an issuer told who it is. */
  readonly passwordHash?: string;
}

/** Where people are signed in. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly people: People,
    private readonly credentials: Credentials,
  ) {}

  /**
   * Signs somebody in. Who has one role acts in it; who has several, in the one that was given first, until he says
   * otherwise.
   * @returns what the browser is to keep.
   * @throws RegistryError CREDENTIALS_WRONG, SIGN_IN_FAILED where what let him in counts no longer.
   */
  async begin(letIn: LetIn): Promise<string> {
    const { person } = letIn;
    const token = randomBytes(32).toString('base64url');
    await unavailableIfDown(this.database.query(`delete from person_session where expires_at < clock_timestamp()`));
    await unavailableIfDown(
      this.database.transaction(async (manager) => {
        await requireStill(manager, letIn);
        const [role] = await this.people.rolesOf([person], manager);
        await manager.query(
          `insert into person_session (digest, person, assignment, expires_at)
           values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))`,
          [sha256(token), person, role?.id ?? null, SESSION_SECONDS],
        );
      }),
    );
    return token;
  }

  /** Signs somebody out. */
  async end({ digest }: Pick<Session, 'digest'>): Promise<void> {
    await unavailableIfDown(this.database.query('delete from person_session where digest = $1', [digest]));
    this.credentials.forgetAll();
  }

  /**
   * Has somebody act in another of his roles from the next request on.
   * @param assignment - id of what gives him the role; null = as the public does.
   * @throws RegistryError ROLE_ASSIGNMENT_UNKNOWN where he has it not.
   */
  async actAs(session: Session, assignment: string | null, dryRun: boolean): Promise<RoleAssignmentRow | null> {
    const role = (await this.people.rolesOf([session.person])).find(({ id }) => id === assignment) ?? null;
    if (assignment !== null && role === null) {
      throw RegistryError.of('ROLE_ASSIGNMENT_UNKNOWN', ['assignment'], { id: assignment });
    }
    if (dryRun) return role;
    const statement = 'update person_session set assignment = $2 where digest = $1';
    await unavailableIfDown(this.database.query(statement, [session.digest, assignment]));
    this.credentials.forgetAll();
    return role;
  }
}

/**
 * It took a while to find out who somebody is. Whoever disables or resets an account, or forgets a person, holds the person
 * for it: it was done before this, and is seen here, or it waits, and ends the session that is begun.
 */
async function requireStill(manager: EntityManager, { person, passwordHash }: LetIn): Promise<void> {
  const known: unknown[] = await manager.query('select id from person where id = $1 and erased_at is null for share', [
    person,
  ]);
  if (passwordHash === undefined) {
    if (known.length === 0) throw RegistryError.of('SIGN_IN_FAILED');
    return;
  }
  const accounts: unknown[] = await manager.query(
    'select person from local_account where person = $1 and password_hash = $2 and disabled_at is null',
    [person, passwordHash],
  );
  if (known.length === 0 || accounts.length === 0) throw RegistryError.of('CREDENTIALS_WRONG');
}
