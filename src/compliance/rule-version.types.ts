import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { FindingOutcome, Rule } from '../core/policy/rule.js';
import type { ExpressionFact, RuleCheck, RuleProblem } from '../core/policy/rule-check.js';
import type { ExampleOutcome } from '../core/policy/rule-pack.js';
import { connectionOf } from '../runtime/connection.js';
import { DateScalar, DateTimeScalar, JsonScalar } from '../runtime/scalars.js';
import { UserErrorType } from '../runtime/user-error.types.js';
import { FindingOutcomeEnum, RuleType } from './compliance.types.js';
import type { RuleEventRow } from './rule-event.entity.js';
import type { KeptRuleVersion } from './rule-pack.reader.js';
import { RulePreviewType } from './rule-preview.types.js';
import type { SeenRulePreview } from './rule-preview.types.js';

@ObjectType('RuleProblem', { description: 'One thing that is wrong with a rule.' })
export class RuleProblemType {
  @Field(() => String, { description: 'The way to it in the rule: cases[0].expression; empty for all of the rule.' })
  where: string;

  @Field(() => Int, { nullable: true, description: 'Line in the expression, from 1; null where it is in none.' })
  line: number | null;

  @Field(() => Int, { nullable: true, description: 'Column in the line, from 1; null where it is in no expression.' })
  column: number | null;

  @Field(() => String, { description: 'What exactly is wrong, one word of a closed list: UNKNOWN_FIELD.' })
  reason: string;

  @Field(() => JsonScalar, { description: 'The values that the sentences name.' })
  params: RuleProblem['params'];

  @Field(() => String, { description: 'The sentence in Vietnamese, with what was probably meant.' })
  messageVi: string;

  @Field(() => String, { description: 'The sentence in English, with what was probably meant.' })
  messageEn: string;
}

@ObjectType('RuleExpression', { description: 'What is known of an expression of a rule for one kind of subject.' })
export class RuleExpressionType implements ExpressionFact {
  @Field(() => String, { description: 'Which one: cases[0].expression SYSTEM.' })
  where: string;

  @Field(() => String, { description: 'Type of its value: BOOLEAN, LIST of TEXT.' })
  type: string;

  @Field(() => Int, { description: 'Most units of work that it takes; 5,000,000 are allowed.' })
  cost: number;

  @Field(() => [String], { description: 'The facts that it reads: flows.channels.' })
  fields: readonly string[];
}

@ObjectType('RuleExampleOutcome', { description: 'What a rule gives for one of its examples.' })
export class RuleExampleOutcomeType implements ExampleOutcome {
  @Field(() => String, { description: 'Which one: cases[0] SYSTEM examples[1].' })
  where: string;

  @Field(() => FindingOutcomeEnum, { description: 'What the example says.' })
  expected: FindingOutcome;

  @Field(() => FindingOutcomeEnum, { description: 'What the rule gives.' })
  actual: FindingOutcome;
}

@ObjectType('RuleCheck', { description: 'Everything that is wrong with a rule, and what is known of its expressions.' })
export class RuleCheckType {
  @Field(() => Boolean, { description: 'Whether nothing is wrong, so that it can be drafted.' })
  isRight: boolean;

  @Field(() => Int, { description: 'Number of problems.' })
  problemCount: number;

  @Field(() => [RuleProblemType], { description: 'The problems, the first 100 of them.' })
  problems: readonly RuleProblem[];

  @Field(() => [RuleExpressionType], { description: 'Its expressions that compile, for each kind of subject.' })
  expressions: RuleCheck['expressions'];

  @Field(() => [RuleExampleOutcomeType], { description: 'What its examples give, for each kind of subject.' })
  examples: RuleCheck['examples'];
}

@ObjectType('RuleVersion', {
  description: 'One version of a rule. It is never changed. Phiên bản của quy tắc.',
})
export class RuleVersionType {
  @Field(() => String, {
    description:
      'Number of its publication; the version of the pack that it came with, where it was not published here.',
  })
  version: string;

  @Field(() => RuleType, { description: 'The rule, as it stands or stood when the next version took its place.' })
  rule: Rule;

  @Field(() => DateScalar, { nullable: true, description: 'Day of publication; null where it came with the pack.' })
  publishedOn: string | null;

  @Field(() => String, { nullable: true, description: 'As whom it was published; null where it came with the pack.' })
  publishedBy: string | null;

  @Field(() => String, { nullable: true, description: 'The version whose place it took; null where there was none.' })
  replaces: string | null;

  @Field(() => ID, { nullable: true, description: 'Hash of the rule as its author wrote it.' })
  hash: string | null;

  @Field(() => ID, { nullable: true, description: 'Hash of the preview that was looked at before it was published.' })
  previewHash: string | null;

  @Field(() => Int, { nullable: true, description: 'Revision of the landscape for which that preview held.' })
  previewRevision: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was published; for whoever speaks for the city.' })
  @Asks('rule.drafts')
  reason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The paper that this rests on; for whoever speaks for the city.',
  })
  @Asks('rule.drafts')
  document: string | null;
}

@ObjectType('RuleVersionConnection', { description: 'A page of versions of a rule.' })
export class RuleVersionConnectionType extends connectionOf<KeptRuleVersion>('RuleVersion', () => RuleVersionType) {}

@ObjectType('RuleDraft', {
  description: 'A rule that somebody has drafted and nobody has published. Bản thảo quy tắc.',
})
export class RuleDraftType {
  @Field(() => Int, { description: 'Its number.' })
  number: number;

  @Field(() => String, { description: 'Code of the rule.' })
  code: string;

  @Field(() => JsonScalar, { description: 'The rule as its author wrote it.' })
  rule: unknown;

  @Field(() => ID, { description: 'Hash of the rule.' })
  hash: string;

  @Field(() => String, { nullable: true, description: 'The version whose place it is to take; null for a new rule.' })
  replaces: string | null;

  @Field(() => Boolean, {
    description: 'Whether another version is in use by now, so that it has to be drafted again.',
  })
  isStale: boolean;

  @Field(() => DateScalar, { description: 'Day on which it was drafted.' })
  draftedOn: string;

  @Field(() => String, { description: 'As whom.' })
  draftedBy: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => String, { nullable: true, description: 'The paper that it rests on.' })
  document: string | null;

  @Field(() => DateTimeScalar, { description: "When it was recorded, by the database's clock." })
  at: string;
}

@ObjectType('RuleDraftConnection', { description: 'A page of drafts.' })
export class RuleDraftConnectionType extends connectionOf<RuleEventRow>('RuleDraft', () => RuleDraftType) {}

@ObjectType('DraftRulePayload', { description: 'What came of drafting a rule.' })
export class DraftRulePayload {
  @Field(() => RuleDraftType, {
    nullable: true,
    description: 'The draft, on a dry run as it would be; null where it was refused.',
  })
  draft: RuleEventRow | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@ObjectType('RuleVersionPayload', {
  description: 'What came of publishing or withdrawing a rule, or verifying a citation.',
})
export class RuleVersionPayload {
  @Field(() => RuleVersionType, {
    nullable: true,
    description: 'The version in use, on a dry run as it would be; null where it was refused.',
  })
  version: KeptRuleVersion | null;

  @Field(() => RulePreviewType, {
    nullable: true,
    description: 'What a draft would do now, also where it is refused because that is not what was looked at.',
  })
  preview: SeenRulePreview | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
