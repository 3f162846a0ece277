import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { ImpactDirection } from '../core/landscape/impact.js';
import type { RelationKind } from '../core/landscape/model.js';
import { UrnScalar } from '../runtime/scalars.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { RelationPathType } from './graph.types.js';
import { ImpactDirectionEnum } from './impact.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { KINDS_TO_FOLLOW } from './relation-kinds.js';
import { RelationKindEnum } from './vocabulary.types.js';

/** Most paths of one answer. */
export const PATHS_MAXIMUM = 20;

/** What a search for paths is asked. */
@ArgsType()
export class PathArgs extends LandscapeArgs {
  @Field(() => UrnScalar, { description: 'Where the paths begin: what needs.' })
  from: string;

  @Field(() => UrnScalar, { description: 'Where they lead: what is needed.' })
  to: string;

  @Field(() => Int, { defaultValue: 3, description: `How many paths, ${PATHS_MAXIMUM} at most.` })
  k: number;

  @Field(() => ImpactDirectionEnum, {
    defaultValue: 'DEPENDENCIES',
    description:
      'DEPENDENCIES: how the first needs the second. DEPENDENTS: how harm comes from the first to the second.',
  })
  direction: ImpactDirection;

  @Field(() => [RelationKindEnum], { nullable: true, description: KINDS_TO_FOLLOW })
  relationKinds?: RelationKind[] | null;

  @Field(() => Int, { nullable: true, description: 'Most steps of a path.' })
  maxDepth?: number | null;
}

/** Paths as the fields of their type are answered from them. */
export interface PathAnswer {
  readonly direction: ImpactDirection;
  readonly revision: number;
  readonly paths: readonly RelationPathType[];
  readonly truncated: boolean;
  readonly truncationReason: string | null;
  readonly coverage: Coverage;
}

@ObjectType('ShortestPaths', {
  description: 'The shortest ways from one thing to another, as far as is known. Các đường ngắn nhất.',
})
export class ShortestPathsType {
  @Field(() => ImpactDirectionEnum, { description: 'Which way they lead.' })
  direction: ImpactDirection;

  @Field(() => Int, { description: 'Revision of the landscape it was answered from.' })
  revision: number;

  @Field(() => [RelationPathType], {
    description: 'The paths: without loops, shortest first, of equals that with the older relations first.',
  })
  paths: readonly RelationPathType[];

  @Field(() => Boolean, { description: 'Whether there may be more paths within `k`, for the search was stopped.' })
  truncated: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'What cut it off: MAX_DEPTH, or EFFORT where looking for the next path took too much work; EFFORT where both hold. The paths that are told are the shortest in any case.',
  })
  truncationReason: string | null;

  @Field(() => CoverageType, {
    description:
      'How much is known behind the answer: what is missing, where ways from the first lead to, could give another or a shorter path.',
  })
  coverage: Coverage;
}
