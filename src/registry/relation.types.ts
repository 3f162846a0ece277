import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type {
  Confidence,
  DependencyStrength,
  ExchangeChannel,
  RelationKind,
  RelationStatus,
} from '../core/landscape/model.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { NodeType } from './node.types.js';
import {
  ConfidenceEnum,
  DependencyStrengthEnum,
  ExchangeChannelEnum,
  RelationKindEnum,
  RelationStatusEnum,
} from './vocabulary.types.js';

@ObjectType('Relation', {
  implements: () => [NodeType],
  description: 'The source needs or acts, the target is needed or acted on. Data flows from source to target.',
})
export class RelationType implements NodeType {
  @Field(() => ID, { description: 'The urn.' })
  id: string;

  @Field(() => UrnScalar, { description: 'Name of the relation, fixed at birth.' })
  urn: string;

  @Field(() => RelationKindEnum, { description: 'What the relation says.' })
  kind: RelationKind;

  @Field(() => DependencyStrengthEnum, { description: 'How badly the source needs the target.' })
  strength: DependencyStrength;

  @Field(() => Int, {
    nullable: true,
    description:
      'The end that needs lives on while this many of those it needs do in its redundancy group; null = each counts for itself.',
  })
  minAvailable: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The redundancy group within the end that needs and the kind; null = the one group without a name.',
  })
  redundancyGroup: string | null;

  @Field(() => RelationStatusEnum, { description: 'Whether it is in use.' })
  status: RelationStatus;

  @Field(() => [ExchangeChannelEnum], { description: 'The ways data takes.' })
  channels: ExchangeChannel[];

  @Field(() => DateScalar, { nullable: true, description: 'Since when it holds, as far as known.' })
  validFrom: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Until when it holds, as far as known.' })
  validTo: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is known from, in the words of the source.' })
  provenance: string | null;

  @Field(() => ConfidenceEnum, { description: 'How sure it is.' })
  confidence: Confidence;

  @Field(() => Int, { description: 'Revision of the landscape in which it last changed.' })
  revision: number;
}

@ObjectType('RelationEdge', { description: 'A relation in a list.' })
export class RelationEdgeType {
  @Field(() => String, { description: 'Cursor of this item.' })
  cursor: string;

  @Field(() => RelationType, { description: 'The relation.' })
  node: RelationType;
}

@ObjectType('RelationConnection', { description: 'A page of relations.' })
export class RelationConnectionType {
  @Field(() => [RelationEdgeType], { description: 'The items with their cursors.' })
  edges: RelationEdgeType[];

  @Field(() => [RelationType], { description: 'The items.' })
  nodes: RelationType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of relations in the whole list.' })
  totalCount: number;
}
