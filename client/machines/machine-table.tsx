import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Table, type TableProps } from 'antd';
import type { MachineView } from '../../server/contract/machine.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { machinesQuery } from './queries.ts';
import { scopeKey } from './scope-key.ts';

type Columns = NonNullable<TableProps<MachineView>['columns']>;
/** So many fit on a page of a small screen. */
const A_PAGE = 20;

/** Programs, what each may do, and how each is ended. */
export function MachineTable({ machines }: { machines: MachineView[] }) {
  const t = useTexts();
  const formats = useFormats();
  const columns: Columns = [
    { title: t('machines:columns.name'), dataIndex: 'name', width: 200 },
    { title: t('machines:columns.facility'), dataIndex: 'facilityName', width: 200 },
    {
      title: t('machines:columns.scopes'),
      width: 110,
      render: (_, { scopes }) => scopes.map((scope) => t(`machines:scopeShort.${scopeKey(scope)}`)).join(' · '),
    },
    {
      title: t('machines:columns.state'),
      width: 150,
      render: (_, { state, revokedAt, revokedBy }) => (
        <>
          <span className="person-state" data-state={state === 'active' ? 'active' : 'disabled'}>
            {t(`machines:state.${state}`)}
          </span>
          {revokedAt && (
            <div className="people-title">
              {t('machines:revokedBy', { name: revokedBy ?? '', at: formats.moment(revokedAt) })}
            </div>
          )}
        </>
      ),
    },
    {
      title: t('machines:columns.expires'),
      className: 'numbers',
      width: 150,
      render: (_, { expiresAt }) => formats.moment(expiresAt),
    },
    {
      title: t('machines:columns.used'),
      className: 'numbers',
      width: 150,
      render: (_, { usedAt }) => (usedAt ? formats.moment(usedAt) : t('machines:never')),
    },
    {
      title: t('machines:columns.made'),
      className: 'numbers',
      width: 180,
      render: (_, { madeBy, madeAt }) => t('machines:madeBy', { name: madeBy, at: formats.moment(madeAt) }),
    },
    {
      title: t('machines:columns.acts'),
      width: 100,
      render: (_, machine) => machine.mayRevoke && <Revoke machine={machine} />,
    },
  ];
  return (
    <Table<MachineView>
      rowKey="machineId"
      size="middle"
      dataSource={machines}
      columns={columns}
      scroll={{ x: 1240 }}
      pagination={machines.length > A_PAGE && { pageSize: A_PAGE, showSizeChanger: false }}
    />
  );
}

function Revoke({ machine: { machineId, name } }: { machine: MachineView }) {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const revoke = useMutation({
    mutationFn: () => call('machine:revoke', { params: { machineId } }),
    onSuccess: () => void message.success(t('machines:revoked', { name })),
    onError: (error) => void message.error(failureText(toFailure(error))),
    onSettled: () => client.invalidateQueries({ queryKey: machinesQuery.queryKey }),
  });
  return (
    <button
      type="button"
      className="button"
      aria-label={t('machines:revokeOne', { name })}
      disabled={revoke.isPending}
      onClick={() =>
        modal.confirm({
          title: t('machines:revokeOne', { name }),
          content: t('machines:revokeConfirm', { name }),
          okText: t('machines:revoke'),
          cancelText: t('cancel'),
          okButtonProps: { danger: true },
          onOk: () => revoke.mutateAsync().catch(() => undefined),
        })
      }
    >
      {t('machines:revoke')}
    </button>
  );
}
