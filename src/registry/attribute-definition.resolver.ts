import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { orderedBy } from '../core/ordering.js';
import type { AttributeDefinition } from '../core/landscape/attribute.js';
import { fieldsOf } from '../core/landscape/attribute-record.js';
import type { AttributeRecord } from '../core/landscape/attribute-record.js';
import { isElementKind, isRelationKind } from '../core/landscape/model.js';
import type { ElementKind, RelationKind } from '../core/landscape/model.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { AttributeDefinitionConnectionType, AttributeDefinitionType } from './attribute-definition.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { ElementKindEnum, RelationKindEnum } from './vocabulary.types.js';

/** What attributes there are. */
@Resolver(() => AttributeDefinitionType)
export class AttributeDefinitionResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @Query(() => AttributeDefinitionConnectionType, {
    description: 'The attributes that the caller may read: those of the reference pack, then those made at run time.',
  })
  @Asks('reference.read')
  async attributeDefinitions(
    @Args('elementKind', { type: () => ElementKindEnum, nullable: true, description: 'That this kind of element has.' })
    elementKind: ElementKind | null,
    @Args('relationKind', {
      type: () => RelationKindEnum,
      nullable: true,
      description: 'That this kind of relation has.',
    })
    relationKind: RelationKind | null,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<AttributeDefinitionType>> {
    const { byKey, made, pack } = (await this.landscapes.forRequest(context, at)).definitions;
    const records = new Map(Array.from(made.values(), (record) => [record.definition.key, record]));
    const wanted = [elementKind ?? undefined, relationKind ?? undefined].filter((kind) => kind !== undefined);
    const found = [...byKey.values()].filter(({ appliesTo }) => wanted.every((kind) => appliesTo.includes(kind)));
    const places = new Map(Array.from(byKey.keys(), (key, place) => [key, place]));
    // Those of the pack stand where the pack has them, those made at run time behind them, by urn.
    const ordering = orderedBy<AttributeDefinition>(
      ({ key }) => (pack.has(key) ? (places.get(key) ?? null) : null),
      ({ key }) => records.get(key)?.urn ?? null,
    );
    return mapPage(
      pageInOrder(found, ordering, page, () => ['attributeDefinitions', wanted]),
      (definition) => shown(definition, records.get(definition.key)),
    );
  }
}

/** @param record - that of the definition, where it was made at run time and the reference pack does not have its key. */
function shown(definition: AttributeDefinition, record: AttributeRecord | undefined): AttributeDefinitionType {
  const { appliesTo, ...fields } = fieldsOf(definition);
  const own = record?.definition === definition ? record : undefined;
  return {
    ...fields,
    urn: own?.urn ?? null,
    revision: own?.revision ?? null,
    elementKinds: appliesTo.filter((kind) => isElementKind(kind)),
    relationKinds: appliesTo.filter((kind) => isRelationKind(kind)),
  };
}
