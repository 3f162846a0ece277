import { Field, ObjectType } from '@nestjs/graphql';
import { ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

@ObjectType('PathStep', { description: 'One step of a path.' })
export class PathStepType {
  @Field(() => RelationType, { description: 'The relation that is taken.' })
  relation: SeenRelation;

  @Field(() => Boolean, { description: 'Whether it is taken from its source to its target.' })
  traversedForward: boolean;

  @Field(() => ElementType, { description: 'Where the step begins.' })
  from: SeenElement;

  @Field(() => ElementType, { description: 'Where it leads.' })
  to: SeenElement;
}

@ObjectType('RelationPath', { description: 'A path through the landscape.' })
export class RelationPathType {
  @Field(() => [PathStepType], { description: 'Its steps, in order.' })
  steps: readonly PathStepType[];
}

@ObjectType('CollapsedStep', { description: 'One step of a path from which elements of some kinds were taken out.' })
export class CollapsedStepType {
  @Field(() => ElementType, { description: 'Where the step begins.' })
  from: SeenElement;

  @Field(() => ElementType, { description: 'Where it leads.' })
  to: SeenElement;

  @Field(() => RelationPathType, {
    description: 'The steps it stands for, one or several; `derivedRelationship` says what they say together.',
  })
  path: RelationPathType;
}
