import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Exclude, Type } from 'class-transformer';
import type { Confidence, Json } from '../core/landscape/model.js';
import type { ChangeOp, Operation } from '../core/landscape/operation.js';
import { OPERATIONS_MAXIMUM } from '../core/landscape/plan-change-set.js';
import { PageInfo } from '../runtime/page.js';
import { DateTimeScalar, JsonScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import type { ChangeSource } from './change-set-batch.js';
import { ChangeOpEnum, ChangeSourceEnum, ConfidenceEnum } from './vocabulary.types.js';

@InputType({ description: 'One step of a change set. Steps are carried out in order.' })
export class ChangeOperationInput implements Operation {
  @Field(() => ChangeOpEnum, { description: 'What to do.' })
  op: ChangeOp;

  @Field(() => String, { description: 'The object, by urn.' })
  @IsString()
  @MaxLength(300)
  urn: string;

  @Field(() => String, {
    nullable: true,
    description:
      'UPDATE and REMOVE: the field, for example name or attributes.hosting. REMOVE without it removes the object.',
  })
  path?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'ADD: the whole record with its kind (a relation names its ends by urn). UPDATE: the new value; null is declared absent.',
  })
  // Any JSON: nothing of its shape is checked by class, and its keys may be names of JavaScript too.
  @Exclude()
  value?: unknown;

  @Field(() => Boolean, {
    nullable: true,
    description: 'ADD: the urn is that of a removed object, which is given back under its own urn and number.',
  })
  restore?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where the value is known from.' })
  source?: string | null;

  @Field(() => ConfidenceEnum, { nullable: true, description: 'How sure the value is.' })
  confidence?: Confidence | null;
}

@InputType({ description: 'A change of the landscape: whole or not at all.' })
export class CommitChangeSetInput {
  @Field(() => [ChangeOperationInput], { description: 'What to do, in order.' })
  @ArrayMaxSize(OPERATIONS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => ChangeOperationInput)
  operations: ChangeOperationInput[];

  @Field(() => String, { description: 'Why, in words that a later reader understands.' })
  @IsString()
  reason: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision the author looked at: an operation whose own target changed since is a conflict.',
  })
  expectedRevision?: number | null;

  @Field(() => String, { nullable: true, description: 'The same key with the same operations is committed once.' })
  @IsOptional()
  @IsString()
  idempotencyKey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Say what would happen, and change nothing.' })
  dryRun: boolean;
}

@ObjectType('ChangeOperation', { description: 'One step of a change set, with what was there before and after.' })
export class ChangeOperationType {
  @Field(() => ChangeOpEnum, { description: 'What was done.' })
  op: ChangeOp;

  @Field(() => String, { description: 'The object, by urn.' })
  urn: string;

  @Field(() => String, { nullable: true, description: 'The field; null for the whole object.' })
  path: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'What was there before.' })
  before: Json | undefined;

  @Field(() => JsonScalar, { nullable: true, description: 'What is there now.' })
  after: Json | undefined;
}

@ObjectType('ChangeOperationConnection', { description: 'A page of what a change set did, in order.' })
export class ChangeOperationConnectionType {
  @Field(() => [ChangeOperationType], { description: 'The items.' })
  nodes: readonly ChangeOperationType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, {
    description: 'Number of steps of the change set; in a history, of those that touched the object.',
  })
  totalCount: number;
}

@ObjectType('ChangeSet', { description: 'One committed change of the landscape.' })
export class ChangeSetType {
  @Field(() => ID, { description: 'The revision it made.' })
  id: string;

  @Field(() => Int, { description: 'The revision it made.' })
  revision: number;

  /** What was done, in order: told in pages. */
  operations: readonly ChangeOperationType[];

  @Field(() => String, { description: 'Who did it.' })
  author: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => ChangeSourceEnum, { description: 'Where it came from.' })
  source: ChangeSource;

  @Field(() => DateTimeScalar, { description: "When, by the database's clock." })
  at: string;

  @Field(() => String, { description: 'SHA-256 over this change set and the hash before it.' })
  hash: string;
}

@ObjectType('ChangeConnection', { description: 'A part of the log, newest first.' })
export class ChangeConnectionType {
  @Field(() => [ChangeSetType], { description: 'The change sets, newest first.' })
  nodes: readonly ChangeSetType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of change sets in the whole list.' })
  totalCount: number;
}

@ObjectType('CommitChangeSetPayload', { description: 'What came of a change set.' })
export class CommitChangeSetPayload {
  @Field(() => ChangeSetType, {
    nullable: true,
    description: 'The change set; null where it was refused or a dry run.',
  })
  changeSet: ChangeSetType | null;

  @Field(() => [ChangeOperationType], {
    description: 'What was done, or would be, in order; empty where it was refused.',
  })
  operations: readonly ChangeOperationType[];

  @Field(() => Int, { nullable: true, description: 'Revision of the landscape it made, or would make.' })
  revision: number | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
