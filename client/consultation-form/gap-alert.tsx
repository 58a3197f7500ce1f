import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { focusField } from './form-context.ts';
import type { Gap } from './gaps.ts';
import { useProblemText } from './problem-text.ts';

/** Shown after submitting was tried: each thing in full words. Takes the focus, so that a screen reader says it. */
export function GapAlert({ gaps }: { gaps: Gap[] }) {
  const t = useTexts();
  const text = useProblemText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  if (gaps.length === 0) return null;
  return (
    <div className="gap-alert" role="alert" tabIndex={-1} data-testid="form-gaps" ref={box}>
      <p>{t('newCase:submit.incomplete', { count: gaps.length })}</p>
      <ul>
        {gaps.map(({ field, problem }) => (
          <li key={field}>
            <button type="button" className="gap-alert-link" onClick={() => focusField(field)}>
              {t(`newCase:fields.${field}`)}
            </button>
            <span>{text(problem)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
