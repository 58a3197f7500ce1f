import { type ReactNode, useEffect } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import './page.css';

/** The frame of an office page: heading, actions at its right, content below. Sets the document's title. */
export function Page({
  title,
  heading,
  intro,
  actions,
  children,
}: {
  title: string;
  /** In place of the plain title. */
  heading?: ReactNode;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-heading">
          {heading ?? <h1>{title}</h1>}
          {intro && <p className="page-intro">{intro}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Never with a patient's name in it: titles end up in histories and window lists. */
export function useDocumentTitle(title: string): void {
  const t = useTexts();
  const full = `${title} · ${t('productName')}`;
  useEffect(() => {
    document.title = full;
  }, [full]);
}
