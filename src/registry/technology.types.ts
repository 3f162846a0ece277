import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { SupportState } from '../core/landscape/technology-support.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementType, TechnologyType } from './element.types.js';
import type { SeenElement } from './seen.types.js';

export const SupportStateEnum = graphqlEnum<SupportState>('SupportState', 'Whether a technology is supported.', {
  SUPPORTED: 'It is supported. Còn hỗ trợ.',
  ENDING: 'Its support ends within the days that were asked. Sắp hết hỗ trợ.',
  MAY_HAVE_ENDED: 'The date is too coarse to say. Có thể đã hết hỗ trợ.',
  EXTENDED: 'Its support has ended, the extended support goes on. Đang trong hỗ trợ mở rộng.',
  ENDED: 'Its support has ended. Đã hết hỗ trợ.',
  UNKNOWN: 'Nobody has told. Chưa rõ.',
});

@ObjectType('TechnologyUserConnection', { description: 'A page of what stands on a technology directly.' })
export class TechnologyUserConnectionType {
  @Field(() => [ElementType], { description: 'The items.' })
  nodes: readonly SeenElement[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of items in the whole list.' })
  totalCount: number;
}

@ObjectType('EndingSupport', { description: 'A technology whose support is or may be over, or soon will be.' })
export class EndingSupportType {
  @Field(() => TechnologyType, { description: 'The technology, with what stands on it.' })
  technology: SeenElement;

  @Field(() => SupportStateEnum, { description: 'How it stands with its support.' })
  state: SupportState;
}

@ObjectType('EndingSupportConnection', { description: 'A page of technologies whose support is or may be over.' })
export class EndingSupportConnectionType {
  @Field(() => [EndingSupportType], { description: 'The items.' })
  nodes: readonly EndingSupportType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of items in the whole list.' })
  totalCount: number;

  @Field(() => CoverageType, {
    description: 'Among how many technologies was looked, and of which nobody has told how long they are supported.',
  })
  coverage: Coverage;
}
