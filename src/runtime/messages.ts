import { codeOf } from '../core/errors.js';
import type { ErrorCode, Issue, Reason } from '../core/errors.js';
import { CASE_REASON_MESSAGES } from './case-messages.js';
import { IDENTITY_REASON_MESSAGES } from './identity/identity-messages.js';
import { DATABASE_REASON_MESSAGES } from './database-messages.js';
import { TRAFFIC_REASON_MESSAGES } from './traffic-messages.js';
import { JOB_REASON_MESSAGES } from './job-messages.js';
import { SIGN_IN_REASON_MESSAGES } from './sign-in-messages.js';
import { RULE_REASON_MESSAGES, toldOfRule } from './rule-messages.js';
import { sentenceWith } from './sentence.js';

export const LANGUAGES = ['VI', 'EN'] as const;
export type Language = (typeof LANGUAGES)[number];

type Text = Readonly<Record<Language, string>>;

/** The sentence for each reason, in both languages. {name} stands for a parameter of the issue. */
const MESSAGES: Readonly<Record<Reason, Text>> = {
  URN_MALFORMED: {
    VI: '"{value}" không phải là một urn của hệ thống này (dạng đúng: urn:khung:ten-doi-tuong).',
    EN: '"{value}" is not a urn of this registry (they look like urn:khung:some-thing).',
  },
  URN_UNKNOWN: { VI: 'Không có đối tượng nào mang urn {urn}.', EN: 'Nothing has the urn {urn}.' },
  URN_TAKEN: {
    VI: 'urn {urn} đã được dùng; một urn không bao giờ được cấp lại.',
    EN: 'The urn {urn} is taken; a urn is never given twice.',
  },
  VALUE_MISSING: { VI: 'Thiếu giá trị của "{field}".', EN: '"{field}" has no value.' },
  VALUE_OF_WRONG_TYPE: { VI: '"{field}" phải là: {expected}.', EN: '"{field}" must be: {expected}.' },
  VALUE_NOT_ALLOWED: {
    VI: '"{value}" không dùng được cho "{field}"; giá trị hợp lệ: {allowed}.',
    EN: '"{value}" is no value of "{field}"; allowed: {allowed}.',
  },
  VALUE_OUT_OF_BOUNDS: {
    VI: '"{field}" phải từ {minimum} đến {maximum}, không phải {value}.',
    EN: '"{field}" must lie between {minimum} and {maximum}; it is {value}.',
  },
  FIELD_UNKNOWN: {
    VI: 'Không có trường "{field}". Có phải ý bạn là "{suggestion}"?',
    EN: 'There is no field "{field}". Did you mean "{suggestion}"?',
  },
  FIELD_FIXED: {
    VI: 'Trường "{field}" cố định từ khi tạo, không sửa được.',
    EN: '"{field}" is fixed at birth and can not be changed.',
  },
  ATTRIBUTE_UNKNOWN: {
    VI: 'Loại {kind} không có thuộc tính "{key}". Có phải ý bạn là "{suggestion}"?',
    EN: '{kind} has no attribute "{key}". Did you mean "{suggestion}"?',
  },
  FIELD_SENSELESS: {
    VI: 'Thuộc tính kiểu {type} không dùng "{field}"; trường này chỉ dành cho kiểu: {types}.',
    EN: 'An attribute of type {type} has no use for "{field}"; it is for {types} alone.',
  },
  ATTRIBUTE_KEY_TAKEN: {
    VI: 'Khóa "{key}" đã thuộc về một định nghĩa thuộc tính khác ({holder}).',
    EN: 'The key "{key}" belongs to another attribute definition ({holder}).',
  },
  ATTRIBUTE_IN_USE: {
    VI: 'Thuộc tính "{key}" đang có {count} giá trị (ví dụ {examples}); không gỡ bỏ hoặc đổi kiểu được.',
    EN: 'The attribute "{key}" has {count} values (such as {examples}); it can not go or change its type.',
  },
  ATTRIBUTE_STILL_NAMED: {
    VI: 'Có {count} thuộc tính (ví dụ {examples}) không được sớm hơn "{key}", nên "{key}" phải còn là ngày của các loại đó; hãy sửa các định nghĩa ấy trước.',
    EN: '{count} attributes (such as {examples}) may not be before "{key}", so it has to stay a date of their kinds; mend those definitions first.',
  },
  ATTRIBUTE_BEFORE_ITSELF: {
    VI: 'Một ngày không thể bị buộc không sớm hơn chính nó: {cycle}.',
    EN: 'A day can not be bound not to be before itself: {cycle}.',
  },
  ATTRIBUTE_VALUES_BROKEN: {
    VI: 'Định nghĩa mới của "{key}" làm {count} giá trị hiện có trở nên sai (ví dụ {examples}).',
    EN: 'The new definition of "{key}" would make {count} values wrong that are there (such as {examples}).',
  },
  REFERENCE_OF_WRONG_KIND: {
    VI: '"{field}" là {urn} thuộc loại {kind}; phải thuộc loại: {allowed}.',
    EN: '"{field}" names {urn}, which is of the kind {kind}; it must be one of: {allowed}.',
  },
  END_BEFORE_START: {
    VI: '"{field}" là {value}, trước ngày bắt đầu {start}.',
    EN: '"{field}" is {value}, before the start on {start}.',
  },
  MASTER_TAKEN: {
    VI: 'Dữ liệu {urn} trong phạm vi "{scope}" đã có nơi giữ bản gốc theo quan hệ {other}.',
    EN: 'The data {urn} within "{scope}" have a master already, by the relation {other}.',
  },
  ELEMENT_STILL_NAMED: {
    VI: '{urn} còn được {count} nơi nêu tên (ví dụ {examples}); hãy sửa các nơi đó trước.',
    EN: '{urn} is still named in {count} places (such as {examples}); mend those first.',
  },
  RELATION_ILLEGAL: {
    VI: 'Không được nối {source} với {target} bằng {kind}. Quan hệ hợp lệ: {legal}.',
    EN: '{kind} may not lead from {source} to {target}. Legal here: {legal}.',
  },
  RELATION_BACKWARDS: {
    VI: 'Không được nối {source} với {target} bằng {kind}, chỉ được nối ngược lại, từ {target} đến {source}. Quan hệ hợp lệ theo chiều này: {legal}.',
    EN: '{kind} may not lead from {source} to {target}, only the other way round, from {target} to {source}. Legal this way: {legal}.',
  },
  RELATION_END_UNKNOWN: {
    VI: 'Đầu của quan hệ là {urn}, nhưng không có đối tượng nào mang urn đó.',
    EN: 'An end of the relation is {urn}, but nothing has that urn.',
  },
  PART_OF_CYCLE: {
    VI: 'Đối tượng sẽ là một phần của chính nó: {cycle}.',
    EN: 'Something would be a part of itself: {cycle}.',
  },
  STILL_NEEDED: {
    VI: 'Còn {count} đối tượng trực tiếp cần {urn} (ví dụ {examples}); nếu vẫn quyết định như vậy, hãy xác nhận bằng "confirmed".',
    EN: '{count} still need {urn} directly (such as {examples}); where it is decided all the same, say so by "confirmed".',
  },
  ELEMENT_STILL_RELATED: {
    VI: '{urn} còn {count} quan hệ; hãy gỡ các quan hệ đó trước.',
    EN: '{urn} still has {count} relations; remove them first.',
  },
  STALE_REVISION: {
    VI: '{urn} đã thay đổi ở phiên bản {actual}, sau phiên bản {expected} mà bạn đã xem.',
    EN: '{urn} changed in revision {actual}, after revision {expected} that you looked at.',
  },
  NOT_AN_AGENCY: {
    VI: '{urn} không phải là cơ quan, tổ chức (loại: {kind}).',
    EN: '{urn} is no agency but a {kind}.',
  },
  AGENCY_ENDED: {
    VI: 'Cơ quan {urn} đã kết thúc hoạt động từ {from}.',
    EN: 'The agency {urn} is no more since {from}.',
  },
  AGENCY_NOT_BEGUN: {
    VI: 'Cơ quan {urn} chỉ bắt đầu hoạt động từ {from}, sau ngày có hiệu lực.',
    EN: 'The agency {urn} begins only on {from}, after the day the change takes effect.',
  },
  SUCCEEDS_ITSELF: {
    VI: '{urn} không thể kế thừa hoặc thuộc về chính mình.',
    EN: '{urn} can not take its own place or belong to itself.',
  },
  NOTHING_TO_MOVE: {
    VI: 'Không có gì để chuyển: {urn} không gắn với cơ quan, hoặc đã thuộc {agency}.',
    EN: 'There is nothing to move: {urn} has nothing to do with the agency, or is with {agency} already.',
  },
  OPERATION_REPEATED: {
    VI: 'Trong cùng một tập thay đổi, {urn} được đặt giá trị hai lần.',
    EN: 'Two operations of one change set give {urn} a value at the same place.',
  },
  LIMIT_EXCEEDED: {
    VI: '"{field}" vượt giới hạn {limit} (đang là {actual}).',
    EN: '"{field}" is over its limit of {limit} (it is {actual}).',
  },
  ...IDENTITY_REASON_MESSAGES,
  ...TRAFFIC_REASON_MESSAGES,
  TOO_MANY_FINDINGS: {
    VI: 'Có tới {actual} kết luận ở bậc này, mỗi lần chỉ lấy được {limit}. Hãy yêu cầu bậc thấp hơn (tier).',
    EN: 'There may be {actual} findings at this tier, and at most {limit} are told at once. Ask for a lower tier.',
  },
  WORK_EXHAUSTED: {
    VI: '"{field}" không được tính: yêu cầu này đã dùng hết công sức tính toán dành cho một yêu cầu. Hãy hỏi "{field}" trong một yêu cầu riêng, hoặc dùng bộ lọc hẹp hơn, ít điều kiện hơn.',
    EN: '"{field}" was not worked out: this request has used up the work that one request may take. Ask "{field}" in a request of its own, or with a narrower filter of fewer conditions.',
  },
  STATE_SECRET: {
    VI: 'Hồ sơ có bí mật nhà nước không được lưu ở đây ("{field}"). Hãy ghi số hồ sơ giấy thay cho nội dung.',
    EN: 'Records that hold state secrets are not kept here ("{field}"). Name the paper file instead of its content.',
  },
  NOT_PERMITTED: {
    VI: 'Bạn không có quyền thực hiện: {action}.',
    EN: 'You are not permitted to do this: {action}.',
  },
  CURSOR_MALFORMED: {
    VI: 'Con trỏ trang "{cursor}" không phải do danh sách này cấp.',
    EN: 'The page cursor "{cursor}" was not given by this list.',
  },
  ARGUMENTS_EXCLUSIVE: {
    VI: 'Không dùng "{field}" cùng với "{other}"; hãy chọn một trong hai.',
    EN: '"{field}" does not go together with "{other}"; give one of the two.',
  },
  ARGUMENT_NEEDED: {
    VI: '"{value}" chỉ có nghĩa khi có "{other}"; hãy thêm "{other}" hoặc bỏ "{value}".',
    EN: '"{value}" means nothing without "{other}"; give "{other}" as well, or leave "{value}" out.',
  },
  CONDITION_NEEDS_ELEMENT: {
    VI: 'Điều kiện "{field}" chỉ dùng được khi xét quan hệ từ phía một đối tượng; ở đây hãy dùng "source" và "target".',
    EN: '"{field}" only makes sense where relations are seen from an element; use "source" and "target" here.',
  },
  DOCUMENT_MALFORMED: { VI: 'Không đọc được tài liệu: {detail}.', EN: 'The document can not be read: {detail}.' },
  FILE_LEGACY: {
    VI: 'Tệp là Excel kiểu cũ (.xls) hoặc có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu và lưu lại thành .xlsx.',
    EN: 'The file is an old workbook (.xls) or has a password. Open it in Excel, take the password off, save it as .xlsx.',
  },
  FILE_DAMAGED: {
    VI: 'Tệp bị hỏng hoặc bị cắt ({detail}). Hãy mở lại bằng Excel và lưu thành .xlsx mới.',
    EN: 'The file is damaged or cut off ({detail}). Open it in Excel and save it as a new .xlsx.',
  },
  FILE_NO_WORKBOOK: {
    VI: 'Tệp không chứa bảng tính nào đọc được. Hãy lưu thành .xlsx hoặc CSV (UTF-8).',
    EN: 'The file holds no sheet that can be read. Save it as .xlsx or CSV (UTF-8).',
  },
  TEXT_ENCODING_MIXED: {
    VI: 'Tệp trộn nhiều bảng mã: dòng {utf8} là UTF-8, dòng {other} thì không. Hãy lưu lại toàn bộ thành CSV UTF-8.',
    EN: 'The file mixes encodings: line {utf8} is UTF-8, line {other} is not. Save all of it as CSV UTF-8.',
  },
  TEXT_GARBLED: { VI: '"{field}" lỗi mã: có phải "{suggestion}"?', EN: '"{field}" is garbled: "{suggestion}"?' },
  TEXT_CONTROL_SIGNS: { VI: '"{field}" có ký tự không đọc được.', EN: '"{field}" has signs nobody can read.' },
  CSV_QUOTES: {
    VI: 'Dấu ngoặc kép ở gần dòng {line} không được đóng đúng. Trong ô có dấu ngoặc kép, hãy viết hai lần ("").',
    EN: 'A quotation mark near line {line} is not closed rightly. Within a cell, write it twice ("").',
  },
  CELL_FORMULA: {
    VI: 'Ô {cell} là công thức. Hãy sao chép rồi dán lại dưới dạng giá trị.',
    EN: 'Cell {cell} is a formula. Copy it and paste it as values.',
  },
  CELL_ERROR: {
    VI: 'Ô {cell} có lỗi {value} của bảng tính. Hãy sửa hoặc để trống.',
    EN: 'Cell {cell} shows the error {value} of the spreadsheet. Mend it or leave it empty.',
  },
  CELL_TOO_LONG: {
    VI: 'Ô {cell} dài {actual} ký tự; tối đa {limit}. Hãy rút ngắn.',
    EN: 'Cell {cell} has {actual} characters; at most {limit} are taken. Shorten it.',
  },
  CELL_MERGED: {
    VI: 'Các ô từ {cell} đang bị gộp. Hãy bỏ gộp ô và ghi giá trị vào từng dòng.',
    EN: 'Cells from {cell} on are merged. Unmerge them and write the value in each row.',
  },
  SHEET_UNRECOGNISED: {
    VI: 'Trang "{sheet}" không có dòng tiêu đề nhận ra được (dòng đầu: {headers}). Hãy dùng tệp mẫu, hoặc đặt tên cột như {columns}.',
    EN: 'Sheet "{sheet}" has no header that is known (first row: {headers}). Use a template, or name columns such as {columns}.',
  },
  COLUMN_UNKNOWN: {
    VI: 'Cột "{header}" ({cell}) không được đọc. Có phải ý bạn là "{suggestion}"?',
    EN: 'Column "{header}" ({cell}) is not read. Did you mean "{suggestion}"?',
  },
  COLUMN_UNNAMED: {
    VI: 'Cột ở {cell} có dữ liệu mà không có tiêu đề, nên không được đọc. Nếu tiêu đề nằm trên hai dòng, hãy ghi đủ trên một dòng.',
    EN: 'The column at {cell} has content and no header, and is not read. Where the header stands in two rows, write it in one.',
  },
  KIND_COLUMN_OTHER: {
    VI: 'Cột "{header}" ({cell}) không ghi loại đối tượng: {count} trong {rows} dòng ghi điều khác ({examples}). Hãy cho biết cả tệp là loại gì (ví dụ --kind PROJECT, hoặc kind=PROJECT qua HTTP), hoặc sửa cột đó.',
    EN: 'Column "{header}" ({cell}) does not say kinds: {count} of {rows} rows say something else ({examples}). Say what all rows are (such as --kind PROJECT, over HTTP kind=PROJECT), or mend that column.',
  },
  KIND_UNTOLD: {
    VI: 'Không có gì cho biết đối tượng ở {cell} là loại gì. Hãy cho biết cả tệp là loại gì (ví dụ --kind SYSTEM, hoặc kind=SYSTEM qua HTTP), hoặc thêm cột Loại.',
    EN: 'Nothing says of what kind the object at {cell} is. Say what all rows are (such as --kind SYSTEM, over HTTP kind=SYSTEM), or add a column Kind.',
  },
  COLUMN_REPEATED: {
    VI: 'Cột "{header}" ({cell}) trùng nghĩa với cột {other}. Hãy giữ lại một cột.',
    EN: 'Column "{header}" ({cell}) says the same as column {other}. Keep one of them.',
  },
  ROW_REPEATED: {
    VI: 'Dòng ở {cell} nói về cùng đối tượng ({urn}) với dòng ở {first}. Hãy gộp hai dòng, hoặc ghi mã khác nhau.',
    EN: 'The row at {cell} speaks of the same object ({urn}) as the one at {first}. Make one of both, or give them different codes.',
  },
  ROW_NAMES_REFUSED: {
    VI: 'Dòng ở {row} khai "{value}" (nêu ở ô {cell}) đã bị từ chối. Hãy sửa dòng đó trước.',
    EN: 'The row at {row} that brings "{value}" (named in cell {cell}) is refused. Mend that row first.',
  },
  ROWS_UNNUMBERED: {
    VI: '{count} dòng của trang "{sheet}" có tên mà không có số thứ tự nên không được đọc (dòng {lines}). Nếu là gói thầu, hãy ghi số thứ tự hoặc mã.',
    EN: '{count} rows of sheet "{sheet}" have a title and no number, and are not read (rows {lines}). Where they are tenders, give them a number or a code.',
  },
  ROWS_UNJUDGED: {
    VI: 'Có {count} dòng chưa xét được vì phải sửa các lỗi khác trước. Hãy sửa các lỗi đã nêu rồi nhập lại.',
    EN: '{count} rows could not be judged before other things are mended. Mend what is told and import again.',
  },
  NAME_AMBIGUOUS: {
    VI: 'Có nhiều đối tượng tên "{value}" (ô {cell}): {urns}. Hãy ghi urn.',
    EN: 'Several objects are named "{value}" (cell {cell}): {urns}. Write the urn.',
  },
  NAME_UNKNOWN: {
    VI: 'Không có đối tượng nào tên hoặc mang mã "{value}" (ô {cell}). Hãy kiểm tra tên, hoặc khai đối tượng đó trước.',
    EN: 'Nothing has the name or code "{value}" (cell {cell}). Check it, or bring that object first.',
  },
  RELATION_NOT_THERE: {
    VI: 'Quan hệ cần xóa ở {cell} không có trong sổ đăng ký.',
    EN: 'The relation that is to go at {cell} is not in the registry.',
  },
  OWNER_KEPT_AS_TEXT: {
    VI: 'Không nhận ra cơ quan "{value}" (ô {cell}); được giữ nguyên văn, cần người xác định.',
    EN: 'The agency "{value}" (cell {cell}) is not known; it is kept as text until somebody tells which it is.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    VI: 'Khóa "{key}" đã được dùng cho một yêu cầu khác.',
    EN: 'The key "{key}" was used for another request.',
  },
  NOTHING_TO_DO: {
    VI: 'Không có gì để thực hiện: dữ liệu đã như yêu cầu.',
    EN: 'There is nothing to do: it is so already.',
  },
  REVISION_UNKNOWN: {
    VI: 'Chưa có phiên bản {revision}; phiên bản mới nhất là {newest}.',
    EN: 'There is no revision {revision}; the newest is {newest}.',
  },
  TRUSTED_DOCUMENT_UNKNOWN: {
    VI: 'Chưa có truy vấn tin cậy nào được đăng ký với mã {id}.',
    EN: 'No trusted document was registered with the id {id}.',
  },
  TRUSTED_DOCUMENT_REFUSED: {
    VI: 'Không đăng ký được truy vấn này: {detail}.',
    EN: 'This document can not be registered: {detail}.',
  },
  VARIABLE_WRONG: { VI: 'Biến của truy vấn không đúng: {detail}', EN: 'A variable of the document is wrong: {detail}' },
  NO_LIST_FOR_TABLE: {
    VI: 'Truy vấn này không có danh sách nào (hoặc có nhiều danh sách) để xuất thành bảng; hãy đăng ký với "list".',
    EN: 'This document has no single list that could be a table; register it with "list".',
  },
  SCENARIO_UNKNOWN: { VI: 'Không có kịch bản {id}.', EN: 'There is no scenario {id}.' },
  SCENARIO_VERSION_STALE: {
    VI: 'Kịch bản đã có bản {actual}, mới hơn bản {expected} mà bạn đã xem.',
    EN: 'The scenario is at version {actual}, newer than version {expected} that you looked at.',
  },
  SCENARIO_STATE: {
    VI: 'Kịch bản đang ở trạng thái {state}; thao tác này chỉ làm được khi: {allowed}.',
    EN: 'The scenario is {state}; this can be done when it is: {allowed}.',
  },
  CHANGED_MEANWHILE: {
    VI: 'Dữ liệu hiện có và kịch bản khác nhau ở {urn} {field} ({cause}); hãy chọn giữ bên nào.',
    EN: 'The landscape and the scenario went different ways at {urn} {field} ({cause}); decide which to keep.',
  },
  REBASE_NEEDED: {
    VI: 'Kịch bản {id} dựa trên dữ liệu cũ và có {count} xung đột với dữ liệu hiện có; hãy cập nhật kịch bản trước.',
    EN: 'Scenario {id} began on an older landscape and is in conflict with what is there now ({count} places); rebase it first.',
  },
  CONFLICT_UNKNOWN: {
    VI: 'Không có xung đột nào ở {urn} {field} để quyết định.',
    EN: 'There is no conflict at {urn} {field} to decide.',
  },
  ELEMENT_NOT_OWNED: {
    VI: '{urn} không thuộc sở hữu của {agency}, nên cơ quan này không xác nhận, đính chính hay xin miễn trừ được.',
    EN: '{urn} is not owned by {agency}, which can neither confirm nor correct it, nor ask for a waiver.',
  },
  ATTESTATION_CONTRADICTION: {
    VI: '{urn} được xác nhận là đúng trong khi đang có đính chính, trong cùng lần trả lời này hoặc đã gửi và chưa được xử lý.',
    EN: '{urn} is called right while a correction of it is in the same answer, or was sent before and waits.',
  },
  ATTESTATION_EMPTY: {
    VI: 'Lần trả lời này không xác nhận, không kê khai và không đính chính điều gì.',
    EN: 'The answer confirms, declares and corrects nothing.',
  },
  ATTESTATION_OLDER: {
    VI: '{urn} đã được xác nhận cho ngày {known}, muộn hơn ngày {on}.',
    EN: '{urn} was attested for {known} already, which is later than {on}.',
  },
  CORRECTIONS_WAIT: {
    VI: '{agency} còn {count} đề nghị đính chính chưa được xử lý, nên danh mục đang ghi chưa phải là danh mục mà cơ quan xác nhận.',
    EN: '{agency} has {count} sets of corrections that wait, so the list that is recorded is not yet what it says.',
  },
  CAMPAIGN_UNKNOWN: {
    VI: 'Không có đợt xác nhận dữ liệu số {number}.',
    EN: 'There is no attestation campaign {number}.',
  },
  CAMPAIGN_VERSION_STALE: {
    VI: 'Đợt xác nhận đã có bản {actual}, mới hơn bản {expected} mà bạn đã xem.',
    EN: 'The campaign is at version {actual}, newer than version {expected} that you looked at.',
  },
  WAIVER_UNKNOWN: { VI: 'Không có miễn trừ {id}.', EN: 'There is no waiver {id}.' },
  WAIVER_STATE: {
    VI: 'Miễn trừ đang ở trạng thái {state}; thao tác này chỉ làm được khi: {allowed}.',
    EN: 'The waiver is {state}; this can be done when it is: {allowed}.',
  },
  ...RULE_REASON_MESSAGES,
  ...CASE_REASON_MESSAGES,
  ...SIGN_IN_REASON_MESSAGES,
  ...JOB_REASON_MESSAGES,
  EVIDENCE_UNKNOWN: { VI: 'Không có minh chứng {id}.', EN: 'There is no evidence {id}.' },
  EVIDENCE_STATE: { VI: 'Minh chứng đang là {state}, cần là {allowed}.', EN: 'It is {state}, not {allowed}.' },
  ...DATABASE_REASON_MESSAGES,
};

/** The sentence of an issue. A suggestion nobody could make is left out with its question. */
export function messageOf({ reason, params }: Issue, language: Language): string {
  const told = reason === 'RULE_WRONG' ? { ...params, ...toldOfRule(params, language) } : params;
  return sentenceWith(MESSAGES[reason][language], told);
}

/** An issue as it leaves the service. */
export interface UserErrorShape {
  readonly code: ErrorCode;
  readonly reason: Reason;
  readonly message: string;
  readonly path: readonly string[];
}

export function toUserError(issue: Issue, language: Language): UserErrorShape {
  return { code: codeOf(issue.reason), reason: issue.reason, message: messageOf(issue, language), path: issue.path };
}

/** The first language of an Accept-Language header that the service speaks; Vietnamese where none is. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const language = part.trim().slice(0, 2);
    if (language === 'vi') return 'VI';
    if (language === 'en') return 'EN';
  }
  return 'VI';
}
