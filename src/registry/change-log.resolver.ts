import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { orderedBy } from '../core/ordering.js';
import { may, notPermitted } from '../core/access/decide.js';
import { beforeNumber, numberCursor } from '../runtime/number-cursor.js';
import { ForwardPageArgs, PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { ChangeSetReader } from './change-set.reader.js';
import { ObjectHistoryLoader } from './history.loader.js';
import type { LogPage, LogRequest } from './change-set.reader.js';
import { ChangeConnectionType, ChangeOperationConnectionType, ChangeSetType } from './change-set.types.js';
import type { ChangeOperationType } from './change-set.types.js';
import type { CommittedChangeSet } from './change-set-batch.js';
import { ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

const HISTORY = {
  nullable: true,
  description: 'The change sets that touched it, newest first, each with what it did to it; null for the public.',
} as const;

/** The log of change sets, as far as one may read it. */
@Resolver()
export class ChangeLogResolver {
  constructor(private readonly log: ChangeSetReader) {}

  @Query(() => ChangeSetType, {
    nullable: true,
    description: 'One change set; null where there is none of that number.',
  })
  @Asks('log.read')
  async changeSet(
    @Args('revision', { type: () => Int, description: 'The revision that it made.' }) revision: number,
    @Context() { actor }: RequestContext,
  ): Promise<ChangeSetType | null> {
    if (!may(actor, 'log.read')) throw notPermitted('changeSet');
    const found = await this.log.find(revision);
    return found === null ? null : seen(found);
  }

  @Query(() => ChangeConnectionType, { description: 'The log of change sets, newest first, each with all it did.' })
  @Asks('log.read')
  async changeSets(@Args() page: ForwardPageArgs, @Context() { actor }: RequestContext): Promise<ChangeConnectionType> {
    if (!may(actor, 'log.read')) throw notPermitted('changeSets');
    const request = beforeNumber(page, CHANGE_SETS_MAXIMUM);
    return connectionOf(await this.log.log(request), request);
  }
}

const BY_INDEX = orderedBy<{ readonly index: number }>(({ index }) => index);

/** What a change set did, which may be very much. */
@Resolver(() => ChangeSetType)
export class ChangeOperationResolver {
  @ResolveField(() => ChangeOperationConnectionType, { description: 'What was done, in order.' })
  operations(@Parent() { operations }: ChangeSetType, @Args() page: PageArgs): Page<ChangeOperationType> {
    const numbered = operations.map((operation, index) => ({ operation, index }));
    return mapPage(
      pageInOrder(numbered, BY_INDEX, page, () => ['operations']),
      ({ operation }) => operation,
    );
  }
}

/** Whole change sets may be large. */
const CHANGE_SETS_MAXIMUM = 50;

/** The history of one element. */
@Resolver(() => ElementType)
export class ElementHistoryResolver {
  constructor(private readonly histories: ObjectHistoryLoader) {}

  @ResolveField(() => ChangeConnectionType, HISTORY)
  @Asks('log.read')
  async history(
    @Parent() element: SeenElement,
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Promise<ChangeConnectionType | null> {
    if (!may(context.actor, 'log.read')) return null;
    const request = beforeNumber(page);
    return connectionOf(await this.histories.load('element', element, { request, context }), request);
  }
}

/** The history of one relation. */
@Resolver(() => RelationType)
export class RelationHistoryResolver {
  constructor(private readonly histories: ObjectHistoryLoader) {}

  @ResolveField(() => ChangeConnectionType, HISTORY)
  @Asks('log.read')
  async history(
    @Parent() relation: SeenRelation,
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Promise<ChangeConnectionType | null> {
    if (!may(context.actor, 'log.read')) return null;
    const request = beforeNumber(page);
    return connectionOf(await this.histories.load('relation', relation, { request, context }), request);
  }
}

function connectionOf({ changeSets, totalCount, hasMore }: LogPage, { before }: LogRequest): ChangeConnectionType {
  return {
    nodes: changeSets.map(seen),
    totalCount,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: before !== null,
      startCursor: numberCursor(changeSets[0]?.revision),
      endCursor: numberCursor(changeSets.at(-1)?.revision),
    },
  };
}

function seen(changeSet: CommittedChangeSet): ChangeSetType {
  return { ...changeSet, id: `${changeSet.revision}` };
}
