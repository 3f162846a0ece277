import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { MasterState } from '../core/landscape/masters.js';
import type { RelationStatus } from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar } from '../runtime/scalars.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { DataObjectType, ElementType } from './element.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { RelationStatusEnum } from './vocabulary.types.js';

export const MasterStateEnum = graphqlEnum<MasterState>('MasterState', 'Who holds the original of data.', {
  NONE: 'Nobody is known to. Chưa rõ nơi giữ bản gốc.',
  PLANNED: 'Somebody will. Dự kiến có nơi giữ bản gốc.',
  ONE: 'One place holds all of it. Một nơi giữ toàn bộ bản gốc.',
  BY_SCOPE: 'One place for each part that is known, by territory or set of records. Mỗi phạm vi một nơi giữ bản gốc.',
  CONTESTED: 'Two places are said to hold the same. Có tranh chấp về nơi giữ bản gốc.',
});

@ObjectType('DataMaster', { description: 'A place that holds the original of data: a MASTERS relation.' })
export class DataMasterType {
  @Field(() => ElementType, { description: 'What holds it.' })
  holder: SeenElement;

  @Field(() => String, {
    nullable: true,
    description: 'The territory or set of records of which it holds the original; null = all there is, or nobody told.',
  })
  scope: string | null;

  @Field(() => RelationStatusEnum, { description: 'Whether it does.' })
  status: RelationStatus;

  @Field(() => DateScalar, { nullable: true, description: 'Since when, as far as known.' })
  validFrom: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Until when, as far as known.' })
  validTo: string | null;

  @Field(() => RelationType, { description: 'The MASTERS relation that says so.' })
  relation: SeenRelation;
}

@ObjectType('DataObjectConnection', { description: 'A page of kinds of data.' })
export class DataObjectConnectionType {
  @Field(() => [DataObjectType], { description: 'The items.' })
  nodes: readonly SeenElement[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of items in the whole list.' })
  totalCount: number;

  @Field(() => CoverageType, {
    description: 'Among how many kinds of data was looked, and of which nobody has told who holds the original.',
  })
  coverage: Coverage;
}
