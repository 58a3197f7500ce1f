import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signInOptionsQuery } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { DemoStrip } from '../ui/demo-strip.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import './gate.css';

/** The frame of pages before anybody is signed in: one sheet, without antd, there quickly on a slow line. */
export function Gate({ title, text, children }: { title: string; text?: string | undefined; children: ReactNode }) {
  const t = useTexts();
  const options = useQuery(signInOptionsQuery);
  useDocumentTitle(title);
  return (
    <>
      {(options.data?.demoAccounts.length ?? 0) > 0 && <DemoStrip />}
      <div className="gate">
        <header className="gate-head">
          <img src="/icon.svg" width="40" height="40" alt="" />
          <div>
            <p className="gate-name">{t('productName')}</p>
            <p className="gate-line">{t('productLine')}</p>
          </div>
          <LanguageSwitch />
        </header>
        <main className="gate-sheet">
          <h1>{title}</h1>
          {text && <p className="gate-text">{text}</p>}
          {children}
        </main>
      </div>
    </>
  );
}
