import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { orderedBy } from '../core/ordering.js';
import { mayReadLog } from '../core/access/decide.js';
import { RegistryError } from '../core/errors.js';
import { PAGE_DEFAULT, PAGE_MAXIMUM, ForwardPageArgs, PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
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
  async changeSet(
    @Args('revision', { type: () => Int, description: 'The revision that it made.' }) revision: number,
    @Context() { actor }: RequestContext,
  ): Promise<ChangeSetType | null> {
    if (!mayReadLog(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'changeSet' });
    const found = await this.log.find(revision);
    return found === null ? null : seen(found);
  }

  @Query(() => ChangeConnectionType, { description: 'The log of change sets, newest first, each with all it did.' })
  async changeSets(@Args() page: ForwardPageArgs, @Context() { actor }: RequestContext): Promise<ChangeConnectionType> {
    if (!mayReadLog(actor)) throw RegistryError.of('NOT_PERMITTED', [], { action: 'changeSets' });
    const request = requestOf(page, CHANGE_SETS_MAXIMUM);
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
  async history(
    @Parent() element: SeenElement,
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Promise<ChangeConnectionType | null> {
    if (!mayReadLog(context.actor)) return null;
    const request = requestOf(page);
    return connectionOf(await this.histories.load('element', element, { request, context }), request);
  }
}

/** The history of one relation. */
@Resolver(() => RelationType)
export class RelationHistoryResolver {
  constructor(private readonly histories: ObjectHistoryLoader) {}

  @ResolveField(() => ChangeConnectionType, HISTORY)
  async history(
    @Parent() relation: SeenRelation,
    @Args() page: ForwardPageArgs,
    @Context() context: RequestContext,
  ): Promise<ChangeConnectionType | null> {
    if (!mayReadLog(context.actor)) return null;
    const request = requestOf(page);
    return connectionOf(await this.histories.load('relation', relation, { request, context }), request);
  }
}

/** A cursor of the log is the revision before which to go on: what is committed meanwhile does not move it. */
function requestOf({ first, after }: ForwardPageArgs, maximum = PAGE_MAXIMUM): LogRequest {
  const size = first ?? Math.min(PAGE_DEFAULT, maximum);
  if (size < 0) {
    const params = { field: 'first', value: size, minimum: 0, maximum };
    throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['first'], params);
  }
  if (size > maximum) {
    throw RegistryError.of('LIMIT_EXCEEDED', ['first'], { field: 'first', limit: maximum, actual: size });
  }
  if (after === null || after === undefined) return { first: size, before: null };
  const before = Number(Buffer.from(after, 'base64url').toString('utf8'));
  if (Number.isSafeInteger(before) && before > 0) return { first: size, before };
  throw RegistryError.of('CURSOR_MALFORMED', ['after'], { cursor: after });
}

function connectionOf({ changeSets, totalCount, hasMore }: LogPage, { before }: LogRequest): ChangeConnectionType {
  return {
    nodes: changeSets.map(seen),
    totalCount,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: before !== null,
      startCursor: cursorOf(changeSets[0]),
      endCursor: cursorOf(changeSets.at(-1)),
    },
  };
}

function seen(changeSet: CommittedChangeSet): ChangeSetType {
  return { ...changeSet, id: `${changeSet.revision}` };
}

function cursorOf(changeSet: CommittedChangeSet | undefined): string | null {
  return changeSet === undefined ? null : Buffer.from(`${changeSet.revision}`, 'utf8').toString('base64url');
}
