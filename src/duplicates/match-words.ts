import type { WorkType } from '../core/landscape/proposal.js';
import type { ReuseAdvice } from '../core/similarity/advice.js';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import type { Language } from '../runtime/messages.js';

type Text = Readonly<Record<Language, string>>;

/** What each advice is called within a sentence. */
export const ADVICE_WORDS: Readonly<Record<ReuseAdvice, Text>> = {
  REUSE_AS_IS: { VI: 'dùng lại nguyên trạng', EN: 'use it as it is' },
  ADD_USAGE: { VI: 'đăng ký sử dụng thêm', EN: 'become one more user of it' },
  EXTEND_EXISTING: { VI: 'mở rộng hệ thống đã có cùng đơn vị chủ quản', EN: 'extend it together with its owner' },
  INTEGRATE: { VI: 'kết nối, chỉ làm phần còn thiếu', EN: 'connect to it and build only what it lacks' },
  SHARE_DATA: { VI: 'khai thác, chia sẻ dữ liệu đã có', EN: 'use its data' },
  MERGE_PROJECTS: {
    VI: 'thống nhất phạm vi với dự án kia: gộp hoặc phân chia',
    EN: 'agree on the scope with the other project: merge or divide',
  },
  CONTINUE: { VI: 'tiếp nối', EN: 'carry it on' },
  BUILD_NEW: { VI: 'chưa có gì dùng thay được, có thể xây dựng mới', EN: 'nothing can be used in its place, build' },
};

/** What each signal is called within a sentence. */
export const SIGNAL_WORDS: Readonly<Record<MatchSignalName, Text>> = {
  NAME: { VI: 'tên gọi', EN: 'the names' },
  PURPOSE_TEXT: { VI: 'mục tiêu', EN: 'the purpose' },
  FUNCTION_TEXT: { VI: 'mô tả chức năng', EN: 'what is said of the function' },
  CAPABILITY: { VI: 'năng lực', EN: 'the capabilities' },
  CAPABILITY_UNKNOWN: { VI: 'việc chưa nêu rõ năng lực', EN: 'that a capability is not named' },
  DATA_OBJECT: { VI: 'dữ liệu', EN: 'the data' },
  PLATFORM: { VI: 'nền tảng sử dụng', EN: 'the platforms' },
  USER_GROUP: { VI: 'đối tượng sử dụng', EN: 'the users' },
  PROCEDURE_CODE: { VI: 'mã thủ tục hành chính', EN: 'the codes of procedures' },
  TENDER_CODE: { VI: 'mã gói thầu, mã dự án được nêu', EN: 'the cited code' },
  TECHNOLOGY: { VI: 'công nghệ', EN: 'the technology' },
  BUDGET: { VI: 'kinh phí', EN: 'the budget' },
  PERIOD: { VI: 'thời gian', EN: 'the period' },
  WORK_TYPE: { VI: 'loại công việc', EN: 'the kind of work' },
  AGENCY: { VI: 'cơ quan', EN: 'the agency' },
  GRAPH_NEIGHBOURHOOD: { VI: 'các quan hệ chung', EN: 'the neighbours' },
  EMBEDDING: { VI: 'ngữ nghĩa', EN: 'the meaning' },
};

/** What each kind of work is called within a sentence. */
export const WORK_TYPE_WORDS: Readonly<Record<WorkType, Text>> = {
  BUILD: { VI: 'xây dựng mới', EN: 'building' },
  UPGRADE: { VI: 'nâng cấp', EN: 'upgrading' },
  ROLL_OUT: { VI: 'nhân rộng', EN: 'rolling out' },
  OPERATE: { VI: 'vận hành', EN: 'operating' },
  MAINTAIN: { VI: 'bảo trì', EN: 'maintaining' },
  CONSULT: { VI: 'tư vấn', EN: 'consulting' },
  RETIRE: { VI: 'thu hồi', EN: 'withdrawing' },
  UNKNOWN: { VI: 'chưa rõ, xem như xây dựng mới', EN: 'not said, taken as building' },
};
