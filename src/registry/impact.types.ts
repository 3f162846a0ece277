import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { Impact, ImpactDirection, ImpactSeverity } from '../core/landscape/impact.js';
import type { DependencyStrength, ElementKind, RelationKind } from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { UrnScalar } from '../runtime/scalars.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementType } from './element.types.js';
import { CollapsedStepType, RelationPathType } from './graph.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { KINDS_TO_FOLLOW } from './relation-kinds.js';
import type { SeenElement } from './seen.types.js';
import { DependencyStrengthEnum, ElementKindEnum, RelationKindEnum } from './vocabulary.types.js';

export const ImpactDirectionEnum = graphqlEnum<ImpactDirection>('ImpactDirection', 'Which way an impact is followed.', {
  DEPENDENTS: 'What is hurt if the origin stops. Những gì bị ảnh hưởng.',
  DEPENDENCIES: 'What the origin stands on. Những gì nó dựa vào.',
});

export const ImpactSeverityEnum = graphqlEnum<ImpactSeverity>('ImpactSeverity', 'How badly something is hurt.', {
  NONE: 'It feels nothing. Không ảnh hưởng.',
  DEGRADED: 'It works worse. Suy giảm.',
  LOST: 'It stops. Ngừng hoạt động.',
  UNKNOWN:
    'What is known leaves open how bad it is: a strength on the way is not known, or finding out took too much work. Chưa rõ mức độ.',
});

/** What an impact analysis is asked. */
@ArgsType()
export class ImpactArgs extends LandscapeArgs {
  @Field(() => UrnScalar, {
    description: 'What stops. What has ended on the day can not stop any more: nothing is reached from it.',
  })
  from: string;

  @Field(() => ImpactDirectionEnum, { defaultValue: 'DEPENDENTS', description: 'Which way to follow.' })
  direction: ImpactDirection;

  @Field(() => [RelationKindEnum], { nullable: true, description: KINDS_TO_FOLLOW })
  relationKinds?: RelationKind[] | null;

  @Field(() => [ElementKindEnum], { nullable: true, description: 'List only these kinds; the walk goes through all.' })
  kinds?: ElementKind[] | null;

  @Field(() => [ElementKindEnum], {
    nullable: true,
    description: 'Leave these kinds out of the list, and tell of each path what it is without them.',
  })
  collapse?: ElementKind[] | null;

  @Field(() => DependencyStrengthEnum, {
    nullable: true,
    description:
      'Follow only relations that are surely at least this strong. An unknown strength is surely INFORMATIONAL at least, and no more; the coverage names those that were not followed for it. UNKNOWN asks for no strength.',
  })
  minStrength?: DependencyStrength | null;

  @Field(() => Int, { nullable: true, description: 'Go no further than this many steps.' })
  maxDepth?: number | null;
}

@ObjectType('ImpactedElement', { description: 'Something that is hurt, or stood on, and why.' })
export class ImpactedElementType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => Int, { description: 'Number of steps from the origin.' })
  depth: number;

  @Field(() => ImpactSeverityEnum, {
    description:
      'How badly, over all ways together; what starves of data is DEGRADED unless the relation is HARD. Among what something stands on: how badly that would be hurt if this element alone stopped.',
  })
  severity: ImpactSeverity;

  @Field(() => Boolean, {
    description:
      'Whether redundancy alone keeps the harm away: enough members of a group are left, here or on the way.',
  })
  survivesByRedundancy: boolean;

  @Field(() => RelationPathType, {
    description:
      'A shortest path from the origin that is as bad as the severity says; through a redundancy group it leads over the member whose loss was the one too many.',
  })
  explanation: RelationPathType;

  @Field(() => [CollapsedStepType], {
    nullable: true,
    description: 'The explanation without the kinds of `collapse`; null where none were given.',
  })
  collapsed: readonly CollapsedStepType[] | null;
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
  readonly landscape: LandscapeView;
  readonly impact: Impact;
  readonly origin: SeenElement;
  readonly direction: ImpactDirection;
  readonly revision: number;
  readonly totalCount: number;
  readonly untypedCount: number;
  readonly truncated: boolean;
  readonly truncationReason: string | null;
  readonly untriedCount: number;
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

  @Field(() => Int, { description: 'Number of elements in `impacted`.' })
  totalCount: number;

  @Field(() => Int, { description: 'How many more there would be if every link of unknown kind carried the impact.' })
  untypedCount: number;

  @Field(() => Boolean, {
    description: 'Whether further steps would have reached more or made something worse, or something was not tried.',
  })
  truncated: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'What cut it off: MAX_DEPTH, or EFFORT where what lies behind redundancy groups was not all made to fail; EFFORT where both hold.',
  })
  truncationReason: string | null;

  @Field(() => Int, {
    description:
      'Of how many elements behind redundancy groups it was not found out whether they hurt the origin, for that took too much work. What is open counts as possible, so their severity is UNKNOWN.',
  })
  untriedCount: number;

  @Field(() => CoverageType, { description: 'How much is known behind the answer.' })
  coverage: Coverage;
}
