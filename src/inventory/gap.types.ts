import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { TaskRollUp, TaskStage } from '../core/landscape/gap-tasks.js';
import { ElementType, GapTaskType, GapType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';

export const TaskStageEnum = graphqlEnum<TaskStage>('TaskStage', 'How far a task is.', {
  UNKNOWN: 'Nobody has told. Chưa rõ.',
  NOT_STARTED: 'Not begun. Chưa thực hiện.',
  IN_PROGRESS: 'Being worked on. Đang hoàn thiện.',
  DONE_UNVERIFIED: 'Done, and waiting to be verified. Hoàn thành, chờ kiểm chứng.',
  VERIFIED: 'Done and verified on a day. Đã kiểm chứng.',
});

@ObjectType('TaskStageCount', { description: 'How many tasks are at a stage.' })
class TaskStageCountType {
  @Field(() => TaskStageEnum, { description: 'The stage.' })
  stage: TaskStage;

  @Field(() => Int, { description: 'Number of tasks.' })
  count: number;
}

@ObjectType('TaskRollUp', { description: 'What a number of tasks come to together.' })
export class TaskRollUpType implements TaskRollUp {
  @Field(() => Int, { description: 'Number of tasks.' })
  tasks: number;

  @Field(() => [TaskStageCountType], { description: 'How many are at each stage; every stage is listed.' })
  byStage: readonly TaskStageCountType[];

  @Field(() => Int, { description: 'Number of tasks that were surely due before the day and are not done.' })
  overdue: number;

  @Field(() => Int, { description: 'Number of tasks that are not done and of which nobody has told a due date.' })
  withoutDueDate: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean of the progress that is known, in per cent; null: none is.',
  })
  progressPercent: number | null;

  @Field(() => Int, { description: 'Number of tasks whose progress is known.' })
  progressKnown: number;
}

@ObjectType('GapTaskConnection', { description: 'A page of tasks.' })
export class GapTaskConnectionType extends connectionOf<SeenElement>('GapTask', () => GapTaskType) {}

@ObjectType('GapSubjectConnection', { description: 'A page of what a gap is about.' })
export class GapSubjectConnectionType extends connectionOf<SeenElement>('GapSubject', () => ElementType) {}

@ObjectType('GapConnection', { description: 'A page of gaps, with what the tasks of the whole list come to.' })
export class GapConnectionType extends connectionOf<SeenElement>('Gap', () => GapType) {
  @Field(() => TaskRollUpType, { description: 'The tasks of all gaps of the list, each once.' })
  progress: TaskRollUp;
}
