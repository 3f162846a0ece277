import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ownerOf } from '../core/landscape/landscape.js';
import { seenAttributes } from './attribute-value-list.js';
import type { SeenAttribute } from './attribute-value-list.js';
import { textOf } from '../core/landscape/attribute-values.js';
import { AttributeValueType, DataObjectType, ElementType } from './element.types.js';
import type { RequestContext } from '../runtime/request-context.js';
import { RelationType } from './relation.types.js';
import { seenAt, seenByUrn } from './seen.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

/** The fields of a relation that are more than its own columns. */
@Resolver(() => RelationType)
export class RelationResolver {
  @ResolveField(() => ID, { description: 'The urn.' })
  id({ urn }: SeenRelation): string {
    return urn;
  }

  @ResolveField(() => ElementType, { description: 'What needs, acts or provides data.' })
  source({ landscape, source }: SeenRelation): SeenElement {
    // A relation is visible only where both its ends are.
    return seenAt(landscape, source);
  }

  @ResolveField(() => ElementType, { description: 'What is needed, acted on or consumes data.' })
  target({ landscape, target }: SeenRelation): SeenElement {
    return seenAt(landscape, target);
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'Whether its two ends belong to different agencies; null where an owner is unknown.',
  })
  crossAgency({ landscape, source, target }: SeenRelation): boolean | null {
    const [one, other] = [ownerOf(landscape, source), ownerOf(landscape, target)];
    return one === undefined || other === undefined ? null : one.seq !== other.seq;
  }
}

/** What the attributes of a relation say. */
@Resolver(() => RelationType)
export class RelationAttributeResolver {
  @ResolveField(() => [AttributeValueType], { description: 'Its attributes that are known, with their sources.' })
  attributes(@Parent() relation: SeenRelation, @Context() { language }: RequestContext): SeenAttribute[] {
    return seenAttributes(relation, language);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'By which protocol data is exchanged, where it is known.',
  })
  protocol(relation: SeenRelation): string | null {
    return textOf(relation, 'protocol');
  }

  @ResolveField(() => String, { nullable: true, description: 'How often data is exchanged, where it is known.' })
  frequency(relation: SeenRelation): string | null {
    return textOf(relation, 'frequency');
  }

  @ResolveField(() => String, { nullable: true, description: 'What the national form calls it, where it is known.' })
  nationalRelationType(relation: SeenRelation): string | null {
    return textOf(relation, 'nationalRelationType');
  }

  @ResolveField(() => [DataObjectType], {
    nullable: true,
    description: 'The kinds of data that are exchanged; null where nobody has told.',
  })
  dataObjects({ landscape, attributes }: SeenRelation): SeenElement[] | null {
    const named = attributes['dataObjects'];
    if (!Array.isArray(named)) return null;
    return named.flatMap((urn) => (typeof urn === 'string' ? (seenByUrn(landscape, urn) ?? []) : []));
  }
}
