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

const STORED_UNDER = 'huizhen.language';

const load: Record<Language, () => Promise<typeof zhCn>> = {
  'zh-CN': () => import('./zh-CN.ts').then((module) => module.zhCn),
  en: () => import('./en.ts').then((module) => module.en),
};

/** Starts in the remembered language, Chinese otherwise; only that language's texts are loaded. */
export async function startI18n(): Promise<void> {
  const remembered = localStorage.getItem(STORED_UNDER);
  const language = LANGUAGES.find((known) => known === remembered) ?? 'zh-CN';
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: await load[language]() },
    fallbackLng: false,
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
}

export async function switchLanguage(language: Language): Promise<void> {
  for (const [area, texts] of Object.entries(await load[language]())) i18next.addResourceBundle(language, area, texts);
  await i18next.changeLanguage(language);
  localStorage.setItem(STORED_UNDER, language);
  document.documentElement.lang = language;
}
