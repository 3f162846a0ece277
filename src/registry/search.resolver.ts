import { Args, Context, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { ElementKind } from '../core/landscape/model.js';
import { lineOfSuccession } from '../core/landscape/succession.js';
import { suggestionOf } from '../core/similarity/search-explanation.js';
import type { Highlight, SearchReason } from '../core/similarity/search-explanation.js';
import { facetsOf } from '../core/similarity/search-facets.js';
import { bestOf } from '../core/similarity/search.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { ElementListReader } from './element-list.reader.js';
import { ElementEdgeType } from './element-list.types.js';
import { ElementType } from './element.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { SearchReader } from './search.reader.js';
import type { FoundBySearch } from './search.reader.js';
import {
  SearchAnswerType,
  SearchFacetType,
  SearchHighlightType,
  SearchHitType,
  SearchReasonType,
} from './search.types.js';
import { SeenElement, seenAt, seenByUrn } from './seen.types.js';
import { ElementKindEnum } from './vocabulary.types.js';

const HITS_DEFAULT = 10;
/** Most hits of one answer; whoever wants more asks `elements` for pages. */
const HITS_MAXIMUM = 50;

/** An answer, and what its fields that are not always asked for are made from. */
interface SearchAnswer extends SearchAnswerType {
  readonly landscape: LandscapeView;
  readonly found: FoundBySearch;
}

/** Search for boxes that are asked while somebody types. */
@Resolver(() => SearchAnswerType)
export class SearchResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly lists: ElementListReader,
    private readonly searches: SearchReader,
  ) {}

  @Query(() => SearchAnswerType, {
    description:
      'Elements by what somebody types: unfinished last word, marks or none, abbreviations, wrong letters. A text without words finds nothing.',
  })
  @Asks('landscape.read')
  async search(
    @Args('text', { type: () => String, description: 'At most 500 characters and 64 different words.' }) text: string,
    @Args('kinds', { type: () => [ElementKindEnum], nullable: true, description: 'Only these kinds.' })
    kinds: ElementKind[] | null,
    @Args('first', {
      type: () => Int,
      nullable: true,
      description: `How many hits to show: ${HITS_DEFAULT} if not given, ${HITS_MAXIMUM} at most.`,
    })
    first: number | null,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<SearchAnswer> {
    const count = checkedCount(first ?? HITS_DEFAULT);
    const landscape = await this.landscapes.forWork(context, at);
    const allowed = kinds === null || kinds === undefined ? undefined : new Set(kinds);
    const found = await this.searches.find(landscape, text, {
      field: 'text',
      accepts: ({ kind }) => allowed?.has(kind) !== false,
      work: workOf(context),
    });
    const { result } = found;
    const hits = bestOf(result, count).map((seq): SearchHitType => {
      return { element: seenAt(landscape, seq), score: result.scores[seq] ?? 0, search: found };
    });
    const [best] = bestOf(result, 1);
    return {
      match: result.match,
      totalCount: result.documents.length,
      hits,
      didYouMean: best === undefined ? null : suggestionOf(text, result, found.explain(seenAt(landscape, best))),
      coverage: this.lists.coverage(landscape, context),
      landscape,
      found,
    };
  }

  @ResolveField(() => [SearchFacetType], {
    description: 'All hits, shown or not, counted by kind, owner, layer, phase.',
  })
  facets({ landscape, found }: SearchAnswer): SearchFacetType[] {
    return facetsOf(landscape, found.result.documents).map(({ field, buckets }) => ({
      field,
      buckets: buckets.map((bucket) => ({
        ...bucket,
        owner: field === 'owner' ? seenByUrn(landscape, bucket.key) : null,
      })),
    }));
  }
}

/** Why a hit was found, worked out for the hits that are shown and asked about. */
@Resolver(() => SearchHitType)
export class SearchHitResolver {
  @ResolveField(() => [SearchReasonType], { description: 'For each typed word that was found, where and how.' })
  reasons({ element, search }: SearchHitType): readonly SearchReason[] {
    return search.explain(element).reasons;
  }

  @ResolveField(() => [SearchHighlightType], { description: 'Its texts in which typed words stand.' })
  highlights({ element, search }: SearchHitType): readonly Highlight[] {
    return search.explain(element).highlights;
  }

  @ResolveField(() => [ElementType], {
    description: 'What took its place, the nearest first; empty where nothing is known to.',
  })
  successors({ element }: SearchHitType): SeenElement[] {
    return lineOfSuccession(element.landscape, element.seq, 'SUCCESSORS').map(
      (each) => new SeenElement(element.landscape, each),
    );
  }
}

/** What a search adds to an element in a list. */
@Resolver(() => ElementEdgeType)
export class ElementEdgeResolver {
  @ResolveField(() => [SearchHighlightType], {
    nullable: true,
    description: 'Its texts in which the searched words stand; null where nothing was searched for.',
  })
  highlight({ node, search }: ElementEdgeType): readonly Highlight[] | null {
    return search?.explain(node).highlights ?? null;
  }
}

function checkedCount(first: number): number {
  if (first < 0) {
    const params = { field: 'first', value: first, minimum: 0, maximum: HITS_MAXIMUM };
    throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['first'], params);
  }
  if (first > HITS_MAXIMUM) {
    throw RegistryError.of('LIMIT_EXCEEDED', ['first'], { field: 'first', limit: HITS_MAXIMUM, actual: first });
  }
  return first;
}
