import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../server/contract/history.ts';
import { toFailure } from '../api/failures.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

const PAGE_SIZE = 50;
type Page = { before?: number; limit: number };

/** Who changed the object, what and when, newest first. `words`: where its fields are named. */
export function History({
  subjectId,
  area,
  read,
}: {
  subjectId: string;
  area: 'facility' | 'agreement' | 'alliance';
  read: (page: Page, signal: AbortSignal) => Promise<HistoryEntry[]>;
}) {
  const t = useTexts();
  const formats = useFormats();
  const pages = useInfiniteQuery({
    queryKey: ['history', subjectId],
    queryFn: ({ pageParam, signal }) =>
      read({ limit: PAGE_SIZE, ...(pageParam !== undefined && { before: pageParam }) }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.sequence),
    staleTime: 0,
  });
  if (pages.isPending) return <Skeleton lines={6} />;
  if (!pages.data) return <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />;
  const entries = pages.data.pages.flat();
  if (entries.length === 0) return <EmptyState title={t('administration:history.none')} />;
  return (
    <>
      <table className="record-table record-history">
        <thead>
          <tr>
            <th scope="col">{t('administration:history.at', { zone: formats.zone })}</th>
            <th scope="col">{t('administration:history.actor')}</th>
            <th scope="col">{t('administration:history.act')}</th>
            <th scope="col">{t('administration:history.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.sequence}>
              <td className="numbers">{formats.second(entry.at)}</td>
              <td>{[entry.actorName || t('audit:system'), entry.facilityName].filter(Boolean).join(' · ')}</td>
              <td>
                <Act action={entry.action} />
              </td>
              <td>
                <Changes entry={entry} area={area} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('administration:history.more')}
        </Button>
      )}
    </>
  );
}

/** An act without words is shown as it is: the record hides nothing. */
function Act({ action }: { action: string }) {
  const { i18n } = useTranslation();
  const text: unknown = i18n.getResource(i18n.language, 'audit', `actions.${action.replace(':', '-')}`);
  return typeof text === 'string' ? text : action;
}

function Changes({ entry, area }: { entry: HistoryEntry; area: 'facility' | 'agreement' | 'alliance' }) {
  const t = useTexts();
  const { i18n } = useTranslation();
  const nameOf = (field: string): string => {
    for (const key of [`history.fields.${field}`, `${area}.${field}`]) {
      const text: unknown = i18n.getResource(i18n.language, 'administration', key);
      if (typeof text === 'string') return text;
    }
    return field;
  };
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('administration:history.nothing');
    if (field === 'liabilityText') return t('administration:history.characters', { count: Number(value) });
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  };
  return (
    <dl className="record-changes">
      {entry.changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{nameOf(field)}</dt>
          <dd>
            <del>{show(field, before)}</del>
            <span aria-hidden="true"> → </span>
            <span className="visually-hidden">{t('administration:history.after')}</span>
            <ins>{show(field, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
