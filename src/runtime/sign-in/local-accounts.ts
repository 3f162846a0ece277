import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../core/access/actor.js';
import { may, notPermitted } from '../../core/access/decide.js';
import { RegistryError } from '../../core/errors.js';
import { appendAudit } from '../audit/audit-log.js';
import { auditedActor } from '../audit/audit-record.js';
import { sha256 } from '../canonical-json.js';
import { unavailableIfDown } from '../database-errors.js';
import { Credentials } from '../identity/credentials.js';
import { People } from '../identity/people.js';
import type { PersonRow } from '../identity/person.entity.js';
import { LocalAccountRow } from './local-account.entity.js';
import { SECOND_FACTOR, SecretKey } from './secret-key.js';
import { USER_NAME_EXPECTED, isUserName, userNameOf } from './user-name.js';

/** So long an account can be set up. */
export const ENROLMENT_HOURS = 24;
const HOUR = 3_600_000;
const CODE_BYTES = 32;

/** An account with what it is set up with; the code is nowhere kept, and can not be told again. */
export interface OpenedAccount {
  readonly account: LocalAccountRow;
  /** null on a dry run. */
  readonly code: string | null;
}

/** What is done to whose account, and by whom. */
interface AccountChange {
  readonly person: string;
  readonly action: string;
  readonly actor: Actor;
  readonly dryRun: boolean;
}

/** An account as it is to be. */
interface ChangedAccount {
  readonly account: LocalAccountRow;
  /** Whether it was so already. */
  readonly isSame?: boolean;
}

/** What an account has before it is set up. */
const NOTHING_SET = { passwordHash: null, codeSecret: null, lastCodeStep: null, recoveryDigests: [], disabledAt: null };

/** The accounts of people whom no issuer knows, as the administrator keeps them. */
@Injectable()
export class LocalAccounts {
  constructor(
    private readonly database: DataSource,
    private readonly people: People,
    private readonly credentials: Credentials,
    private readonly key: SecretKey,
  ) {}

  /** Makes an account that its owner has to set up. @throws RegistryError with what is wrong. */
  async make(person: string, userName: string, actor: Actor, dryRun: boolean): Promise<OpenedAccount> {
    this.require(actor, 'createLocalAccount');
    // Found out before anybody is sent a link that he could not follow.
    this.key.boxFor(SECOND_FACTOR);
    const name = userNameOf(userName);
    if (!isUserName(name)) {
      const params = { field: 'userName', expected: USER_NAME_EXPECTED };
      throw RegistryError.of('VALUE_OF_WRONG_TYPE', ['userName'], params);
    }
    const { code, ...enrolment } = newEnrolment();
    const account = await this.change({ person, action: 'MADE', actor, dryRun }, async (manager, known) => {
      if (known.erasedAt !== null) throw RegistryError.of('PERSON_UNKNOWN', ['person'], { id: person });
      if (known.issuer !== null) throw RegistryError.of('ACCOUNT_OF_ISSUER', ['person']);
      const rows = manager.getRepository(LocalAccountRow);
      // Held until the end, so that of two who ask at once one is told what is wrong.
      await manager.query('lock table local_account in share row exclusive mode');
      if (await rows.existsBy({ person })) throw RegistryError.of('ACCOUNT_EXISTS', ['person']);
      if (await rows.existsBy({ userName: name })) {
        throw RegistryError.of('USER_NAME_TAKEN', ['userName'], { userName: name });
      }
      const made = { person, userName: name, ...NOTHING_SET, ...enrolment };
      return { account: Object.assign(new LocalAccountRow(), made) };
    });
    return { account, code: dryRun ? null : code };
  }

  /**
   * Takes password, second factor and sessions away, so that the owner sets the account up anew; one that was disabled is no
   * longer. @throws RegistryError with what is wrong.
   */
  async reset(person: string, actor: Actor, dryRun: boolean): Promise<OpenedAccount> {
    this.require(actor, 'resetLocalAccount');
    this.key.boxFor(SECOND_FACTOR);
    const { code, ...enrolment } = newEnrolment();
    const account = await this.change({ person, action: 'RESET', actor, dryRun }, async (manager) => ({
      account: Object.assign(await accountIn(manager, person), NOTHING_SET, enrolment),
    }));
    return { account, code: dryRun ? null : code };
  }

  /** Lets nobody in by an account any more. @throws RegistryError with what is wrong. */
  async disable(person: string, actor: Actor, dryRun: boolean): Promise<LocalAccountRow> {
    this.require(actor, 'disableLocalAccount');
    return this.change({ person, action: 'DISABLED', actor, dryRun }, async (manager) => {
      const account = await accountIn(manager, person);
      if (account.disabledAt !== null) return { account, isSame: true };
      const ended = { disabledAt: new Date(), enrolmentDigest: null, enrolmentUntil: null };
      return { account: Object.assign(account, ended) };
    });
  }

  /**
   * Changes an account as it is once nobody else changes what is of its person.
   * @param work - gives the account as it is to be.
   */
  private async change(
    { person, action, actor, dryRun }: AccountChange,
    work: (manager: EntityManager, person: PersonRow) => Promise<ChangedAccount>,
  ): Promise<LocalAccountRow> {
    const { account } = await unavailableIfDown(
      this.database.transaction(async (manager) => {
        const changed = await work(manager, await this.people.held(manager, person));
        if (dryRun || changed.isSame === true) return changed;
        await manager.save(changed.account);
        await manager.query('delete from person_session where person = $1', [person]);
        const payload = { action, person };
        await appendAudit(manager, [{ kind: 'LOCAL_ACCOUNT', by: auditedActor(actor), subject: person, payload }]);
        return changed;
      }),
    );
    this.credentials.forgetAll();
    return account;
  }

  private require(actor: Actor, operation: string): void {
    if (!may(actor, 'people.manage')) throw notPermitted(operation);
  }
}

function newEnrolment(): { code: string; enrolmentDigest: string; enrolmentUntil: Date } {
  const code = randomBytes(CODE_BYTES).toString('base64url');
  return { code, enrolmentDigest: sha256(code), enrolmentUntil: new Date(Date.now() + ENROLMENT_HOURS * HOUR) };
}

async function accountIn(manager: EntityManager, person: string): Promise<LocalAccountRow> {
  const row = await manager.findOneBy(LocalAccountRow, { person });
  if (row === null) throw RegistryError.of('ACCOUNT_UNKNOWN', ['person'], { person });
  return row;
}
