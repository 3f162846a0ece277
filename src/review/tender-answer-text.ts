import type { ProcurementState } from '../core/landscape/procurement.js';
import type { TenderOutcome } from '../core/similarity/tender-match.js';
import type { AnswerColumns } from '../exchange/answered-list.writer.js';
import type { TenderList } from '../exchange/tender-list.types.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';
import type { TenderLineAnswer, TenderListAnswer, TenderProject } from './tender-answer.types.js';

type Text = Readonly<Record<Language, string>>;

/** What became of a line, for people. */
export const OUTCOME_TEXTS: Readonly<Record<TenderOutcome, Text>> = {
  FOUND: { VI: 'Đã nhận ra dự án', EN: 'Project found' },
  UNDECIDED: { VI: 'Chưa phân định được', EN: 'Not decided' },
  CONTRADICTION: {
    VI: 'Mã và tên, hoặc các mã, chỉ tới các dự án khác nhau',
    EN: 'Codes and title, or the codes, point at different projects',
  },
  NOTHING_FOUND: { VI: 'Không có dự án nào khớp trong sổ', EN: 'No registered project fits' },
  NOTHING_TO_GO_BY: {
    VI: 'Không có mã nào đã ghi trong sổ, và tên không đủ để tìm',
    EN: 'No code that is registered, and no title to go by',
  },
};

/** Whether a project was checked, for people. */
export const STATE_TEXTS: Readonly<Record<ProcurementState, Text>> = {
  NOT_CHECKED: { VI: 'Không kiểm tra', EN: 'Not checked' },
  CHECKED_AFTER_TENDER: { VI: 'Kiểm tra sau khi mời thầu', EN: 'Checked after the tender' },
  CHECK_AND_TENDER_UNDATED: {
    VI: 'Có kiểm tra, chưa rõ trước hay sau mời thầu',
    EN: 'Checked; whether before the tender is not known',
  },
  NO_CHECK_KNOWN: { VI: 'Chưa ai cho biết có kiểm tra hay không', EN: 'Nobody has told whether it was checked' },
  CHECKED_BEFORE: { VI: 'Kiểm tra trước khi mời thầu', EN: 'Checked before the tender' },
};

const CONFIDENCE: Readonly<Record<'HIGH' | 'MEDIUM', Text>> = {
  HIGH: { VI: 'chắc chắn cao', EN: 'high confidence' },
  MEDIUM: { VI: 'chắc chắn vừa, cần người xem lại', EN: 'medium confidence, to be looked at' },
};

const HEADERS = {
  project: { VI: 'Khung: Dự án', EN: 'Khung: project' },
  agency: { VI: 'Khung: Cơ quan chủ quản', EN: 'Khung: its agency' },
  how: { VI: 'Khung: Nhận ra nhờ đâu', EN: 'Khung: how it was found' },
  candidates: { VI: 'Khung: Dự án khác có thể', EN: 'Khung: other candidates' },
  check: { VI: 'Khung: Kiểm tra kiến trúc', EN: 'Khung: architecture check' },
  missing: { VI: 'Khung: Còn thiếu, hỏi ai', EN: 'Khung: missing, and whom to ask' },
  problems: { VI: 'Khung: Cần sửa trong tệp', EN: 'Khung: to be mended in the file' },
} as const satisfies Record<string, Text>;
type Column = keyof typeof HEADERS;
/** In characters. */
const WIDTHS: Readonly<Record<Column, number>> = {
  project: 50,
  agency: 30,
  how: 40,
  candidates: 60,
  check: 30,
  missing: 50,
  problems: 40,
};
// The columns in their order.
const COLUMNS = Object.keys(HEADERS) as readonly Column[];

const SENTENCES = {
  among: { VI: '{outcome}, trong {known} dự án đã biết', EN: '{outcome}, among {known} known projects' },
  between: { VI: 'Chưa phân định được giữa các dự án', EN: 'Not decided between projects' },
  notSure: { VI: 'Có một dự án gần giống, chưa đủ để kết luận', EN: 'One project is like it, not enough to decide' },
  codeAgainstTitle: { VI: 'Mã và tên chỉ tới các dự án khác nhau', EN: 'Codes and title point at different projects' },
  codeAgainstCode: { VI: 'Các mã chỉ tới các dự án khác nhau', EN: 'The codes point at different projects' },
  byCode: { VI: 'theo mã {codes}', EN: 'by the code {codes}' },
  byTitle: { VI: 'theo tên', EN: 'by its title' },
  likeness: { VI: 'tên giống {likeness}', EN: 'names alike {likeness}' },
  words: { VI: 'từ trùng: {words}', EN: 'shared words: {words}' },
  differing: { VI: 'khác nhau: {title} / {name}', EN: 'differing: {title} / {name}' },
  unshared: { VI: 'chỉ một bên có số: {numbers}', EN: 'numbers that only one has: {numbers}' },
  otherCodes: { VI: 'dự án đã ghi mã khác: {codes}', EN: 'registered with another code: {codes}' },
  otherAgency: { VI: 'khác cơ quan', EN: 'another agency' },
  named: { VI: '{name} ({urn})', EN: '{name} ({urn})' },
  candidate: { VI: '{number}. {name} ({urn}): {why}', EN: '{number}. {name} ({urn}): {why}' },
  more: { VI: '… và {count} dự án nữa', EN: '… and {count} more' },
  dates: {
    VI: '{state} (kiểm tra: {checked}; mời thầu: {tendered})',
    EN: '{state} (check: {checked}; tender: {tendered})',
  },
  unknown: { VI: 'chưa rõ', EN: 'unknown' },
  unknownCode: { VI: 'Mã {code} chưa được ghi ở dự án nào', EN: 'No project is registered with the code {code}' },
  ask: { VI: '{question} (hỏi {whom})', EN: '{question} (ask {whom})' },
  nobody: { VI: 'chưa rõ ai', EN: 'nobody known' },
} as const satisfies Record<string, Text>;

/** Most characters of a cell of ours. */
const CELL_MAXIMUM = 10_000;

/** The columns of answers for each sheet of a list. */
export function tenderColumns(list: TenderList, answer: TenderListAnswer, language: Language): AnswerColumns[] {
  const cells = new Map(
    answer.lines.map((line) => [`${line.sheet}\n${line.line}`, lineCells(line, answer.projectsKnown, language)]),
  );
  return list.sheets.map(({ name, headerLine, lines }) => {
    const texts = new Map<number, readonly string[]>([[headerLine, COLUMNS.map((each) => HEADERS[each][language])]]);
    for (const { line } of lines) texts.set(line, cells.get(`${name}\n${line}`) ?? []);
    return { sheet: name, widths: COLUMNS.map((each) => WIDTHS[each]), texts };
  });
}

function lineCells(line: TenderLineAnswer, known: number, language: Language): string[] {
  const { project, problems } = line;
  const texts: Readonly<Record<Column, string>> = {
    project: project === null ? '' : fillTemplate(SENTENCES.named[language], { name: project.name, urn: project.urn }),
    agency: project?.agency?.name ?? '',
    how: howText(line, known, language),
    candidates: candidatesText(line, language),
    check: project === null ? '' : checkText(project, language),
    missing: missingText(line, language),
    problems: problems.map(({ message }) => message).join('\n'),
  };
  return COLUMNS.map((each) => fitting(texts[each]));
}

function howText(line: TenderLineAnswer, known: number, language: Language): string {
  const { outcome, by, confidence, project } = line;
  const words = OUTCOME_TEXTS[outcome][language];
  if (outcome === 'NOTHING_FOUND') return fillTemplate(SENTENCES.among[language], { outcome: words, known });
  if (project === null || confidence === null) return openSentence(line)?.[language] ?? words;
  const rests = by === 'TITLE' ? [SENTENCES.byTitle[language]] : [];
  return [...rests, ...whyTexts(project, language), CONFIDENCE[confidence][language]].join('; ');
}

/** What stands against deciding, where the outcome alone does not say it. */
function openSentence({ outcome, candidates, candidateCount }: TenderLineAnswer): Text | undefined {
  if (outcome === 'UNDECIDED') return candidateCount === 1 ? SENTENCES.notSure : SENTENCES.between;
  if (outcome !== 'CONTRADICTION') return undefined;
  // The one whose title it is has none of the codes, and is the most alike.
  const areAllCited = candidates.every(({ codes }) => codes.length > 0);
  return areAllCited ? SENTENCES.codeAgainstCode : SENTENCES.codeAgainstTitle;
}

/** What speaks for a project, and what against it. */
function whyTexts(project: TenderProject, language: Language): string[] {
  const { codes, otherCodes, likeness, words, differing, unshared, sameAgency } = project;
  const texts: string[] = [];
  const say = (key: keyof typeof SENTENCES, values: Readonly<Record<string, string>> = {}): void => {
    texts.push(fillTemplate(SENTENCES[key][language], values));
  };
  if (codes.length > 0) say('byCode', { codes: codes.join(', ') });
  if (likeness !== null) say('likeness', { likeness: likeness.toFixed(2) });
  if (words.length > 0) say('words', { words: words.join(', ') });
  if (differing !== null) say('differing', { title: differing.title.join(', '), name: differing.name.join(', ') });
  if (unshared !== null) say('unshared', { numbers: [...unshared.title, ...unshared.name].join(', ') });
  if (otherCodes.length > 0) say('otherCodes', { codes: otherCodes.join(', ') });
  if (sameAgency === false) say('otherAgency');
  return texts;
}

function candidatesText({ candidates, candidateCount }: TenderLineAnswer, language: Language): string {
  const lines = candidates.map((each, at) => {
    const why = whyTexts(each, language).join('; ');
    return fillTemplate(SENTENCES.candidate[language], { number: at + 1, name: each.name, urn: each.urn, why });
  });
  const rest = candidateCount - candidates.length;
  return [...lines, ...(rest > 0 ? [fillTemplate(SENTENCES.more[language], { count: rest })] : [])].join('\n');
}

function checkText({ state, checkedOn, tenderedOn }: TenderProject, language: Language): string {
  const words = STATE_TEXTS[state][language];
  if (checkedOn === null) return words;
  const tendered = tenderedOn ?? SENTENCES.unknown[language];
  return fillTemplate(SENTENCES.dates[language], { state: words, checked: checkedOn, tendered });
}

function missingText({ missing, unknownCodes }: TenderLineAnswer, language: Language): string {
  const codes = unknownCodes.map((code) => fillTemplate(SENTENCES.unknownCode[language], { code }));
  const questions = missing.map(({ question, askedFrom }) =>
    fillTemplate(SENTENCES.ask[language], { question, whom: askedFrom?.name ?? SENTENCES.nobody[language] }),
  );
  return [...codes, ...questions].join('\n');
}

function fitting(text: string): string {
  return text.length <= CELL_MAXIMUM ? text : `${text.slice(0, CELL_MAXIMUM)} …`;
}
