import { Table } from 'antd';
import type { AdministrationActView } from '../../../server/contract/audit.ts';
import { call } from '../../api/http.ts';
import { usePermission } from '../../api/session.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { DetailLines } from '../audit/act-detail.tsx';
import { Entries } from '../audit/entries.tsx';
import { useEntries } from '../audit/use-entries.ts';
import { useWords } from '../audit/words.ts';
import { NoPermission } from '../no-permission.tsx';
import '../audit/audit.css';

export function ActsPage() {
  return usePermission('administration-acts:read') ? <Acts /> : <NoPermission />;
}

/** What system and audit administrators did: of cases and patients there is nothing here. */
function Acts() {
  const t = useTexts();
  const formats = useFormats();
  const words = useWords();
  const entries = useEntries({
    name: 'administration-acts',
    query: {},
    read: (page, signal) => call('administration-acts:list', { query: page, signal }),
    positionOf: (entry: AdministrationActView) => entry.sequence,
  });
  return (
    <>
      <p className="page-intro acts-intro">{t('audit:administration.intro')}</p>
      <Entries entries={entries}>
        <Table<AdministrationActView>
          rowKey="sequence"
          size="small"
          dataSource={entries.rows}
          pagination={false}
          scroll={{ x: 1000 }}
          expandable={{
            columnTitle: <span className="visually-hidden">{t('audit:columns.detail')}</span>,
            rowExpandable: ({ detail }) => Object.keys(detail).length > 0,
            expandedRowRender: ({ detail }) => (
              <dl className="audit-detail">
                <DetailLines detail={detail} />
              </dl>
            ),
          }}
          columns={[
            {
              title: t('audit:columns.at', { zone: formats.zone }),
              dataIndex: 'at',
              width: 200,
              className: 'numbers',
              render: (at: string) => formats.second(at),
            },
            { title: t('audit:columns.actor'), dataIndex: 'actorName', width: 120 },
            {
              title: t('audit:administration.role'),
              dataIndex: 'actorRole',
              width: 150,
              render: (role: AdministrationActView['actorRole']) => t(`terms:role.${role}`),
            },
            { title: t('audit:columns.facility'), dataIndex: 'facilityName', width: 180 },
            { title: t('audit:columns.act'), dataIndex: 'action', render: (action: string) => words.act(action) },
            {
              title: t('audit:subject'),
              dataIndex: 'subjectName',
              width: 200,
              render: (name: string | null, { subjectKind }) => name ?? words.subject(subjectKind),
            },
          ]}
        />
      </Entries>
    </>
  );
}
