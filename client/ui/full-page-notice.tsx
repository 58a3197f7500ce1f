import type { ReactNode } from 'react';
import './full-page-notice.css';

/** One message in the middle of an otherwise empty page, with what can be done about it. */
export function FullPageNotice({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="full-page-notice">
      <div className="full-page-notice-sheet">
        <h1>{title}</h1>
        <p>{text}</p>
        <div className="full-page-notice-actions">{children}</div>
      </div>
    </section>
  );
}
