import { Suspense } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { useTexts } from '../../i18n/use-texts.ts';
import { AntdTheme } from '../../ui/antd-theme.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { ArrivalNotice } from './arrival-notice.tsx';
import { TopBar } from './top-bar.tsx';
import './office-frame.css';

/** The light frame of the office pages: top bar above, page below. */
export function OfficeFrame() {
  const t = useTexts();
  const loading = useNavigation().state !== 'idle';
  return (
    <AntdTheme tone="light">
      <a className="skip-link" href="#content">
        {t('shell:skip')}
      </a>
      <TopBar />
      <ArrivalNotice />
      {loading && <div className="office-progress" role="progressbar" aria-label={t('loading')} />}
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <ScrollRestoration />
    </AntdTheme>
  );
}
