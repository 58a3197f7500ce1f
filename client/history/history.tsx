import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { HistoryEntry } from '../../server/contract/history.ts';
import { toFailure } from '../api/failures.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Difference, type HistoryArea, type HistoryWords, useHistoryWords } from './history-words.ts';
import './history.css';

const PAGE_SIZE = 50;
type Page = { before?: number; limit: number };

/** Who changed the object, what, when and why, newest first. `area`: where its fields are named. */
export function History({
  subjectId,
  area,
  read,
}: {
  subjectId: string;
  area: HistoryArea;
  read: (page: Page, signal: AbortSignal) => Promise<HistoryEntry[]>;
}) {
  const t = useTexts();
  const formats = useFormats();
  const words = useHistoryWords(area);
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
    <div className="history">
      <table className="history-table">
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
              <td>{actorOf(entry, t)}</td>
              <td>{words.act(entry.action)}</td>
              <td>
                <Told entry={entry} words={words} />
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
    </div>
  );
}

function actorOf({ actorName, facilityName, operator }: HistoryEntry, t: ReturnType<typeof useTexts>): string {
  if (actorName === '') return operator === null ? t('audit:system') : t('audit:operator', { name: operator });
  return [actorName, facilityName].filter(Boolean).join(' · ');
}

function Told({
  entry: { place, reason, changes, facts, unkept },
  words,
}: {
  entry: HistoryEntry;
  words: HistoryWords;
}) {
  const t = useTexts();
  return (
    <dl className="history-told">
      {place !== null && <Fact label={t('administration:history.place')} text={place} />}
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{words.label(field)}</dt>
          <dd>
            <Changed difference={words.difference(field, before, after)} />
          </dd>
        </div>
      ))}
      {facts.map(({ field, value }) => (
        <Fact key={field} label={words.label(field)} text={words.value(field, value)} />
      ))}
      {unkept.map((field) => (
        <Fact key={field} label={words.label(field)} text={t('administration:history.unkept')} />
      ))}
      {reason !== null && <Fact label={t('reasonLabel')} text={reason} />}
    </dl>
  );
}

function Changed({ difference: { was, became, gone, come } }: { difference: Difference }) {
  const t = useTexts();
  if (gone !== undefined && come !== undefined)
    return [
      gone && t('administration:history.gone', { items: gone }),
      come && t('administration:history.come', { items: come }),
    ]
      .filter(Boolean)
      .join(t('administration:history.and'));
  return (
    <>
      <span className="visually-hidden">{t('administration:history.before')} </span>
      {was === undefined ? t('administration:history.nothing') : <del>{was}</del>}
      <span aria-hidden="true"> → </span>
      <span className="visually-hidden"> {t('administration:history.after')} </span>
      <ins>{became}</ins>
    </>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}
