import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../../core/access/policy.js';

/** Somebody who signs in. The only row that holds a name, which can be erased: all others know the id. */
@Entity('person')
@Unique('person_subject_unique', ['issuer', 'subject'])
@Unique('person_idempotency_key_unique', ['idempotencyKey'])
@Check('person_subject_whole', `(issuer is null) = (subject is null)`)
@Check('person_erased', `erased_at is null or (name is null and email is null and subject is null)`)
export class PersonRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pk' })
  id: string;

  /** Who tells that it is this person; null for a local account, and of whom the registry has forgotten. */
  @Column('text', { nullable: true })
  issuer: string | null;

  /** As whom the issuer knows the person; null just where `issuer` is. */
  @Column('text', { nullable: true })
  subject: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'known_since' })
  knownSince: Date;

  /** When the registry forgot who it is. */
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt: Date | null;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  /** Hash of what was asked for under the key; null where there is none. */
  @Column('text', { name: 'request_hash', nullable: true })
  requestHash: string | null;
}

/** Roles that people are given; the public needs none. */
export type GivenRole = Exclude<Role, 'PUBLIC'>;

/** That somebody may act in a role. */
@Entity('role_assignment')
@Check(
  'role_assignment_role_known',
  `role in ('OFFICER', 'LEGAL_OFFICER', 'INSPECTOR', 'REVIEWER', 'ARCHITECT', 'ADMINISTRATOR')`,
)
@Check('role_assignment_agency', `(role = 'OFFICER') = (agency is not null)`)
@Index('role_assignment_person', ['person'])
export class RoleAssignmentRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_assignment_pk' })
  id: string;

  @Column('uuid')
  @ForeignKey(() => PersonRow, { name: 'role_assignment_person_fk' })
  person: string;

  @Column('text')
  role: GivenRole;

  /** urn of the agency of an officer; null for the others. */
  @Column('text', { nullable: true })
  agency: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'granted_at' })
  grantedAt: Date;

  /** Last day, in Viet Nam; null = until it is withdrawn. */
  @Column('text', { name: 'valid_to', nullable: true })
  validTo: string | null;

  @Column('timestamptz', { name: 'withdrawn_at', nullable: true })
  withdrawnAt: Date | null;
}
