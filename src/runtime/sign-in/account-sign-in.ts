import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegistryError } from '../../core/errors.js';
import { appendAudit } from '../audit/audit-log.js';
import { unavailableIfDown } from '../database-errors.js';
import { Attempts } from './attempts.js';
import type { Attempt } from './attempts.js';
import { LocalAccountRow } from './local-account.entity.js';
import { digestOfRecoveryCode, stepOfCode } from './one-time-codes.js';
import { hashOfPassword, isOutdated, isPassword } from './passwords.js';
import { SECOND_FACTOR, SecretKey } from './secret-key.js';
import { Slots } from './slots.js';
import type { SlotLimits } from './slots.js';
import { isUserName, userNameOf } from './user-name.js';

/** Passwords that are tried at once: each takes 19 MiB and a thread for as long. */
const LIMITS: SlotLimits = { running: 16, runningOfOne: 8, waiting: 256, waitingOfOne: 32 };

/** What somebody types to sign in. */
export interface TypedAccount extends Attempt {
  readonly password: string;
  /** Of the app, or one of the recovery codes. */
  readonly code: string;
}

/** Whose account it is, and the password that was right: it may be another by the time he is let in. */
export interface RightAccount {
  readonly person: string;
  readonly passwordHash: string;
}

type SetUpAccount = LocalAccountRow & RightAccount;

/** Signs people in by a password and a second factor. Nobody learns which of them was wrong, or who has an account. */
@Injectable()
export class AccountSignIn {
  private readonly logger = new Logger('SignIn');
  private readonly attempts = new Attempts();
  private readonly slots = new Slots(LIMITS);

  constructor(
    private readonly database: DataSource,
    private readonly key: SecretKey,
  ) {}

  /**
   * The account that was typed rightly.
   * @throws RegistryError CREDENTIALS_WRONG, ATTEMPTS_TOO_MANY, BUSY, SECRET_KEY_MISSING, DATABASE_UNAVAILABLE.
   */
  async accountOf(typed: TypedAccount): Promise<RightAccount> {
    if (!this.key.isThere) throw RegistryError.of('SECRET_KEY_MISSING');
    return this.slots.during(typed.address, async () => {
      this.attempts.begin(typed);
      const account = await this.named(typed.userName);
      const isRight = await isPassword(typed.password, account?.passwordHash);
      if (account === undefined || !isRight || !(await this.isSecondFactor(account, typed.code))) {
        throw RegistryError.of('CREDENTIALS_WRONG');
      }
      const passwordHash = await this.keptUp(account, typed.password);
      this.attempts.succeeded(typed);
      return { person: account.person, passwordHash };
    });
  }

  /** The account that can be signed in to by this name; the database is asked for nothing that can be no name. */
  private async named(typed: string): Promise<SetUpAccount | undefined> {
    const userName = userNameOf(typed);
    if (!isUserName(userName)) return undefined;
    const row = await unavailableIfDown(this.database.getRepository(LocalAccountRow).findOneBy({ userName }));
    return row !== null && row.disabledAt === null && isSetUp(row) ? row : undefined;
  }

  /**
   * Takes the code in the statement that looks whether it was taken: of two who show it at once, one is let in, and nobody
   * whose account was ended or set up anew while his password was compared.
   */
  private async isSecondFactor(account: SetUpAccount, code: string): Promise<boolean> {
    const secret = this.key.boxFor(SECOND_FACTOR).open(account.codeSecret ?? '', account.person);
    if (secret === undefined) {
      this.logger.error('The second factor of a local account was kept under another KHUNG_SECRET_KEY.');
      return false;
    }
    const step = stepOfCode(secret, code, account.lastCodeStep, Date.now());
    if (step !== undefined) {
      return this.takes(
        `update local_account set last_code_step = $2
         where person = $1 and disabled_at is null and password_hash = $3
           and (last_code_step is null or last_code_step < $2) returning person`,
        [account.person, step, account.passwordHash],
      );
    }
    const digest = digestOfRecoveryCode(code);
    if (!account.recoveryDigests.includes(digest)) return false;
    return this.takesRecovery(account, digest);
  }

  private async takes(statement: string, parameters: readonly unknown[]): Promise<boolean> {
    const [taken]: [unknown[], number] = await unavailableIfDown(this.database.query(statement, [...parameters]));
    return taken.length > 0;
  }

  private takesRecovery({ person, passwordHash }: SetUpAccount, digest: string): Promise<boolean> {
    return unavailableIfDown(
      this.database.transaction(async (manager) => {
        const [taken]: [unknown[], number] = await manager.query(
          `update local_account set recovery_digests = array_remove(recovery_digests, $2)
           where person = $1 and disabled_at is null and password_hash = $3
             and $2 = any(recovery_digests) returning person`,
          [person, digest, passwordHash],
        );
        if (taken.length === 0) return false;
        const payload = { action: 'RECOVERY_CODE_USED', person };
        const by = { actor: 'public', agency: null, person };
        await appendAudit(manager, [{ kind: 'LOCAL_ACCOUNT', by, subject: person, payload }]);
        return true;
      }),
    );
  }

  /** Makes the hash anew with what is asked for today: only now is the password there to do it. */
  private async keptUp({ person, passwordHash }: SetUpAccount, password: string): Promise<string> {
    if (!isOutdated(passwordHash)) return passwordHash;
    const hashed = await hashOfPassword(password);
    const statement = 'update local_account set password_hash = $3 where person = $1 and password_hash = $2';
    await unavailableIfDown(this.database.query(statement, [person, passwordHash, hashed]));
    return hashed;
  }
}

function isSetUp(row: LocalAccountRow): row is SetUpAccount {
  return row.passwordHash !== null;
}
