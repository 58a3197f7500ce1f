import { useState } from 'react';
import { type Language, switchLanguage } from '../i18n/i18n.ts';
import { useLanguage } from '../i18n/use-language.ts';

const OTHER: Record<Language, { language: Language; name: string }> = {
  'zh-CN': { language: 'en', name: 'English' },
  en: { language: 'zh-CN', name: '中文' },
};

/** Named in the language it switches to, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const [switching, setSwitching] = useState(false);
  const other = OTHER[useLanguage()];
  return (
    <button
      type="button"
      className="button button-quiet"
      lang={other.language}
      disabled={switching}
      onClick={() => {
        setSwitching(true);
        void switchLanguage(other.language).finally(() => setSwitching(false));
      }}
    >
      {other.name}
    </button>
  );
}
