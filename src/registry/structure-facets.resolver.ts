import type { Type } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../runtime/request-context.js';
import { FacetReader } from './facet.reader.js';
import { FacetType } from './facet.types.js';
import {
  DeadEndConnectionType,
  LayeringViolationConnectionType,
  OrphanConnectionType,
  SinglePointOfFailureConnectionType,
} from './structure.types.js';
import type { StructurePage } from './structure.types.js';

/** Lists about the structure that are counted by the fields of their elements. */
const COUNTED = [
  OrphanConnectionType,
  DeadEndConnectionType,
  SinglePointOfFailureConnectionType,
  LayeringViolationConnectionType,
];

function facetsOf(connection: () => Type): Type {
  @Resolver(connection)
  class StructureFacetResolver {
    constructor(private readonly facetReader: FacetReader) {}

    @ResolveField(() => [FacetType], {
      description:
        'How often each value of some fields of its elements occurs in the whole list; of a need against the layering, of what needs.',
    })
    facets(
      @Parent() { whole }: StructurePage<unknown>,
      @Args('fields', {
        type: () => [String],
        description: 'Each of: kind, layer, phase, owner, level, visibility, or `attributes.<key>`.',
      })
      fields: string[],
      @Context() context: RequestContext,
    ): FacetType[] {
      return this.facetReader.ofElements({ ...whole, context }, fields);
    }
  }
  return StructureFacetResolver;
}

/** Counts over whole lists about the structure: a resolver for each kind of list. */
export const STRUCTURE_FACET_RESOLVERS: readonly Type[] = COUNTED.map((connection) => facetsOf(() => connection));
