import { Args, Context, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RelationFilter } from '../core/landscape/filter.js';
import { RegistryError } from '../core/errors.js';
import { filterIssue, relationMatches } from '../core/landscape/filter.js';
import { ownerOf } from '../core/landscape/landscape.js';
import { phaseOn } from '../core/landscape/model.js';
import type { Element, Relation } from '../core/landscape/model.js';
import { paginate } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import { ElementSourceLoader } from './element-source.loader.js';
import { AgencyType, AttributeValueType, ElementType, FieldSourceType, LifecycleType } from './element.types.js';
import { RelationFilterInput } from './filter.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { RelationConnectionType } from './relation.types.js';

/** The fields of an element that are more than its own columns. */
@Resolver(() => ElementType)
export class ElementResolver {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly sourceLoader: ElementSourceLoader,
  ) {}

  @ResolveField(() => ID, { description: 'The urn.' })
  id(@Parent() { urn }: Element): string {
    return urn;
  }

  @ResolveField(() => LifecycleType, { description: 'Where it stands in its life.' })
  lifecycle(@Parent() element: Element): LifecycleType {
    return { phase: phaseOn(element, null), phases: element.phases };
  }

  @ResolveField(() => AgencyType, {
    nullable: true,
    description: 'The agency that owns it; null where nobody has told, or for what has no owner.',
  })
  async owner(@Parent() { seq }: Element, @Context() context: RequestContext): Promise<Element | null> {
    return ownerOf(await this.landscapes.forRequest(context), seq) ?? null;
  }

  @ResolveField(() => [AttributeValueType], { description: 'Its attributes that are known, with their sources.' })
  async attributes(@Parent() element: Element, @Context() context: RequestContext): Promise<AttributeValueType[]> {
    const entries = Object.entries(element.attributes);
    if (entries.length === 0) return [];
    const sources = await this.sourceLoader.load(element.seq, context);
    return entries.map(([key, value]) => {
      const definition = this.definitions.all.get(key);
      const known = sources[`attributes.${key}`];
      return {
        key,
        name: (context.language === 'VI' ? definition?.nameVi : definition?.nameEn) ?? key,
        value,
        unit: definition?.unit ?? null,
        source: known?.source ?? null,
        confidence: known?.confidence ?? null,
      };
    });
  }

  @ResolveField(() => [FieldSourceType], { description: 'Where each of its values is known from, and how surely.' })
  async sources(@Parent() { seq }: Element, @Context() context: RequestContext): Promise<FieldSourceType[]> {
    const sources = await this.sourceLoader.load(seq, context);
    return Object.entries(sources).map(([field, known]) => ({ field, ...known }));
  }

  @ResolveField(() => RelationConnectionType, { description: 'Its relations, both ways.' })
  async relations(
    @Parent() { seq }: Element,
    @Args('filter', { type: () => RelationFilterInput, nullable: true }) filter: RelationFilter | null,
    @Args('first', { type: () => Int, nullable: true, description: 'Size of the page.' }) first: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'Cursor to go on from.' }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<Page<Relation>> {
    const tooLarge = filterIssue(filter ?? {}, ['filter']);
    if (tooLarge !== undefined) throw new RegistryError([tooLarge]);
    const landscape = await this.landscapes.forRequest(context);
    const found: Relation[] = [];
    const note = (_kind: unknown, _other: number, relationSeq: number): void => {
      const relation = landscape.relationAt(relationSeq);
      if (relation !== undefined && relationMatches(landscape, filter ?? {}, relation)) found.push(relation);
    };
    landscape.forEachOutgoing(seq, note);
    landscape.forEachIncoming(seq, (kind, other, relation) => {
      // A relation of an element with itself stands on both sides; once is enough.
      if (other !== seq) note(kind, other, relation);
    });
    return paginate(found, { first, after }, ({ urn }) => urn);
  }
}
