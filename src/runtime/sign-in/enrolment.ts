import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegistryError, issue } from '../../core/errors.js';
import type { Issue } from '../../core/errors.js';
import { appendAudit } from '../audit/audit-log.js';
import { sha256 } from '../canonical-json.js';
import { unavailableIfDown } from '../database-errors.js';
import { LocalAccountRow } from './local-account.entity.js';
import { ENROLMENT_HOURS } from './local-accounts.js';
import { digestOfRecoveryCode, newCodeSecret, newRecoveryCodes, stepOfCode } from './one-time-codes.js';
import { passwordIssue, hashOfPassword } from './passwords.js';
import { SECOND_FACTOR, SecretKey } from './secret-key.js';

/** An account that its owner is setting up. */
export interface Enrolment {
  readonly person: string;
  readonly userName: string;
}

/** What the owner chose and typed. */
export interface EnrolmentForm {
  readonly password: string;
  readonly repeated: string;
  /** The secret that was shown, sealed: nothing is kept before the app has shown that it has it. */
  readonly sealed: string;
  readonly code: string;
}

/** Lets the owners of local accounts set them up, with a code from the administrator that is good for once. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: DataSource,
    private readonly key: SecretKey,
  ) {}

  /** @throws RegistryError ENROLMENT_ENDED, DATABASE_UNAVAILABLE. */
  async open(code: string): Promise<Enrolment> {
    const row = await unavailableIfDown(
      this.database.getRepository(LocalAccountRow).findOneBy({ enrolmentDigest: sha256(code) }),
    );
    const isOpen = row !== null && row.disabledAt === null && (row.enrolmentUntil?.getTime() ?? 0) > Date.now();
    if (!isOpen) throw ended();
    return { person: row.person, userName: row.userName };
  }

  /**
   * A secret for the app, and the same sealed for the account, as it is kept once it comes back with a code of it.
   * @param sealed - of the form that was filled in before; a new one is made where it was not sealed for this account.
   */
  secretOf({ person }: Enrolment, sealed: string): { readonly secret: string; readonly sealed: string } {
    const box = this.key.boxFor(SECOND_FACTOR);
    const shown = box.open(sealed, person);
    if (shown !== undefined) return { secret: shown, sealed };
    const secret = newCodeSecret();
    return { secret, sealed: box.seal(secret, person) };
  }

  /**
   * Sets the account up.
   * @returns the recovery codes, which are told this once.
   * @throws RegistryError with everything that is wrong with the form, ENROLMENT_ENDED.
   */
  async finish(code: string, form: EnrolmentForm): Promise<readonly string[]> {
    const enrolment = await this.open(code);
    const { secret, sealed } = this.secretOf(enrolment, form.sealed);
    const step = stepOfCode(secret, form.code, null, Date.now());
    const issues = [...passwordIssues(form, enrolment), ...(step === undefined ? [issue('CODE_WRONG', ['code'])] : [])];
    const [first, ...others] = issues;
    if (first !== undefined) throw new RegistryError([first, ...others]);
    const hashed = await hashOfPassword(form.password);
    const recovery = newRecoveryCodes();
    const kept = [enrolment.person, sha256(code), hashed, sealed, step, recovery.map(digestOfRecoveryCode)];
    await unavailableIfDown(
      this.database.transaction(async (manager) => {
        const [set]: [unknown[], number] = await manager.query(
          `update local_account set password_hash = $3, code_secret = $4, last_code_step = $5, recovery_digests = $6,
             enrolment_digest = null, enrolment_until = null
           where person = $1 and enrolment_digest = $2 and disabled_at is null returning person`,
          kept,
        );
        if (set.length === 0) throw ended();
        const { person } = enrolment;
        const by = { actor: 'public', agency: null, person };
        await appendAudit(manager, [
          { kind: 'LOCAL_ACCOUNT', by, subject: person, payload: { action: 'SET_UP', person } },
        ]);
      }),
    );
    return recovery;
  }
}

function passwordIssues({ password, repeated }: EnrolmentForm, { userName }: Enrolment): readonly Issue[] {
  const wrong = passwordIssue(password, userName);
  if (wrong !== undefined) return [wrong];
  return password === repeated ? [] : [issue('PASSWORD_REPEATED_OTHERWISE', ['repeated'])];
}

function ended(): RegistryError {
  return RegistryError.of('ENROLMENT_ENDED', [], { hours: ENROLMENT_HOURS });
}
