import { Table } from 'antd';
import type { AuditEntryView } from '../../../server/contract/audit.ts';
import { call } from '../../api/http.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ActDetail } from './act-detail.tsx';
import { Actor, CaseNumber } from './cells.tsx';
import { Entries } from './entries.tsx';
import { ExportButton } from './export-button.tsx';
import { type AuditFilter, FilterBar, filterQuery } from './filter.tsx';
import { useEntries } from './use-entries.ts';
import { useWords } from './words.ts';

export function Acts({ filter }: { filter: AuditFilter }) {
  const t = useTexts();
  const formats = useFormats();
  const words = useWords();
  const query = filterQuery(filter);
  const entries = useEntries({
    name: 'acts',
    query,
    read: (page, signal) => call('audit:list', { query: { ...query, ...page }, signal }),
    positionOf: (entry: AuditEntryView) => entry.sequence,
  });
  return (
    <>
      <FilterBar filter={filter} actorName={entries.rows[0]?.actorName}>
        <ExportButton<AuditEntryView>
          trail="acts"
          filter={filter}
          head={[
            t('audit:columns.sequence'),
            t('audit:columns.at', { zone: formats.zone }),
            t('audit:columns.actor'),
            t('audit:columns.facility'),
            t('audit:columns.act'),
            t('audit:columns.case'),
            t('audit:columns.detail'),
            'hash',
          ]}
          readPage={(page) => call('audit:list', { query: { ...query, ...page } })}
          positionOf={(entry) => entry.sequence}
          toRow={(entry) => [
            String(entry.sequence),
            formats.second(entry.at),
            words.actor(entry),
            entry.facilityName,
            words.act(entry.action),
            entry.caseNumber ?? '',
            JSON.stringify(entry.detail),
            entry.hash,
          ]}
        />
      </FilterBar>
      <Entries entries={entries}>
        <Table<AuditEntryView>
          rowKey="sequence"
          size="small"
          dataSource={entries.rows}
          pagination={false}
          scroll={{ x: 1000 }}
          expandable={{
            columnTitle: <span className="visually-hidden">{t('audit:columns.detail')}</span>,
            expandedRowRender: (entry) => <ActDetail entry={entry} />,
          }}
          columns={[
            { title: t('audit:columns.sequence'), dataIndex: 'sequence', width: 84, className: 'numbers' },
            {
              title: t('audit:columns.at', { zone: formats.zone }),
              dataIndex: 'at',
              width: 220,
              className: 'numbers',
              render: (at: string) => formats.second(at),
            },
            {
              title: t('audit:columns.actor'),
              dataIndex: 'actorName',
              width: 130,
              render: (_, entry) => <Actor entry={entry} filter={filter} />,
            },
            { title: t('audit:columns.facility'), dataIndex: 'facilityName', width: 190 },
            { title: t('audit:columns.act'), dataIndex: 'action', render: (action: string) => words.act(action) },
            {
              title: t('audit:columns.case'),
              dataIndex: 'caseNumber',
              width: 250,
              render: (_, entry) => <CaseNumber entry={entry} filter={filter} />,
            },
          ]}
        />
      </Entries>
    </>
  );
}
