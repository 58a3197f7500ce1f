import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { AccountSecurityAction, AccountSecurityView } from '../../../server/contract/account-security.ts';
import type { Failure } from '../../../server/contract/failure.ts';
import { StateTag } from '../../accounts/state-tag.tsx';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { usePermission } from '../../api/session.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoPermission } from '../no-permission.tsx';
import '../../accounts/people.css';

const QUERY_KEY = ['account-security'];

export function AccountSecurityPage() {
  return usePermission('account-security:manage') ? <AccountSecurity /> : <NoPermission />;
}

/** Which accounts are locked now, and, of a name, whether the second factor was lost. */
function AccountSecurity() {
  const t = useTexts();
  const [search, setSearch] = useState('');
  const accounts = useQuery({
    queryKey: [...QUERY_KEY, search],
    queryFn: ({ signal }) => call('account-security:list', { query: { search }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="people-head">
        <p className="page-intro">{t('accountSecurity:intro')}</p>
      </div>
      <search className="people-filter">
        <Input.Search
          className="people-filter-search"
          allowClear
          maxLength={64}
          aria-label={t('accountSecurity:search')}
          placeholder={t('accountSecurity:search')}
          onSearch={(typed) => setSearch(typed.trim())}
        />
      </search>
      {accounts.error && <FailureNotice failure={toFailure(accounts.error)} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && <Skeleton lines={6} lineHeightPx={40} />}
      {accounts.data?.length === 0 && (
        <EmptyState
          title={t(search === '' ? 'accountSecurity:none.title' : 'accounts:people.noMatch.title')}
          text={t(search === '' ? 'accountSecurity:none.text' : 'accounts:people.noMatch.text')}
        />
      )}
      {accounts.data && accounts.data.length > 0 && <Accounts accounts={accounts.data} isSearch={search !== ''} />}
    </>
  );
}

function Accounts({ accounts, isSearch }: { accounts: AccountSecurityView[]; isSearch: boolean }) {
  const t = useTexts();
  const formats = useFormats();
  const columns: TableProps<AccountSecurityView>['columns'] = [
    { title: t('accounts:people.columns.name'), dataIndex: 'name', width: 140 },
    { title: t('accounts:people.columns.login'), dataIndex: 'login', width: 200 },
    {
      title: t('accounts:people.columns.role'),
      width: 130,
      render: (_, { role }) => t(`terms:role.${role}`),
    },
    { title: t('accounts:people.columns.facility'), dataIndex: 'facilityName', width: 200 },
    { title: t('accounts:people.columns.state'), width: 120, render: (_, { state }) => <StateTag state={state} /> },
    {
      title: t('accountSecurity:columns.factor'),
      width: 100,
      render: (_, { hasSecondFactor }) => t(`accountSecurity:factor.${hasSecondFactor}`),
    },
    {
      title: t('accountSecurity:columns.lock'),
      className: 'numbers',
      width: 240,
      render: (_, { lock }) =>
        lock
          ? `${t('accountSecurity:since', { since: formats.clock(lock.since), until: formats.clock(lock.until) })} · ${t('accountSecurity:places', { count: lock.places })}`
          : t('accountSecurity:notLocked'),
    },
    {
      title: t('accountSecurity:columns.acts'),
      width: 200,
      render: (_, account) => <Acts account={account} />,
    },
  ];
  return (
    <>
      {!isSearch && <h2 className="people-heading">{t('accountSecurity:locked')}</h2>}
      <Table<AccountSecurityView>
        rowKey="accountId"
        size="middle"
        dataSource={accounts}
        columns={columns}
        scroll={{ x: 1240 }}
        pagination={false}
      />
    </>
  );
}

function Acts({ account: { accountId, name, actions } }: { account: AccountSecurityView }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<AccountSecurityAction>();
  async function carryOut(action: AccountSecurityAction, reason: string): Promise<Failure | undefined> {
    try {
      await call(`account-security:${action}`, { params: { accountId }, body: { reason } });
    } catch (thrown) {
      return toFailure(thrown);
    }
    setAsking(undefined);
    message.success(t(`accountSecurity:${action}.done`, { name }));
    await client.invalidateQueries({ queryKey: QUERY_KEY });
    return undefined;
  }
  return (
    <div className="table-acts">
      {actions.map((action) => (
        <Button key={action} size="small" onClick={() => setAsking(action)}>
          {t(`accountSecurity:${action}.label`)}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          title={t(`accountSecurity:${asking}.label`)}
          text={t(`accountSecurity:${asking}.text`, { name })}
          confirm={t(`accountSecurity:${asking}.label`)}
          danger={asking === 'reset-factor'}
          wording={{
            label: t('reasonLabel'),
            placeholder: t('accounts:acts.reasonPlaceholder'),
            missing: t('failures:reason.reason-missing'),
          }}
          onConfirm={(reason) => carryOut(asking, reason)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
