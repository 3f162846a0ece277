import type { Comparison } from '../core/policy/expression.js';
import type { Text } from '../core/policy/rule.js';

/** The words in which conditions of rules are said; `{name}` stands for a value. */

/** Between the names of the lists' items that a change speaks of. */
export const WITHIN = ' › ';

export const TOLD: Text = { vi: 'có và được ghi nhận', en: 'there and on record' };
export const TO_TELL: Text = { vi: 'cho biết', en: 'to be told' };
export const YES: Text = { vi: 'có', en: 'yes' };
export const NO: Text = { vi: 'không', en: 'no' };
export const EVIDENCE_OF: Text = { vi: 'Minh chứng “{name}”', en: 'Evidence “{name}”' };
export const SHOWN: Text = { vi: 'được chấp nhận và còn hiệu lực', en: 'accepted and in force' };
export const NOT_SHOWN: Text = { vi: 'đã xem, cho thấy chưa đạt', en: 'looked at, and it shows that this is not met' };
export const NO_EVIDENCE: Text = { vi: 'chưa có bản nào được chấp nhận', en: 'none that is accepted' };
export const ONE_OF: Text = { vi: '{value}', en: '{value}' };
export const OTHER_THAN: Text = { vi: 'không phải {value}', en: 'not {value}' };
export const OR: Text = { vi: 'hoặc', en: 'or' };
export const BOTH: Text = { vi: ' và ', en: ' and ' };
export const EITHER: Text = { vi: ', hoặc ', en: ', or ' };
export const FULL: Text = { vi: '{subject} là: {needs}', en: '{subject} is: {needs}' };
export const QUOTED: Text = { vi: '“{name}”', en: '“{name}”' };
export const FACT: Text = { vi: '{name} (hiện: {now})', en: '{name} (now: {now})' };
export const PARAMETER: Text = { vi: '{value} [{name}]', en: '{value} [{name}]' };
export const TODAY: Text = { vi: 'hôm nay ({value})', en: 'today ({value})' };
export const DONE: Text = {
  vi: 'đã thực hiện (ngày ghi nhận không ở tương lai)',
  en: 'done (the day on record does not lie in the future)',
};
export const DAYS: Text = { vi: '{value} ngày', en: '{value} days' };
export const WHOLE: Text = { vi: 'danh sách được kê khai đủ', en: 'the list is declared complete' };
export const ANY: Text = { vi: 'có ít nhất một mục', en: 'at least one' };
export const EMPTY: Text = { vi: 'không có mục nào', en: 'none' };
export const WORKDAYS: Text = { vi: 'Số ngày làm việc từ {from} đến {to}', en: 'Working days from {from} to {to}' };
export const BETWEEN: Text = { vi: 'Số ngày từ {from} đến {to}', en: 'Days from {from} to {to}' };
/** Between what is so now and what is needed, and around several changes of one way. */
export const NOW: Text = { vi: 'hiện: {now}; ', en: 'now: {now}; ' };
export const NEEDED: Text = { vi: '{subject} – {now}cần: {needs}', en: '{subject} – {now}needed: {needs}' };
/** Of what can not be done in time any more, if it was not. */
export const IF_DONE: Text = {
  vi: '{subject} – {now}nếu đã làm {needs} thì ghi nhận',
  en: '{subject} – {now}if it was done {needs}, put it on record',
};
export const IF_SO: Text = {
  vi: '{subject} – nếu {needs} thì ghi nhận',
  en: '{subject} – if it is {needs}, put it on record',
};
export const TOGETHER: Text = { vi: 'Đồng thời: {changes}', en: 'All of these: {changes}' };

/** Of long lists the first items are told. */
export const AND_MORE: Text = { vi: '{changes}; và {count} mục khác', en: '{changes}; and {count} more items' };

export const KEPT: Text = {
  vi: '{changes}; những điều kiện đang đạt phải được giữ',
  en: '{changes}; what is met already has to stay so',
};

/** Of lists of words, and of lists of records. */
export const QUANTIFIED: Readonly<
  Record<'all' | 'allOfWhole' | 'exists', { readonly values: Text; readonly items: Text }>
> = {
  all: {
    values: { vi: 'kê khai đủ, chỉ gồm {body}', en: 'declared complete, with nothing but {body}' },
    items: { vi: 'kê khai đủ, và ở mỗi mục {body}', en: 'declared complete, and of each item {body}' },
  },
  allOfWhole: {
    values: { vi: 'chỉ gồm {body}', en: 'nothing but {body}' },
    items: { vi: 'ở mỗi mục {body}', en: 'of each item {body}' },
  },
  exists: {
    values: { vi: 'có {body}', en: '{body} among them' },
    items: { vi: 'có ít nhất một mục mà {body}', en: 'at least one item of which {body}' },
  },
};

/** How days, and how numbers and words, are compared. */
export const COMPARED: Readonly<Record<Comparison, { readonly days: Text; readonly numbers: Text }>> = {
  '==': { days: ONE_OF, numbers: ONE_OF },
  '!=': { days: OTHER_THAN, numbers: OTHER_THAN },
  '<': { days: { vi: 'trước {value}', en: 'before {value}' }, numbers: { vi: 'dưới {value}', en: 'below {value}' } },
  '<=': {
    days: { vi: 'không muộn hơn {value}', en: 'no later than {value}' },
    numbers: { vi: 'không quá {value}', en: 'at most {value}' },
  },
  '>': { days: { vi: 'sau {value}', en: 'after {value}' }, numbers: { vi: 'trên {value}', en: 'above {value}' } },
  '>=': {
    days: { vi: 'không sớm hơn {value}', en: 'no earlier than {value}' },
    numbers: { vi: 'tối thiểu {value}', en: 'at least {value}' },
  },
};

/** The same comparison seen from its other side. */
export const TURNED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
