import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { OutcomeOrNone, RulePreview, Transition } from '../core/policy/preview.js';
import { AgencyType, ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { FindingOutcomeEnum } from './compliance.types.js';
import type { RulesInUse } from './rule-pack.reader.js';
import { WaiverType } from './waiver.types.js';
import type { KeptWaiver, SeenWaiver } from './waiver.types.js';

/** A preview as it is told, with the landscape that it was worked out on. */
export interface SeenRulePreview {
  readonly preview: RulePreview;
  /** Waivers that would cover nothing more, with how many failures they cover now. */
  readonly orphaned: readonly { readonly waiver: KeptWaiver; readonly failing: number }[];
  /** Hash of the rule and of all that would change. */
  readonly hash: string;
  readonly landscape: LandscapeView;
  readonly today: PartialDate;
  /** The rules that it was worked out with. */
  readonly rules: RulesInUse;
  /** How often anything was ruled on waivers and evidence by then. */
  readonly rulings: number;
}

/** Which changes of outcome are wanted. */
export type OutcomeChangeKind = 'NEWLY_FAILING' | 'NEWLY_PASSING' | 'ANY';
export const OutcomeChangeKindEnum = graphqlEnum<OutcomeChangeKind>(
  'OutcomeChangeKind',
  'Which changes of outcome are wanted.',
  {
    NEWLY_FAILING: 'Would fail, and do not. Sẽ không đạt.',
    NEWLY_PASSING: 'Would pass, and do not. Sẽ đạt.',
    ANY: 'All whose outcome changes. Mọi thay đổi.',
  },
);

@ObjectType('OutcomeTransition', { description: 'Of how many elements a rule says one thing and would say another.' })
export class OutcomeTransitionType {
  @Field(() => FindingOutcomeEnum, { nullable: true, description: 'What it says; null where it is not asked.' })
  before: OutcomeOrNone;

  @Field(() => FindingOutcomeEnum, { nullable: true, description: 'What it would say; null where it is not asked.' })
  after: OutcomeOrNone;

  @Field(() => Int, { description: 'Number of elements, also where both are the same.' })
  count: number;
}

@ObjectType('OutcomeChange', { description: 'An element of which a rule would say something else.' })
export class OutcomeChangeType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => AgencyType, { nullable: true, description: 'Who answers for it; null where nobody is known.' })
  agency: SeenElement | null;

  @Field(() => FindingOutcomeEnum, { nullable: true, description: 'What the rule says; null where it is not asked.' })
  before: OutcomeOrNone;

  @Field(() => FindingOutcomeEnum, { nullable: true, description: 'What it would say; null where it is not asked.' })
  after: OutcomeOrNone;
}

@ObjectType('OutcomeChangeConnection', { description: 'A page of changes of outcome.' })
export class OutcomeChangeConnectionType extends connectionOf<OutcomeChangeType>(
  'OutcomeChange',
  () => OutcomeChangeType,
) {}

@ObjectType('AgencyRulePreview', { description: 'What would change for the subjects of one agency.' })
export class AgencyRulePreviewType {
  @Field(() => AgencyType, { nullable: true, description: 'The owner; null where nobody knows it.' })
  agency: SeenElement | null;

  @Field(() => Int, { description: 'Would fail, and do not.' })
  newlyFailing: number;

  @Field(() => Int, { description: 'Would pass, and do not.' })
  newlyPassing: number;

  @Field(() => Int, { description: 'All whose outcome changes.' })
  changed: number;
}

@ObjectType('OrphanedWaiver', { description: 'A waiver in force that covers failures, and would cover none.' })
export class OrphanedWaiverType {
  @Field(() => WaiverType, { nullable: true, description: 'The waiver; null where the caller does not see it.' })
  waiver: SeenWaiver | null;

  @Field(() => Int, { description: 'Failures that it covers now, as far as the caller sees them.' })
  failing: number;
}

@ObjectType('OrphanedWaiverConnection', { description: 'A page of orphaned waivers.' })
export class OrphanedWaiverConnectionType extends connectionOf<OrphanedWaiverType>(
  'OrphanedWaiver',
  () => OrphanedWaiverType,
) {}

@ObjectType('RulePreview', {
  description:
    'What a rule would say in place of what it says, of everything that the caller sees. Xem trước tác động của quy tắc.',
})
export class RulePreviewType {
  @Field(() => ID, {
    description: 'Hash of the rule and of all that would change: whoever publishes the rule names what he looked at.',
  })
  hash: string;

  @Field(() => Int, { description: 'Revision of the landscape that it was worked out on.' })
  revision: number;

  @Field(() => Int, { description: 'Number of elements that either version is asked about.' })
  subjects: number;

  @Field(() => Int, { description: 'Number of elements that would fail and do not.' })
  newlyFailing: number;

  @Field(() => Int, { description: 'Number of elements that would pass and do not.' })
  newlyPassing: number;

  @Field(() => [OutcomeTransitionType], {
    description: 'All subjects, by what is said and what would be said of them.',
  })
  transitions: readonly Transition[];
}
