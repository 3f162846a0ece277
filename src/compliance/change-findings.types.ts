import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ChangeFinding } from '../core/policy/change-findings.js';
import type { ChangeStanding } from '../core/policy/change-standing.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { FindingOutcomeEnum, FindingType } from './compliance.types.js';
import type { SeenFinding } from './compliance.types.js';

/** A finding that a change set turns, or that it meets. */
export interface SeenChangeFinding extends ChangeFinding {
  readonly finding: SeenFinding;
  /** Its number in the list of them, from 0. */
  readonly place: number;
  /** Whether its subject is there by the change set alone. */
  readonly isAdded: boolean;
  /** Whether its failure is waived today. */
  readonly isWaived: boolean;
}

/** What a change set does to findings, as somebody may read it. */
export interface SeenChangeFindings {
  readonly findings: readonly SeenChangeFinding[];
  readonly judged: number;
  readonly truncated: boolean;
  readonly onlyAdded: boolean;
}

export const ChangeStandingEnum = graphqlEnum<ChangeStanding>(
  'ChangeStanding',
  'Where a finding stands to what is proposed. What is there by the proposal counts in its verdict; older debt never does.',
  {
    BY_CHANGE: 'Introduced, on what the proposal itself adds, changes or joins to something. Do chính đề xuất gây ra.',
    KNOCK_ON:
      'Introduced too, on what the proposal does not name: a relation of it or something beside it changes. Tác động dây chuyền của đề xuất.',
    OLDER_DEBT:
      'It failed before, and the proposal adds nothing to what it fails for. Tồn tại từ trước, không do đề xuất.',
    MENDED: 'It failed before and does not fail after, or is gone. Đề xuất khắc phục được.',
  },
);

@ObjectType('ChangeFinding', {
  description: 'What a rule says of an element of the landscape, before what is proposed and after it.',
})
export class ChangeFindingType {
  @Field(() => ChangeStandingEnum, { description: 'Whose doing it is.' })
  standing: ChangeStanding;

  @Field(() => FindingType, {
    description:
      'The finding on the landscape as the proposal would leave it, with its subject as it would be; where the rule is not asked any more, the one from before.',
  })
  finding: SeenFinding;

  @Field(() => FindingOutcomeEnum, {
    nullable: true,
    description: 'What the rule says now; null where it is not asked, or the element is not there yet.',
  })
  before: FindingOutcome | null;

  @Field(() => FindingOutcomeEnum, {
    nullable: true,
    description: 'What it would say; null where it is not asked any more, or the element is gone.',
  })
  after: FindingOutcome | null;
}

@ObjectType('ChangeFindingConnection', { description: 'A page of what a proposal does to findings.' })
export class ChangeFindingConnectionType extends connectionOf<SeenChangeFinding>(
  'ChangeFinding',
  () => ChangeFindingType,
) {}

@ObjectType('ChangeCoverage', { description: 'How far was looked for what a proposal does to findings.' })
export class ChangeCoverageType {
  @Field(() => Int, { description: 'Number of elements of which rules were asked.' })
  judged: number;

  @Field(() => Boolean, {
    description:
      'Whether a rule may say something else of elements that were not looked at: there are more than 200 that are joined to what ' +
      'the proposal touches, or it touches an element of a kind of which a rule lists all that there are.',
  })
  truncated: boolean;

  @Field(() => Boolean, {
    description: 'Whether only what the proposal adds was looked at, for whoever may not read findings.',
  })
  onlyAdded: boolean;
}
