import type { Language } from '../messages.js';
import { fillTemplate } from '../sentence.js';
import type { AuditFault, AuditFaultKind } from './audit-chain.js';

const RECORDS: Readonly<Record<AuditFaultKind, Readonly<Record<Language, string>>>> = {
  RECORD_MISSING: { VI: 'Thiếu bản ghi {number}.', EN: 'Record {number} is missing.' },
  RECORD_OUT_OF_PLACE: { VI: 'Số {number} được dùng hai lần.', EN: 'The number {number} stands twice.' },
  CONTENT_CHANGED: {
    VI: 'Nội dung bản ghi {number} bị sửa: không khớp mã băm của nó.',
    EN: 'The content of record {number} was changed: it does not have its hash.',
  },
  HASH_CHANGED: {
    VI: 'Mã băm của bản ghi {number} bị sửa: nội dung còn nguyên.',
    EN: 'The hash of record {number} was changed: its content was not.',
  },
  LINK_CHANGED: {
    VI: 'Mã băm của bản ghi trước, ghi trong bản ghi {number}, bị sửa.',
    EN: 'The hash of the record before, as record {number} states it, was changed.',
  },
  LINK_BROKEN: {
    VI: 'Bản ghi {number} nối vào một bản ghi khác bản ghi đứng trước nó.',
    EN: 'Record {number} follows another record than the one that stands before it.',
  },
  RECORD_AFTER_HEAD: { VI: 'Bản ghi {number} nằm sau điểm cuối.', EN: 'Record {number} stands behind the head.' },
  HEAD_CHANGED: { VI: 'Điểm cuối ({number}) bị sửa.', EN: 'The head ({number}) was changed.' },
  ANCHOR_NOT_HELD: {
    VI: 'Chuỗi không còn giữ điểm neo {number}.',
    EN: 'The chain does not hold the anchor {number}.',
  },
  ROW_CHANGED: {
    VI: 'Dòng {row} của {table} không còn như bản ghi {number} đã ghi.',
    EN: 'Row {row} of {table} is not what record {number} says.',
  },
  ROW_MISSING: {
    VI: 'Dòng {row} của {table}, có trong bản ghi {number}, đã mất.',
    EN: 'Row {row} of {table}, of which record {number} speaks, is gone.',
  },
  ROW_NOT_RECORDED: {
    VI: 'Dòng {row} của {table} không có bản ghi nguyên vẹn nào.',
    EN: 'No intact record speaks of row {row} of {table}.',
  },
  START_CHANGED: {
    VI: 'Dữ liệu ban đầu của {table} không còn như bản ghi {number} đã ghi.',
    EN: 'What stood in {table} at the beginning is not what record {number} says.',
  },
};

/** Change sets have a head of their own. */
const LOG_HEAD: Readonly<Record<Language, string>> = {
  VI: 'Điểm cuối của nhật ký thay đổi bị sửa.',
  EN: 'The head of the log of change sets was changed.',
};

/** What is wrong and where, in a sentence. */
export function faultText({ kind, number, through, table, row }: AuditFault, language: Language): string {
  if (kind === 'HEAD_CHANGED' && table !== undefined) return LOG_HEAD[language];
  const range = (from: number | null | undefined): string => {
    const isRange = through !== undefined && through !== from;
    return isRange ? `${from}-${through}` : `${from ?? ''}`;
  };
  const isOfRow = row !== undefined;
  const params = { number: isOfRow ? `${number ?? ''}` : range(number), table: table ?? '', row: range(row) };
  return fillTemplate(RECORDS[kind][language], params);
}
