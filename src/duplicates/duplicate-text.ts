import type { SuggestedCondition } from '../core/similarity/duplicate-answer.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';

type Text = Readonly<Record<Language, string>>;

/** The condition that each advice leads to. {match} is the counterpart, {component} the function of the proposal. */
const CONDITIONS: Readonly<Record<SuggestedCondition['code'], Text>> = {
  REUSE_AS_IS: {
    VI: 'Dùng lại "{match}" cho chức năng "{component}"; không đầu tư xây dựng mới phần này.',
    EN: 'Use "{match}" for "{component}"; do not build this part anew.',
  },
  ADD_USAGE: {
    VI: 'Đăng ký sử dụng "{match}" cho chức năng "{component}" thay cho mua sắm, thuê riêng.',
    EN: 'Become a user of "{match}" for "{component}" in place of a purchase or lease of one’s own.',
  },
  EXTEND_EXISTING: {
    VI: 'Làm việc với đơn vị chủ quản "{match}" để mở rộng hệ thống này cho chức năng "{component}".',
    EN: 'Agree with the owner of "{match}" to extend it for "{component}".',
  },
  INTEGRATE: {
    VI: 'Kết nối với "{match}" cho chức năng "{component}"; chỉ xây dựng phần hệ thống này chưa có.',
    EN: 'Connect to "{match}" for "{component}"; build only what it lacks.',
  },
  SHARE_DATA: {
    VI: 'Khai thác dữ liệu của "{match}" qua nền tảng chia sẻ cho chức năng "{component}"; không tạo lập lại dữ liệu.',
    EN: 'Use the data of "{match}" through the sharing platform for "{component}"; do not collect it again.',
  },
  MERGE_PROJECTS: {
    VI: 'Thống nhất phạm vi với "{match}" về chức năng "{component}" trước khi trình: gộp, phân chia hoặc dừng một bên.',
    EN: 'Agree with "{match}" on the scope of "{component}" before submission: merge, divide, or stop one of the two.',
  },
  CONTINUE: {
    VI: 'Chức năng "{component}" tiếp nối "{match}": nêu rõ kết quả giai đoạn trước và phần kế thừa.',
    EN: '"{component}" carries on "{match}": state what the earlier phase achieved and what is kept of it.',
  },
};
const NOT_COVERED: Text = {
  VI: ' Phần chưa thấy ở đó: {gaps}.',
  EN: ' Not seen there: {gaps}.',
};

/** The condition in words. */
export function conditionText(condition: SuggestedCondition, componentName: string, language: Language): string {
  const { code, matchName, gaps } = condition;
  const sentence = fillTemplate(CONDITIONS[code][language], { match: matchName, component: componentName });
  return gaps.length === 0 ? sentence : sentence + fillTemplate(NOT_COVERED[language], { gaps: gaps.join('; ') });
}

/** Questions for what is missing, by the last word of the field. */
const QUESTIONS: Readonly<Record<string, Text>> = {
  components: {
    VI: 'Dự án làm những chức năng nào? Trong tên và mục tiêu thấy {count} chức năng; hãy xác nhận và khai từng chức năng.',
    EN: 'Which functions will it deliver? {count} were seen in the title and the objective: confirm and declare each.',
  },
  agency: { VI: 'Cơ quan nào đề xuất?', EN: 'Which agency proposes it?' },
  workType: {
    VI: 'Xây dựng mới, nâng cấp, triển khai hay duy trì?',
    EN: 'Is something built, upgraded, rolled out or maintained?',
  },
  description: {
    VI: 'Chức năng này làm gì, cho ai, với dữ liệu nào?',
    EN: 'What does it do, for whom, with which data?',
  },
  OWNED_BY: { VI: 'Cơ quan nào là chủ quản?', EN: 'Which agency owns it?' },
  phases: { VI: 'Hệ thống đang ở giai đoạn nào?', EN: 'Is it planned, in use or withdrawn?' },
};

/** The same of `components`, where no function was seen. */
const NO_FUNCTION_SEEN: Text = {
  VI: 'Dự án làm những chức năng nào? Trong tên và mục tiêu chưa thấy chức năng nào; hãy khai từng chức năng.',
  EN: 'Which functions will it deliver? None was seen in the title and the objective: declare each.',
};

/**
 * The question that would fill a missing field; null where none is known.
 * @param count - of `components`: how many functions were seen in the texts.
 */
export function questionOf(field: string, language: Language, count = 0): string | null {
  if (field === 'components' && count === 0) return NO_FUNCTION_SEEN[language];
  const question = QUESTIONS[field.split('.').at(-1) ?? field]?.[language];
  return question === undefined ? null : fillTemplate(question, { count });
}
