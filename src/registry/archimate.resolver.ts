import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { archimateConcept, archimateRelation } from '../core/landscape/archimate-mapping.js';
import type { ArchimateRelation } from '../core/landscape/archimate-mapping.js';
import type { ArchimateRelationship } from '../core/landscape/archimate.js';
import { legalRelations } from '../core/landscape/legality.js';
import type { Element, ElementKind } from '../core/landscape/model.js';
import { pathDerivation } from '../core/landscape/path-derivation.js';
import type { WalkedRelation } from '../core/landscape/path-derivation.js';
import {
  ArchimateDirectionEnum,
  ArchimateRelationshipEnum,
  DerivedRelationshipType,
  LegalRelationType,
} from './archimate.types.js';
import type { ArchimateDirection } from './archimate.types.js';
import { ElementType } from './element.types.js';
import { RelationPathType } from './graph.types.js';
import { RelationType } from './relation.types.js';
import { seenAt } from './seen.types.js';
import type { SeenRelation } from './seen.types.js';
import { ElementKindEnum } from './vocabulary.types.js';

/** What may join what, and what an element is in ArchiMate. */
@Resolver(() => ElementType)
export class LegalityResolver {
  @ResolveField(() => String, {
    description: 'What it is in ArchiMate 3.2, as the exchange format spells it, for example ApplicationComponent.',
  })
  archimateType(element: Element): string {
    return archimateConcept(element);
  }

  @Query(() => [LegalRelationType], {
    description:
      'The kinds of relation that may lead from one kind of element to another, with what each is in ArchiMate 3.2 ' +
      'between elements of which only the kinds are known. A link of unknown kind is always among them.',
  })
  @Asks('reference.read')
  legalRelations(
    @Args('sourceKind', { type: () => ElementKindEnum, description: 'What the relation leads from.' })
    sourceKind: ElementKind,
    @Args('targetKind', { type: () => ElementKindEnum, description: 'What it leads to.' }) targetKind: ElementKind,
  ): LegalRelationType[] {
    const [source, target] = [
      { kind: sourceKind, layer: null },
      { kind: targetKind, layer: null },
    ];
    return legalRelations(sourceKind, targetKind).map((kind) => {
      const said = archimateRelation(kind, source, target);
      return { kind, archimateRelationship: said.relationship, archimateDirection: directionOf(said) };
    });
  }
}

/** What a relation is in ArchiMate; that depends on its two ends. */
@Resolver(() => RelationType)
export class ArchimateRelationResolver {
  @ResolveField(() => ArchimateRelationshipEnum, {
    description: 'What it is in ArchiMate 3.2; an association where ArchiMate has no better word for it.',
  })
  archimateRelationship(@Parent() relation: SeenRelation): ArchimateRelationship {
    return saidOf(relation).relationship;
  }

  @ResolveField(() => ArchimateDirectionEnum, { description: 'Which way it leads in ArchiMate.' })
  archimateDirection(@Parent() relation: SeenRelation): ArchimateDirection {
    return directionOf(saidOf(relation));
  }
}

/** What a path says as a whole. */
@Resolver(() => RelationPathType)
export class PathDerivationResolver {
  @ResolveField(() => ArchimateRelationshipEnum, {
    nullable: true,
    description: 'What the path says of its two ends in ArchiMate 3.2; null where no rule derives anything.',
  })
  derivedRelationship({ steps }: WalkedPath): ArchimateRelationship | null {
    return pathDerivation(steps)?.relationship ?? null;
  }

  @ResolveField(() => DerivedRelationshipType, {
    nullable: true,
    description: 'The same, with its direction and whether it is certain.',
  })
  derivation({ steps }: WalkedPath): DerivedRelationshipType | null {
    const derived = pathDerivation(steps);
    if (derived === null) return null;
    const { relationship, forward, certain } = derived;
    return { relationship, direction: directionOf({ reversed: !forward }), isCertain: certain };
  }
}

interface WalkedPath {
  readonly steps: readonly WalkedRelation[];
}

function saidOf({ landscape, kind, source, target }: SeenRelation): ArchimateRelation {
  return archimateRelation(kind, seenAt(landscape, source), seenAt(landscape, target));
}

function directionOf({ reversed }: Pick<ArchimateRelation, 'reversed'>): ArchimateDirection {
  return reversed ? 'REVERSED' : 'SAME';
}
