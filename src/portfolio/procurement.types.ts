import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { Procurement, ProcurementState } from '../core/landscape/procurement.js';
import type { TenderCodeKind } from '../core/landscape/tender-code.js';
import { MissingFactType } from '../registry/coverage.types.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { ForwardPageArgs } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import { DateScalar, UrnScalar } from '../runtime/scalars.js';

export const ProcurementStateEnum = graphqlEnum<ProcurementState>(
  'ProcurementState',
  'Whether a procured project was checked against the architecture before money was spent, as far as is known.',
  {
    NOT_CHECKED: 'It is declared that it was not. Đã xác nhận là không kiểm tra.',
    CHECKED_AFTER_TENDER: 'Surely only after its first tender notice. Kiểm tra sau khi đã mời thầu.',
    CHECK_AND_TENDER_UNDATED:
      'It was, but what is known of the dates leaves open which was first. Chưa rõ kiểm tra trước hay sau mời thầu.',
    NO_CHECK_KNOWN:
      'Nobody has told of one, or it lies ahead, which is not the same as not checked. ' +
      'Chưa ai cho biết có kiểm tra hay không.',
    CHECKED_BEFORE: 'Surely before its first tender notice. Kiểm tra trước khi mời thầu.',
  },
);

const TenderCodeKindEnum = graphqlEnum<TenderCodeKind>(
  'TenderCodeKind',
  'What a code of the e-procurement system is of.',
  {
    IB: 'A tender notice. Mã thông báo mời thầu.',
    PL: 'A contractor selection plan, which may hold several packages. Mã kế hoạch lựa chọn nhà thầu.',
  },
);

@ObjectType('TenderCode', { description: 'A code of the national e-procurement system.' })
export class TenderCodeType {
  @Field(() => TenderCodeKindEnum, { description: 'What it is of.' })
  kind: TenderCodeKind;

  @Field(() => String, { description: 'The code without its version; as it is recorded where that is no code.' })
  value: string;
}

@ObjectType('ProcurementCheck', { description: 'A procured project, and whether it was checked before.' })
export class ProcurementCheckType {
  @Field(() => ElementType, { description: 'The project.' })
  project: SeenElement;

  @Field(() => ProcurementStateEnum, { description: 'Whether it was checked before its tender.' })
  state: ProcurementState;

  @Field(() => [TenderCodeType], { description: 'Its codes, in the order of its record.' })
  tenderCodes: readonly TenderCodeType[];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When its first tender notice was published, as far as known.',
  })
  tenderedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it was checked, as far as known.' })
  checkedOn: string | null;

  @Field(() => [MissingFactType], { description: 'What would make the state sure, and whom to ask.' })
  missing: readonly MissingFact[];
}

@ObjectType('ProcurementStateCount', { description: 'How many procured projects are in a state.' })
export class ProcurementStateCountType {
  @Field(() => ProcurementStateEnum, { description: 'The state.' })
  state: ProcurementState;

  @Field(() => Int, { description: 'Number of projects.' })
  count: number;
}

/** A page of procured projects, with what it was cut from. */
export interface ProcurementPage extends Page<ProcurementCheckType> {
  readonly landscape: LandscapeView;
  /** All of the agency, or of all; in the states asked for. */
  readonly all: readonly Procurement[];
  readonly listed: readonly Procurement[];
}

@ObjectType('ProcurementCheckConnection', { description: 'A page of procured projects, those not checked first.' })
export class ProcurementCheckConnectionType extends connectionOf<ProcurementCheckType>(
  'ProcurementCheck',
  () => ProcurementCheckType,
) {}

@ArgsType()
export class ProcurementArgs extends ForwardPageArgs {
  @Field(() => UrnScalar, { nullable: true, description: 'Only projects that this agency owns.' })
  agency?: string | null;

  @Field(() => [ProcurementStateEnum], { nullable: true, description: 'Only projects in one of these states.' })
  states?: readonly ProcurementState[] | null;
}
