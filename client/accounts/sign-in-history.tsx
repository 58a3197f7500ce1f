import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import type { SignInEventView } from '../../server/contract/account.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Who tried to sign in with this account, so that its owner notices when it was not them. */
export function SignInHistory() {
  const t = useTexts();
  const formats = useFormats();
  const events = useQuery({ queryKey: ['sign-ins'], queryFn: ({ signal }) => call('sign-ins:list', { signal }) });
  return (
    <section className="panel own-history" aria-labelledby="sign-in-history">
      <h2 id="sign-in-history">{t('accounts:own.history')}</h2>
      <p>{t('accounts:own.historyText')}</p>
      {events.isPending && <Skeleton lines={4} lineHeightPx={36} />}
      {events.error && <FailureNotice failure={toFailure(events.error)} onRetry={() => void events.refetch()} />}
      {events.data?.length === 0 && <p>{t('accounts:own.noHistory')}</p>}
      {events.data && events.data.length > 0 && (
        <Table<SignInEventView>
          size="small"
          rowKey={({ at, kind }) => `${at} ${kind}`}
          dataSource={events.data}
          pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
          columns={[
            { title: t('accounts:own.at'), className: 'numbers', render: (_, { at }) => formats.second(at) },
            {
              title: t('accounts:own.result'),
              render: (_, { kind, linkBy }) =>
                linkBy ? t('accounts:own.linkBy', { name: linkBy }) : t(`accounts:own.event.${kind}`),
            },
            { title: t('accounts:own.device'), render: (_, { browser }) => browser ?? '—' },
          ]}
        />
      )}
    </section>
  );
}
