import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { zhCn } from './zh-CN.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof zhCn;
  }
}

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_KEY = 'huizhen.language';

type Areas = Partial<typeof zhCn>;

/** Two parts of each language: what the sign-in page needs, and all else. */
const load: Record<Language, { first(): Promise<Areas>; other(): Promise<Areas> }> = {
  'zh-CN': {
    first: () => import('./zh-CN/first-texts.ts').then((module) => module.firstTexts),
    other: () => import('./zh-CN/other-texts.ts').then((module) => module.otherTexts),
  },
  en: {
    first: () => import('./en/first-texts.ts').then((module) => module.firstTexts),
    other: () => import('./en/other-texts.ts').then((module) => module.otherTexts),
  },
};

let current: Language = 'zh-CN';
let started: Promise<void> | undefined;
/** Whether a page has been asked for that needs both parts: from then on they come together. */
let needsAll = false;

/** Starts in the remembered language, Chinese otherwise, with the texts of the sign-in page; only that language's are loaded. */
export function startI18n(): Promise<void> {
  const remembered = localStorage.getItem(LANGUAGE_KEY);
  current = LANGUAGES.find((known) => known === remembered) ?? 'zh-CN';
  started = start(current);
  return started;
}

async function start(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: await load[language].first() },
    fallbackLng: false,
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
}

/** Before any page but the sign-in page is shown: a text that is not there would be shown as its key. */
export async function addAllTexts(): Promise<void> {
  needsAll = true;
  // Asked for beside those of the start.
  await Promise.all([started, load[current].other()]);
  await addTexts(current);
}

async function addTexts(language: Language): Promise<void> {
  const { first, other } = load[language];
  const parts = await Promise.all(needsAll ? [first(), other()] : [first()]);
  for (const [area, texts] of parts.flatMap((part) => Object.entries(part)))
    i18next.addResourceBundle(language, area, texts);
}

export async function switchLanguage(language: Language): Promise<void> {
  const neededAll = needsAll;
  await addTexts(language);
  // Somebody may have signed in meanwhile.
  if (needsAll !== neededAll) await addTexts(language);
  current = language;
  await i18next.changeLanguage(language);
  localStorage.setItem(LANGUAGE_KEY, language);
  document.documentElement.lang = language;
}
