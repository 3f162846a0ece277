import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import { archimateConcept, archimateRelation } from '../core/landscape/archimate-mapping.js';
import type { ArchimateRelation } from '../core/landscape/archimate-mapping.js';
import type { ArchimateRelationship } from '../core/landscape/archimate.js';
import { legalRelations } from '../core/landscape/legality.js';
import type { Element, ElementKind, Relation } from '../core/landscape/model.js';
import { pathDerivation } from '../core/landscape/path-derivation.js';
import type { WalkedRelation } from '../core/landscape/path-derivation.js';
import type { RequestContext } from '../runtime/request-context.js';
import {
  ArchimateDirectionEnum,
  ArchimateRelationshipEnum,
  DerivedRelationshipType,
  LegalRelationType,
} from './archimate.types.js';
import type { ArchimateDirection } from './archimate.types.js';
import { ElementType } from './element.types.js';
import { RelationPathType } from './graph.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { RelationType } from './relation.types.js';
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
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => ArchimateRelationshipEnum, {
    description: 'What it is in ArchiMate 3.2; an association where ArchiMate has no better word for it.',
  })
  async archimateRelationship(
    @Parent() relation: Relation,
    @Context() context: RequestContext,
  ): Promise<ArchimateRelationship> {
    return saidOf(await this.landscapes.forRequest(context), relation).relationship;
  }

  @ResolveField(() => ArchimateDirectionEnum, { description: 'Which way it leads in ArchiMate.' })
  async archimateDirection(
    @Parent() relation: Relation,
    @Context() context: RequestContext,
  ): Promise<ArchimateDirection> {
    return directionOf(saidOf(await this.landscapes.forRequest(context), relation));
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

function saidOf(landscape: LandscapeView, { kind, source, target }: Relation): ArchimateRelation {
  const [from, to] = [landscape.elementAt(source), landscape.elementAt(target)];
  if (from !== undefined && to !== undefined) return archimateRelation(kind, from, to);
  // A relation is visible only where both its ends are, and this one was read from the same view.
  throw new Error(`A visible relation has an end (${source} or ${target}) that is not visible.`);
}

function directionOf({ reversed }: Pick<ArchimateRelation, 'reversed'>): ArchimateDirection {
  return reversed ? 'REVERSED' : 'SAME';
}
