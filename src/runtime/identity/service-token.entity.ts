import { Check, Column, CreateDateColumn, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../../core/access/policy.js';

/** What other systems may ask in whose name. */
@Entity('service_token')
@Unique('service_token_digest_unique', ['digest'])
@Unique('service_token_idempotency_key_unique', ['idempotencyKey'])
@Check(
  'service_token_role_known',
  `role in ('PUBLIC', 'OFFICER', 'LEGAL_OFFICER', 'INSPECTOR', 'REVIEWER', 'ARCHITECT')`,
)
@Check('service_token_agency', `(role = 'OFFICER') = (agency is not null)`)
export class ServiceTokenRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'service_token_pk' })
  id: string;

  /** SHA-256 of the token, hexadecimal: nobody who reads it can ask with it. */
  @Column('text')
  digest: string;

  /** What people call it. */
  @Column('text')
  label: string;

  @Column('text')
  role: Exclude<Role, 'ADMINISTRATOR'>;

  /** urn of the agency of an officer; null for the others. */
  @Column('text', { nullable: true })
  agency: string | null;

  /** urns that are opened to it one by one. */
  @Column('jsonb')
  grants: readonly string[];

  /** Ids of the registered queries that are all it may ask; null = whatever its role may. */
  @Column('jsonb', { nullable: true })
  documents: readonly string[] | null;

  @Column('boolean', { name: 'read_only' })
  readOnly: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'issued_at' })
  issuedAt: Date;

  /** Id of the person who issued it; null where he is not known by one. */
  @Column('uuid', { name: 'issued_by', nullable: true })
  issuedBy: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  /** Hash of what was asked for under the key; null where there is none. */
  @Column('text', { name: 'request_hash', nullable: true })
  requestHash: string | null;
}

/** How often a token was used on a day. */
@Entity('service_token_use')
export class ServiceTokenUseRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'service_token_use_pk' })
  @ForeignKey(() => ServiceTokenRow, { name: 'service_token_use_token_fk' })
  token: string;

  /** The day, in Viet Nam. */
  @PrimaryColumn('text', { name: 'used_on', primaryKeyConstraintName: 'service_token_use_pk' })
  usedOn: string;

  @Column('integer')
  requests: number;
}
