import { Args, Context, Float, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { Actor } from '../core/access/actor.js';
import { decisionOf, newestOf } from '../core/similarity/duplicate-case.js';
import type { DuplicateCaseState } from '../core/similarity/duplicate-case.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import { ElementType } from '../registry/element.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { owningAgency } from '../registry/owning-agency.reader.js';
import type { SeenElement } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DateTimeScalar, MoneyScalar } from '../runtime/scalars.js';
import { DuplicateCaseListArgs } from './duplicate-case-inputs.types.js';
import { CASE_ORDERING, DuplicateCaseReader, mayReadGroundsOf, ownersOf } from './duplicate-case.reader.js';
import type { KeptCaseEvent, SeenCase } from './duplicate-case.reader.js';
import {
  DuplicateCaseConnectionType,
  DuplicateCaseEventType,
  DuplicateCaseStateEnum,
  DuplicateCaseType,
} from './duplicate-case.types.js';
import { MatchBandEnum } from './duplicates.types.js';

/** The ledger of cases, for whoever may read findings. */
@Resolver(() => DuplicateCaseType)
export class DuplicateCaseListResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly cases: DuplicateCaseReader,
    private readonly access: FindingsAccess,
  ) {}

  @Query(() => DuplicateCaseConnectionType, {
    description:
      'Cases of duplicates, in the order in which they were opened. Those of which the caller does not see both elements ' +
      'are neither listed nor counted. For whoever may read findings.',
  })
  @Asks('findings.read')
  async duplicateCases(
    @Args() { state = null, agency: urn = null, ...page }: DuplicateCaseListArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenCase>> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forRequest(context);
    const agency = owningAgency(landscape, urn);
    const all = await this.cases.seen(landscape, context);
    workOf(context).spend(all.length);
    const listed = all.filter((seen) => {
      if (state !== null && !state.includes(newestOf(seen.kept).state)) return false;
      return agency === undefined || ownersOf(seen).includes(agency.urn);
    });
    return pageByPlace(listed, CASE_ORDERING, page, () => ['duplicateCases', state, urn]);
  }

  @Query(() => DuplicateCaseType, {
    nullable: true,
    description: 'One case; null where none that the caller sees has the id. For whoever may read findings.',
  })
  @Asks('findings.read')
  async duplicateCase(
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Context() context: RequestContext,
  ): Promise<SeenCase | null> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forRequest(context);
    return (await this.cases.seen(landscape, context)).find(({ kept }) => kept.id === id) ?? null;
  }
}

/** A case as the schema says it. */
@Resolver(() => DuplicateCaseType)
export class DuplicateCaseResolver {
  @ResolveField(() => ID, { description: 'Its id.' })
  id({ kept }: SeenCase): string {
    return kept.id;
  }

  @ResolveField(() => DuplicateCaseStateEnum, { description: 'Where it stands.' })
  state({ kept }: SeenCase): DuplicateCaseState {
    return newestOf(kept).state;
  }

  @ResolveField(() => ElementType, { description: 'The one that was compared with the other.' })
  subject({ subject }: SeenCase): SeenElement {
    return subject;
  }

  @ResolveField(() => ElementType, { description: 'The other.' })
  match({ match }: SeenCase): SeenElement {
    return match;
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Why it was decided so; null while nobody has decided, and for whoever neither speaks for the city nor for an ' +
      'agency that owns one of the two.',
  })
  @Asks('case.grounds')
  reason(@Parent() seen: SeenCase, @Context() { actor }: RequestContext): string | null {
    return mayReadGroundsOf(seen, actor) ? (decisionOf(seen.kept)?.reason ?? null) : null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'As whom it was decided: architect or administrator; null while nobody has.',
  })
  decidedBy({ kept }: SeenCase): string | null {
    return decisionOf(kept)?.by ?? null;
  }

  @ResolveField(() => DateTimeScalar, { nullable: true, description: 'When it was decided; null while nobody has.' })
  decidedAt({ kept }: SeenCase): string | null {
    return decisionOf(kept)?.at.toISOString() ?? null;
  }

  @ResolveField(() => MoneyScalar, {
    nullable: true,
    description: 'Whole dong that need not be spent by the decision; null if nobody said.',
  })
  avoidedCost({ kept }: SeenCase): number | null {
    return decisionOf(kept)?.avoidedCost ?? null;
  }

  @ResolveField(() => MatchBandEnum, {
    description: 'What the pair was called when it was decided, and before that when the case was opened.',
  })
  band({ kept }: SeenCase): MatchBand {
    return newestOf(kept).standing.band;
  }

  @ResolveField(() => Float, {
    nullable: true,
    description: 'Its score then, 0 to 1; null where a side said too little to be compared.',
  })
  score({ kept }: SeenCase): number | null {
    return newestOf(kept).standing.score;
  }

  @ResolveField(() => [DuplicateCaseEventType], { description: 'All that happened to it, in order.' })
  history(@Parent() seen: SeenCase, @Context() { actor }: RequestContext): DuplicateCaseEventType[] {
    return seen.kept.events.map((event) => told(event, seen, actor));
  }
}

function told({ standing, at, ...event }: KeptCaseEvent, seen: SeenCase, actor: Actor): DuplicateCaseEventType {
  const reason = mayReadGroundsOf(seen, actor) ? event.reason : null;
  return { ...event, ...standing, reason, at: at.toISOString() };
}
