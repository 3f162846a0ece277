import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { may, notPermitted } from '../../core/access/decide.js';
import { ROLES } from '../../core/access/policy.js';
import { RegistryError, issue } from '../../core/errors.js';
import type { Issue } from '../../core/errors.js';
import { isCalendarDay } from '../../core/landscape/calendar-day.js';
import { isWritableText } from '../../core/landscape/record-fields.js';
import { orderedBy } from '../../core/ordering.js';
import { vietnameseSortKey } from '../../core/vietnamese-order.js';
import { Asks } from '../../runtime/access-action.js';
import type { PersonRow, RoleAssignmentRow } from '../../runtime/identity/person.entity.js';
import { People } from '../../runtime/identity/people.js';
import { PageArgs, mapPage, pageByPlace } from '../../runtime/page.js';
import type { Page } from '../../runtime/page.js';
import { userErrorsOf } from '../../runtime/registry-error.filter.js';
import type { RequestContext } from '../../runtime/request-context.js';
import { todayInVietnam } from '../../runtime/today.js';
import { LandscapeReader } from '../landscape.reader.js';
import {
  AddPersonInput,
  ErasePersonInput,
  GrantRoleInput,
  PersonConnectionType,
  PersonPayload,
  RoleAssignmentPayload,
  WithdrawRoleInput,
} from './person.types.js';
import type { PersonType } from './person.types.js';
import { scopeIssues } from './role-scope.js';
import { shownAssignment, shownPeople, shownPerson } from './shown-person.js';

const ORDERING = orderedBy<PersonRow>(
  ({ name }) => vietnameseSortKey(name ?? ''),
  ({ id }) => id,
);
const GIVEN = ROLES.filter((each) => each !== 'PUBLIC').join(', ');
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** Who signs in here, and in which roles they may act. */
@Resolver()
export class PersonResolver {
  constructor(
    private readonly known: People,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Query(() => PersonConnectionType, { description: 'Everybody who signs in here, by name. Người dùng.' })
  @Asks('people.manage')
  async people(@Args() page: PageArgs, @Context() { actor }: RequestContext): Promise<Page<PersonType>> {
    const rows = pageByPlace(await this.known.list(actor), ORDERING, page, () => ['people']);
    const shown = new Map((await shownPeople(rows.nodes, this.known)).map((each) => [each.id, each]));
    return mapPage(rows, ({ id }) => {
      const person = shown.get(id);
      if (person === undefined) throw new Error('People are shown one for one.');
      return person;
    });
  }

  @Mutation(() => PersonPayload, { description: 'Enters somebody whom no issuer knows. Thêm người dùng.' })
  @Asks('people.manage')
  addPerson(
    @Args('input', { description: 'Who.' }) { name, email = null, ...keeping }: AddPersonInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<PersonPayload> {
    return this.personPayload(language, async () => {
      if (!may(actor, 'people.manage')) throw notPermitted('addPerson');
      refuse([...textIssues('name', name), ...emailIssues(email)]);
      return this.known.enter({ name: name.trim(), email }, keeping, actor);
    });
  }

  @Mutation(() => PersonPayload, {
    description:
      'Forgets who somebody is: the name goes, with all roles; what was done under the id stays. Xóa danh tính.',
  })
  @Asks('people.manage')
  erasePerson(
    @Args('input', { description: 'Who.' }) { person, dryRun }: ErasePersonInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<PersonPayload> {
    return this.personPayload(language, () => this.known.erase(person, actor, dryRun));
  }

  @Mutation(() => RoleAssignmentPayload, { description: 'Lets somebody act in a role. Giao vai trò.' })
  @Asks('people.manage')
  grantRole(
    @Args('input', { description: 'Who, and which role.' }) input: GrantRoleInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<RoleAssignmentPayload> {
    return rolePayload(language, async () => {
      if (!may(actor, 'people.manage')) throw notPermitted('grantRole');
      const { person, role, agency = null, validTo = null, dryRun } = input;
      if (role === 'PUBLIC') {
        throw RegistryError.of('VALUE_NOT_ALLOWED', ['role'], { field: 'role', value: role, allowed: GIVEN });
      }
      const landscape = await this.landscapes.read(actor);
      refuse([...scopeIssues(landscape, role, agency), ...dayIssues(validTo)]);
      return this.known.grant({ person, role, agency, validTo }, actor, dryRun);
    });
  }

  @Mutation(() => RoleAssignmentPayload, {
    description: 'Takes a role back: whoever acts in it does so no longer. Thu hồi vai trò.',
  })
  @Asks('people.manage')
  withdrawRole(
    @Args('input', { description: 'Which.' }) { assignment, dryRun }: WithdrawRoleInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<RoleAssignmentPayload> {
    return rolePayload(language, () => this.known.withdraw(assignment, actor, dryRun));
  }

  private async personPayload(
    language: RequestContext['language'],
    work: () => Promise<PersonRow>,
  ): Promise<PersonPayload> {
    try {
      return { person: await shownPerson(await work(), this.known), userErrors: [] };
    } catch (error) {
      return { person: null, userErrors: userErrorsOf(error, language) };
    }
  }
}

async function rolePayload(
  language: RequestContext['language'],
  work: () => Promise<RoleAssignmentRow>,
): Promise<RoleAssignmentPayload> {
  try {
    return { assignment: shownAssignment(await work()), userErrors: [] };
  } catch (error) {
    return { assignment: null, userErrors: userErrorsOf(error, language) };
  }
}

function textIssues(field: string, text: string | null): Issue[] {
  if (text === null || (isWritableText(text) && text.trim() !== '')) return [];
  return [issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' })];
}

function emailIssues(email: string | null): Issue[] {
  if (email === null || EMAIL.test(email)) return [];
  return [issue('VALUE_OF_WRONG_TYPE', ['email'], { field: 'email', expected: 'ten@noi.vn' })];
}

function dayIssues(day: string | null): Issue[] {
  const field = 'validTo';
  if (day === null) return [];
  if (!isCalendarDay(day)) return [issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'YYYY-MM-DD' })];
  const start = todayInVietnam();
  return day < start ? [issue('END_BEFORE_START', [field], { field, value: day, start })] : [];
}

/** @throws RegistryError where anything is wrong. */
function refuse([first, ...others]: Issue[]): void {
  if (first !== undefined) throw new RegistryError([first, ...others]);
}
