import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Confidence } from '../core/landscape/model.js';
import type { ChangeOp } from '../core/landscape/operation.js';
import type { ScenarioState } from '../core/landscape/scenario-state.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, JsonScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import { ChangeOperationType, ChangeSetType } from './change-set.types.js';
import { ConflictType } from './conflict.types.js';
import { NodeType } from './node.types.js';
import { ChangeOpEnum, ConfidenceEnum } from './vocabulary.types.js';

export const ScenarioStateEnum = graphqlEnum<ScenarioState>('ScenarioState', 'Where a scenario stands.', {
  DRAFT: 'Its author works on it. Đang soạn.',
  READY: 'Its author calls it finished; it may be merged. Sẵn sàng hợp nhất.',
  REBASE_NEEDED: 'It was ready, and the landscape went another way. Cần cập nhật theo dữ liệu hiện có.',
  MERGED: 'It is part of the landscape. Đã hợp nhất.',
  REVERTED: 'It was merged, and that was undone. Đã hoàn tác.',
  ARCHIVED: 'It was given up, and can still be read. Đã lưu trữ.',
});

@ObjectType('Scenario', {
  implements: () => [NodeType],
  description:
    'A change that is only thought of, on the revision it began at. With a target date it is a plateau: a target architecture.',
})
export class ScenarioType implements NodeType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  purpose: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day by which it is to be reached.' })
  targetDate: string | null;

  @Field(() => ScenarioStateEnum, { description: 'Where it stands.' })
  state: ScenarioState;

  @Field(() => Int, { description: 'Raised by every change; name it as `expectedVersion` to change what you saw.' })
  version: number;

  @Field(() => Int, { description: 'The revision of the landscape that it stands on.' })
  baseRevision: number;

  @Field(() => String, { description: 'Who began it.' })
  author: string;

  @Field(() => Int, { nullable: true, description: 'The revision that merged it.' })
  mergedRevision: number | null;

  @Field(() => Int, { nullable: true, description: 'The revision that undid the merge.' })
  revertedRevision: number | null;
}

@ObjectType('ScenarioOperation', { description: 'One step of a scenario, as its author wrote it.' })
export class ScenarioOperationType {
  @Field(() => ChangeOpEnum, { description: 'What it does.' })
  op: ChangeOp;

  @Field(() => String, { description: 'The object, by urn.' })
  urn: string;

  @Field(() => String, { nullable: true, description: 'The field; null for the whole object.' })
  path: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The value.' })
  value: unknown;

  @Field(() => Boolean, { description: 'Whether it gives a removed object back.' })
  restore: boolean;

  @Field(() => String, { nullable: true, description: 'Where the value is known from.' })
  source: string | null;

  @Field(() => ConfidenceEnum, { nullable: true, description: 'How sure the value is.' })
  confidence: Confidence | null;
}

@ObjectType('ScenarioOperationConnection', { description: 'A page of the steps of a scenario, in order.' })
export class ScenarioOperationConnectionType {
  @Field(() => [ScenarioOperationType], { description: 'The items.' })
  nodes: readonly ScenarioOperationType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of steps of the scenario.' })
  totalCount: number;
}

@ObjectType('ScenarioConflict', {
  description: 'A place where a scenario and the landscape as it is now, or another scenario, went different ways.',
})
export class ScenarioConflictType extends ConflictType {
  @Field(() => ID, { nullable: true, description: 'The other scenario; null for the landscape as it is now.' })
  otherScenario: string | null;
}

@ObjectType('ScenarioConflictConnection', { description: 'A page of the conflicts of a scenario.' })
export class ScenarioConflictConnectionType {
  @Field(() => [ScenarioConflictType], { description: 'The items.' })
  nodes: readonly ScenarioConflictType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of conflicts of the scenario.' })
  totalCount: number;
}

@ObjectType('ScenarioEdge', { description: 'A scenario in a list.' })
class ScenarioEdgeType {
  @Field(() => String, { description: 'Cursor of this item.' })
  cursor: string;

  @Field(() => ScenarioType, { description: 'The scenario.' })
  node: ScenarioType;
}

@ObjectType('ScenarioConnection', { description: 'A page of scenarios.' })
export class ScenarioConnectionType {
  @Field(() => [ScenarioEdgeType], { description: 'The items with their cursors.' })
  edges: readonly ScenarioEdgeType[];

  @Field(() => [ScenarioType], { description: 'The items.' })
  nodes: readonly ScenarioType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of scenarios in the whole list.' })
  totalCount: number;
}

@ObjectType('ScenarioPayload', { description: 'What came of a change of a scenario.' })
export class ScenarioPayload {
  @Field(() => ScenarioType, { nullable: true, description: 'The scenario; null where it was refused.' })
  scenario: ScenarioType | null;

  @Field(() => [ConflictType], {
    description: 'Places that are still to be decided; where there are any, nothing was changed.',
  })
  conflicts: readonly ConflictType[];

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@ObjectType('RebaseScenarioPayload', { description: 'What came of moving a scenario.' })
export class RebaseScenarioPayload extends ScenarioPayload {
  @Field(() => [ScenarioOperationType], {
    description: 'Steps of the scenario that are given up, because somebody decided for the landscape as it is there.',
  })
  droppedOperations: readonly ScenarioOperationType[];
}

@ObjectType('MergeScenarioPayload', { description: 'What came of merging or undoing a scenario.' })
export class MergeScenarioPayload extends ScenarioPayload {
  @Field(() => ChangeSetType, {
    nullable: true,
    description: 'The change set that did it; null where something stood in the way, or on a dry run.',
  })
  changeSet: ChangeSetType | null;

  @Field(() => [ChangeOperationType], { description: 'What was done, or would be, in order.' })
  operations: readonly ChangeOperationType[];

  @Field(() => Int, { nullable: true, description: 'Revision of the landscape it made, or would make.' })
  revision: number | null;
}
