import { ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ownerOf } from '../core/landscape/landscape.js';
import { ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import { seenAt } from './seen.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

/** The fields of a relation that are more than its own columns. */
@Resolver(() => RelationType)
export class RelationResolver {
  @ResolveField(() => ID, { description: 'The urn.' })
  id(@Parent() { urn }: SeenRelation): string {
    return urn;
  }

  @ResolveField(() => ElementType, { description: 'What needs, acts or provides data.' })
  source(@Parent() { landscape, source }: SeenRelation): SeenElement {
    // A relation is visible only where both its ends are.
    return seenAt(landscape, source);
  }

  @ResolveField(() => ElementType, { description: 'What is needed, acted on or consumes data.' })
  target(@Parent() { landscape, target }: SeenRelation): SeenElement {
    return seenAt(landscape, target);
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether its two ends belong to different agencies; null where an owner is unknown.',
  })
  crossAgency(@Parent() { landscape, source, target }: SeenRelation): boolean | null {
    const [one, other] = [ownerOf(landscape, source), ownerOf(landscape, target)];
    return one === undefined || other === undefined ? null : one.seq !== other.seq;
  }
}
