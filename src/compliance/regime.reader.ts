import { Injectable } from '@nestjs/common';
import type { PartialDate } from '../core/landscape/model.js';
import { readRegimes, regimeOf } from '../core/policy/regime.js';
import type { ChosenRegime, Regime, RegimeReason } from '../core/policy/regime.js';
import { readWorkingCalendar } from '../core/policy/working-calendar.js';
import type { WorkingCalendar } from '../core/policy/working-calendar.js';
import type { PolicyReference } from '../core/policy/world.js';
import type { Language } from '../runtime/messages.js';
import { fillTemplate } from '../runtime/sentence.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import type { LegalRegimeType } from './compliance.types.js';
import { inLanguage } from './finding-text.js';

const FILE = 'national/regimes.json';
const CALENDAR_FILE = 'national/calendar.json';

const BECAUSE: Readonly<Record<RegimeReason, Readonly<Record<Language, string>>>> = {
  DECIDED: {
    VI: 'Quyết định ngày {date} thuộc thời gian áp dụng văn bản này.',
    EN: 'The decision of {date} falls into its time of application.',
  },
  DRAFT: {
    VI: 'Chưa có quyết định nên tạm lấy ngày hôm nay, {date}; khi có ngày quyết định, văn bản áp dụng có thể khác.',
    EN: 'Nothing is decided yet, so today, {date}, is taken; with the day of the decision another law may apply.',
  },
  UNCERTAIN: {
    VI: 'Ngày quyết định chỉ biết đến "{date}", thuộc thời gian áp dụng của nhiều văn bản: {possible}. Cần ngày chính xác.',
    EN: 'Of the decision only "{date}" is known, in which several laws applied: {possible}. The exact day is needed.',
  },
  NONE: {
    VI: 'Không có văn bản nào trong dữ liệu áp dụng cho ngày {date}.',
    EN: 'No law on record applies to {date}.',
  },
};

/** Which law governs a decision, by its day. */
@Injectable()
export class RegimeReader {
  readonly regimes: readonly Regime[] = loadRegimes();
  /** What rules may ask besides facts and graph. */
  readonly reference: PolicyReference = { regimes: this.regimes, calendar: loadCalendar() };

  /** The regime of a decision; null is a draft, judged by today. */
  of(decidedOn: PartialDate | null, today: PartialDate): ChosenRegime {
    return regimeOf(this.regimes, decidedOn, today);
  }

  /** The regime as the schema says it, in one language. */
  describe(chosen: ChosenRegime, language: Language): LegalRegimeType {
    const { regime, reason, date, provisional } = chosen;
    const nameOf = ({ name }: Regime): string => inLanguage(name, language);
    const possible = chosen.possible.map(nameOf).join('; ');
    return {
      code: regime?.code ?? 'NONE',
      name: regime === null ? '' : nameOf(regime),
      because: fillTemplate(BECAUSE[reason][language], { date, possible }),
      provisional,
    };
  }
}

function loadRegimes(): readonly Regime[] {
  const { regimes, problems } = readRegimes(readReferenceJson(FILE));
  if (problems.length === 0) return regimes;
  throw new Error(`${FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`);
}

/** Which days are worked, and which are not. @throws Error that names every problem of the record. */
function loadCalendar(): WorkingCalendar {
  const { calendar, problems } = readWorkingCalendar(readReferenceJson(CALENDAR_FILE));
  if (problems.length === 0) return calendar;
  throw new Error(
    `${CALENDAR_FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`,
  );
}
