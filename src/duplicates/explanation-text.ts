import type { BandReason } from '../core/similarity/advice.js';
import type { DuplicateCandidate, MatchSignal } from '../core/similarity/duplicate-answer.js';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import type { PairModel } from '../core/similarity/pair-model.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';
import { MATCH_BAND_WORDS } from './match-band.types.js';
import { ADVICE_WORDS, WORK_TYPE_WORDS } from './match-words.js';

type Text = Readonly<Record<Language, string>>;

/** What sentences need to know beside the candidate. */
export interface ExplanationSetting {
  /** Name of the function. */
  readonly component: string;
  /** Name of the owner of the match; undefined where nobody is known. */
  readonly owner: string | undefined;
  readonly thresholds: PairModel['thresholds'];
  /** The name of a capability in the language. */
  readonly capabilityName: (code: string) => string;
}

type Explained = Pick<
  DuplicateCandidate,
  'match' | 'score' | 'band' | 'duplicateFrom' | 'because' | 'works' | 'signals' | 'advice' | 'gaps'
>;

const PAIR: Text = {
  VI: '"{component}" và "{match}" ({owner})',
  EN: '"{component}" and "{match}" ({owner})',
};
const OWNER: Text = { VI: 'chủ quản: {owner}', EN: 'owned by {owner}' };
const NO_OWNER: Text = { VI: 'chưa rõ chủ quản', EN: 'owner not known' };
const CITED: Text = { VI: ': đề xuất nêu mã {words} của đối tượng này', EN: ': the proposal cites its code {words}' };
const SAME_WORDS: Text = { VI: ' cùng có các từ {words}', EN: ' both say {words}' };
const SAME_CAPABILITY: Text = { VI: ' cùng nói đến năng lực {words}', EN: ' both name the capability {words}' };
const SAME_DECLARED: Text = {
  VI: ' cùng có năng lực {words} theo liên kết đã khai',
  EN: ' both have the capability {words}, by what is declared',
};
const NOTHING_SAME: Text = {
  VI: ' không có từ ngữ chung nào đáng kể',
  EN: ' have no words in common that would tell anything',
};
const AGAINST: Text = { VI: 'Điểm nói ngược lại: {what}.', EN: 'What speaks against it: {what}.' };
const NOTHING_AGAINST: Text = { VI: 'Không thấy điểm nào nói ngược lại.', EN: 'Nothing speaks against it.' };
const GAPS: Text = { VI: 'ở đó chưa thấy {words}', EN: 'it does not say that it has {words}' };
const CONCLUSION: Text = { VI: '{because}; đề nghị: {advice}.', EN: '{because}; advice: {advice}.' };

const SPEAKS_AGAINST: Readonly<Partial<Record<MatchSignalName, Text>>> = {
  NAME: { VI: 'tên gọi ít giống nhau', EN: 'the names have little in common' },
  CAPABILITY: { VI: 'hai bên nói đến những năng lực khác nhau', EN: 'they name different capabilities' },
  CAPABILITY_UNKNOWN: {
    VI: 'có bên chưa nêu rõ năng lực nên chưa chắc chắn',
    EN: 'a side names no capability that is known, which leaves it unsure',
  },
  WORK_TYPE: { VI: 'loại công việc khác nhau', EN: 'the kind of work is another one' },
};

const REASONS: Readonly<Record<BandReason, Text>> = {
  ALIKE: {
    VI: 'Điểm giống nhau {score} đạt ngưỡng {duplicate} và cùng loại công việc, nên xếp loại "{band}"',
    EN: 'The score of {score} reaches {duplicate} and the kind of work is the same, hence "{band}"',
  },
  PARTLY_ALIKE: {
    VI: 'Điểm giống nhau {score} đạt ngưỡng {overlap} nhưng chưa đến {duplicate}, nên xếp loại "{band}"',
    EN: 'The score of {score} reaches {overlap} and not {duplicate}, hence "{band}"',
  },
  SERVES_PART: {
    VI: 'Điểm giống nhau {score} đạt ngưỡng {duplicate}, nhưng đối tượng này chỉ phục vụ một phần (ở lớp khác của khung kiến trúc, hoặc thiếu năng lực mà tên chức năng nêu), nên xếp loại "{band}"',
    EN: 'The score of {score} reaches {duplicate}, but it serves a part only (it lies in another layer of the framework, or lacks a capability that the name says), hence "{band}"',
  },
  CONTINUATION: {
    VI: 'Đây là việc {proposed} do chính cơ quan chủ quản đề xuất, nên là tiếp nối, xếp loại "{band}", không phải trùng lặp',
    EN: 'It is {proposed} proposed by the owner itself, so it carries on what is there: "{band}" and no duplicate',
  },
  OTHER_WORK: {
    VI: 'Cùng một nhu cầu nhưng khác loại công việc (đề xuất: {proposed}; đã có: {known}), nên xếp loại "{band}"',
    EN: 'The need is the same and the kind of work is another one (proposed: {proposed}; known: {known}), hence "{band}"',
  },
  RECORDS_AND_SYSTEM: {
    VI: 'Cùng một nhu cầu nhưng một bên là số hóa, chỉnh lý hồ sơ, một bên là hệ thống, nên xếp loại "{band}"',
    EN: 'The need is the same, but one makes records digital or puts them in order and the other is a system, hence "{band}"',
  },
  RETIRED: {
    VI: 'Đối tượng này đã ngừng sử dụng, nên chỉ xếp loại "{band}"',
    EN: 'It has been withdrawn, hence no more than "{band}"',
  },
  ABANDONED: {
    VI: 'Cơ quan chủ quản đã kết thúc hoạt động và chưa thấy cơ quan nào tiếp nhận, nên chỉ xếp loại "{band}"',
    EN: 'Its agency is no more and none is known to have taken over, hence no more than "{band}"',
  },
  UNLIKE: {
    VI: 'Điểm giống nhau {score} chưa đến ngưỡng {overlap}, nên xếp loại "{band}"',
    EN: 'The score of {score} does not reach {overlap}, hence "{band}"',
  },
};

/** Most words quoted of a kind: the sentences are read aloud. */
const QUOTED = 3;

/** Two or three sentences that a reviewer can read aloud: what is the same, what speaks against it, and why the band. */
export function explanationText(candidate: Explained, setting: ExplanationSetting, language: Language): string {
  return [
    sameText(candidate, setting, language),
    againstText(candidate, language),
    conclusionText(candidate, setting, language),
  ].join(' ');
}

function sameText({ match, signals }: Explained, setting: ExplanationSetting, language: Language): string {
  const { component, owner, capabilityName } = setting;
  const ownedBy = owner === undefined ? NO_OWNER[language] : fillTemplate(OWNER[language], { owner });
  const speaking = signals.filter(({ contribution }) => contribution > 0);
  const words = speaking.flatMap(({ name, evidence }) =>
    name === 'NAME' || name === 'FUNCTION_TEXT' ? evidence.map(({ text }) => text) : [],
  );
  const codes = speaking.flatMap(({ name, evidence }) =>
    name === 'TENDER_CODE' ? evidence.map(({ text }) => text) : [],
  );
  const capabilities = speaking.flatMap(capabilitiesIn);
  const namesOf = (areDeclared: boolean): string[] =>
    capabilities.flatMap(({ code, isDeclared }) => (isDeclared === areDeclared ? [capabilityName(code)] : []));
  const parts = [
    quoted(CITED, codes, language),
    quoted(SAME_WORDS, words, language),
    quoted(SAME_CAPABILITY, namesOf(false), language),
    quoted(SAME_DECLARED, namesOf(true), language),
  ].filter((part) => part !== '');
  const same = parts.length === 0 ? NOTHING_SAME[language] : parts.join(',');
  return `${fillTemplate(PAIR[language], { component, match: match.name, owner: ownedBy })}${same}.`;
}

/** A capability of both sides is declared where the words of one of them do not name it. */
function capabilitiesIn({ name, evidence }: MatchSignal): { code: string; isDeclared: boolean }[] {
  if (name !== 'CAPABILITY') return [];
  return evidence.flatMap(({ capability: code, ...each }) => {
    if (code === null) return [];
    const isBySubject = each.declaredBySubject && each.spanInSubject === null;
    const isByMatch = each.declaredByMatch && each.spanInMatch === null;
    return [{ code, isDeclared: isBySubject || isByMatch }];
  });
}

function quoted(template: Text, words: readonly string[], language: Language): string {
  const each = telling(words).slice(0, QUOTED);
  return each.length === 0 ? '' : fillTemplate(template[language], { words: inQuotes(each) });
}

/** Words in the order given, but for those that others say already, whatever the size of their letters. */
function telling(words: readonly string[]): string[] {
  const told: string[] = [];
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    if (!told.some((longer) => longer.toLowerCase().includes(word.toLowerCase()))) told.push(word);
  }
  return words.filter((word, at) => told.includes(word) && words.indexOf(word) === at);
}

function inQuotes(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}

function againstText({ signals, gaps }: Explained, language: Language): string {
  const speaking = signals
    .filter(({ contribution }) => contribution < 0)
    .toSorted((a, b) => a.contribution - b.contribution)
    .flatMap(({ name }) => SPEAKS_AGAINST[name]?.[language] ?? []);
  const what = [...speaking, ...(gaps.length === 0 ? [] : [quoted(GAPS, gaps, language)])];
  return what.length === 0 ? NOTHING_AGAINST[language] : fillTemplate(AGAINST[language], { what: what.join('; ') });
}

function conclusionText(
  { score, band, duplicateFrom, because, works, advice }: Explained,
  { thresholds }: ExplanationSetting,
  language: Language,
): string {
  const reason = fillTemplate(REASONS[because][language], {
    score: scoreText(score, language),
    overlap: scoreText(thresholds.overlap, language),
    duplicate: scoreText(duplicateFrom, language),
    band: MATCH_BAND_WORDS[band][language],
    proposed: WORK_TYPE_WORDS[works.proposed][language],
    known: WORK_TYPE_WORDS[works.known][language],
  });
  return fillTemplate(CONCLUSION[language], { because: reason, advice: ADVICE_WORDS[advice][language] });
}

/** Never rounded up: a score below a threshold must not look as if it reached it. */
export function scoreText(score: number, language: Language): string {
  const text = (Math.floor(score * 1000) / 1000).toString();
  return language === 'VI' ? text.replace('.', ',') : text;
}

const TOO_LITTLE: Text = {
  VI: 'Chưa đủ thông tin để so sánh "{component}": hãy nêu tên chức năng, nó làm gì, cho ai, với dữ liệu nào.',
  EN: 'Too little to judge "{component}": name the function, what it does, for whom, with which data.',
};
const NOTHING_FOUND: Text = {
  VI: 'Chưa thấy gì trùng với "{component}" trong {objects} đối tượng đã biết; đây không phải là khẳng định không có.',
  EN: 'Nothing like "{component}" was seen among the {objects} objects known; that does not say that there is none.',
};

/** What to say of a function that says too little. */
export function tooLittleText(component: string, language: Language): string {
  return fillTemplate(TOO_LITTLE[language], { component });
}

/** What to say of a function for which nothing was found among so many objects. */
export function nothingFoundText(component: string, objects: number, language: Language): string {
  return fillTemplate(NOTHING_FOUND[language], { component, objects });
}
