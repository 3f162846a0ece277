import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { DuplicateCaseState, DuplicateVerdict } from '../core/similarity/duplicate-case.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { MatchSignalName, WeighedSignal } from '../core/similarity/match-signal.js';
import { NodeType } from '../registry/node.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar, DateTimeScalar, MoneyScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import type { SeenCase } from './duplicate-case.reader.js';
import { MatchBandEnum, MatchSignalNameEnum } from './duplicates.types.js';

const VERDICTS = {
  CONFIRMED: 'The two are one need. Xác nhận trùng lặp.',
  PARTIAL: 'They have a part in common. Trùng một phần.',
  DISMISSED: 'They are no duplicates, although they look alike. Không trùng lặp.',
  MERGED: 'Two projects that were made one. Đã gộp dự án.',
};

export const DuplicateVerdictEnum = graphqlEnum<DuplicateVerdict>(
  'DuplicateVerdict',
  'What is decided of a pair that may be duplicates.',
  VERDICTS,
);

export const DuplicateCaseStateEnum = graphqlEnum<DuplicateCaseState>(
  'DuplicateCaseState',
  'Where a case of duplicates stands.',
  { OPEN: 'Nobody has decided yet. Chờ kết luận.', ...VERDICTS },
);

@ObjectType('DuplicateCaseSignal', { description: 'One thing that spoke for or against a pair when it was looked at.' })
export class DuplicateCaseSignalType implements WeighedSignal {
  @Field(() => MatchSignalNameEnum, { description: 'What it is.' })
  name: MatchSignalName;

  @Field(() => Float, { description: 'Log-odds that it added; below zero it spoke against.' })
  contribution: number;
}

@ObjectType('DuplicateCaseEvent', {
  description: 'One thing that happened to a case, with how the pair stood then. It is never changed.',
})
export class DuplicateCaseEventType {
  @Field(() => DuplicateCaseStateEnum, { description: 'OPEN where it was opened, else what was decided.' })
  state: DuplicateCaseState;

  @Field(() => DateScalar, { description: 'The day, in Viet Nam.' })
  on: string;

  @Field(() => String, { description: 'As whom: architect or administrator.' })
  by: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why; null for whoever neither speaks for the city nor for an agency that owns one of the two.',
  })
  reason: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Whole dong that need not be spent; null if nobody said.' })
  avoidedCost: number | null;

  @Field(() => Int, { description: 'Revision of the landscape that was looked at.' })
  revision: number;

  @Field(() => MatchBandEnum, { description: 'What the pair was called then.' })
  band: MatchBand;

  @Field(() => Float, { nullable: true, description: 'Its score then; null where a side said too little.' })
  score: number | null;

  @Field(() => [DuplicateCaseSignalType], { description: 'What spoke for and against then.' })
  signals: readonly WeighedSignal[];

  @Field(() => String, { description: 'Version of the model that judged then.' })
  modelVersion: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded, by the database's clock." })
  at: string;
}

@ObjectType('DuplicateCase', {
  implements: () => [NodeType],
  description:
    'What people made of a pair of registered elements that may be duplicates. Whoever sees both elements, and may read ' +
    'findings, sees it. Hồ sơ trùng lặp.',
})
export class DuplicateCaseType implements NodeType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@ObjectType('DuplicateCaseConnection', { description: 'A page of cases of duplicates.' })
export class DuplicateCaseConnectionType extends connectionOf<SeenCase>('DuplicateCase', () => DuplicateCaseType) {}

@ObjectType('DuplicateCasePayload', { description: 'What came of what was opened or decided.' })
export class DuplicateCasePayload {
  @Field(() => DuplicateCaseType, {
    nullable: true,
    description: 'The case, on a dry run as it would be; null where it was refused.',
  })
  case: SeenCase | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
