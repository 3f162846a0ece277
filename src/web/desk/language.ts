import { createInstance } from 'i18next';
import { useTranslation } from 'react-i18next';
import { initReactI18next } from 'react-i18next';
import { remember, remembered } from './remembered';
import { en } from './texts/en';
import { vi } from './texts/vi';
import type { Words } from './texts/words';
import { wordsEn } from './texts/words-en';
import { wordsVi } from './texts/words-vi';

export type Language = 'vi' | 'en';

/** The front page keeps its choice under the same name. */
const STORED_AS = 'khung-language';
const LOCALES: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

const DAY_AND_MINUTE = {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;

/** The language of the address, else the one chosen last time, else Vietnamese. */
function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? remembered(STORED_AS);
  return asked?.toLowerCase() === 'en' ? 'en' : 'vi';
}

export const texts = createInstance();
await texts.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'vi',
  defaultNS: 'desk',
  resources: { vi: { desk: vi }, en: { desk: en } },
  interpolation: { escapeValue: false },
});
document.documentElement.lang = texts.language;

/** Changes the language of the page, of the answers it asks for, and of its address. */
export async function chooseLanguage(language: Language): Promise<void> {
  remember(STORED_AS, language.toUpperCase());
  document.documentElement.lang = language;
  const address = new URL(location.href);
  if (language === 'en') address.searchParams.set('lang', 'en');
  else address.searchParams.delete('lang');
  history.replaceState(history.state, '', address);
  await texts.changeLanguage(language);
}

/** Words for codes, dates and numbers as people of the language write them. */
export interface Writing {
  readonly language: Language;
  readonly locale: string;
  readonly words: Words;
  /** A day, a month or a year, as precisely as it is known. */
  day(day: string): string;
  moment(moment: string): string;
  number(value: number): string;
}

export function useWriting(): Writing {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'vi';
  const locale = LOCALES[language];
  return {
    language,
    locale,
    words: language === 'vi' ? wordsVi : wordsEn,
    day: (day) => (language === 'vi' ? day.split('-').toReversed().join('/') : day),
    moment: (moment) =>
      new Date(moment).toLocaleString(locale, {
        ...DAY_AND_MINUTE,
        timeZone: 'Asia/Ho_Chi_Minh',
      }),
    number: (value) => value.toLocaleString(locale),
  };
}
