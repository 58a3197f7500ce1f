import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { WorkListFilter, WorkListName, WorkListSort } from '../../../server/contract/work-list.ts';
import { toFailure } from '../../api/failures.ts';
import { usePermission } from '../../api/session.tsx';
import { workListPagesQuery } from '../../api/work-list.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CaseTable } from './case-table.tsx';

/** One list, page by page. */
export function Cases({
  list,
  filter,
  sort,
  isNarrowed,
  onClear,
}: {
  list: WorkListName;
  filter: WorkListFilter;
  sort: WorkListSort;
  isNarrowed: boolean;
  onClear: () => void;
}) {
  const t = useTexts();
  const pages = useInfiniteQuery(workListPagesQuery(list, filter, sort));
  const lines = pages.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <section className="work-list" aria-label={t(`workList:tabs.${list}`)} aria-busy={pages.isPlaceholderData}>
      {pages.error && <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />}
      {pages.isPending && (
        <div className="panel">
          <Skeleton lines={6} lineHeightPx={40} />
        </div>
      )}
      {lines.length === 0 && pages.hasNextPage && (
        <div className="panel">
          <EmptyState title={t('workList:searching.title')} text={t('workList:searching.text')} />
        </div>
      )}
      {pages.data && lines.length === 0 && !pages.hasNextPage && (
        <NoCases list={list} isNarrowed={isNarrowed} onClear={onClear} />
      )}
      {lines.length > 0 && <CaseTable cases={lines} waiting={list === 'mine'} />}
      {pages.hasNextPage && (
        <p className="work-list-more">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t(lines.length === 0 ? 'workList:searching.more' : 'workList:more')}
          </Button>
        </p>
      )}
    </section>
  );
}

function NoCases({ list, isNarrowed, onClear }: { list: WorkListName; isNarrowed: boolean; onClear: () => void }) {
  const t = useTexts();
  const creates = usePermission('consultation:create');
  return (
    <div className="panel">
      {isNarrowed ? (
        <EmptyState title={t('workList:empty.narrowed.title')} text={t('workList:empty.narrowed.text')}>
          <button type="button" className="button" onClick={onClear}>
            {t('workList:filter.clear')}
          </button>
        </EmptyState>
      ) : (
        <EmptyState
          title={t(`workList:empty.${list}.title`)}
          text={creates && list !== 'finished' ? t('workList:empty.createText') : t(`workList:empty.${list}.text`)}
        />
      )}
    </div>
  );
}
