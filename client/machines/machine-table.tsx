import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Table, type TableProps } from 'antd';
import type { MachineView } from '../../server/contract/machine.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { History } from '../history/history.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { machinesQuery } from './queries.ts';
import { scopeKey } from './scope-key.ts';
import '../accounts/person-state.css';

type Columns = NonNullable<TableProps<MachineView>['columns']>;
/** So many fit on a page of a small screen. */
const A_PAGE = 20;

/** Machines, what each may do, and how each is ended. */
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
      render: (_, { state, revokedAt, revokedBy, confirmUntil, confirmedAt, confirmedBy }) => (
        <>
          <span className="person-state" data-state={STATES[state] ?? 'disabled'}>
            {t(`machines:state.${state}`)}
          </span>
          {revokedAt && (
            <div className="people-title">
              {t('machines:revokedBy', { name: revokedBy ?? '', at: formats.moment(revokedAt) })}
            </div>
          )}
          {state === 'unconfirmed' && confirmUntil && (
            <div className="people-title">{t('machines:confirmUntil', { at: formats.moment(confirmUntil) })}</div>
          )}
          {confirmedAt && (
            <div className="people-title">
              {confirmedBy === null
                ? t('machines:unasked')
                : t('machines:confirmedBy', { name: confirmedBy, at: formats.moment(confirmedAt) })}
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
      width: 130,
      render: (_, machine) => (
        <div className="table-acts">
          {machine.mayConfirm && <Act machine={machine} act="confirm" />}
          {machine.mayRevoke && <Act machine={machine} act="revoke" />}
        </div>
      ),
    },
  ];
  return (
    <Table<MachineView>
      rowKey="machineId"
      size="middle"
      dataSource={machines}
      columns={columns}
      scroll={{ x: 1300 }}
      expandable={{
        columnTitle: <span className="visually-hidden">{t('administration:tabs.history')}</span>,
        expandedRowRender: ({ machineId }) => (
          <History
            subjectId={machineId}
            area="machine"
            read={(query, signal) => call('machine:history', { params: { machineId }, query, signal })}
          />
        ),
      }}
      pagination={machines.length > A_PAGE && { pageSize: A_PAGE, showSizeChanger: false }}
    />
  );
}

/** Drawn as states of accounts are. */
const STATES: Partial<Record<MachineView['state'], string>> = { active: 'active', unconfirmed: 'invited' };

function Act({ machine: { machineId, name }, act }: { machine: MachineView; act: 'confirm' | 'revoke' }) {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const carryOut = useMutation({
    mutationFn: () => call(`machine:${act}`, { params: { machineId } }),
    onSuccess: () => void message.success(t(`machines:acts.${act}.done`, { name })),
    onError: (error) => void message.error(failureText(toFailure(error))),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: machinesQuery.queryKey }),
        client.invalidateQueries({ queryKey: ['history', machineId] }),
      ]),
  });
  return (
    <button
      type="button"
      className="button"
      aria-label={t(`machines:acts.${act}.title`, { name })}
      disabled={carryOut.isPending}
      onClick={() =>
        modal.confirm({
          title: t(`machines:acts.${act}.title`, { name }),
          content: t(`machines:acts.${act}.ask`, { name }),
          okText: t(`machines:acts.${act}.label`),
          cancelText: t('cancel'),
          okButtonProps: { danger: act === 'revoke' },
          onOk: () => carryOut.mutateAsync().catch(() => undefined),
        })
      }
    >
      {t(`machines:acts.${act}.label`)}
    </button>
  );
}
