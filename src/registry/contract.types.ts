import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ContractDuty, ContractEnd } from '../core/landscape/contract-ends.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar } from '../runtime/scalars.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ContractType } from './element.types.js';
import type { SeenElement } from './seen.types.js';

export const ContractDutyEnum = graphqlEnum<ContractDuty>('ContractDuty', 'What a contract may oblige a provider to.', {
  DATA_HANDOVER: 'To hand over all data at its end. Bàn giao toàn bộ dữ liệu khi kết thúc.',
  SOURCE_CODE_HANDOVER: 'To hand over the source code. Bàn giao mã nguồn.',
  SECURITY: 'To answer for network security as laid down. Bảo đảm an ninh mạng theo quy định trong hợp đồng.',
});

/** A contract that may end soon, with the view it was read from. */
export interface SeenContractEnd extends Omit<ContractEnd, 'contract'> {
  readonly contract: SeenElement;
}

@ObjectType('ContractEnd', { description: 'A contract that may end soon, and what its provider need not do then.' })
export class ContractEndType {
  @Field(() => ContractType, { description: 'The contract.' })
  contract: SeenElement;

  @Field(() => DateScalar, { description: 'When it ends, as far as known.' })
  endsOn: string;

  @Field(() => Int, {
    description: 'Days until the first on which it may end; negative where that day of a month or year has passed.',
  })
  daysLeft: number;

  @Field(() => [ContractDutyEnum], { description: 'Duties that were not agreed.' })
  notAgreed: readonly ContractDuty[];

  @Field(() => [ContractDutyEnum], { description: 'Duties of which nobody has told whether they were agreed.' })
  unknownDuties: readonly ContractDuty[];
}

@ObjectType('ContractEndConnection', { description: 'A page of contracts that may end soon.' })
export class ContractEndConnectionType {
  @Field(() => [ContractEndType], { description: 'The items.' })
  nodes: readonly ContractEndType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of items in the whole list.' })
  totalCount: number;

  @Field(() => CoverageType, {
    description: 'Among how many contracts was looked, and of which nobody has told when they end or what was agreed.',
  })
  coverage: Coverage;
}
