import { Check, Column, CreateDateColumn, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { PersonRow } from '../identity/person.entity.js';

/** The account of a person whom no issuer knows. It goes where the person is forgotten. */
@Entity('local_account')
@Unique('local_account_user_name_unique', ['userName'])
@Unique('local_account_enrolment_unique', ['enrolmentDigest'])
@Check('local_account_enrolled', `(password_hash is null) = (code_secret is null)`)
@Check('local_account_enrolment', `(enrolment_digest is null) = (enrolment_until is null)`)
export class LocalAccountRow {
  /** Id of the person. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'local_account_pk' })
  @ForeignKey(() => PersonRow, { name: 'local_account_person_fk' })
  person: string;

  /** In lower case. */
  @Column('text', { name: 'user_name' })
  userName: string;

  /** null until the account is set up. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  /** The secret of the second factor, sealed; null just where there is no password. */
  @Column('text', { name: 'code_secret', nullable: true })
  codeSecret: string | null;

  /** The step of the last code that was taken. */
  @Column('integer', { name: 'last_code_step', nullable: true })
  lastCodeStep: number | null;

  /** Of the recovery codes that are left. */
  @Column('text', { name: 'recovery_digests', array: true, default: '{}' })
  recoveryDigests: string[];

  /** Of the code with which the account can be set up; null where it can not. */
  @Column('text', { name: 'enrolment_digest', nullable: true })
  enrolmentDigest: string | null;

  @Column('timestamptz', { name: 'enrolment_until', nullable: true })
  enrolmentUntil: Date | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'made_at' })
  madeAt: Date;
}
