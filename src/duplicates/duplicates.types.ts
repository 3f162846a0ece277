import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LandscapeView } from '../core/access/view.js';
import type { ProposalComponent } from '../core/landscape/proposal.js';
import type { BandReason, ReuseAdvice } from '../core/similarity/advice.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import type { Reach } from '../core/similarity/counterpart.js';
import type { DuplicateAnswer, DuplicateCandidate, MatchSignal } from '../core/similarity/duplicate-answer.js';
import type { MatchEvidence } from '../core/similarity/evidence.js';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import type { Coverage } from '../registry/coverage.types.js';
import { CoverageType } from '../registry/coverage.types.js';
import { ElementType } from '../registry/element.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { NodeType } from '../registry/node.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { PageInfo } from '../runtime/page.js';

export const MatchBandEnum = graphqlEnum<MatchBand>('MatchBand', 'How alike two things are.', {
  DUPLICATE: 'The same need and the same kind of work. Trùng lặp.',
  OVERLAP: 'A part of the need. Chồng lấn một phần.',
  RELATED: 'The same thing with another kind of work, or a retired counterpart. Liên quan.',
  DISTINCT: 'Nothing alike among the objects known; the coverage says how many. Chưa thấy trùng lặp.',
  TOO_LITTLE_TO_JUDGE: 'The text does not say what is needed. Chưa đủ thông tin để so sánh.',
});

export const BandReasonEnum = graphqlEnum<BandReason>(
  'BandReason',
  'What decided a band: the first of these that holds.',
  {
    UNLIKE: 'They are not alike enough. Chưa đủ giống nhau.',
    CONTINUATION: 'The owner carries on what is there. Cơ quan chủ quản làm tiếp.',
    OTHER_WORK: 'The kind of work is another one. Khác loại công việc.',
    RECORDS_AND_SYSTEM:
      'One makes records digital, the other is a system. Một bên là số hóa hồ sơ, một bên là hệ thống.',
    RETIRED: 'The match has been withdrawn. Đối tượng đã có ngừng sử dụng.',
    ABANDONED:
      'The agency of the match is no more and none took over. Cơ quan chủ quản đã kết thúc hoạt động, chưa có cơ quan tiếp nhận.',
    PARTLY_ALIKE: 'They are alike, and not surely the same. Giống nhau nhưng chưa chắc là một.',
    SERVES_PART: 'The match serves a part of the need. Đối tượng đã có chỉ đáp ứng một phần.',
    ALIKE: 'They are surely alike, and so is the work. Chắc chắn giống nhau, cùng loại công việc.',
  },
);

export const ReuseAdviceEnum = graphqlEnum<ReuseAdvice>('ReuseAdvice', 'What to do about a counterpart.', {
  REUSE_AS_IS: 'Use it as it is in place of building. Dùng lại nguyên trạng.',
  ADD_USAGE: 'Become one more user of it. Đăng ký sử dụng thêm.',
  EXTEND_EXISTING: 'Extend it together with its owner. Mở rộng hệ thống đã có.',
  INTEGRATE: 'Connect to it and build only what it lacks. Kết nối, tích hợp.',
  SHARE_DATA: 'Use its data. Khai thác, chia sẻ dữ liệu.',
  MERGE_PROJECTS: 'Agree on the scope with the other project. Gộp hoặc phân chia phạm vi dự án.',
  CONTINUE: 'It carries on what is there. Tiếp nối.',
  BUILD_NEW: 'Nothing known to be used in its place. Xây dựng mới.',
});

export const ReachEnum = graphqlEnum<Reach>('Reach', 'Whom a counterpart serves.', {
  NATIONAL: 'The nation. Quốc gia.',
  CITY: 'All agencies of the city. Toàn Thành phố.',
  AGENCY: 'One agency, as far as is known. Một cơ quan.',
});

export const MatchSignalNameEnum = graphqlEnum<MatchSignalName>('MatchSignalName', 'What speaks for or against.', {
  NAME: 'The names. Tên gọi.',
  PURPOSE_TEXT: 'Title and objective. Tên dự án, mục tiêu.',
  FUNCTION_TEXT: 'The description of the function. Mô tả chức năng.',
  CAPABILITY: 'Capabilities named on both sides, or contradicting. Năng lực.',
  CAPABILITY_UNKNOWN: 'A side names no capability that is known: silence, not disagreement. Chưa rõ năng lực.',
  DATA_OBJECT: 'Data. Dữ liệu.',
  PLATFORM: 'Platforms used. Nền tảng sử dụng.',
  USER_GROUP: 'Who uses it. Đối tượng sử dụng.',
  PROCEDURE_CODE: 'Codes of procedures. Mã thủ tục hành chính.',
  TENDER_CODE: 'A cited code of a tender or project. Mã thông báo mời thầu, mã dự án.',
  TECHNOLOGY: 'Technology. Công nghệ.',
  BUDGET: 'Size of the budget. Kinh phí.',
  PERIOD: 'Period. Thời gian.',
  WORK_TYPE: 'Kind of work. Loại công việc.',
  AGENCY: 'The same agency. Cùng cơ quan.',
  GRAPH_NEIGHBOURHOOD: 'The same neighbours. Cùng quan hệ.',
  EMBEDDING: 'Likeness of meaning by a language model. Tương đồng ngữ nghĩa.',
});

@ObjectType('ProjectComponent', { description: 'One function that a project will deliver.' })
export class ProjectComponentType implements Omit<ProposalComponent, 'capability' | 'realizes'> {
  @Field(() => ID, { description: 'c1, c2 ... in the order given.' })
  id: string;

  @Field(() => String, { description: 'Name of the function.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it does; null where nobody said.' })
  description: string | null;

  @Field(() => Int, { nullable: true, description: "Layer (1-4) of the city's framework." })
  layer: number | null;
}

@ObjectType('MatchEvidence', { description: 'Words that speak for a match, with where they stand.' })
export class MatchEvidenceType implements MatchEvidence {
  @Field(() => String, { description: 'The words as the proposal writes them.' })
  text: string;

  @Field(() => String, {
    nullable: true,
    description: 'Field of the proposal: name, description, title or objective.',
  })
  subjectField: 'name' | 'description' | 'title' | 'objective' | null;

  @Field(() => [Int], { nullable: true, description: 'Start and end in that field, in UTF-16 units.' })
  spanInSubject: readonly [number, number] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Field of the element: name, nameEn, description or aliases.<number>.',
  })
  matchField: string | null;

  @Field(() => [Int], { nullable: true, description: 'Start and end in that field, in UTF-16 units.' })
  spanInMatch: readonly [number, number] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the capability that the words name, or a link declares.',
  })
  capability: string | null;

  @Field(() => Boolean, { description: 'The proposal declares that capability, whether its words name it or not.' })
  declaredBySubject: boolean;

  @Field(() => Boolean, {
    description: 'The element is declared to realise that capability (REALIZES), whether its words name it or not.',
  })
  declaredByMatch: boolean;
}

@ObjectType('MatchSignal', { description: 'One thing that speaks for or against a match.' })
export class MatchSignalType implements MatchSignal {
  @Field(() => MatchSignalNameEnum, { description: 'What it is.' })
  name: MatchSignalName;

  @Field(() => Float, { description: 'Log-odds that it adds; below zero it speaks against.' })
  contribution: number;

  @Field(() => [MatchEvidenceType], { description: 'What it was seen in.' })
  evidence: readonly MatchEvidence[];
}

/** What was asked, and of which view: what is told on demand is worked out from it. */
export interface Asked extends Pick<DuplicateAnswer, 'proposal' | 'otherNames'> {
  readonly landscape: LandscapeView;
}

/** A candidate with the component that it was found for. */
export interface FoundCandidate extends DuplicateCandidate {
  readonly asked: Asked;
  readonly component: ProposalComponent;
  readonly id: string;
  readonly match: SeenElement;
}

@ObjectType('DuplicateCandidate', {
  implements: () => [NodeType],
  description: 'Something known that may already serve a function of the proposal.',
})
export class DuplicateCandidateType implements NodeType {
  @Field(() => ID, { description: 'Component and urn of the match.' })
  id: string;

  @Field(() => ElementType, { description: 'What was found.' })
  match: SeenElement;

  @Field(() => Float, { description: 'How surely it serves the same need, 0 to 1; not yet calibrated on decisions.' })
  score: number;

  @Field(() => Float, { description: 'The score as log-odds: the baseline of the model and all contributions.' })
  logOdds: number;

  @Field(() => MatchBandEnum, { description: 'How alike they are.' })
  band: MatchBand;

  @Field(() => BandReasonEnum, { description: 'What decided the band.' })
  because: BandReason;

  @Field(() => Boolean, { description: 'Whether the proposal is a later phase or the upkeep of it.' })
  isContinuation: boolean;

  @Field(() => ReachEnum, { description: 'Whom it serves.' })
  reach: Reach;

  @Field(() => [MatchSignalType], { description: 'What speaks for and against.' })
  signals: readonly MatchSignal[];

  @Field(() => ReuseAdviceEnum, { description: 'What to do about it.' })
  advice: ReuseAdvice;

  @Field(() => [String], {
    description: 'Parts of the described function that it does not say it has, in the words of the proposal.',
  })
  gaps: readonly string[];
}

@ObjectType('ComponentMatch', { description: 'What is known for one function of the proposal.' })
export class ComponentMatchType {
  readonly asked: Asked;

  @Field(() => ProjectComponentType, { description: 'The function.' })
  component: ProposalComponent;

  @Field(() => MatchBandEnum, { description: 'Band of the best candidate.' })
  band: MatchBand;

  @Field(() => [DuplicateCandidateType], {
    description: 'Best first, 20 at most; those that say DISTINCT are there to be checked.',
  })
  candidates: readonly FoundCandidate[];

  @Field(() => Int, { description: 'Number of candidates found.' })
  totalCount: number;

  @Field(() => Boolean, { description: 'Whether more were found than are shown.' })
  truncated: boolean;

  @Field(() => ReuseAdviceEnum, {
    nullable: true,
    description: 'What to do; null where there is too little to judge.',
  })
  advice: ReuseAdvice | null;

  @Field(() => String, { nullable: true, description: 'A condition for the decision, in the language of the request.' })
  suggestedCondition: string | null;
}

@ObjectType('DuplicateCandidateEdge', { description: 'A candidate in a list.' })
export class DuplicateCandidateEdgeType {
  @Field(() => String, { description: 'Cursor of this item.' })
  cursor: string;

  @Field(() => DuplicateCandidateType, { description: 'The candidate.' })
  node: FoundCandidate;
}

@ObjectType('DuplicateCandidateConnection', { description: 'A page of candidates.' })
export class DuplicateCandidateConnectionType {
  @Field(() => [DuplicateCandidateEdgeType], { description: 'The items with their cursors.' })
  edges: readonly DuplicateCandidateEdgeType[];

  @Field(() => [DuplicateCandidateType], { description: 'The items.' })
  nodes: readonly FoundCandidate[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of candidates found, shown or not.' })
  totalCount: number;

  @Field(() => Boolean, { description: 'Whether more were found than the list holds.' })
  truncated: boolean;
}

/** The answer as the schema shows it. */
export interface DuplicateAnswerView {
  readonly asked: Asked;
  readonly modelVersion: string;
  readonly byComponent: readonly ComponentMatchType[];
  readonly coverage: Coverage;
}

@ObjectType('DuplicateAnswer', {
  description: 'What already serves a proposal, by component. Never a bare "distinct": the coverage is part of it.',
})
export class DuplicateAnswerType implements DuplicateAnswerView {
  readonly asked: Asked;

  @Field(() => String, { description: 'Version of the model that scored.' })
  modelVersion: string;

  @Field(() => [ComponentMatchType], { description: 'By function of the proposal.' })
  byComponent: readonly ComponentMatchType[];

  @Field(() => CoverageType, { description: 'Among how many objects was sought, and what is missing.' })
  coverage: Coverage;
}
