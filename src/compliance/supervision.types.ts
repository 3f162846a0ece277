import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Max, Min } from 'class-validator';
import type { LandscapeView } from '../core/access/view.js';
import type { FindingOutcome, Rule } from '../core/policy/rule.js';
import { ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { PageArgs } from '../runtime/page.js';
import { DateScalar, DateTimeScalar } from '../runtime/scalars.js';
import { FindingOutcomeEnum, RuleType } from './compliance.types.js';
import type { ComplianceRunRow, FindingTransitionRow } from './supervision.entity.js';

/** A recorded change of a finding, with the landscape of whoever reads it. */
export interface SeenTransition {
  readonly row: FindingTransitionRow;
  readonly landscape: LandscapeView;
}

@ObjectType('FindingChange', {
  description: 'From a day on, a rule says something else of a subject than before. Thay đổi kết quả đánh giá.',
})
export class FindingChangeType {
  @Field(() => Int, { description: 'Its number, in the order in which changes were recorded.' })
  number: number;

  @Field(() => DateScalar, {
    description: 'The day it was seen, in Viet Nam. Time alone changes findings too, at the same revision.',
  })
  on: string;

  @Field(() => Int, { description: 'Revision of the landscape in which it was seen first.' })
  revision: number;

  @Field(() => String, { description: 'Code of the rule.' })
  ruleCode: string;

  @Field(() => RuleType, { nullable: true, description: 'The rule; null where it is no longer in use.' })
  rule: Rule | null;

  @Field(() => String, { description: 'Code and version of the pack that was asked.' })
  packVersion: string;

  @Field(() => ElementType, { nullable: true, description: 'What it speaks of; null where that is no longer there.' })
  subject: SeenElement | null;

  @Field(() => ID, { description: 'urn of what it speaks of.' })
  subjectUrn: string;

  @Field(() => FindingOutcomeEnum, { nullable: true, description: 'What it was before; null where it was not asked.' })
  from: FindingOutcome | null;

  @Field(() => FindingOutcomeEnum, {
    nullable: true,
    description: 'What it is since; null where it is not asked any more.',
  })
  to: FindingOutcome | null;
}

@ObjectType('FindingChangeConnection', { description: 'A page of changes of findings.' })
export class FindingChangeConnectionType extends connectionOf<SeenTransition>(
  'FindingChange',
  () => FindingChangeType,
) {}

/** Which changes of findings. */
@ArgsType()
export class FindingChangeArgs extends PageArgs {
  @Field(() => DateScalar, { description: 'Seen on this day or later.' })
  since: string;

  @Field(() => DateScalar, { nullable: true, description: 'Seen on this day or before; no end where none is given.' })
  until?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Of what this agency owns today, by urn; what was removed since is not among it.',
  })
  agency?: string | null;

  @Field(() => [String], { nullable: true, description: 'Of these rules, by code.' })
  rule?: readonly string[] | null;

  @Field(() => [FindingOutcomeEnum], { nullable: true, description: 'That went over to one of these.' })
  to?: readonly FindingOutcome[] | null;
}

@ObjectType('ComplianceTrendPoint', {
  description: 'How many findings had which outcome at the end of a month. Xu hướng tuân thủ theo tháng.',
})
export class ComplianceTrendPointType {
  @Field(() => String, { description: 'The month, YYYY-MM; the last one up to today.' })
  month: string;

  @Field(() => Int, { description: 'Conforming.' })
  pass: number;

  @Field(() => Int, { description: 'Not conforming; waivers are not taken off.' })
  fail: number;

  @Field(() => Int, { description: 'Facts are missing.' })
  needsEvidence: number;

  @Field(() => Int, { description: 'Not applicable.' })
  notApplicable: number;

  @Field(() => Int, { description: 'Could not be computed.' })
  error: number;

  @Field(() => Float, { description: 'Share of the applicable findings that are decided, 0 to 1.' })
  coverage: number;
}

/** How many months of a trend, and of what. */
@ArgsType()
export class ComplianceTrendArgs {
  @Field(() => Int, {
    defaultValue: 12,
    description: 'Months up to this one, 1 to 120. Before the first look there are none.',
  })
  @Min(1)
  @Max(120)
  months: number;

  @Field(() => ID, {
    nullable: true,
    description:
      'Findings on this agency and on what it owned at the end of each month, as it was recorded then; by urn. All of the ' +
      'city where none is given.',
  })
  agency?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Findings of this rule alone, by code; it may be withdrawn by now.',
  })
  rule?: string | null;
}

@ObjectType('OutcomeCount', { description: 'Number of findings of one outcome.' })
export class OutcomeCountType {
  @Field(() => FindingOutcomeEnum, { description: 'The outcome.' })
  outcome: FindingOutcome;

  @Field(() => Int, { description: 'How many findings have it.' })
  count: number;
}

@ObjectType('ComplianceRun', {
  description:
    'One time that everything was judged. It keeps what it was made of (revision, day, rules, definitions, engine), so ' +
    'that it can be done again and must say the same. Một lượt đánh giá toàn bộ.',
})
export class ComplianceRunType {
  @Field(() => Int, { description: 'Its number.' })
  number: number;

  @Field(() => Int, { description: 'Revision of the landscape.' })
  revision: number;

  @Field(() => DateScalar, { description: 'The day that was today.' })
  on: string;

  @Field(() => Int, { description: 'Highest tier of rules that were asked.' })
  tier: number;

  @Field(() => String, { description: 'Code and version of the rules.' })
  packVersion: string;

  @Field(() => String, { description: 'SHA-256 of the rules as they stood.' })
  packHash: string;

  @Field(() => String, { description: 'SHA-256 of the definitions by which facts were read.' })
  factsHash: string;

  @Field(() => String, { description: 'Version of the engine that judged.' })
  engine: string;

  @Field(() => Int, { description: 'Number of the last event in the ledger of evidence that counted.' })
  evidenceNumber: number;

  @Field(() => Int, { description: 'Number of subjects of which a rule was asked.' })
  subjects: number;

  @Field(() => [OutcomeCountType], { description: 'Number of findings of each outcome.' })
  counts: OutcomeCountType[];

  @Field(() => Int, {
    description: 'Findings that what was kept up to date had told otherwise. Anything but 0 is a fault of ours.',
  })
  discrepancies: number;

  @Field(() => String, { description: 'SHA-256 of all findings as text.' })
  findingsHash: string;

  @Field(() => DateTimeScalar, { description: 'When it was done.' })
  at: string;
}

@ObjectType('ComplianceRunConnection', { description: 'A page of runs.' })
export class ComplianceRunConnectionType extends connectionOf<ComplianceRunRow>(
  'ComplianceRun',
  () => ComplianceRunType,
) {}

@ObjectType('FindingLineDifference', { description: 'A line of the findings that is another one now.' })
export class FindingLineDifferenceType {
  @Field(() => String, { nullable: true, description: 'As it was kept; null where there is one more now.' })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'As it is now; null where it is missing.' })
  now: string | null;
}

@ObjectType('ComplianceRunRepeat', { description: 'What came of doing a run again, from what it keeps.' })
export class ComplianceRunRepeatType {
  @Field(() => Boolean, { description: 'Every byte is the same.' })
  isSame: boolean;

  @Field(() => String, { description: 'SHA-256 of the findings of now.' })
  findingsHash: string;

  @Field(() => [FindingLineDifferenceType], { description: 'The first ten lines that differ.' })
  differences: readonly FindingLineDifferenceType[];
}

@InputType({ description: 'Judges everything now.' })
export class StartComplianceRunInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Only say whether it could be started.' })
  dryRun: boolean;
}

@InputType({ description: 'Judges again what a run judged.' })
export class RepeatComplianceRunInput {
  @Field(() => Int, { description: 'Number of the run.' })
  number: number;
}
