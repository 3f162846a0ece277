import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { EntityManager, FindOneOptions } from 'typeorm';
import type { Actor } from '../../core/access/actor.js';
import { may, notPermitted } from '../../core/access/decide.js';
import { RegistryError } from '../../core/errors.js';
import { appendAudit } from '../audit/audit-log.js';
import { auditedActor } from '../audit/audit-record.js';
import type { AuditEvent } from '../audit/audit-record.js';
import { unavailableIfDown } from '../database-errors.js';
import { todayInVietnam } from '../today.js';
import { askedFor, madeBefore } from './asked-once.js';
import type { AskedFor, Asking } from './asked-once.js';
import { Credentials } from './credentials.js';
import { PersonRow, RoleAssignmentRow } from './person.entity.js';
import type { GivenRole } from './person.entity.js';

/** Whom an issuer speaks of. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
}

/** A role that is to be given. */
export interface Grant {
  readonly person: string;
  readonly role: GivenRole;
  /** urn of the agency of an officer; null for the others. */
  readonly agency: string | null;
  /** Last day; null = until it is withdrawn. */
  readonly validTo: string | null;
}

/** A hash of a name is nearly the name. */
const NO_REQUEST: AskedFor = { idempotencyKey: null, requestHash: null };
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who may sign in, and in which roles they may act. */
@Injectable()
export class People {
  constructor(
    private readonly database: DataSource,
    private readonly credentials: Credentials,
  ) {}

  /** The person an issuer speaks of, with the name that it tells now; seen for the first time, it is entered. */
  async ofSubject({ issuer, subject, name, email }: Subject): Promise<PersonRow> {
    return this.change(async (manager) => {
      const people = manager.getRepository(PersonRow);
      const entered: { id: string }[] = await manager.query(
        `insert into person (id, issuer, subject, name, email) values ($1, $2, $3, $4, $5)
         on conflict (issuer, subject) do nothing returning id`,
        [randomUUID(), issuer, subject, name, email],
      );
      // Held, so that nobody who is forgotten meanwhile gets his name back.
      const person = await people.findOne({ where: { issuer, subject }, ...FOR_CHANGE });
      if (person === null) throw RegistryError.of('SIGN_IN_FAILED');
      if (entered.length > 0) await appendAudit(manager, [registered(person.id, { actor: 'public', agency: null })]);
      if (person.name === name && person.email === email) return person;
      return people.save(Object.assign(person, { name, email }));
    });
  }

  /** Enters somebody whom no issuer knows. @throws RegistryError. */
  async enter(asked: Pick<Subject, 'name' | 'email'>, asking: Asking, actor: Actor): Promise<PersonRow> {
    this.require(actor, 'addPerson');
    const request = askedFor(asked, asking);
    const row = Object.assign(new PersonRow(), {
      id: randomUUID(),
      issuer: null,
      subject: null,
      ...asked,
      ...request,
      erasedAt: null,
    });
    if (asking.dryRun) return Object.assign(row, { knownSince: new Date() });
    return this.change(async (manager) => {
      const before = await madeBefore(manager, PersonRow, request);
      if (before !== null) return before;
      const saved = await manager.save(row);
      await appendAudit(manager, [registered(saved.id, auditedActor(actor))]);
      return saved;
    });
  }

  /** Everybody who is known, those who were forgotten too. @throws RegistryError. */
  list(actor: Actor): Promise<PersonRow[]> {
    this.require(actor, 'people');
    return unavailableIfDown(this.database.getRepository(PersonRow).find());
  }

  /** @throws RegistryError PERSON_UNKNOWN. */
  find(id: string): Promise<PersonRow> {
    return unavailableIfDown(personIn(this.database.manager, id));
  }

  /** The person, whom nobody else changes until the end of the transaction. @throws RegistryError PERSON_UNKNOWN. */
  held(manager: EntityManager, id: string): Promise<PersonRow> {
    return personIn(manager, id, FOR_CHANGE);
  }

  /** The roles that people have today, in the order in which they were given. */
  async rolesOf(people: readonly string[], manager = this.database.manager): Promise<RoleAssignmentRow[]> {
    if (people.length === 0) return [];
    return unavailableIfDown(
      manager
        .getRepository(RoleAssignmentRow)
        .createQueryBuilder('given')
        .where('given.person = any(:people) and given.withdrawn_at is null', { people })
        .andWhere('(given.valid_to is null or given.valid_to >= :today)', { today: todayInVietnam() })
        .orderBy('given.granted_at')
        .addOrderBy('given.id')
        .getMany(),
    );
  }

  /** Gives a role. @throws RegistryError with what is wrong. */
  async grant(asked: Grant, actor: Actor, dryRun: boolean): Promise<RoleAssignmentRow> {
    this.require(actor, 'grantRole');
    const { person: of, role, agency, validTo } = asked;
    return this.change(async (manager) => {
      const person = await personIn(manager, of, FOR_CHANGE);
      if (person.erasedAt !== null) throw RegistryError.of('PERSON_UNKNOWN', ['person'], { id: of });
      const has = await this.rolesOf([of], manager);
      if (has.some((each) => each.role === role && each.agency === agency)) {
        throw RegistryError.of('ROLE_GIVEN_ALREADY', ['role'], { role });
      }
      const row = Object.assign(new RoleAssignmentRow(), { id: randomUUID(), ...asked, withdrawnAt: null });
      if (dryRun) return Object.assign(row, { grantedAt: new Date() });
      const saved = await manager.save(row);
      const payload = { action: 'GRANTED', assignment: saved.id, person: of, role, agency, validTo };
      await appendAudit(manager, [{ kind: 'ROLE', by: auditedActor(actor), subject: of, payload }]);
      return saved;
    });
  }

  /** Takes a role back: whoever acts in it does so no longer. @throws RegistryError with what is wrong. */
  async withdraw(id: string, actor: Actor, dryRun: boolean): Promise<RoleAssignmentRow> {
    this.require(actor, 'withdrawRole');
    return this.change(async (manager) => {
      const rows = manager.getRepository(RoleAssignmentRow);
      const given = ID.test(id) ? await rows.findOneBy({ id }) : null;
      // Of two who withdraw it at once, the second finds it withdrawn.
      if (given !== null) await this.held(manager, given.person);
      const row = given === null ? null : await rows.findOneBy({ id, withdrawnAt: IsNull() });
      if (row === null) throw RegistryError.of('ROLE_ASSIGNMENT_UNKNOWN', ['assignment'], { id });
      if (dryRun) return row;
      const saved = await rows.save(Object.assign(row, { withdrawnAt: new Date() }));
      const { person, role, agency } = saved;
      const payload = { action: 'WITHDRAWN', assignment: id, person, role, agency };
      await appendAudit(manager, [{ kind: 'ROLE', by: auditedActor(actor), subject: person, payload }]);
      return saved;
    });
  }

  /**
   * Forgets who somebody is: the name goes, with the roles and sessions; the id stays, for what was done under it. Signing
   * in again makes another person. @throws RegistryError with what is wrong.
   */
  async erase(id: string, actor: Actor, dryRun: boolean): Promise<PersonRow> {
    this.require(actor, 'erasePerson');
    return this.change(async (manager) => {
      const person = await personIn(manager, id, FOR_CHANGE);
      if (dryRun || person.erasedAt !== null) return person;
      const erasedAt = new Date();
      const nothing = { issuer: null, subject: null, name: null, email: null, erasedAt, ...NO_REQUEST };
      const saved = await manager.save(Object.assign(person, nothing));
      await manager.update(RoleAssignmentRow, { person: id, withdrawnAt: IsNull() }, { withdrawnAt: erasedAt });
      await manager.query('delete from person_session where person = $1', [id]);
      await manager.query('delete from local_account where person = $1', [id]);
      const payload = { action: 'ERASED', person: id };
      await appendAudit(manager, [{ kind: 'PERSON', by: auditedActor(actor), subject: id, payload }]);
      return saved;
    });
  }

  /** Ends the sessions of everybody whom an issuer told: it is believed no longer. */
  async endSessionsOf(issuer: string): Promise<void> {
    const statement = 'delete from person_session where person in (select id from person where issuer = $1)';
    await this.change((manager) => manager.query(statement, [issuer]));
  }

  private require(actor: Actor, operation: string): void {
    if (!may(actor, 'people.manage')) throw notPermitted(operation);
  }

  /** Whatever is changed of people counts at once. */
  private async change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const done = await unavailableIfDown(this.database.transaction(work));
    this.credentials.forgetAll();
    return done;
  }
}

function registered(
  id: string,
  by: Pick<AuditEvent['by'], 'actor' | 'agency'> & { person?: string | null },
): AuditEvent {
  const payload = { action: 'REGISTERED', person: id };
  return { kind: 'PERSON', by: { person: id, ...by }, subject: id, payload };
}

/** Whatever is changed of one person is changed one after the other. */
const FOR_CHANGE = { lock: { mode: 'pessimistic_write' } } as const;

async function personIn(
  manager: EntityManager,
  id: string,
  how: Pick<FindOneOptions<PersonRow>, 'lock'> = {},
): Promise<PersonRow> {
  const person = ID.test(id) ? await manager.findOne(PersonRow, { where: { id }, ...how }) : null;
  if (person === null) throw RegistryError.of('PERSON_UNKNOWN', ['person'], { id });
  return person;
}
