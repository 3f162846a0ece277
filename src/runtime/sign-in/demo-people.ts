import { ADMINISTRATOR } from '../../core/access/actor.js';
import type { Urn } from '../../core/landscape/model.js';
import type { GivenRole } from '../identity/person.entity.js';
import type { People } from '../identity/people.js';
import { DEMO_ISSUER } from './development-issuer-door.js';
import { readReferenceJson } from '../reference-file.js';

/** Somebody who does not exist, and signs in without a secret where the service is tried out. */
export interface DemoPerson {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly DemoRole[];
}

/** What a demo person acts as; the agency of an officer alone. */
export interface DemoRole {
  readonly role: GivenRole;
  readonly agency?: Urn;
}

/** The closed list of them. */
export function readDemoPeople(): readonly DemoPerson[] {
  // The file is our own.
  return readReferenceJson('hcmc/demo-people.json') as readonly DemoPerson[];
}

/**
 * Lets the demo people be known, with their roles. Who is known already keeps what he was given; what was withdrawn from him
 * is given again when they are entered next.
 */
export async function enterDemoPeople(people: readonly DemoPerson[], known: People): Promise<void> {
  for (const { subject, name, email, roles } of people) {
    const { id } = await known.ofSubject({ issuer: DEMO_ISSUER, subject, name, email });
    const has = await known.rolesOf([id]);
    for (const { role, agency = null } of roles) {
      if (has.some((each) => each.role === role && each.agency === agency)) continue;
      await known.grant({ person: id, role, agency, validTo: null }, ADMINISTRATOR, false);
    }
  }
}
