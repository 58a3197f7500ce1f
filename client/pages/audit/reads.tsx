import { Table } from 'antd';
import type { AccessEntryView } from '../../../server/contract/audit.ts';
import { call } from '../../api/http.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Actor, CaseNumber } from './cells.tsx';
import { Entries } from './entries.tsx';
import { ExportButton } from './export-button.tsx';
import { type AuditFilter, FilterBar, filterQuery } from './filter.tsx';
import { useEntries } from './use-entries.ts';
import { useWords } from './words.ts';

export function Reads({ filter }: { filter: AuditFilter }) {
  const t = useTexts();
  const formats = useFormats();
  const words = useWords();
  const query = filterQuery(filter);
  const entries = useEntries({
    name: 'reads',
    query,
    read: (page, signal) => call('audit:accesses', { query: { ...query, ...page }, signal }),
    positionOf: (entry: AccessEntryView) => entry.position,
  });
  return (
    <>
      <FilterBar filter={filter} actorName={entries.rows[0]?.actorName}>
        <ExportButton<AccessEntryView>
          trail="accesses"
          filter={filter}
          head={[
            t('audit:columns.at', { zone: formats.zone }),
            t('audit:columns.actor'),
            t('audit:columns.facility'),
            t('audit:columns.read'),
            t('audit:columns.basis'),
            t('audit:columns.case'),
          ]}
          readPage={(page) => call('audit:accesses', { query: { ...query, ...page } })}
          positionOf={(entry) => entry.position}
          toRow={(entry) => [
            formats.second(entry.at),
            words.actor(entry),
            entry.facilityName,
            words.subject(entry.subjectKind),
            t(`audit:basis.${entry.basis}`),
            entry.caseNumber ?? '',
          ]}
        />
      </FilterBar>
      <Entries entries={entries}>
        <Table<AccessEntryView>
          rowKey="accessId"
          size="small"
          dataSource={entries.rows}
          pagination={false}
          scroll={{ x: 1000 }}
          columns={[
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
            {
              title: t('audit:columns.read'),
              dataIndex: 'subjectKind',
              render: (kind: string, entry) => <span title={entry.subjectId}>{words.subject(kind)}</span>,
            },
            {
              title: t('audit:columns.basis'),
              dataIndex: 'basis',
              width: 200,
              render: (_, entry) => t(`audit:basis.${entry.basis}`),
            },
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
