import type { ReuseAdvice } from '../core/similarity/advice.js';
import type { Light } from '../core/policy/verdict.js';
import type { AnswerColumns } from '../exchange/answered-list.writer.js';
import type { PlanList } from '../exchange/plan-list.types.js';
import { MATCH_BAND_WORDS } from '../duplicates/match-band.types.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';
import type { PlanLineAnswer, PlanListAnswer, PlanQuestion, PlanVerdict } from './plan-answer.types.js';

type Text = Readonly<Record<Language, string>>;

const ADVICE: Readonly<Record<ReuseAdvice, Text>> = {
  REUSE_AS_IS: { VI: 'Dùng lại nguyên trạng', EN: 'Reuse it as it is' },
  ADD_USAGE: { VI: 'Đăng ký dùng hệ thống hiện có', EN: 'Join as a user of it' },
  EXTEND_EXISTING: { VI: 'Mở rộng hệ thống hiện có', EN: 'Extend what exists' },
  INTEGRATE: { VI: 'Tích hợp với hệ thống hiện có', EN: 'Integrate with it' },
  SHARE_DATA: { VI: 'Dùng chung dữ liệu', EN: 'Share data with it' },
  MERGE_PROJECTS: { VI: 'Gộp với dự án đang có', EN: 'Merge with the other project' },
  CONTINUE: { VI: 'Tiếp nối hệ thống của mình', EN: 'Go on with your own system' },
  BUILD_NEW: { VI: 'Có thể xây dựng mới', EN: 'Building new is reasonable' },
};

const LIGHTS: Readonly<Record<Light, Text>> = {
  GREEN: { VI: 'Đạt', EN: 'Met' },
  YELLOW: { VI: 'Đạt một phần', EN: 'Met in part' },
  RED: { VI: 'Không đạt', EN: 'Not met' },
  UNKNOWN: { VI: 'Chưa rõ', EN: 'Unknown' },
};

const HEADERS = {
  band: { VI: 'Khung: Kết luận', EN: 'Khung: class' },
  matches: { VI: 'Khung: Đối tượng tương tự', EN: 'Khung: best matches' },
  advice: { VI: 'Khung: Khuyến nghị', EN: 'Khung: advice' },
  conditions: { VI: 'Khung: Điều kiện gợi ý', EN: 'Khung: suggested conditions' },
  missing: { VI: 'Khung: Còn thiếu, hỏi ai', EN: 'Khung: missing, and whom to ask' },
  inList: { VI: 'Khung: Trùng trong danh sách', EN: 'Khung: alike in this list' },
  problems: { VI: 'Khung: Cần sửa trong tệp', EN: 'Khung: to be mended in the file' },
} as const satisfies Record<string, Text>;
/** In characters. */
const WIDTHS = { band: 24, matches: 60, advice: 24, conditions: 50, missing: 60, inList: 40, problems: 40 };
const LIGHT_WIDTH = 16;

const SENTENCES = {
  among: { VI: '{band}, trong {known} đối tượng đã biết', EN: '{band}, among {known} known objects' },
  unreadable: { VI: 'Không đọc được dòng này', EN: 'This line can not be read' },
  match: {
    VI: '{number}. {name} ({urn}): {band}, điểm {score}',
    EN: '{number}. {name} ({urn}): {band}, score {score}',
  },
  twin: { VI: '{place}: {title} ({band}, điểm {score})', EN: '{place}: {title} ({band}, score {score})' },
  row: { VI: 'Dòng {line}', EN: 'Row {line}' },
  ask: { VI: 'Hỏi {whom}:', EN: 'Ask {whom}:' },
  proposer: { VI: 'đơn vị đề xuất', EN: 'whoever proposes it' },
} as const satisfies Record<string, Text>;

/** Most characters of a cell of ours: far below what a spreadsheet takes, far above what is read. */
const CELL_MAXIMUM = 10_000;

/** The columns of answers for each sheet of a list. */
export function answerColumns(list: PlanList, answer: PlanListAnswer, language: Language): AnswerColumns[] {
  const criteria = answer.lines.find(({ verdict }) => verdict !== null)?.verdict?.selfCheck ?? [];
  const titles = criteria.map(({ titleVi, titleEn }) => `Khung: ${language === 'VI' ? titleVi : titleEn}`);
  const columns = [
    column('band', language),
    column('matches', language),
    column('advice', language),
    ...titles.map((header) => ({ header, width: LIGHT_WIDTH })),
    column('conditions', language),
    column('missing', language),
    column('inList', language),
    column('problems', language),
  ];
  const cells = new Map(
    answer.lines.map((line) => [`${line.sheet}\n${line.line}`, lineCells(line, answer, titles.length, language)]),
  );
  return list.sheets.map(({ name, headerLine, lines }) => {
    const texts = new Map<number, readonly string[]>([[headerLine, columns.map(({ header }) => header)]]);
    for (const { line } of lines) texts.set(line, cells.get(`${name}\n${line}`) ?? []);
    return { sheet: name, widths: columns.map(({ width }) => width), texts };
  });
}

function column(key: keyof typeof HEADERS, language: Language): { readonly header: string; readonly width: number } {
  return { header: HEADERS[key][language], width: WIDTHS[key] };
}

function lineCells(
  line: PlanLineAnswer,
  { objectsKnown }: PlanListAnswer,
  lights: number,
  language: Language,
): string[] {
  const problems = line.problems.map(({ message }) => message).join('\n');
  const { verdict } = line;
  if (verdict === null) {
    const empty = Array.from({ length: lights + 5 }, () => '');
    return [SENTENCES.unreadable[language], ...empty, problems].map(fitting);
  }
  const { band, advice, selfCheck, conditions } = verdict;
  const among = { band: MATCH_BAND_WORDS[band][language], known: `${objectsKnown}` };
  const cells = [
    band === 'DISTINCT' ? fillTemplate(SENTENCES.among[language], among) : MATCH_BAND_WORDS[band][language],
    matchesText(verdict, language),
    advice === null ? '' : ADVICE[advice][language],
    ...selfCheck.map(({ light }) => LIGHTS[light][language]),
    conditions.map(({ textVi, textEn }) => `• ${language === 'VI' ? textVi : textEn}`).join('\n'),
    missingText(verdict, language),
    twinsText(verdict, line.sheet, language),
    problems,
  ];
  return cells.map(fitting);
}

function matchesText({ matches }: PlanVerdict, language: Language): string {
  const lines = matches.map(({ urn, name, score, band }, at) => {
    const values = { number: `${at + 1}`, name, urn, band: MATCH_BAND_WORDS[band][language], score: score.toFixed(2) };
    return fillTemplate(SENTENCES.match[language], values);
  });
  return lines.join('\n');
}

function twinsText({ inList }: PlanVerdict, ownSheet: string, language: Language): string {
  const lines = inList.map(({ sheet, line, title, score, band }) => {
    const row = fillTemplate(SENTENCES.row[language], { line: `${line}` });
    const place = sheet === ownSheet ? row : `${row} (${sheet})`;
    return fillTemplate(SENTENCES.twin[language], {
      place,
      title,
      band: MATCH_BAND_WORDS[band][language],
      score: score.toFixed(2),
    });
  });
  return lines.join('\n');
}

/** The questions by whom to ask. */
function missingText({ missing }: PlanVerdict, language: Language): string {
  const byWhom = new Map<string, PlanQuestion[]>();
  for (const each of missing) {
    const whom = each.askedFrom?.name ?? SENTENCES.proposer[language];
    byWhom.set(whom, [...(byWhom.get(whom) ?? []), each]);
  }
  const parts = Array.from(byWhom, ([whom, asked]) => {
    const questions = asked.map(({ question }) => `- ${question}`);
    return [fillTemplate(SENTENCES.ask[language], { whom }), ...questions].join('\n');
  });
  return parts.join('\n');
}

function fitting(text: string): string {
  return text.length <= CELL_MAXIMUM ? text : `${text.slice(0, CELL_MAXIMUM)} …`;
}
