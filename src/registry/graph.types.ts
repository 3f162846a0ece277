import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ImpactDirection, ImpactSeverity } from '../core/landscape/impact.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';

export const ImpactDirectionEnum = graphqlEnum<ImpactDirection>('ImpactDirection', 'Which way an impact is followed.', {
  DEPENDENTS: 'What is hurt if the origin stops. Những gì bị ảnh hưởng.',
  DEPENDENCIES: 'What the origin stands on. Những gì nó dựa vào.',
});

export const ImpactSeverityEnum = graphqlEnum<ImpactSeverity>('ImpactSeverity', 'How badly something is hurt.', {
  NONE: 'It does not feel it. Không ảnh hưởng.',
  DEGRADED: 'It works worse. Suy giảm.',
  LOST: 'It stops. Ngừng hoạt động.',
  UNKNOWN: 'A strength on the way is not known. Chưa rõ mức độ.',
});

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

@ObjectType('ImpactedElement', { description: 'Something that is hurt, or stood on, and why.' })
export class ImpactedElementType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => Int, { description: 'Number of steps from the origin.' })
  depth: number;

  @Field(() => ImpactSeverityEnum, { description: 'How badly; UNKNOWN where a strength on the way is.' })
  severity: ImpactSeverity;

  @Field(() => RelationPathType, { description: 'One shortest path from the origin that explains it.' })
  explanation: RelationPathType;
}

@ObjectType('ImpactedElementConnection', { description: 'A page of impacted elements, nearest first.' })
export class ImpactedElementConnectionType {
  @Field(() => [ImpactedElementType], { description: 'The items.' })
  nodes: readonly ImpactedElementType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of impacted elements in all.' })
  totalCount: number;
}

/** An impact analysis as its fields are answered from it. */
export interface ImpactAnswer {
  readonly origin: SeenElement;
  readonly direction: ImpactDirection;
  readonly revision: number;
  readonly items: readonly ImpactedElementType[];
  readonly totalCount: number;
  readonly untypedCount: number;
  readonly truncated: boolean;
  readonly truncationReason: string | null;
  readonly coverage: Coverage;
}

@ObjectType('ImpactAnalysis', {
  description: 'What is hurt if something stops, or what it stands on, as far as is known.',
})
export class ImpactAnalysisType {
  @Field(() => ElementType, { description: 'What stops.' })
  origin: SeenElement;

  @Field(() => ImpactDirectionEnum, { description: 'Which way it was followed.' })
  direction: ImpactDirection;

  @Field(() => Int, { description: 'Revision of the landscape it was answered from.' })
  revision: number;

  @Field(() => Int, { description: 'Number of impacted elements.' })
  totalCount: number;

  @Field(() => Int, { description: 'How many more there would be if every link of unknown kind carried the impact.' })
  untypedCount: number;

  @Field(() => Boolean, { description: 'Whether something was cut off.' })
  truncated: boolean;

  @Field(() => String, { nullable: true, description: 'What cut it off.' })
  truncationReason: string | null;

  @Field(() => CoverageType, { description: 'How much is known behind the answer.' })
  coverage: Coverage;
}
