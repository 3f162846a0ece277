import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { agencyOf } from '../../core/access/actor.js';
import { may, notPermitted } from '../../core/access/decide.js';
import { Asks } from '../../runtime/access-action.js';
import { People } from '../../runtime/identity/people.js';
import { Sessions } from '../../runtime/identity/sessions.js';
import { userErrorsOf } from '../../runtime/registry-error.filter.js';
import type { RequestContext } from '../../runtime/request-context.js';
import { AgencyType } from '../element.types.js';
import { LandscapeReader } from '../landscape.reader.js';
import { SeenElement } from '../seen.types.js';
import { shownAssignment, shownPerson } from './shown-person.js';
import { ActAsInput, ActAsPayload, MeType, RoleAssignmentType } from './person.types.js';

/** Who asks, and in which of his roles. */
@Resolver(() => MeType)
export class MeResolver {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Query(() => MeType, { description: 'Who asks, as the registry knows him. Tôi là ai.' })
  @Asks('self.read')
  async me(@Context() { actor, session }: RequestContext): Promise<MeType> {
    const acting = { role: actor.kind, agencyUrn: agencyOf(actor), readOnly: actor.readOnly ?? false };
    if (session === undefined) return { ...acting, person: null, assignment: null, signedInUntil: null };
    return {
      ...acting,
      person: await shownPerson(await this.people.find(session.person), this.people),
      assignment: session.assignment,
      signedInUntil: new Date(session.expiresAt).toISOString(),
    };
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency he acts for, as far as he may see it.' })
  agency(@Parent() { agencyUrn }: MeType, @Context() context: RequestContext): Promise<SeenElement | null> {
    return agencyIn(this.landscapes, agencyUrn, context);
  }

  @Mutation(() => ActAsPayload, {
    description: 'Goes on in another of the roles one has, without signing in again. Chuyển vai trò.',
  })
  @Asks('self.act')
  async actAs(
    @Args('input', { description: 'Which role.' }) { assignment = null, dryRun }: ActAsInput,
    @Context() { actor, session, language }: RequestContext,
  ): Promise<ActAsPayload> {
    try {
      const signedIn = session !== undefined;
      if (!signedIn || !may(actor, 'self.act', { signedIn })) throw notPermitted('actAs');
      const role = await this.sessions.actAs(session, assignment, dryRun);
      return { assignment: role && shownAssignment(role), userErrors: [] };
    } catch (error) {
      return { assignment: null, userErrors: userErrorsOf(error, language) };
    }
  }
}

/** The agency of a role. */
@Resolver(() => RoleAssignmentType)
export class RoleAssignmentResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency, as far as the caller may see it.' })
  agency(@Parent() { agencyUrn }: RoleAssignmentType, @Context() context: RequestContext): Promise<SeenElement | null> {
    return agencyIn(this.landscapes, agencyUrn, context);
  }
}

async function agencyIn(
  landscapes: LandscapeReader,
  urn: string | null,
  context: RequestContext,
): Promise<SeenElement | null> {
  if (urn === null) return null;
  const landscape = await landscapes.forRequest(context);
  const agency = landscape.elementByUrn(urn);
  return agency?.kind === 'AGENCY' ? new SeenElement(landscape, agency) : null;
}
