import type {
  AgencyLevel,
  Confidence,
  DependencyStrength,
  ElementKind,
  ExchangeChannel,
  LifecyclePhase,
  RecordType,
  RelationKind,
  RelationStatus,
  ResponsibilityRole,
  Visibility,
} from '../core/landscape/model.js';
import type { WithheldReason } from '../core/landscape/attribute.js';
import type { ChangeOp } from '../core/landscape/operation.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import type { ChangeSource } from './change-set-batch.js';

/** The closed lists of the schema. Each value says what it means in English and in Vietnamese. */

export const ElementKindEnum = graphqlEnum<ElementKind>('ElementKind', 'What kind of thing an element is.', {
  AGENCY: 'An agency or organisation. Cơ quan, tổ chức.',
  CAPABILITY: 'Something the city is able to do. Năng lực.',
  ADMINISTRATIVE_PROCEDURE: 'An administrative procedure. Thủ tục hành chính.',
  DIGITAL_SERVICE: 'A service used by people or officials. Dịch vụ số.',
  SYSTEM: 'An information system. Hệ thống thông tin.',
  PLATFORM: 'A platform that others build on. Nền tảng số.',
  DATABASE: 'A database. Cơ sở dữ liệu.',
  INTERFACE: 'An interface offered to other systems. Giao diện kết nối.',
  DATA_OBJECT: 'A kind of data, such as "citizen". Thực thể dữ liệu.',
  TECHNOLOGY: 'A product or technology. Công nghệ.',
  INFRASTRUCTURE: 'Servers, networks, data centres, cameras. Hạ tầng số.',
  STANDARD: 'A technical standard. Tiêu chuẩn, quy chuẩn.',
  LEGISLATION: 'A law, decree, circular or decision. Văn bản quy phạm, văn bản chỉ đạo.',
  CONTRACT: 'A contract. Hợp đồng.',
  PROJECT: 'A project or task with a budget. Dự án, hạng mục.',
  CONCEPT: 'A term of the common language. Khái niệm.',
  GAP: 'What is missing on the way to the target architecture. Nội dung cần hoàn thiện.',
  TASK: 'Work that closes a gap. Nhiệm vụ hoàn thiện.',
});

export const RelationKindEnum = graphqlEnum<RelationKind>(
  'RelationKind',
  'What a relation says, and which end needs the other, where one does.',
  {
    DEPENDS_ON: 'The source needs the target. Phụ thuộc.',
    USES_PLATFORM: 'The source is built on the target platform, and needs it. Dùng nền tảng.',
    RUNS_ON: 'The source runs on the target, and needs it. Chạy trên hạ tầng.',
    AUTHENTICATES_WITH: 'The source signs in or signs with the target, and needs it. Xác thực bằng.',
    EXCHANGES_DATA_WITH: 'The source provides data, the target consumes it and needs the source. Cung cấp dữ liệu cho.',
    PART_OF: 'The source is a part of the target; the whole needs its part. Là một phần của.',
    REALIZES: 'The source brings the target about; the target needs it. Hiện thực hóa.',
    OWNED_BY: 'The target owns the source. Chủ quản.',
    OPERATED_BY: 'The target operates the source. Đơn vị vận hành.',
    MASTERS: 'The source holds the original of the target data; they need it. Giữ dữ liệu gốc.',
    READS: 'The source reads the target data, and needs them. Đọc dữ liệu.',
    WRITES: 'The source writes the target data; they need it. Ghi dữ liệu.',
    PROVIDES: 'The source offers the target; the target needs it. Cung cấp.',
    GOVERNED_BY: 'The target is the legal basis of the source. Căn cứ pháp lý.',
    CONFORMS_TO: 'The source follows the target standard. Tuân theo tiêu chuẩn.',
    REPLACES: 'The source takes the place of the target. Thay thế, kế thừa.',
    DELIVERS: 'The source project or task brings about the target. Dự án tạo ra.',
    ASSOCIATED_WITH: 'They are linked; how is not known. Có liên quan, chưa rõ loại.',
    USES: 'An agency uses a shared system or platform, and needs it. Cơ quan sử dụng hệ thống, nền tảng dùng chung.',
    CLOSES: 'The source task or project closes the target gap. Nhiệm vụ khắc phục nội dung còn thiếu.',
  },
);

export const VisibilityEnum = graphqlEnum<Visibility>('Visibility', 'Who may read a record.', {
  PUBLIC: 'Anybody. Công khai.',
  GOVERNMENT: 'Officials of any agency. Nội bộ cơ quan nhà nước.',
  AGENCY: 'Officials of the owning agency. Nội bộ cơ quan chủ quản.',
  RESTRICTED: 'Persons named one by one. Hạn chế.',
});

export const WithheldReasonEnum = graphqlEnum<WithheldReason>('WithheldReason', 'Why a value is withheld.', {
  PRE_DECISIONAL: 'It is not decided yet. Chưa quyết định.',
  PROCUREMENT: 'A tender goes on. Đang lựa chọn nhà thầu.',
  SECURITY: 'It would help whoever attacks. An toàn thông tin.',
  PERSONAL_DATA: 'It is about a person. Dữ liệu cá nhân.',
});

export const LifecyclePhaseEnum = graphqlEnum<LifecyclePhase>('LifecyclePhase', 'Where a thing stands in its life.', {
  PLAN: 'Planned. Dự kiến.',
  PILOT: 'On trial. Thí điểm.',
  PHASE_IN: 'Being built or rolled out. Đang triển khai.',
  ACTIVE: 'In use. Đang vận hành.',
  SUSPENDED: 'Out of use for a time. Tạm dừng.',
  PHASE_OUT: 'Being withdrawn. Đang thu hồi.',
  END_OF_LIFE: 'No longer there. Đã kết thúc.',
  UNKNOWN: 'Nobody has told. Chưa rõ.',
});

export const AgencyLevelEnum = graphqlEnum<AgencyLevel>('AgencyLevel', 'Level of an agency.', {
  CENTRAL: 'A central body. Cơ quan trung ương.',
  MINISTRY: 'A ministry. Bộ, cơ quan ngang bộ.',
  VERTICAL_BODY: 'A local arm of a central body. Cơ quan ngành dọc.',
  PROVINCE: 'A province or city under the centre. Cấp tỉnh.',
  FORMER_PROVINCE: 'A province that was merged. Tỉnh trước sáp nhập.',
  DEPARTMENT: 'A department of the province. Sở, ban, ngành.',
  FORMER_DISTRICT: 'A district that was abolished. Cấp huyện trước đây.',
  COMMUNE: 'A ward, commune or special zone. Phường, xã, đặc khu.',
  PUBLIC_SERVICE_UNIT: 'A public service unit. Đơn vị sự nghiệp công lập.',
  STATE_ENTERPRISE: 'A state enterprise. Doanh nghiệp nhà nước.',
  OTHER: 'Another body. Khác.',
});

export const ConfidenceEnum = graphqlEnum<Confidence>('Confidence', 'How sure a value is.', {
  HIGH: 'Two sources agree, or an official page says so. Cao.',
  MEDIUM: 'One decent source. Trung bình.',
  LOW: 'One weak source. Thấp.',
  UNSOURCED: 'No source is known. Chưa có nguồn.',
});

export const DependencyStrengthEnum = graphqlEnum<DependencyStrength>(
  'DependencyStrength',
  'How badly the end of a relation that needs the other needs it.',
  {
    HARD: 'It stops without it. Bắt buộc.',
    SOFT: 'It works worse without it. Suy giảm.',
    INFORMATIONAL: 'It does not feel it. Chỉ để biết.',
    UNKNOWN: 'Nobody has told. Chưa rõ.',
  },
);

export const RelationStatusEnum = graphqlEnum<RelationStatus>('RelationStatus', 'Whether a relation is in use.', {
  PLANNED: 'Planned. Dự kiến.',
  READY: 'Ready, not yet in use. Sẵn sàng.',
  IN_USE: 'In use. Đang khai thác.',
  ENDED: 'No longer in use. Đã ngừng.',
  UNKNOWN: 'Nobody has told. Chưa rõ.',
});

export const ExchangeChannelEnum = graphqlEnum<ExchangeChannel>('ExchangeChannel', 'The way data takes.', {
  NDXP: 'The national data exchange platform. Nền tảng tích hợp, chia sẻ dữ liệu quốc gia.',
  LGSP: 'The integration platform of the province. Nền tảng tích hợp, chia sẻ cấp tỉnh.',
  NDC: 'The sharing platform of the National Data Centre. Nền tảng chia sẻ, điều phối dữ liệu quốc gia.',
  AGENCY_ESB: 'A bus of the agency. Trục tích hợp của cơ quan.',
  TSLCD_VPN: 'The dedicated government network. Mạng truyền số liệu chuyên dùng.',
  DIRECT_API: 'A direct interface between two systems. API trực tiếp.',
  FILE: 'Files. Tệp dữ liệu.',
  UNKNOWN: 'Nobody has told. Chưa rõ.',
});

export const ResponsibilityRoleEnum = graphqlEnum<ResponsibilityRole>(
  'ResponsibilityRole',
  'In which way somebody answers for an element.',
  {
    ACCOUNTABLE: 'Answers for it in the end. Chịu trách nhiệm chính.',
    RESPONSIBLE: 'Does the work. Thực hiện.',
    CONSULTED: 'Is asked before. Được tham vấn.',
    INFORMED: 'Is told after. Được thông báo.',
    DATA_STEWARD: 'Looks after its data. Quản trị dữ liệu.',
    SECURITY_OFFICER: 'Looks after its security. Phụ trách an toàn thông tin.',
  },
);

export const RecordTypeEnum = graphqlEnum<RecordType>('RecordType', 'Whose record a code names.', {
  ORIGINAL: 'The original record. Bản ghi gốc.',
  REFERENCE: "Our reference to somebody else's record. Tham chiếu.",
});

export const ChangeOpEnum = graphqlEnum<ChangeOp>('ChangeOp', 'What an operation does.', {
  ADD: 'Makes an element, a relation or an attribute definition. Thêm.',
  UPDATE: 'Sets one field. Sửa.',
  REMOVE: 'Removes an object, or makes a field unknown again. Bỏ.',
});

export const ChangeSourceEnum = graphqlEnum<ChangeSource>('ChangeSource', 'Where a change set comes from.', {
  USER: 'A person. Người dùng.',
  IMPORT: 'An imported file. Nhập từ tệp.',
  JOB: 'A job of the service. Tác vụ hệ thống.',
  MERGE: 'A merged scenario. Hợp nhất kịch bản.',
  API_CLIENT: 'Another system. Hệ thống khác.',
  REFERENCE: 'A reference pack. Gói tham chiếu.',
});

export const OrderDirectionEnum = graphqlEnum<'ASC' | 'DESC'>('OrderDirection', 'Direction of an order.', {
  ASC: 'Smallest first. Tăng dần.',
  DESC: 'Largest first. Giảm dần.',
});
