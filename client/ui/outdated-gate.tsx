import { type ReactNode, useEffect, useState } from 'react';
import { onInterruption } from '../api/interruptions.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FullPageNotice } from './full-page-notice.tsx';

/** Once the server speaks another contract nothing in this window works any more: says so in place of everything. */
export function OutdatedGate({ children }: { children: ReactNode }) {
  const t = useTexts();
  const [outdated, setOutdated] = useState(false);
  useEffect(
    () =>
      onInterruption((interruption) => {
        if (interruption.kind === 'outdated') setOutdated(true);
      }),
    [],
  );
  if (!outdated) return children;
  return (
    <FullPageNotice title={t('outdated.title')} text={t('outdated.text')}>
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
        {t('reload')}
      </button>
    </FullPageNotice>
  );
}
