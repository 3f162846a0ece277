import type { PersonRow, RoleAssignmentRow } from '../../runtime/identity/person.entity.js';
import type { People } from '../../runtime/identity/people.js';
import type { PersonType, RoleAssignmentType } from './person.types.js';

/** A role as it is shown. */
export function shownAssignment({ id, role, agency, grantedAt, validTo }: RoleAssignmentRow): RoleAssignmentType {
  return { id, role, agencyUrn: agency, grantedAt: grantedAt.toISOString(), validTo };
}

/** People as they are shown, with their roles, which are read together. */
export async function shownPeople(rows: readonly PersonRow[], people: People): Promise<PersonType[]> {
  const given = await people.rolesOf(rows.map(({ id }) => id));
  return rows.map(({ knownSince, erasedAt, id, name, email, issuer }) => ({
    id,
    name,
    email,
    issuer,
    knownSince: knownSince.toISOString(),
    erasedAt: erasedAt?.toISOString() ?? null,
    roles: given.filter(({ person }) => person === id).map(shownAssignment),
  }));
}

/** One of them. */
export async function shownPerson(row: PersonRow, people: People): Promise<PersonType> {
  const [shown] = await shownPeople([row], people);
  if (shown === undefined) throw new Error('One person was asked for.');
  return shown;
}
