import type { ReactNode } from 'react';
import './empty-state.css';

/** Nothing here, and what to do about it. */
export function EmptyState({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="empty-state-action">{children}</div>}
    </div>
  );
}
