import { useEffect, useRef, useState } from 'react';
import type { ImportView } from '../../server/contract/imports.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { CheckedRows } from './checked-rows.tsx';
import { listText } from './column-names.ts';

/** What importing the file would do, and the way to do it. */
export function Checked({
  view,
  onApply,
  onOther,
}: {
  view: ImportView;
  onApply: (skipFaulty: boolean) => void;
  onOther: () => void;
}) {
  const t = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const [skipFaulty, setSkipFaulty] = useState(false);
  const language = useLanguage();
  const { counts } = view;
  const count = counts.new + counts.changed;
  // The page has changed below whoever reads it aloud or by keys.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel import-checked" aria-labelledby="import-checked">
      <header className="import-head">
        <div>
          <h2 id="import-checked" ref={heading} tabIndex={-1}>
            {t('imports:result.title', { name: view.fileName })}
          </h2>
          <p className="import-counts" role="status">
            {(['new', 'changed', 'unchanged', 'faulty'] as const).map((state) => (
              <span key={state} className="import-state" data-state={state} data-none={counts[state] === 0}>
                {t('imports:result.withCount', { text: t(`imports:states.${state}`), count: counts[state] })}
              </span>
            ))}
          </p>
          <p>
            {counts.faulty > 0
              ? t(`imports:result.${count === 0 ? 'onlyFaults' : 'hasFaults'}`, { count: counts.faulty })
              : t(`imports:result.${count === 0 ? 'unchangedOnly' : 'nothing'}`)}
          </p>
          {view.invitedAgain > 0 && <p>{t('imports:result.goesOn', { count: view.invitedAgain })}</p>}
          {view.ignoredColumns.length > 0 && (
            <p className="record-hint">
              {t('imports:result.ignored', { columns: listText(language, view.ignoredColumns) })}
            </p>
          )}
        </div>
        <div className="import-acts">
          {counts.faulty > 0 && count > 0 && (
            <label className="import-skip">
              <input type="checkbox" checked={skipFaulty} onChange={(event) => setSkipFaulty(event.target.checked)} />
              {t('imports:result.skipFaulty', { count: counts.faulty })}
            </label>
          )}
          <button type="button" className="button" onClick={onOther}>
            {t('imports:result.other')}
          </button>
          {view.steps > 0 && (
            <button
              type="button"
              className="button button-primary"
              disabled={counts.faulty > 0 && !skipFaulty}
              onClick={() => onApply(skipFaulty)}
            >
              {t(`imports:result.${view.invitedAgain > 0 ? 'goOn' : 'apply'}`, { count })}
            </button>
          )}
        </div>
      </header>
      <CheckedRows view={view} />
    </section>
  );
}
