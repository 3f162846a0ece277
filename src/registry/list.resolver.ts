import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../runtime/request-context.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementListReader } from './element-list.reader.js';
import type { ElementListPage } from './element-list.reader.js';
import { ElementConnectionType } from './element-list.types.js';
import { FacetReader } from './facet.reader.js';
import { CountGroupType, FacetType } from './facet.types.js';
import type { RelationListPage } from './relation-list.reader.js';
import { RelationConnectionType } from './relation.types.js';

const ELEMENT_FIELDS =
  'kind, layer, phase, owner, level, visibility, or `attributes.<key>` of an attribute with few values (words, yes or no, small numbers)';

/** What is said of a whole list of elements, of which the page is a part. */
@Resolver(() => ElementConnectionType)
export class ElementListResolver {
  constructor(
    private readonly lists: ElementListReader,
    private readonly facetReader: FacetReader,
  ) {}

  @ResolveField(() => CoverageType, {
    description:
      'How whole the list is, and who has yet to say so: the agencies that the filter leaves as owners, or all of them.',
  })
  coverage(@Parent() { whole }: ElementListPage, @Context() context: RequestContext): Coverage {
    return this.lists.coverage(whole.landscape, context, whole.owners());
  }

  @ResolveField(() => [FacetType], { description: 'How often each value of some fields occurs in the whole list.' })
  facets(
    @Parent() { whole }: ElementListPage,
    @Args('fields', { type: () => [String], description: `Each of: ${ELEMENT_FIELDS}.` }) fields: string[],
    @Context() context: RequestContext,
  ): FacetType[] {
    return this.facetReader.ofElements({ ...whole, context }, fields);
  }

  @ResolveField(() => [CountGroupType], {
    description:
      'How many elements of the whole list share their values in several fields. Only groups that occur, in the order of the values.',
  })
  countsBy(
    @Parent() { whole }: ElementListPage,
    @Args('fields', { type: () => [String], description: `Up to three of: ${ELEMENT_FIELDS}.` }) fields: string[],
    @Context() context: RequestContext,
  ): CountGroupType[] {
    return this.facetReader.countsBy({ ...whole, context }, fields);
  }
}

/** What is said of a whole list of relations, of which the page is a part. */
@Resolver(() => RelationConnectionType)
export class RelationListResolver {
  constructor(private readonly facetReader: FacetReader) {}

  @ResolveField(() => [FacetType], { description: 'How often each value of some fields occurs in the whole list.' })
  facets(
    @Parent() { whole }: RelationListPage,
    @Args('fields', {
      type: () => [String],
      description:
        'Each of: kind, status, strength, crossAgency, channel (a relation counts under each of its channels).',
    })
    fields: string[],
    @Context() context: RequestContext,
  ): FacetType[] {
    // What a list works out stands on its prototype, where a spread does not see it.
    const { landscape, items } = whole;
    return this.facetReader.ofRelations({ landscape, items, context }, fields);
  }
}
