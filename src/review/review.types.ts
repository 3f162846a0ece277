import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Light, ProposalVerdict } from '../core/policy/verdict.js';
import { ChangeCoverageType } from '../compliance/change-findings.types.js';
import type { SeenChangeFinding } from '../compliance/change-findings.types.js';
import type { Proposal } from '../core/landscape/proposal.js';
import { FindingType, LegalRegimeType } from '../compliance/compliance.types.js';
import type { SeenFinding } from '../compliance/compliance.types.js';

import { DuplicateAnswerType } from '../duplicates/duplicates.types.js';
import type { DuplicateAnswerView } from '../duplicates/duplicates.types.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import { ImpactAnalysisType } from '../registry/impact.types.js';
import type { ImpactAnswer } from '../registry/impact.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';

export const LightEnum = graphqlEnum<Light>('Light', 'The light of a self-check criterion.', {
  GREEN: 'Met. Đạt.',
  YELLOW: 'Partly settled. Đạt một phần, cần bổ sung.',
  RED: 'Not met. Không đạt.',
  UNKNOWN: 'Nothing is known of it. Chưa có thông tin.',
});

export const ProposalVerdictEnum = graphqlEnum<ProposalVerdict>('ProposalVerdict', 'The sum of a check.', {
  CONFORMS: 'Conforms. Phù hợp.',
  CONFORMS_WITH_CONDITIONS: 'Conforms if the conditions are met. Phù hợp có điều kiện.',
  DOES_NOT_CONFORM: 'A serious rule is not met. Chưa phù hợp.',
  OUTSIDE_FRAMEWORK:
    'It lies outside the framework, which has to be amended first. Nằm ngoài khung kiến trúc, phải điều chỉnh khung trước.',
  NOT_ENOUGH_EVIDENCE: 'Facts are missing. Chưa đủ căn cứ.',
});

@ObjectType('SelfCheck', { description: 'One of the five questions an agency asks itself before it submits.' })
export class SelfCheckType {
  @Field(() => String, { description: 'Code of the criterion.' })
  criterion: string;

  @Field(() => String, { description: 'The criterion in Vietnamese.' })
  titleVi: string;

  @Field(() => String, { description: 'The criterion in English.' })
  titleEn: string;

  @Field(() => LightEnum, {
    description:
      'Its light: by what the proposal says of itself, and never better than what its operations introduce on the landscape.',
  })
  light: Light;

  @Field(() => String, { description: 'Why, in Vietnamese, by ten findings at most.' })
  reasonVi: string;

  @Field(() => String, { description: 'Why, in English, by ten findings at most.' })
  reasonEn: string;
}

@ObjectType('SuggestedCondition', { description: 'A condition that a decision could carry.' })
export class SuggestedConditionType {
  @Field(() => String, { description: 'In Vietnamese.' })
  textVi: string;

  @Field(() => String, { description: 'In English.' })
  textEn: string;
}

@ObjectType('ProposalCheck', { description: 'What the registry knows of a proposal before money is spent.' })
export class ProposalCheckType {
  @Field(() => ProposalVerdictEnum, {
    description:
      'The sum of what rules say of the proposal itself and of what its operations introduce; debt that is older never counts.',
  })
  verdict: ProposalVerdict;

  @Field(() => Boolean, {
    description: 'Whether a rule fails that may block, on a citation verified against the signed text.',
  })
  isBinding: boolean;

  @Field(() => Int, { description: 'Revision of the landscape it was answered from.' })
  revision: number;

  @Field(() => [SelfCheckType], { description: 'The five self-check criteria.' })
  selfCheck: readonly SelfCheckType[];

  @Field(() => LegalRegimeType, { description: 'The law it was judged by.' })
  regime: LegalRegimeType;

  @Field(() => DuplicateAnswerType, { description: 'What already serves its needs, component by component.' })
  duplicates: DuplicateAnswerView;

  @Field(() => [FindingType], { description: 'What each rule says of it.' })
  findings: readonly SeenFinding[];

  /** The proposal that it is of. */
  readonly proposal: Proposal;

  /** What its operations do to findings, all of it. */
  readonly changes: readonly SeenChangeFinding[];

  @Field(() => ChangeCoverageType, { description: 'How far was looked for them.' })
  changeCoverage: ChangeCoverageType;

  @Field(() => [ImpactAnalysisType], { description: 'What is hurt by each thing that it changes or removes.' })
  impact: readonly ImpactAnswer[];

  @Field(() => [SuggestedConditionType], { description: 'Conditions that a decision could carry.' })
  conditionsSuggested: readonly SuggestedConditionType[];
}

@ObjectType('CheckProposalPayload', { description: 'The check of a proposal, or what is wrong with the proposal.' })
export class CheckProposalPayload {
  @Field(() => ProposalCheckType, {
    nullable: true,
    description: 'The check; null where the proposal can not be read.',
  })
  check: ProposalCheckType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the proposal.' })
  userErrors: readonly UserErrorType[];
}
