import type { WorkType } from '../core/landscape/proposal.js';
import type { Verdict } from '../core/similarity/advice.js';
import type { MatchSignalName } from '../core/similarity/match-signal.js';
import type { NextBand, OtherFact } from '../core/similarity/what-would-change.js';
import { fillTemplate } from '../runtime/sentence.js';
import type { Language } from '../runtime/messages.js';
import { MATCH_BAND_WORDS } from './match-band.types.js';
import { SIGNAL_WORDS, WORK_TYPE_WORDS } from './match-words.js';

type Text = Readonly<Record<Language, string>>;

const THEN: Text = { VI: '{condition} thì xếp loại "{band}"{more}.', EN: '{condition}, it would be "{band}"{more}.' };
const OR: Text = { VI: ' hoặc ', EN: ' or ' };
const CONTINUATION: Text = { VI: ' (tiếp nối)', EN: ' (carried on)' };

const NEXT: Readonly<Record<'UP' | 'DOWN', Text>> = {
  UP: {
    VI: 'Nếu mức giống nhau tăng thêm {distance} (log-odds)',
    EN: 'Were they more alike by {distance} (log-odds)',
  },
  DOWN: {
    VI: 'Nếu mức giống nhau giảm đi quá {distance} (log-odds)',
    EN: 'Were they less alike by more than {distance} (log-odds)',
  },
};
const SIGNAL: Text = { VI: 'Nếu không tính {signal}', EN: 'Did {signal} not count' };
const FACTS: Readonly<Record<OtherFact['kind'], Text>> = {
  WORK_TYPE: { VI: 'Nếu loại công việc là {workTypes}', EN: 'Were the kind of work {workTypes}' },
  CAPABILITY: {
    VI: 'Nếu khai chức năng này thuộc năng lực "{capability}"',
    EN: 'Were the function declared to be of the capability "{capability}"',
  },
  LAYER: {
    VI: 'Nếu khai chức năng này ở lớp {layer} của khung kiến trúc',
    EN: 'Were the function declared to lie in layer {layer} of the framework',
  },
  DESCRIPTION_OF_OBJECTIVE: {
    VI: 'Nếu mô tả của chức năng này là mục tiêu mà dự án đã nêu',
    EN: 'Were the function described by the objective of the project',
  },
  DESCRIPTION_OF_MATCH: {
    VI: 'Nếu mô tả của chức năng này đúng là việc mà "{match}" đang làm',
    EN: 'Were the function described as what "{match}" does',
  },
  MATCH_RETIRED: { VI: 'Nếu "{match}" đã ngừng sử dụng', EN: 'Had "{match}" been withdrawn' },
  MATCH_IN_USE: { VI: 'Nếu "{match}" vẫn đang sử dụng', EN: 'Were "{match}" still in use' },
  MATCH_TAKEN_OVER: {
    VI: 'Nếu có cơ quan tiếp nhận "{match}"',
    EN: 'Had an agency taken over "{match}"',
  },
  OWNED_BY_PROPOSER: {
    VI: 'Nếu cơ quan đề xuất là chủ quản của "{match}"',
    EN: 'Did the proposing agency own "{match}"',
  },
};

/** What facts name. */
export interface FactSetting {
  readonly match: string;
  /** The name of a capability in the language. */
  readonly capabilityName: (code: string) => string;
}

/** What the next band takes, in words. */
export function nextBandText(way: 'UP' | 'DOWN', next: NextBand, language: Language): string {
  const distance = next.distance.toFixed(2);
  const shown = language === 'VI' ? distance.replace('.', ',') : distance;
  return sentence(fillTemplate(NEXT[way][language], { distance: shown }), next, language);
}

/** What a signal decides, in words. */
export function decisiveSignalText(name: MatchSignalName, verdict: Verdict, language: Language): string {
  return sentence(fillTemplate(SIGNAL[language], { signal: SIGNAL_WORDS[name][language] }), verdict, language);
}

/** What a fact would change, in words. */
export function factText(
  fact: OtherFact,
  verdict: Verdict,
  { match, capabilityName }: FactSetting,
  language: Language,
): string {
  const workTypes = fact.kind === 'WORK_TYPE' ? fact.workTypes : [];
  const condition = fillTemplate(FACTS[fact.kind][language], {
    match,
    workTypes: anyOf(workTypes, language),
    capability: fact.kind === 'CAPABILITY' ? capabilityName(fact.capability) : '',
    layer: fact.kind === 'LAYER' ? fact.layer : '',
  });
  return sentence(condition, verdict, language);
}

function anyOf(workTypes: readonly WorkType[], language: Language): string {
  const words = workTypes.map((each) => WORK_TYPE_WORDS[each][language]);
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(OR[language]);
}

function sentence(condition: string, { band, isContinuation }: Verdict, language: Language): string {
  const more = isContinuation ? CONTINUATION[language] : '';
  return fillTemplate(THEN[language], { condition, band: MATCH_BAND_WORDS[band][language], more });
}
