import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { RegistryError } from '../core/errors.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { orderedBy } from '../core/ordering.js';
import type { Ordering, SortValue } from '../core/ordering.js';
import { vietnameseSortKey } from '../core/vietnamese-order.js';
import { toUserError } from '../runtime/messages.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DateScalar, DateTimeScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { LandscapeDifferenceType } from './difference.types.js';
import type { SeenDifference } from './difference.types.js';
import { AgencyType } from './element.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { ScenarioComparisonReader } from './scenario-comparison.reader.js';
import type { ScenarioConflict } from './scenario-comparison.reader.js';
import {
  ArchiveScenarioInput,
  ChangeScenarioInput,
  CreateScenarioInput,
  MergeScenarioInput,
  RebaseScenarioInput,
  RevertScenarioInput,
  ScenarioFilterInput,
  ScenarioOrderInput,
} from './scenario-inputs.types.js';
import type { ScenarioOrderField } from './scenario-inputs.types.js';
import { ScenarioMergeWriter } from './scenario-merge.writer.js';
import type { MergeOutcome } from './scenario-merge.writer.js';
import type { ScenarioOutcome } from './scenario-requests.js';
import type { ScenarioRow } from './scenario.entity.js';
import { operationsPage, writtenAs } from './scenario-operation.reader.js';
import { ScenarioReader } from './scenario.reader.js';
import {
  MergeScenarioPayload,
  RebaseScenarioPayload,
  ScenarioConflictConnectionType,
  ScenarioConnectionType,
  ScenarioOperationConnectionType,
  ScenarioPayload,
  ScenarioType,
} from './scenario.types.js';
import type { ScenarioOperationType } from './scenario.types.js';
import { ScenarioWriter } from './scenario.writer.js';
import { seenByUrn } from './seen.types.js';
import type { SeenElement } from './seen.types.js';

/** What if: changes that are only thought of. */
@Resolver(() => ScenarioType)
export class ScenarioResolver {
  constructor(
    private readonly reader: ScenarioReader,
    private readonly comparisons: ScenarioComparisonReader,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Query(() => ScenarioType, {
    nullable: true,
    description: 'One scenario; null where the caller sees none of that id.',
  })
  @Asks('scenario.use')
  async scenario(
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Context() { actor }: RequestContext,
  ): Promise<ScenarioRow | null> {
    try {
      return await this.reader.find(id, actor);
    } catch (error) {
      if (error instanceof RegistryError && error.issues[0].reason === 'SCENARIO_UNKNOWN') return null;
      throw error;
    }
  }

  @Query(() => ScenarioConnectionType, {
    description: 'Scenarios that the caller may see, in pages; by default the one changed last first.',
  })
  @Asks('scenario.use')
  async scenarios(
    @Args('filter', { type: () => ScenarioFilterInput, nullable: true, description: 'Only those that match.' })
    filter: ScenarioFilterInput | null,
    @Args('orderBy', { type: () => [ScenarioOrderInput], nullable: true, description: 'The first key counts most.' })
    orderBy: ScenarioOrderInput[] | null,
    @Args() page: PageArgs,
    @Context() { actor }: RequestContext,
  ): Promise<Page<ScenarioRow>> {
    const listed = await this.reader.list(filter ?? {}, actor);
    const cut = pageByPlace(listed, scenarioOrdering(orderBy ?? []), page, () => ['scenarios', filter, orderBy]);
    const rows = new Map((await this.reader.load(cut.nodes.map(({ id }) => id))).map((row) => [row.id, row]));
    return mapPage(cut, ({ id }) => {
      const row = rows.get(id);
      // Scenarios are never deleted.
      if (row === undefined) throw new Error(`Scenario ${id} is gone.`);
      return row;
    });
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'The agency that thinks of it; null for the city.' })
  async agency(@Parent() { agency }: ScenarioRow, @Context() context: RequestContext): Promise<SeenElement | null> {
    return seenByUrn(await this.landscapes.forRequest(context), agency);
  }

  @ResolveField(() => DateTimeScalar, { description: 'When it was begun.' })
  createdAt({ createdAt }: ScenarioRow): string {
    return createdAt.toISOString();
  }

  @ResolveField(() => DateTimeScalar, { description: 'When it was changed last.' })
  changedAt({ changedAt }: ScenarioRow): string {
    return changedAt.toISOString();
  }

  @ResolveField(() => ScenarioOperationConnectionType, {
    description: 'Its steps, in order: those that speak of nothing hidden from the caller.',
  })
  async operations(
    @Parent() row: ScenarioRow,
    @Args() page: PageArgs,
    @Context() { actor }: RequestContext,
  ): Promise<Page<ScenarioOperationType>> {
    return operationsPage(await this.reader.told(row, actor), page, () => ['operations']);
  }

  @ResolveField(() => LandscapeDifferenceType, { description: 'What it changes on the revision it stands on.' })
  difference(@Parent() row: ScenarioRow, @Context() { actor }: RequestContext): Promise<SeenDifference> {
    return this.comparisons.difference(row, actor);
  }

  @ResolveField(() => LandscapeDifferenceType, {
    description:
      'What leads from what stands today to the scenario: ADDED is to be built or joined, REMOVED to be retired or cut. What is planned does not stand today; on its day the target has it. A scenario on an older revision is first moved to the landscape of today; where that went another way, REBASE_NEEDED.',
  })
  gap(
    @Parent() row: ScenarioRow,
    @Args('on', {
      type: () => DateScalar,
      nullable: true,
      description: 'The day of the target; its target date by default, and today where it has none.',
    })
    on: PartialDate | null,
    @Context() { actor }: RequestContext,
  ): Promise<SeenDifference> {
    return this.comparisons.gap(row, on ?? row.targetDate ?? todayInVietnam(), actor);
  }

  @ResolveField(() => ScenarioConflictConnectionType, {
    description:
      'Where an open scenario and the landscape as it is now, or other open scenarios, went different ways; those with the landscape first.',
  })
  async conflicts(
    @Parent() row: ScenarioRow,
    @Args() page: PageArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ScenarioConflict>> {
    const conflicts = await this.comparisons.conflicts(row, context);
    return pageByPlace(conflicts, CONFLICT_ORDERING, page, () => ['conflicts', row.id]);
  }
}

/** Begins, changes, merges and gives up scenarios. */
@Resolver()
export class ScenarioMutationResolver {
  constructor(
    private readonly writer: ScenarioWriter,
    private readonly merges: ScenarioMergeWriter,
  ) {}

  @Mutation(() => ScenarioPayload, { description: 'Begins a scenario on the landscape as it is now.' })
  @Asks('scenario.use')
  createScenario(
    @Args('input', { description: 'Its name and operations.' }) input: CreateScenarioInput,
    @Context() context: RequestContext,
  ): Promise<Payload> {
    return payload(alone(this.writer.create(input, context.actor)), context);
  }

  @Mutation(() => ScenarioPayload, { description: 'Changes what an open scenario says.' })
  @Asks('scenario.use')
  changeScenario(
    @Args('input', { description: 'Which scenario, and how.' }) input: ChangeScenarioInput,
    @Context() context: RequestContext,
  ): Promise<Payload> {
    return payload(alone(this.writer.change(input, context.actor)), context);
  }

  @Mutation(() => RebaseScenarioPayload, {
    description: 'Moves an open scenario to the landscape as it is now; its conflicts are decided one by one.',
  })
  @Asks('scenario.use')
  async rebaseScenario(
    @Args('input', { description: 'Which scenario, and how.' }) input: RebaseScenarioInput,
    @Context() context: RequestContext,
  ): Promise<RebasePayload> {
    let dropped: readonly Operation[] = [];
    const outcome = this.writer.rebase(input, context.actor).then((rebased) => {
      dropped = rebased.dropped;
      return rebased;
    });
    return { ...(await payload(outcome, context)), droppedOperations: dropped.map(writtenAs) };
  }

  @Mutation(() => ScenarioPayload, { description: 'Gives an open scenario up; it can still be read.' })
  @Asks('scenario.use')
  archiveScenario(
    @Args('input', { description: 'Which scenario, and how.' }) input: ArchiveScenarioInput,
    @Context() context: RequestContext,
  ): Promise<Payload> {
    return payload(alone(this.writer.archive(input, context.actor)), context);
  }

  @Mutation(() => MergeScenarioPayload, {
    description:
      'Makes a ready scenario part of the landscape by one change set, whole or not at all. Where the landscape went another way, the scenario needs a rebase.',
  })
  @Asks('scenario.merge')
  mergeScenario(
    @Args('input', { description: 'Which scenario, and how.' }) input: MergeScenarioInput,
    @Context() context: RequestContext,
  ): Promise<MergePayload> {
    return mergePayload(this.merges.merge(input, context.actor), context);
  }

  @Mutation(() => MergeScenarioPayload, {
    description: 'Undoes a merged scenario by one change set; where somebody went on since, none of it.',
  })
  @Asks('scenario.merge')
  revertScenario(
    @Args('input', { description: 'Which scenario, and how.' }) input: RevertScenarioInput,
    @Context() context: RequestContext,
  ): Promise<MergePayload> {
    return mergePayload(this.merges.revert(input, context.actor), context);
  }
}

type Payload = Omit<ScenarioPayload, 'scenario'> & { readonly scenario: ScenarioRow | null };
type RebasePayload = Payload & Pick<RebaseScenarioPayload, 'droppedOperations'>;
type MergePayload = Omit<MergeScenarioPayload, 'scenario'> & { readonly scenario: ScenarioRow | null };

/** An operation as its author wrote it, with null for what he did not say. */
async function alone(row: Promise<ScenarioRow>): Promise<ScenarioOutcome> {
  return { row: await row, conflicts: [], issues: [] };
}

async function payload(outcome: Promise<ScenarioOutcome>, { language }: RequestContext): Promise<Payload> {
  try {
    const { row, conflicts, issues } = await outcome;
    return { scenario: row, conflicts, userErrors: issues.map((each) => toUserError(each, language)) };
  } catch (error) {
    return { scenario: null, conflicts: [], userErrors: userErrorsOf(error, language) };
  }
}

async function mergePayload(outcome: Promise<MergeOutcome>, { language }: RequestContext): Promise<MergePayload> {
  try {
    const { row, committed, operations, revision, conflicts, issues } = await outcome;
    const changeSet = committed === null ? null : { ...committed, id: `${committed.revision}` };
    const userErrors = issues.map((each) => toUserError(each, language));
    return { scenario: row, changeSet, operations, revision, conflicts, userErrors };
  } catch (error) {
    const userErrors = userErrorsOf(error, language);
    return { scenario: null, changeSet: null, operations: [], revision: null, conflicts: [], userErrors };
  }
}

type Listed = Pick<ScenarioRow, 'id' | 'name' | 'targetDate' | 'createdAt' | 'changedAt'>;

const VALUES: Readonly<Record<ScenarioOrderField, (row: Listed) => SortValue>> = {
  CHANGED_AT: ({ changedAt }) => changedAt.getTime(),
  CREATED_AT: ({ createdAt }) => createdAt.getTime(),
  NAME: ({ name }) => vietnameseSortKey(name),
  TARGET_DATE: ({ targetDate }) => targetDate,
};

/** By what was asked for, an unknown target date last in either direction; then the one changed last first. */
function scenarioOrdering(orderBy: readonly ScenarioOrderInput[]): Ordering<Listed> {
  const { keys, ...tie } = orderedBy<Listed>(
    ({ changedAt }) => -changedAt.getTime(),
    ({ id }) => id,
  );
  const asked = orderBy.flatMap(({ field, direction }) =>
    orderedBy(VALUES[field]).keys.map((key) => ({ ...key, direction })),
  );
  return { keys: [...asked, ...keys], ...tie };
}

/** Those with the landscape first, then those with each other scenario; each by what they are about. */
const CONFLICT_ORDERING = orderedBy<ScenarioConflict>(
  ({ otherScenario }) => otherScenario ?? '',
  ({ urn, path, cause }) => JSON.stringify([urn, path ?? '', cause]),
);
