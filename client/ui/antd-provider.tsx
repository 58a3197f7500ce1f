import { App, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import type { Locale } from 'antd/es/locale/index.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { type ReactNode, useMemo } from 'react';
import type { Language } from '../i18n/i18n.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { antdTheme } from './theme.ts';
import type { Tone } from './tokens.ts';

const LOCALES: Record<Language, Locale> = { 'zh-CN': zhCN, en: enUS };

/** What antd's components need around them, in one tone: `light` for the office, `dark` for the reading room. */
export function AntdProvider({ tone, children }: { tone: Tone; children: ReactNode }) {
  const locale = LOCALES[useLanguage()];
  const theme = useMemo(() => antdTheme(tone), [tone]);
  return (
    <ConfigProvider locale={locale} theme={theme} button={{ autoInsertSpace: false }}>
      <App component={false} message={{ duration: 4, maxCount: 3 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
