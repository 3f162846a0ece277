import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsString } from 'class-validator';
import { graphqlEnum } from './graphql-enum.js';
import type { JobState } from './jobs.js';
import { DateTimeScalar } from './scalars.js';
import { UserErrorType } from './user-error.types.js';

export const JobStateEnum = graphqlEnum<JobState>('JobState', 'How far a job has come.', {
  QUEUED: 'It waits for its turn. Đang chờ.',
  RUNNING: 'It is being done. Đang chạy.',
  SUCCEEDED: 'It is done, and its result is there. Đã xong.',
  FAILED: 'It came to no result; the failure says why. Không thành công.',
  CANCELLED: 'Nobody wanted it any more. Đã hủy.',
});

@ObjectType('JobFailure', { description: 'Why a job came to no result. Lý do công việc không thành công.' })
export class JobFailureType {
  @Field(() => String, { description: 'A sentence in the language of the request.' })
  message: string;

  @Field(() => [UserErrorType], { description: 'What its owner can mend; empty where the fault is ours.' })
  userErrors: readonly UserErrorType[];

  @Field(() => ID, { nullable: true, description: 'Number under which a fault of ours stands in the log.' })
  lookUpId: string | null;
}

@ObjectType('Job', {
  description:
    'Work that takes longer than a request. It outlives a restart of the service, and is kept for a week. Công việc chạy nền.',
})
export class JobType {
  @Field(() => ID, { description: 'Ask for it again by this.' })
  id: string;

  @Field(() => String, { description: 'What is done.' })
  kind: string;

  @Field(() => JobStateEnum, { description: 'How far it has come.' })
  state: JobState;

  @Field(() => Float, {
    description: 'Share that is done, from 0 to 1; it only grows, unless a restart of the service began the job anew.',
  })
  progress: number;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  queuedAt: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was begun last; null while it waits.' })
  startedAt: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it came to its end, whichever it was.' })
  finishedAt: string | null;
}

@InputType({ description: 'A job that nobody wants any more.' })
export class CancelJobInput {
  @Field(() => ID, { description: 'The job.' })
  @IsString()
  id: string;
}

@ObjectType({ description: 'What became of a job that was asked for, or cancelled.' })
export class JobPayload {
  @Field(() => JobType, { nullable: true, description: 'The job; null where something is wrong.' })
  job: JobType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
