import { Args, Context, Field, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { toUserError } from '../runtime/messages.js';
import { userErrorsOf } from '../runtime/registry-error.filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import { UrnScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import { ChangeOperationType, ChangeSetType } from './change-set.types.js';
import { ConflictType } from './conflict.types.js';
import { RevertWriter } from './revert.writer.js';
import type { Undone } from './revert.writer.js';

@InputType({ description: 'Which change set to undo.' })
export class RevertChangeSetInput {
  @Field(() => Int, { description: 'The revision that it made.' })
  revision: number;

  @Field(() => String, { description: 'Why, in words that a later reader understands.' })
  reason: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@InputType({ description: 'Which removed object to give back.' })
export class RestoreObjectInput {
  @Field(() => UrnScalar, { description: 'The removed element, relation or attribute definition.' })
  urn: string;

  @Field(() => String, { description: 'Why, in words that a later reader understands.' })
  reason: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@ObjectType('UndoPayload', { description: 'What came of undoing something.' })
export class UndoPayload {
  @Field(() => ChangeSetType, {
    nullable: true,
    description: 'The change set that undid it; null where it was refused, stood in conflict, or was a dry run.',
  })
  changeSet: ChangeSetType | null;

  @Field(() => [ChangeOperationType], { description: 'What was done, or would be, in order.' })
  operations: readonly ChangeOperationType[];

  @Field(() => [ConflictType], {
    description: 'Places that somebody changed since; where there are any, nothing was done.',
  })
  conflicts: readonly ConflictType[];

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

/** Undoing what was committed. */
@Resolver()
export class RevertResolver {
  constructor(private readonly reverts: RevertWriter) {}

  @Mutation(() => UndoPayload, {
    description: 'Undoes a change set by another one, all of it or, where somebody went on since, none of it.',
  })
  @Asks('landscape.change')
  revertChangeSet(
    @Args('input', { description: 'Which change set, and why.' }) { revision, ...request }: RevertChangeSetInput,
    @Context() context: RequestContext,
  ): Promise<UndoPayload> {
    return payloadOf(this.reverts.revert(revision, request, context.actor), context, 'revision');
  }

  @Mutation(() => UndoPayload, {
    description:
      'Gives a removed element, relation or attribute definition back under its own urn, an element with its relations as far as their other ends are there.',
  })
  @Asks('landscape.change')
  restoreObject(
    @Args('input', { description: 'Which object, and why.' }) { urn, ...request }: RestoreObjectInput,
    @Context() context: RequestContext,
  ): Promise<UndoPayload> {
    return payloadOf(this.reverts.restore(urn, request, context.actor), context, 'urn');
  }
}

/** @param asked - the field of the input by which the caller said what to undo: conflicts that have a reason tell it there. */
async function payloadOf(
  undoing: Promise<Undone>,
  { language }: RequestContext,
  asked: 'revision' | 'urn',
): Promise<UndoPayload> {
  try {
    const { committed, operations, conflicts } = await undoing;
    const changeSet = committed === null ? null : { ...committed, id: `${committed.revision}` };
    const reasons = conflicts.flatMap(({ because }) => (because === undefined ? [] : { ...because, path: [asked] }));
    return { changeSet, operations, conflicts, userErrors: reasons.map((each) => toUserError(each, language)) };
  } catch (error) {
    const userErrors = userErrorsOf(error, language);
    return { changeSet: null, operations: [], conflicts: [], userErrors };
  }
}
