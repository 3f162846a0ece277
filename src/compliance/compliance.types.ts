import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Confidence, ElementKind, Urn } from '../core/landscape/model.js';
import type { Because } from '../core/policy/explain.js';
import type { ExplanationNode } from '../core/policy/explanation-tree.js';
import type { FactNow, NeededChange } from '../core/policy/needed-change.js';
import type { Finding } from '../core/policy/finding.js';
import type { ReportBy } from '../core/policy/report.js';
import type {
  Citation,
  Enforcement,
  FindingOutcome,
  Rule,
  RulePackState,
  Severity,
  Verification,
} from '../core/policy/rule.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { MissingFactType } from '../registry/coverage.types.js';
import { AgencyType, ElementType, LegislationType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { NodeType } from '../registry/node.types.js';
import { ConfidenceEnum, ElementKindEnum } from '../registry/vocabulary.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';
import { DateScalar, DateTimeScalar, JsonScalar } from '../runtime/scalars.js';

/** What an argument `tier` means. */
export const TIER_DESCRIPTION =
  'The highest tier of rules that are asked: 1 for the criteria that everything meets first; finer ones only where asked.';

export const SeverityEnum = graphqlEnum<Severity>('Severity', 'How much a failure weighs.', {
  INFO: 'To be known. Để biết.',
  MINOR: 'Small. Nhẹ.',
  MAJOR: 'Serious: to be solved or made a condition. Nặng.',
  CRITICAL: 'A project should not go on with it. Nghiêm trọng.',
});

export const EnforcementEnum = graphqlEnum<Enforcement>('Enforcement', 'What a failure does.', {
  AUDIT: 'Noted, not scored. Ghi nhận, không tính điểm.',
  WARN: 'Shown; blocks nothing. Cảnh báo, không chặn.',
  ENFORCE: 'May block; only with a citation verified against the signed text. Bắt buộc, có thể chặn.',
});

export const VerificationEnum = graphqlEnum<Verification>('Verification', 'Whether a person read the signed text.', {
  UNVERIFIED: 'Nobody has compared it with the signed text. Chưa đối chiếu bản ký.',
  VERIFIED_AGAINST_SIGNED_TEXT: 'Compared with the signed text. Đã đối chiếu bản ký.',
  SUPERSEDED: 'The text was replaced. Văn bản đã bị thay thế.',
});

export const FindingOutcomeEnum = graphqlEnum<FindingOutcome>('FindingOutcome', 'What a rule says of a subject.', {
  PASS: 'Conforms, on known facts. Đạt.',
  FAIL: 'Does not conform, on known facts. Không đạt.',
  NOT_APPLICABLE: 'The rule does not speak of this subject. Không áp dụng.',
  NEEDS_EVIDENCE: 'Facts are missing; nothing is concluded from silence. Chưa đủ thông tin.',
  ERROR: 'Could not be computed; never counted as conforming. Lỗi khi tính.',
});

export const RulePackStateEnum = graphqlEnum<RulePackState>('RulePackState', 'Where a rule pack stands.', {
  DRAFT: 'Being written. Đang soạn.',
  DRY_RUN: 'Computed for comparison only. Chạy thử.',
  ACTIVE: 'In use. Đang dùng.',
  SUPERSEDED: 'Replaced. Đã được thay thế.',
});

export const ReportByEnum = graphqlEnum<ReportBy>('ReportBy', 'What a report has one row for.', {
  AGENCY: 'Each owner of systems and projects. Theo cơ quan chủ quản.',
  RULE: 'Each rule. Theo quy tắc.',
  LAYER: 'Each layer of the framework of the subjects, and what has none. Theo lớp.',
  SEVERITY: 'Each severity of rules. Theo mức độ.',
});

@ObjectType('Citation', { description: 'What a rule rests on, how sure that is, and who verified it.' })
export class CitationType {
  @Field(() => LegislationType, {
    nullable: true,
    description: 'The instrument; null where it is no legal document, or has no record here.',
  })
  instrument: SeenElement | null;

  @Field(() => String, { nullable: true, description: 'Article and clause; null where the whole is meant.' })
  article: string | null;

  @Field(() => String, { description: 'What it says, in short, in the language of the request.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'Where it was read.' })
  url: string | null;

  @Field(() => ConfidenceEnum, { description: 'How sure the source is.' })
  confidence: Confidence;

  @Field(() => VerificationEnum, { description: 'Whether a person compared it with the signed text.' })
  verification: Verification;

  @Field(() => String, { nullable: true, description: 'Who verified it.' })
  @Asks('person.read')
  verifiedBy: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it was verified.' })
  verifiedOn: string | null;
}

@ObjectType('Rule', { implements: () => [NodeType], description: 'One duty, as data. Quy tắc.' })
export class RuleType implements NodeType {
  @Field(() => ID, { description: 'Pack and code.' })
  id: string;

  @Field(() => String, { description: 'Its code, for example R-07.' })
  code: string;

  @Field(() => String, { description: 'Vietnamese title.' })
  titleVi: string;

  @Field(() => String, { description: 'English title.' })
  titleEn: string;

  @Field(() => SeverityEnum, { description: 'How much a failure weighs.' })
  severity: Severity;

  @Field(() => EnforcementEnum, {
    description: 'What a failure does. It is WARN at most until what carries the rule was verified.',
  })
  enforcement: Enforcement;

  @Field(() => Int, { description: '1 = criteria that come first.' })
  tier: number;

  @Field(() => [ElementKindEnum], { description: 'Kinds of subject that it speaks of.' })
  appliesTo: ElementKind[];

  @Field(() => [String], { description: 'Its conditions in the rule language, one for each case.' })
  expressions: string[];

  @Field(() => CitationType, { description: 'What it rests on.' })
  citation: Citation;

  @Field(() => [CitationType], { description: 'All that it rests on; the first one carries it.' })
  citations: readonly Citation[];

  @Field(() => DateScalar, { nullable: true, description: 'First day of effect, as far as known.' })
  effectiveFrom: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of effect.' })
  effectiveTo: string | null;

  @Field(() => String, { description: 'What to do about a failure, in the language of the request.' })
  fixHint: string;
}

@ObjectType('RulePack', { implements: () => [NodeType], description: 'A versioned set of rules. Bộ quy tắc.' })
export class RulePackType implements NodeType {
  @Field(() => ID, { description: 'Code and version.' })
  id: string;

  @Field(() => String, { description: 'Its code.' })
  code: string;

  @Field(() => String, { description: 'Its version.' })
  version: string;

  @Field(() => String, { description: 'Its title in the language of the request.' })
  title: string;

  @Field(() => RulePackStateEnum, { description: 'Where it stands.' })
  state: RulePackState;

  @Field(() => DateScalar, { nullable: true, description: 'First day of effect.' })
  effectiveFrom: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of effect.' })
  effectiveTo: string | null;

  @Field(() => [RuleType], { description: 'Its rules, in order.' })
  rules: readonly Rule[];
}

/** A finding together with the landscape it was worked out on. */
export interface SeenFinding extends Finding {
  readonly landscape: LandscapeView;
  /** Of a proposal without a record: urn of the agency that makes it, for which rules may be waived. */
  readonly agency?: Urn | null;
}

export const TREE =
  'Every sub-expression with its value, and of a quantifier ten of the `of` items that decide; with `path`, the cycle or path that it rests on.';
export const WAYS =
  'Ways to pass that somebody can go, the one with the fewest changes first; any one of them is enough. None erases a fact or makes the subject another thing; empty where it passes, is not asked, or nothing can be done.';

@ObjectType('NeededChange', { description: 'A condition that has to be met.' })
export class NeededChangeType {
  @Field(() => String, { description: 'What has to become true, as an expression.' })
  needed: string;

  @Field(() => String, { nullable: true, description: 'The list item that it speaks of; null outside lists.' })
  item: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The values of which one is needed, where the condition says no more than that; else null.',
  })
  oneOf: NeededChange['oneOf'];

  @Field(() => JsonScalar, {
    description:
      'Each fact that it reads: its name in the expression, the path to it, its value now and whether it is known; a value of null is declared absent where it is known, else not known.',
  })
  now: readonly Pick<FactNow, 'expression' | 'path' | 'value' | 'known'>[];
}

@ObjectType('WayToPass', { description: 'Changes that make a rule pass together.' })
export class WayToPassType {
  @Field(() => [NeededChangeType], { description: 'All of them are needed.' })
  changes: readonly NeededChangeType[];

  @Field(() => String, { description: 'The same as a sentence, in Vietnamese.' })
  sentenceVi: string;

  @Field(() => String, { description: 'The same as a sentence, in English.' })
  sentenceEn: string;
}

@ObjectType('Finding', {
  implements: () => [NodeType],
  description: 'What one rule says of one subject, with the clause, the facts and what is missing.',
})
export class FindingType implements NodeType {
  @Field(() => ID, { description: 'Rule and subject.' })
  id: string;

  @Field(() => RuleType, { description: 'The rule.' })
  rule: Rule;

  @Field(() => ElementType, { nullable: true, description: 'What it speaks of; null for a proposal without a record.' })
  subject: SeenElement | null;

  @Field(() => FindingOutcomeEnum, { description: 'What the rule says.' })
  outcome: FindingOutcome;

  @Field(() => String, { description: 'The finding as a sentence, in Vietnamese.' })
  sentenceVi: string;

  @Field(() => String, { description: 'The finding as a sentence, in English.' })
  sentenceEn: string;

  @Field(() => JsonScalar, {
    description: 'The sub-expressions that decided, with the facts they read and the counterexamples.',
  })
  explanation: readonly Because[];

  @Field(() => JsonScalar, { description: TREE })
  explanationTree: ExplanationNode;

  @Field(() => [WayToPassType], { description: WAYS })
  changesToPass: readonly WayToPassType[];

  @Field(() => [MissingFactType], { description: 'Facts that nobody has told, and whom to ask.' })
  missingFacts: MissingFact[];

  @Field(() => Boolean, { description: 'Judged by a law that may change: no decision yet, or its day is not exact.' })
  provisional: boolean;
}

@ObjectType('FindingEdge', { description: 'A finding in a list.' })
export class FindingEdgeType {
  @Field(() => String, { description: 'Cursor of this item.' })
  cursor: string;

  @Field(() => FindingType, { description: 'The finding.' })
  node: SeenFinding;
}

@ObjectType('FindingConnection', { description: 'A page of findings.' })
export class FindingConnectionType {
  @Field(() => [FindingEdgeType], { description: 'The items with their cursors.' })
  edges: readonly FindingEdgeType[];

  @Field(() => [FindingType], { description: 'The items.' })
  nodes: readonly SeenFinding[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of findings in the whole list.' })
  totalCount: number;
}

/** How many findings come out how, and how far that is a conforming whole. */
@ObjectType({ isAbstract: true })
export abstract class ComplianceSumsType {
  @Field(() => Int, { description: 'Conform.' })
  pass: number;

  @Field(() => Int, { description: 'Do not conform.' })
  fail: number;

  @Field(() => Int, { description: 'Do not conform and are waived until a day; not among the failures.' })
  waived: number;

  @Field(() => Int, { description: 'Facts are missing.' })
  needsEvidence: number;

  @Field(() => Int, { description: 'The rule does not apply.' })
  notApplicable: number;

  @Field(() => Int, { description: 'Could not be computed.' })
  error: number;

  @Field(() => Float, { description: 'Share of the applicable findings that are decided, 0 to 1.' })
  coverage: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Weight of what conforms in that of all that is decided, 0 to 1, by the severities of rules that are not merely noted; ' +
      'null where nothing that weighs is decided. To be read with `coverage`.',
  })
  score: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What the score would be were all that is unknown a failure; null where nothing that weighs applies.',
  })
  scoreLow: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What the score would be did all that is unknown conform; null where nothing that weighs applies.',
  })
  scoreHigh: number | null;
}

@ObjectType('ComplianceReportRow', {
  description: 'Findings of one agency, one rule, one layer or one severity, summed up.',
})
export class ComplianceReportRowType extends ComplianceSumsType {
  @Field(() => AgencyType, {
    nullable: true,
    description: 'The owner; in a report by agency null where nobody knows it, and null in all others.',
  })
  agency: SeenElement | null;

  @Field(() => RuleType, { nullable: true, description: 'The rule; null in all but a report by rule.' })
  rule: Rule | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Layer of the framework, 1 to 4; in a report by layer null for what has none or none that is known, and null in all ' +
      'others.',
  })
  layer: number | null;

  @Field(() => SeverityEnum, { nullable: true, description: 'The severity; null in all but a report by severity.' })
  severity: Severity | null;
}

@ObjectType('ComplianceReport', { description: 'Sums over all findings that the caller may see.' })
export class ComplianceReportType {
  @Field(() => [ComplianceReportRowType], { description: 'One row for each agency, rule, layer or severity.' })
  rows: ComplianceReportRowType[];

  @Field(() => Int, { description: 'Revision of the landscape that was judged.' })
  revision: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Moment of that revision; null while the landscape is empty.',
  })
  freshAt: string | null;
}

@ObjectType('LegalRegime', { description: 'The law in force on the day of the decision; for a draft, today.' })
export class LegalRegimeType {
  @Field(() => String, { description: 'Its code; NONE where no law on record covers the day.' })
  code: string;

  @Field(() => String, { description: 'Its name in the language of the request.' })
  name: string;

  @Field(() => String, { description: 'Why this one, in the language of the request.' })
  because: string;

  @Field(() => Boolean, { description: 'Another law may apply in the end.' })
  provisional: boolean;
}
