import { Progress } from 'antd';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import type { ImportPhase } from './use-import.ts';

const WHOLE_PERCENT = 100;

/** How far it is, and why it stands still where it does. */
export function ImportProgress({
  phase: { view, done, failure },
  onGoOn,
  onOther,
}: {
  phase: Extract<ImportPhase, { at: 'importing' }>;
  onGoOn: () => void;
  onOther: () => void;
}) {
  const t = useTexts();
  const isOvertaken = failure?.reason === 'import-outdated' || failure?.reason === 'import-expired';
  const line = failure?.fields?.[0]?.replace(/^line /, '');
  return (
    <section className="panel import-progress" aria-labelledby="import-progress">
      <h2 id="import-progress">{t('imports:progress.title')}</h2>
      <Progress
        aria-label={t('imports:progress.bar')}
        percent={Math.floor((done * WHOLE_PERCENT) / Math.max(1, view.steps))}
        {...(failure && { status: 'exception' })}
      />
      <p role="status">{t('imports:progress.text', { done, steps: view.steps })}</p>
      {failure && (
        <>
          <FailureNotice failure={failure} />
          {failure.reason === 'import-outdated' && line && <p>{t('imports:progress.atLine', { line })}</p>}
          <p className="import-acts">
            {!isOvertaken && (
              <button type="button" className="button button-primary" onClick={onGoOn}>
                {t('imports:progress.goOn')}
              </button>
            )}
            <button type="button" className="button" onClick={onOther}>
              {t('imports:result.other')}
            </button>
          </p>
        </>
      )}
    </section>
  );
}
