import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LifecyclePhase, RelationStatus } from '../core/landscape/model.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';
import { AgencyType, ContractType, OperatedElementType } from './element.types.js';
import { NodeType } from './node.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { LifecyclePhaseEnum, RelationStatusEnum } from './vocabulary.types.js';

@ObjectType('SystemUsage', {
  implements: () => [NodeType],
  description: 'What one agency does with a shared system or platform: a USES relation, with what is known of it.',
})
export class SystemUsageType implements NodeType {
  @Field(() => ID, { description: 'The urn of the USES relation.' })
  id: string;

  @Field(() => UrnScalar, { description: 'The urn of the USES relation: change sets change the usage by it.' })
  urn: string;

  @Field(() => OperatedElementType, { description: 'What is used.' })
  system: SeenElement;

  @Field(() => AgencyType, { description: 'Who uses it.' })
  agency: SeenElement;

  @Field(() => String, { nullable: true, description: 'What the agency calls it; null where nobody has told.' })
  localName: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people of the agency use it; null where nobody has told.',
  })
  userCount: number | null;

  @Field(() => ContractType, { nullable: true, description: 'The contract under which it is used, if one is known.' })
  contract: SeenElement | null;

  @Field(() => LifecyclePhaseEnum, { description: 'In which phase the use is at the agency.' })
  phase: LifecyclePhase;

  @Field(() => RelationStatusEnum, { description: 'Whether it is used.' })
  status: RelationStatus;

  @Field(() => DateScalar, { nullable: true, description: 'Since when it is used, as far as known.' })
  validFrom: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Until when it is used, as far as known.' })
  validTo: string | null;

  @Field(() => RelationType, { description: 'The USES relation itself, with its sources and history.' })
  relation: SeenRelation;
}

@ObjectType('SystemUsageConnection', { description: 'A page of usages.' })
export class SystemUsageConnectionType {
  @Field(() => [SystemUsageType], { description: 'The items.' })
  nodes: readonly SeenRelation[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of usages in the whole list.' })
  totalCount: number;
}
