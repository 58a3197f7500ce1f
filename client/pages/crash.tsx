import { useRouteError } from 'react-router';
import { useTexts } from '../i18n/use-texts.ts';
import { FullPageNotice } from '../ui/full-page-notice.tsx';

/** A chunk of an earlier build is gone after an update, or did not come over a broken line. Each browser words it its own way. */
const CHUNK_MISSING = /dynamically imported module|importing a module script failed|unable to preload/i;

export function CrashPage() {
  const t = useTexts();
  const error = useRouteError();
  const message = error instanceof Error ? error.message : String(error);
  const chunkMissing = CHUNK_MISSING.test(message);
  return (
    <FullPageNotice
      title={chunkMissing ? t('chunkMissing.title') : t('crash.title')}
      text={chunkMissing ? t('chunkMissing.text') : t('crash.text')}
    >
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
        {t('reload')}
      </button>
      <a className="button" href="/">
        {t('backToWorkList')}
      </a>
      {!chunkMissing && (
        <details className="crash-details">
          <summary>{t('crash.details')}</summary>
          <code>{message}</code>
        </details>
      )}
    </FullPageNotice>
  );
}
