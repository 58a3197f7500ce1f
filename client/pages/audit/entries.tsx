import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { LoadedEntries } from './use-entries.ts';

/** What stands around a table of entries: on the way, failed, empty, and the way to earlier ones. */
export function Entries({ entries, children }: { entries: LoadedEntries<unknown>; children: ReactNode }) {
  const t = useTexts();
  if (entries.loading)
    return (
      <div className="panel">
        <Skeleton lines={8} lineHeightPx={36} />
      </div>
    );
  return (
    <>
      {entries.failure && <FailureNotice failure={entries.failure} onRetry={entries.retry} />}
      {entries.rows.length > 0 && children}
      {entries.rows.length === 0 && !entries.failure && <EmptyState title={t('audit:empty')} />}
      {entries.rows.length > 0 && (
        <p className="audit-more">
          {entries.hasMore ? (
            <Button loading={entries.loadingMore} onClick={entries.loadMore}>
              {t('audit:loadMore')}
            </Button>
          ) : (
            t('audit:allLoaded')
          )}
        </p>
      )}
    </>
  );
}
