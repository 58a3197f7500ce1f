import { Table } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  type ImportColumn,
  ImportFault,
  type ImportRow,
  ImportRowState,
  type ImportView,
} from '../../server/contract/imports.ts';
import { Choice } from '../facilities/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { columnName } from './column-names.ts';

const ROWS_A_PAGE = 50;

/** Every row of the file with what importing it would do, narrowed by result and by reason. */
export function CheckedRows({ view }: { view: ImportView }) {
  const t = useTexts();
  const [state, setState] = useState<ImportRowState | ''>('');
  const [reason, setReason] = useState<ImportFault | ''>('');
  const reasonsOf = ({ faults }: ImportRow) => faults.map((one) => one.reason);
  const reasons = countOf(view.rows.flatMap((row) => [...new Set(reasonsOf(row))]));
  const withCount = (text: string, count: number) => t('imports:result.withCount', { text, count });
  const rows = view.rows.filter(
    (row) => (state === '' || row.state === state) && (reason === '' || reasonsOf(row).includes(reason)),
  );
  return (
    <>
      <search className="import-filter">
        <Choice
          control={{ 'aria-label': t('imports:result.filterState') }}
          value={state}
          options={[
            { value: '' as const, label: t('imports:result.allStates', { count: view.rows.length }) },
            ...ImportRowState.options.map((value) => ({
              value,
              label: withCount(t(`imports:states.${value}`), view.counts[value]),
            })),
          ]}
          onChange={setState}
        />
        {reasons.size > 0 && (
          <Choice
            control={{ 'aria-label': t('imports:result.filterReason') }}
            value={reason}
            options={[
              { value: '' as const, label: t('imports:result.allReasons') },
              ...ImportFault.options
                .filter((value) => reasons.has(value))
                .map((value) => ({ value, label: withCount(t(`imports:faults.${value}`), reasons.get(value) ?? 0) })),
            ]}
            onChange={setReason}
          />
        )}
      </search>
      <Rows view={view} rows={rows} />
    </>
  );
}

function countOf<T>(all: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function Rows({ view: { kind, columns, counts }, rows }: { view: ImportView; rows: ImportRow[] }) {
  const t = useTexts();
  return (
    <Table<ImportRow>
      rowKey="line"
      size="small"
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('imports:result.noMatch') }}
      pagination={{ pageSize: ROWS_A_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: t('imports:result.line'), dataIndex: 'line', className: 'numbers', width: 70, fixed: 'left' },
        {
          title: t('imports:result.state'),
          width: 100,
          fixed: 'left',
          render: (_, { state }) => (
            <span className="import-state" data-state={state}>
              {t(`imports:states.${state}`)}
            </span>
          ),
        },
        {
          title: t('imports:result.problem'),
          width: 320,
          hidden: counts.faulty === 0,
          render: (_, { faults }) => <Faults kind={kind} faults={faults} />,
        },
        ...columns.map((column, at) => ({
          title: columnName(t, kind, column),
          render: (_: unknown, row: ImportRow): ReactNode => (
            <CellText row={row} column={column} text={row.cells[at] ?? ''} />
          ),
        })),
      ]}
    />
  );
}

function CellText({ row, column, text }: { row: ImportRow; column: ImportColumn; text: string }) {
  const t = useTexts();
  const change = row.changes.find((one) => one.column === column);
  const isFaulty = row.faults.some((one) => one.column === column);
  return (
    <div className="import-cell" data-faulty={isFaulty} data-changed={change !== undefined}>
      {text || ((isFaulty || change) && t('imports:result.empty'))}
      {change && <small>{t('imports:result.before', { text: change.before || t('imports:result.empty') })}</small>}
    </div>
  );
}

function Faults({ kind, faults }: { kind: ImportView['kind']; faults: ImportRow['faults'] }) {
  const t = useTexts();
  return (
    <ul className="import-faults">
      {faults.map(({ column, reason, line }) => (
        <li key={`${column} ${reason}`}>
          <b>{column === null ? t('imports:result.rowAtFault') : columnName(t, kind, column)}</b>{' '}
          {t(`imports:faults.${reason}`)}
          {line !== null && t('imports:result.otherLine', { line })}
        </li>
      ))}
    </ul>
  );
}
