import type { Reason } from '../core/errors.js';
import { RULE_PROBLEM_REASONS } from '../core/policy/rule-check.js';
import type { RuleProblem, RuleProblemReason } from '../core/policy/rule-check.js';
import { sentenceWith } from './sentence.js';

type Language = 'VI' | 'EN';
type Text = Readonly<Record<Language, string>>;

/** The sentence for everything that can be wrong with a rule. {name} stands for a parameter of the problem. */
const RULE_MESSAGES: Readonly<Record<RuleProblemReason, Text>> = {
  SOURCE_TOO_LONG: {
    VI: 'Biểu thức dài {actual} ký tự, quá {limit}.',
    EN: 'The expression has {actual} characters, more than {limit}.',
  },
  TOO_DEEP: {
    VI: 'Biểu thức lồng nhau quá {limit} tầng.',
    EN: 'The expression is nested more than {limit} deep.',
  },
  TOO_MANY_NODES: {
    VI: 'Biểu thức có {actual} phần, quá {limit}.',
    EN: 'The expression has {actual} parts, more than {limit}.',
  },
  COST_TOO_HIGH: {
    VI: 'Trường hợp nặng nhất biểu thức tốn {actual} đơn vị tính, quá {limit}. Hãy bớt vòng lặp lồng nhau.',
    EN: 'In the worst case the expression takes {actual} units of work, more than {limit}. Nest fewer quantifiers.',
  },
  SYNTAX: { VI: 'Sai cú pháp: {detail}', EN: 'It can not be read: {detail}' },
  NOT_SUPPORTED: {
    VI: 'Ngôn ngữ quy tắc không có "{construct}". Có phải ý bạn là "{suggestion}"?',
    EN: 'The language of rules has no "{construct}". Did you mean "{suggestion}"?',
  },
  UNKNOWN_VARIABLE: {
    VI: 'Không có tên "{name}". Có phải ý bạn là "{suggestion}"?',
    EN: 'There is no name "{name}". Did you mean "{suggestion}"?',
  },
  UNKNOWN_FIELD: {
    VI: 'Không có dữ kiện "{name}" ở đây. Có phải ý bạn là "{suggestion}"?',
    EN: 'There is no fact "{name}" here. Did you mean "{suggestion}"?',
  },
  WRONG_TYPE: {
    VI: 'Ở đây cần {expected}, không phải {actual}.',
    EN: 'Here {expected} is needed, not {actual}.',
  },
  UNKNOWN_VALUE: {
    VI: 'Dữ kiện này không bao giờ là "{value}". Có phải ý bạn là "{suggestion}"?',
    EN: 'This fact is never "{value}". Did you mean "{suggestion}"?',
  },
  NOT_LITERAL: {
    VI: 'Đối số của {name} phải được viết thẳng ra.',
    EN: 'The argument of {name} has to be written out.',
  },
  INVALID_LITERAL: { VI: '"{value}" không đọc được: {detail}', EN: '"{value}" can not be read: {detail}' },
  WRONG_SHAPE: { VI: 'Ở đây cần {expected}.', EN: 'Here {expected} is needed.' },
  CODE_REPEATED: { VI: 'Mã {code} được dùng cho hai quy tắc.', EN: 'Two rules have the code {code}.' },
  KIND_REPEATED: {
    VI: 'Loại {kind} đã có trong một trường hợp khác của quy tắc.',
    EN: 'Another case of the rule is for {kind} already.',
  },
  VALUE_UNDEFINED: {
    VI: 'Thông báo nêu "{name}" mà "values" không định nghĩa.',
    EN: 'A message names "{name}", which "values" does not define.',
  },
  MESSAGE_MISSING: { VI: 'Thiếu thông báo cho kết quả {outcome}.', EN: 'There is no message for {outcome}.' },
  EXAMPLE_MISSING: {
    VI: 'Thiếu ví dụ cho kết quả {outcome}.',
    EN: 'There is no example of {outcome}.',
  },
  EXAMPLE_DISAGREES: {
    VI: 'Ví dụ ghi {expected} nhưng quy tắc cho {actual}.',
    EN: 'The example says {expected}, and the rule gives {actual}.',
  },
  EXAMPLE_FIELD_UNKNOWN: {
    VI: 'Loại đối tượng này không có dữ kiện "{field}" nêu trong ví dụ.',
    EN: 'The example states "{field}", a fact that this kind of subject does not have.',
  },
  ABSENCE_UNGUARDED: {
    VI: 'Khi "{field}" được khai là không có thì quy tắc không tính được; hãy so sánh với null trước.',
    EN: 'With "{field}" declared absent the rule can not be computed; compare it with null first.',
  },
  QUESTION_MISSING: {
    VI: 'Không có câu hỏi nào để hỏi cơ quan về dữ kiện "{field}" mà quy tắc đọc.',
    EN: 'The rule reads "{field}", and there is no question by which an agency is asked for it.',
  },
  ENFORCED_UNVERIFIED: {
    VI: 'Căn cứ chưa được đối chiếu với bản đã ký nên quy tắc chưa được chặn.',
    EN: 'What it rests on is not verified against the signed text, so that it may not block.',
  },
  WEAK_SOURCE_NOT_AUDIT: {
    VI: 'Căn cứ có độ tin cậy {confidence} chỉ được dùng ở mức AUDIT.',
    EN: 'A rule whose source is {confidence} may only be AUDIT.',
  },
  VERIFIER_MISSING: {
    VI: 'Căn cứ ghi là đã đối chiếu mà không ghi ai đối chiếu và ngày nào.',
    EN: 'A citation is called verified, and nobody says by whom and when.',
  },
  DATES_REVERSED: {
    VI: 'Ngày hết hiệu lực trước ngày có hiệu lực.',
    EN: 'The last day of effect lies before the first.',
  },
  REGIME_UNKNOWN: {
    VI: 'Không có chế độ pháp luật "{regime}". Có phải ý bạn là "{suggestion}"?',
    EN: 'There is no legal regime "{regime}". Did you mean "{suggestion}"?',
  },
  DOCUMENT_TOO_LONG: {
    VI: 'Quy tắc dài {actual} ký tự, quá {limit}.',
    EN: 'The rule has {actual} characters, more than {limit}.',
  },
  TEXT_UNWRITABLE: {
    VI: 'Quy tắc có ký tự không lưu được.',
    EN: 'The rule holds characters that can not be kept.',
  },
  CODE_MALFORMED: {
    VI: 'Mã "{code}" phải gồm chữ, số, dấu chấm và gạch nối, không quá {limit} ký tự.',
    EN: 'The code "{code}" must be letters, digits, dots and hyphens, no more than {limit} of them.',
  },
  TOO_MANY: { VI: '"{field}" có {actual} mục, quá {limit}.', EN: '"{field}" has {actual} items, more than {limit}.' },
  EXAMPLES_TOO_COSTLY: {
    VI: 'Chạy thử các ví dụ tốn {actual} đơn vị tính, quá {limit}. Hãy bớt ví dụ hoặc làm chúng nhỏ hơn.',
    EN: 'To try the examples takes {actual} units of work, more than {limit}. Give fewer or smaller ones.',
  },
  VERIFICATION_CLAIMED: {
    VI: 'Người soạn không tự ghi căn cứ là đã đối chiếu; hãy dùng verifyCitation sau khi công bố.',
    EN: 'Who writes a rule does not call its citation verified; use verifyCitation once it is published.',
  },
  INSTRUMENT_UNKNOWN: { VI: 'Không có văn bản nào mang urn {urn}.', EN: 'No instrument has the urn {urn}.' },
  EFFECT_NARROWED: {
    VI: 'Bản đang dùng của {code} có hiệu lực {replaced}; bản mới chỉ {replacing}, nên những ngày còn lại không ai bị hỏi nữa. Quy định của thời kỳ khác phải mang mã riêng; kết thúc bản cũ bằng withdrawRule.',
    EN: 'The version of {code} in use is in effect {replaced}, and this one only {replacing}: on the other days nobody would be asked. Law of another day gets a code of its own; the old one is ended by withdrawRule.',
  },
};

/** What a document should have been at some place, in Vietnamese. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^a text$/, 'một văn bản không trống'],
  [/^a whole number$/, 'một số nguyên'],
  [/^YYYY, YYYY-MM or YYYY-MM-DD$/, 'ngày dạng YYYY, YYYY-MM hoặc YYYY-MM-DD'],
  [/^a urn$/, 'một urn'],
  [/^an object of facts$/, 'một đối tượng gồm các dữ kiện'],
  [/^an object$/, 'một đối tượng'],
  [/^a list that is not empty$/, 'một danh sách không rỗng'],
  [/^a list$/, 'một danh sách'],
  [/^one of (.*)$/s, 'một trong: $1'],
  [/^no such field; did you mean (.*)$/s, 'tên trường khác: không có trường này, có phải ý bạn là $1'],
  [/^no such field$/, 'tên trường khác: không có trường này'],
];

/** What is expected somewhere, in a language; types and words of a closed list are the same in both. */
export function expectedIn(language: Language, expected: string): string {
  if (language === 'EN') return expected.replace(/^no such field/, 'another name (there is no such field)');
  const [pattern, text] = SHAPES.find(([shape]) => shape.test(expected)) ?? [];
  return pattern === undefined || text === undefined ? expected : expected.replace(pattern, text);
}

/** The sentence of something that is wrong with a rule. */
export function ruleProblemMessage(
  { reason, params }: Pick<RuleProblem, 'reason' | 'params'>,
  language: Language,
): string {
  const { expected } = params;
  const told = typeof expected === 'string' ? { ...params, expected: expectedIn(language, expected) } : params;
  return sentenceWith(RULE_MESSAGES[reason][language], told);
}

/** Where something is wrong with a rule, and what. */
export function toldOfRule(
  params: RuleProblem['params'],
  language: Language,
): { readonly place: string; readonly sentence: string } {
  const { where, problem, line, column } = params;
  const reason = RULE_PROBLEM_REASONS.find((each) => each === problem);
  const part = where === '' ? RULE_AS_A_WHOLE[language] : where;
  return {
    place: line === 0 ? `${part}` : `${part} ${line}:${column}`,
    sentence: reason === undefined ? '' : ruleProblemMessage({ reason, params }, language),
  };
}

const RULE_AS_A_WHOLE: Text = { VI: 'toàn bộ quy tắc', EN: 'the rule as a whole' };

/** The sentences for refusals that speak of rules. */
export const RULE_REASON_MESSAGES = {
  RUN_UNKNOWN: { VI: 'Không có lượt đánh giá số {number}.', EN: 'There is no compliance run {number}.' },
  RUN_OF_OTHER_ENGINE: {
    VI: 'Lượt này do phiên bản đánh giá {engine} hoặc bộ định nghĩa khác thực hiện (hiện tại: {current}), nên không lặp lại được ở đây.',
    EN: 'The run was made by engine {engine} or with other definitions (now: {current}), so it can not be repeated here.',
  },
  RULE_WRONG: { VI: 'Quy tắc sai ở {place}: {sentence}', EN: 'The rule is wrong at {place}: {sentence}' },
  RULE_UNKNOWN: { VI: 'Không có quy tắc {code} đang dùng.', EN: 'No rule in use has the code {code}.' },
  RULE_DRAFT_UNKNOWN: { VI: 'Không có bản thảo quy tắc số {number}.', EN: 'There is no draft {number} of a rule.' },
  RULE_DRAFT_PUBLISHED: {
    VI: 'Bản thảo số {number} đã được công bố.',
    EN: 'Draft {number} was published already.',
  },
  RULE_VERSION_STALE: {
    VI: 'Quy tắc {code} đang dùng là phiên bản "{actual}", không phải phiên bản "{expected}"; hãy xem lại bản đang dùng.',
    EN: 'Version "{actual}" of {code} is in use, and not version "{expected}"; look at what is in use again.',
  },
  RULE_PREVIEW_STALE: {
    VI: 'Tác động nay khác với bản xem trước {expected} mà bạn đã xem, hoặc dữ liệu vừa thay đổi; hãy xem bản mới ({actual}) rồi làm lại.',
    EN: 'It would do something else now than the preview {expected} that was looked at, or the records have just moved on; look at the new one ({actual}) and try again.',
  },
  RULE_PACK_UNKNOWN: {
    VI: 'Không có phiên bản "{version}" của bộ quy tắc; phiên bản mới nhất là {newest}.',
    EN: 'The pack has no version "{version}"; the newest is {newest}.',
  },
} as const satisfies Partial<Record<Reason, Text>>;
