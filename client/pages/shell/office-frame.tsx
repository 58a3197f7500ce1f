import { Suspense, useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { AntdProvider } from '../../ui/antd-provider.tsx';
import { DemoStrip } from '../../ui/demo-strip.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { ArrivalNotice } from './arrival-notice.tsx';
import { DemonstrationLeft } from './demonstration-left.tsx';
import { FactorDue } from './factor-due.tsx';
import { LicenceDue } from './licence-due.tsx';
import { TopBar } from './top-bar.tsx';
import './office-frame.css';

/** The light frame of the office pages: top bar above, page below. */
export function OfficeFrame() {
  const t = useTexts();
  const { isDemonstration } = useSession();
  const loading = useNavigation().state !== 'idle';
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    // A new page is where keyboard and screen reader go on; the first one keeps the browser's own start.
    if (shown.current !== pathname) content.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);

  return (
    <AntdProvider tone="light">
      <div data-tone="light" className="tone-root">
        <a className="skip-link" href="#content">
          {t('shell:skip')}
        </a>
        {isDemonstration && <DemoStrip />}
        <TopBar />
        <DemonstrationLeft />
        <FactorDue />
        <LicenceDue />
        <ArrivalNotice />
        {loading && <div className="office-progress" role="progressbar" aria-label={t('loading')} />}
        <main id="content" ref={content} tabIndex={-1}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
        <ScrollRestoration />
      </div>
    </AntdProvider>
  );
}
