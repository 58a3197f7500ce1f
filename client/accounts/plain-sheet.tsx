import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signInOptionsQuery } from '../api/session.tsx';
import { DemoStrip } from '../ui/demo-strip.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import { ProductHead } from '../ui/product-head.tsx';
import './plain-sheet.css';

/** The frame of pages before anybody is signed in: one sheet, without antd, there quickly on a slow line. */
export function PlainSheet({
  title,
  text,
  children,
}: {
  title: string;
  text?: string | undefined;
  children: ReactNode;
}) {
  const options = useQuery(signInOptionsQuery);
  useDocumentTitle(title);
  return (
    <>
      {(options.data?.demoAccounts.length ?? 0) > 0 && <DemoStrip />}
      <div className="plain-sheet">
        <ProductHead />
        <main className="plain-sheet-paper">
          <h1>{title}</h1>
          {text && <p className="plain-sheet-text">{text}</p>}
          {children}
        </main>
      </div>
    </>
  );
}
