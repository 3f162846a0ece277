/** What the codes of the schema are called on the page. */

/** @typedef {import('./language.js').Text} Text */

/** @type {Readonly<Record<string, Text>>} */
export const KIND_WORDS = {
  AGENCY: ['Cơ quan', 'Agencies'],
  CAPABILITY: ['Năng lực', 'Capabilities'],
  ADMINISTRATIVE_PROCEDURE: ['Thủ tục hành chính', 'Administrative procedures'],
  DIGITAL_SERVICE: ['Dịch vụ số', 'Digital services'],
  SYSTEM: ['Hệ thống thông tin', 'Information systems'],
  PLATFORM: ['Nền tảng số', 'Platforms'],
  DATABASE: ['Cơ sở dữ liệu', 'Databases'],
  INTERFACE: ['Giao diện kết nối', 'Interfaces'],
  DATA_OBJECT: ['Thực thể dữ liệu', 'Data objects'],
  TECHNOLOGY: ['Công nghệ', 'Technologies'],
  INFRASTRUCTURE: ['Hạ tầng số', 'Infrastructure'],
  STANDARD: ['Tiêu chuẩn', 'Standards'],
  LEGISLATION: ['Văn bản pháp luật', 'Legal documents'],
  CONTRACT: ['Hợp đồng', 'Contracts'],
  PROJECT: ['Dự án', 'Projects'],
  CONCEPT: ['Khái niệm', 'Concepts'],
  GAP: ['Nội dung cần hoàn thiện', 'Gaps'],
  TASK: ['Nhiệm vụ hoàn thiện', 'Tasks'],
};

/** @type {Readonly<Record<string, Text>>} */
export const VERDICT_WORDS = {
  CONFORMS: ['Phù hợp', 'Conforms'],
  CONFORMS_WITH_CONDITIONS: ['Phù hợp có điều kiện', 'Conforms, with conditions'],
  DOES_NOT_CONFORM: ['Chưa phù hợp', 'Does not conform'],
  OUTSIDE_FRAMEWORK: ['Nằm ngoài khung kiến trúc', 'Outside the framework'],
  NOT_ENOUGH_EVIDENCE: ['Chưa đủ căn cứ kết luận', 'Not enough evidence to conclude'],
};

/** @type {Readonly<Record<string, Text>>} */
export const LIGHT_WORDS = {
  GREEN: ['Xanh · đạt', 'Green · met'],
  YELLOW: ['Vàng · cần bổ sung', 'Yellow · to be completed'],
  RED: ['Đỏ · không đạt', 'Red · not met'],
  UNKNOWN: ['Chưa có thông tin', 'Nothing known'],
};

/** @type {Readonly<Record<string, Text>>} */
export const BAND_WORDS = {
  DUPLICATE: ['Trùng lặp', 'Duplicate'],
  OVERLAP: ['Trùng một phần', 'Overlap'],
  RELATED: ['Có liên quan', 'Related'],
  DISTINCT: ['Chưa thấy trùng lặp', 'No duplicate seen'],
  TOO_LITTLE_TO_JUDGE: ['Quá ít thông tin để đánh giá', 'Too little to judge'],
};

/** @type {Readonly<Record<string, Text>>} */
export const ADVICE_WORDS = {
  REUSE_AS_IS: ['Dùng lại nguyên trạng', 'Reuse it as it is'],
  ADD_USAGE: ['Đăng ký dùng hệ thống hiện có', 'Join as a user of it'],
  EXTEND_EXISTING: ['Mở rộng hệ thống hiện có', 'Extend what exists'],
  INTEGRATE: ['Tích hợp với hệ thống hiện có', 'Integrate with it'],
  SHARE_DATA: ['Dùng chung dữ liệu', 'Share data with it'],
  MERGE_PROJECTS: ['Gộp với dự án đang có', 'Merge with the other project'],
  CONTINUE: ['Tiếp nối hệ thống của mình', 'Go on with your own system'],
  BUILD_NEW: ['Có thể xây dựng mới', 'Building new is reasonable'],
};

/** @type {Readonly<Record<string, Text>>} */
export const REACH_WORDS = {
  NATIONAL: ['phục vụ cả nước', 'serves the nation'],
  CITY: ['phục vụ toàn Thành phố', 'serves the whole city'],
  AGENCY: ['phục vụ một cơ quan, theo điều đã biết', 'serves one agency, as far as is known'],
};

/** @type {Readonly<Record<string, Text>>} */
export const SIGNAL_WORDS = {
  NAME: ['Tên', 'Name'],
  PURPOSE_TEXT: ['Mục tiêu', 'Purpose'],
  FUNCTION_TEXT: ['Chức năng', 'Function'],
  CAPABILITY: ['Năng lực', 'Capability'],
  CAPABILITY_UNKNOWN: ['Chưa rõ năng lực', 'Capability unknown'],
  DATA_OBJECT: ['Dữ liệu', 'Data'],
  PLATFORM: ['Nền tảng', 'Platform'],
  USER_GROUP: ['Nhóm người dùng', 'User group'],
  PROCEDURE_CODE: ['Mã thủ tục', 'Procedure code'],
  TENDER_CODE: ['Mã gói thầu', 'Tender code'],
  TECHNOLOGY: ['Công nghệ', 'Technology'],
  BUDGET: ['Kinh phí', 'Budget'],
  PERIOD: ['Thời gian', 'Period'],
  WORK_TYPE: ['Loại công việc', 'Kind of work'],
  AGENCY: ['Cơ quan', 'Agency'],
  GRAPH_NEIGHBOURHOOD: ['Các đối tượng liên quan', 'Neighbours in the graph'],
  EMBEDDING: ['Ý nghĩa', 'Meaning'],
};

/** @type {Readonly<Record<string, Text>>} */
export const OUTCOME_WORDS = {
  FAIL: ['Không đạt', 'Not met'],
  ERROR: ['Không tính được', 'Could not be computed'],
  NEEDS_EVIDENCE: ['Chưa đủ thông tin', 'Needs evidence'],
  WAIVED: ['Không đạt, đang được miễn trừ', 'Not met, waived for a time'],
  PASS: ['Đạt', 'Met'],
  NOT_APPLICABLE: ['Không áp dụng', 'Does not apply'],
};

/** @type {Readonly<Record<string, Text>>} */
export const CHANGE_STANDING_WORDS = {
  BY_CHANGE: ['Do đề xuất gây ra', 'Introduced by the proposal'],
  KNOCK_ON: ['Tác động dây chuyền, tính như do đề xuất gây ra', 'Knock-on effects, counted as introduced'],
  OLDER_DEBT: ['Tồn tại từ trước, không tính vào kết luận', 'Older debt, not counted in the verdict'],
  MENDED: ['Đề xuất khắc phục được', 'Mended by the proposal'],
};

/** @type {Readonly<Record<string, Text>>} */
export const EVIDENCE_WORDS = {
  MET: ['đáp ứng', 'met'],
  NOT_MET: ['không đáp ứng', 'not met'],
};

/** @type {Readonly<Record<string, Text>>} */
export const SEVERITY_WORDS = {
  INFO: ['để biết', 'for information'],
  MINOR: ['nhẹ', 'minor'],
  MAJOR: ['nặng', 'major'],
  CRITICAL: ['nghiêm trọng', 'critical'],
};

/** @type {Readonly<Record<string, Text>>} */
export const ENFORCEMENT_WORDS = {
  AUDIT: ['chỉ ghi nhận', 'noted only'],
  WARN: ['cảnh báo, không chặn', 'warns, blocks nothing'],
  ENFORCE: ['bắt buộc', 'may block'],
};

/** @type {Readonly<Record<string, Text>>} */
export const VERIFICATION_WORDS = {
  UNVERIFIED: ['chưa đối chiếu bản ký', 'not verified against the signed text'],
  VERIFIED_AGAINST_SIGNED_TEXT: ['đã đối chiếu bản ký', 'verified against the signed text'],
  SUPERSEDED: ['văn bản đã bị thay thế', 'the text was replaced'],
};

/** @type {Readonly<Record<string, Text>>} */
export const CONFIDENCE_WORDS = {
  HIGH: ['nguồn tin cậy cao', 'source of high confidence'],
  MEDIUM: ['nguồn tin cậy trung bình', 'source of medium confidence'],
  LOW: ['nguồn tin cậy thấp', 'source of low confidence'],
  UNSOURCED: ['chưa có nguồn', 'no source'],
};

/** @type {Readonly<Record<string, Text>>} */
export const IMPACT_WORDS = {
  LOST: ['ngừng hoạt động', 'stops'],
  DEGRADED: ['suy giảm', 'works worse'],
  UNKNOWN: ['chưa rõ mức độ', 'how badly is not known'],
  NONE: ['không ảnh hưởng', 'not felt'],
};

/** @type {Readonly<Record<string, Text>>} */
export const COVERAGE_WORDS = {
  COMPLETE: ['đủ dữ liệu', 'everything needed is known'],
  LOWER_BOUND: ['ít nhất là như vậy; thực tế có thể nhiều hơn', 'at least this much; there may be more'],
  UNKNOWN: ['chưa đủ dữ liệu để nói', 'too little is known to say'],
};

/** @type {Readonly<Record<string, Text>>} */
export const PHASE_WORDS = {
  PLAN: ['dự kiến', 'planned'],
  PILOT: ['thí điểm', 'on trial'],
  PHASE_IN: ['đang triển khai', 'being rolled out'],
  ACTIVE: ['đang vận hành', 'in use'],
  SUSPENDED: ['tạm dừng', 'suspended'],
  PHASE_OUT: ['đang thu hồi', 'being withdrawn'],
  END_OF_LIFE: ['đã kết thúc', 'ended'],
  UNKNOWN: ['chưa rõ giai đoạn', 'phase not known'],
};

/** @type {Readonly<Record<string, Text>>} */
export const TRUTH_WORDS = {
  TRUE: ['đúng', 'true'],
  FALSE: ['sai', 'false'],
  UNKNOWN: ['chưa rõ', 'not known'],
  ERROR: ['lỗi', 'error'],
};

/**
 * The word for a code; a code without one is shown as it is rather than hidden.
 * @param {Readonly<Record<string, Text>>} words
 * @param {string} code
 * @returns {Text}
 */
export function wordFor(words, code) {
  return words[code] ?? [code, code];
}
