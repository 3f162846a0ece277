import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RegistryError } from '../core/errors.js';
import type { RelationKind } from '../core/landscape/model.js';
import { PAGE_MAXIMUM } from '../runtime/page.js';
import { CoverageType, MissingFactType } from './coverage.types.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import { RelationKindEnum } from './vocabulary.types.js';

/** What an answer lacks: the missing facts, how many there are, and what was not followed. */
@Resolver(() => CoverageType)
export class CoverageResolver {
  @ResolveField(() => Int, { description: 'How many facts are missing.' })
  missingCount({ missing }: Coverage): number {
    return missing.length;
  }

  @ResolveField(() => [RelationKindEnum], {
    description:
      'Kinds of relation that carry needs, lead on from what was looked at and were not followed: over them there may be more. Name them in `relationKinds` to follow them.',
  })
  unfollowedKinds(@Parent() { unfollowed = [] }: Coverage): readonly RelationKind[] {
    return unfollowed;
  }

  @ResolveField(() => [MissingFactType], {
    description: 'The first missing facts; `missingCount` says how many there are.',
  })
  missing(
    @Parent() { missing }: Coverage,
    @Args('first', { type: () => Int, defaultValue: 20, description: 'How many to list.' }) first: number,
  ): readonly MissingFact[] {
    if (first >= 0 && first <= PAGE_MAXIMUM) return missing.slice(0, first);
    throw RegistryError.of('LIMIT_EXCEEDED', ['first'], { field: 'first', limit: PAGE_MAXIMUM, actual: first });
  }
}
