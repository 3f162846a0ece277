import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { ChangeSetWriter } from './change-set.writer.js';
import type { CommitRequest } from './change-set.writer.js';
import { CommitChangeSetInput, CommitChangeSetPayload } from './change-set.types.js';

/** The door to the one write path. */
@Resolver()
export class ChangeSetResolver {
  constructor(private readonly changeSets: ChangeSetWriter) {}

  @Mutation(() => CommitChangeSetPayload, {
    description: 'Changes the landscape: all operations or none. What is wrong comes back as userErrors.',
  })
  @Asks('landscape.change')
  async commitChangeSet(
    @Args('input', { description: 'The operations, and why.' }) input: CommitChangeSetInput,
    @Context() context: RequestContext,
  ): Promise<CommitChangeSetPayload> {
    try {
      return await this.run(input, context);
    } catch (error) {
      const userErrors = userErrorsOf(error, context.language);
      return { changeSet: null, operations: [], revision: null, userErrors };
    }
  }

  private async run(input: CommitChangeSetInput, { actor }: RequestContext): Promise<CommitChangeSetPayload> {
    const { operations, reason, expectedRevision, idempotencyKey, dryRun } = input;
    const request: CommitRequest = {
      operations,
      reason,
      source: 'USER',
      expectedRevision: expectedRevision ?? null,
      idempotencyKey: idempotencyKey ?? null,
    };
    if (dryRun) {
      const { delta, log } = await this.changeSets.dryRun(request, actor);
      return { changeSet: null, operations: log, revision: delta.revision, userErrors: [] };
    }
    const committed = await this.changeSets.commit(request, actor);
    const changeSet = { ...committed, id: `${committed.revision}` };
    return { changeSet, operations: committed.operations, revision: committed.revision, userErrors: [] };
  }
}
