import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ownerOf } from '../core/landscape/landscape.js';
import type { Element, Relation } from '../core/landscape/model.js';
import type { RequestContext } from '../runtime/request-context.js';
import { ElementType } from './element.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { RelationType } from './relation.types.js';

/** The fields of a relation that are more than its own columns. */
@Resolver(() => RelationType)
export class RelationResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => ID, { description: 'The urn.' })
  id(@Parent() { urn }: Relation): string {
    return urn;
  }

  @ResolveField(() => ElementType, { description: 'What needs, acts or provides data.' })
  source(@Parent() { source }: Relation, @Context() context: RequestContext): Promise<Element> {
    return this.end(source, context);
  }

  @ResolveField(() => ElementType, { description: 'What is needed, acted on or consumes data.' })
  target(@Parent() { target }: Relation, @Context() context: RequestContext): Promise<Element> {
    return this.end(target, context);
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether its two ends belong to different agencies; null where an owner is unknown.',
  })
  async crossAgency(
    @Parent() { source, target }: Relation,
    @Context() context: RequestContext,
  ): Promise<boolean | null> {
    const landscape = await this.landscapes.forRequest(context);
    const [one, other] = [ownerOf(landscape, source), ownerOf(landscape, target)];
    return one === undefined || other === undefined ? null : one.seq !== other.seq;
  }

  private async end(seq: number, context: RequestContext): Promise<Element> {
    const element = (await this.landscapes.forRequest(context)).elementAt(seq);
    // A relation is visible only where both its ends are, and this one was read from the same view.
    if (element === undefined) throw new Error(`A visible relation has an end (${seq}) that is not visible.`);
    return element;
  }
}
