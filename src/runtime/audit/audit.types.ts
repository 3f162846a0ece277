import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Matches, Min, ValidateNested } from 'class-validator';
import { graphqlEnum } from '../graphql-enum.js';
import { ForwardPageArgs, PageInfo } from '../page.js';
import { DateTimeScalar, UrnScalar } from '../scalars.js';
import type { AuditFaultKind } from './audit-chain.js';
import type { AuditHead, AuditKind } from './audit-record.js';

export const AuditKindEnum = graphqlEnum<AuditKind>('AuditRecordKind', 'What a record of the audit log stands for.', {
  GENESIS: 'What stood in the registry when the log began. Trạng thái ban đầu.',
  CHANGE_SET: 'A change of the landscape. Thay đổi dữ liệu.',
  ATTESTATION: 'What an agency confirmed of its records. Xác nhận của cơ quan.',
  RULE_EVENT: 'Something that happened to a rule, or to a citation of one. Việc về quy tắc.',
  WAIVER_EVENT: 'Something that happened to a waiver. Việc về miễn trừ.',
  EVIDENCE_EVENT: 'Something that happened to evidence. Việc về minh chứng.',
  DUPLICATE_CASE_EVENT: 'Something that was decided of a pair of duplicates. Quyết định về trùng lặp.',
  EXPORT: 'Data that left the registry. Dữ liệu đã xuất.',
  PERSON: 'Somebody became known here, or was forgotten. Ghi nhận hoặc xóa một người.',
  ROLE: 'Somebody was given a role, or lost it. Giao hoặc thu hồi vai trò.',
  LOCAL_ACCOUNT: 'A local account was made, set up, reset or disabled, or a recovery code used. Tài khoản tại chỗ.',
  SERVICE_TOKEN: 'A service token was issued, or revoked. Cấp hoặc thu hồi mã truy cập dịch vụ.',
});

export const AuditFaultEnum = graphqlEnum<AuditFaultKind>('AuditFaultKind', 'What is wrong with the audit log.', {
  RECORD_MISSING: 'No record has the number. Thiếu bản ghi.',
  RECORD_OUT_OF_PLACE: 'The number was given before. Bản ghi sai chỗ.',
  CONTENT_CHANGED: 'What the record says is not what its hash was made of. Nội dung bản ghi bị sửa.',
  HASH_CHANGED: 'The hash of the record was changed. Mã băm của bản ghi bị sửa.',
  LINK_CHANGED: 'The hash of the record before was changed in it. Liên kết tới bản ghi trước bị sửa.',
  LINK_BROKEN: 'It follows another record than stands before it. Liên kết tới bản ghi trước bị đứt.',
  RECORD_AFTER_HEAD: 'A record stands behind the head. Bản ghi nằm sau điểm cuối.',
  HEAD_CHANGED: 'The head is not the last record. Điểm cuối bị sửa.',
  ANCHOR_NOT_HELD: 'The chain does not hold a head that was kept elsewhere. Không còn điểm neo đã lưu bên ngoài.',
  ROW_CHANGED: 'A row is not what it was when it was recorded. Dòng dữ liệu bị sửa.',
  ROW_MISSING: 'A row that was recorded is gone. Dòng dữ liệu bị mất.',
  ROW_NOT_RECORDED: 'No intact record speaks of a row. Dòng dữ liệu không có bản ghi.',
  START_CHANGED: 'What stood in a table before the log began is not what it was. Dữ liệu ban đầu bị sửa.',
});

const NUMBER = 'Number of the record, from 1.';

@ObjectType('AuditHead', { description: 'Where the audit log ends. Kept elsewhere, it proves what stood before it.' })
export class AuditHeadType {
  @Field(() => Int, { description: 'Number of the last record; 0 before the first.' })
  number: number;

  @Field(() => String, { description: 'SHA-256 of the last record, hexadecimal; empty before the first.' })
  hash: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was recorded; null before the first.' })
  at: string | null;
}

@ObjectType('AuditRecord', {
  description: 'One thing that happened, in a chain in which none can be changed alone. Bản ghi kiểm toán.',
})
export class AuditRecordType {
  @Field(() => ID, { description: NUMBER })
  id: string;

  @Field(() => Int, { description: NUMBER })
  number: number;

  @Field(() => DateTimeScalar, { description: "When, by the database's clock." })
  at: string;

  @Field(() => AuditKindEnum, {
    nullable: true,
    description: 'What it stands for; null where the record was tampered with.',
  })
  kind: AuditKind | null;

  @Field(() => String, { description: 'As whom somebody did it.' })
  actor: string;

  @Field(() => String, { nullable: true, description: 'The agency that the actor acts for, by urn.' })
  agency: string | null;

  @Field(() => ID, { nullable: true, description: 'Which person or service token it was. No record holds a name.' })
  person: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is about: number of the revision or of the row of its ledger; what left the registry.',
  })
  subject: string | null;

  @Field(() => String, { description: 'What happened, as canonical JSON (RFC 8785): by hashes, where it is long.' })
  payload: string;

  @Field(() => String, { description: 'Random, so that nobody can try what a published hash may stand for.' })
  nonce: string;

  @Field(() => String, { description: 'Hash of the record before; empty in the first.' })
  previousHash: string;

  @Field(() => String, { description: 'SHA-256 over the canonical JSON of all the others.' })
  hash: string;
}

@ObjectType('AuditRecordConnection', { description: 'A part of the audit log, newest first.' })
export class AuditRecordConnectionType {
  @Field(() => [AuditRecordType], { description: 'The records, newest first.' })
  nodes: readonly AuditRecordType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of records that the filter lets through.' })
  totalCount: number;
}

@InputType({ description: 'Which records of the audit log.' })
export class AuditRecordFilter {
  @Field(() => [AuditKindEnum], { nullable: true, description: 'Any of these kinds.' })
  kinds?: AuditKind[] | null;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency that the actor acts for.' })
  agency?: string | null;

  @Field(() => Int, { nullable: true, description: 'Lowest number.' })
  fromNumber?: number | null;

  @Field(() => Int, { nullable: true, description: 'Highest number.' })
  toNumber?: number | null;
}

@ArgsType()
export class AuditRecordsArgs extends ForwardPageArgs {
  @Field(() => AuditRecordFilter, { nullable: true, description: 'Which records; all if not given.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => AuditRecordFilter)
  filter?: AuditRecordFilter | null;
}

@InputType({ description: 'A head of the audit log that was kept elsewhere.' })
export class AuditAnchorInput implements AuditHead {
  @Field(() => Int, { description: NUMBER })
  @Min(1)
  number: number;

  @Field(() => String, { description: 'Its hash, hexadecimal.' })
  @Matches(/^[0-9a-f]{64}$/)
  hash: string;
}

/** Anchors of one verification. */
const ANCHORS_MAXIMUM = 100;

@InputType({ description: 'A look at the whole audit log.' })
export class StartAuditVerificationInput {
  @Field(() => [AuditAnchorInput], {
    defaultValue: [],
    description: `Heads that were kept elsewhere, and that the chain has to hold still: ${ANCHORS_MAXIMUM} at most.`,
  })
  @ArrayMaxSize(ANCHORS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => AuditAnchorInput)
  anchors: AuditAnchorInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'Say whether it could be started, and start nothing.' })
  dryRun: boolean;
}

@ObjectType('AuditFault', { description: 'Something that is wrong with the audit log, or with what it speaks of.' })
export class AuditFaultType {
  @Field(() => AuditFaultEnum, { description: 'What is wrong.' })
  kind: AuditFaultKind;

  @Field(() => Int, { nullable: true, description: 'Number of the record; null where there is none.' })
  number: number | null;

  @Field(() => String, { description: 'What is wrong and where, in a sentence in the language of the request.' })
  detail: string;
}

@ObjectType('AuditFaultConnection', { description: 'A page of what is wrong.' })
export class AuditFaultConnectionType {
  @Field(() => [AuditFaultType], { description: 'The items.' })
  nodes: readonly AuditFaultType[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of faults that are told one by one: the first 1,000.' })
  totalCount: number;
}

@ObjectType('AuditVerification', { description: 'What a look at the whole audit log found.' })
export class AuditVerificationType {
  @Field(() => Int, { description: 'Records that were looked at.' })
  recordsChecked: number;

  @Field(() => Int, { description: 'Change sets and rows of ledgers that were compared with their records.' })
  rowsChecked: number;

  @Field(() => Int, { description: 'Number of the last record, when it was begun.' })
  headNumber: number;

  @Field(() => String, { description: 'Hash of the last record.' })
  headHash: string;

  @Field(() => Int, { description: 'Number of all faults; 0 where everything is as it was recorded.' })
  faultCount: number;
}
