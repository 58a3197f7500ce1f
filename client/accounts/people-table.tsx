import { Table } from 'antd';
import type { ManagedPersonView, PeoplePage, PeopleQuery, PeopleSort } from '../../server/contract/people.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isColumnShown, type PeopleColumn, usePeopleColumns } from './people-columns.tsx';
import { PEOPLE_A_PAGE } from './use-people-view.ts';

/** One page of people. A name opens its person beside the table. */
export function PeopleTable({
  page,
  query,
  loading,
  isShown,
  chosen,
  onChoose,
  onOpen,
  onChange,
}: {
  page: PeoplePage;
  query: Partial<PeopleQuery>;
  loading: boolean;
  isShown: (column: PeopleColumn) => boolean;
  chosen: ManagedPersonView[];
  onChoose: (people: ManagedPersonView[]) => void;
  onOpen: (accountId: string) => void;
  onChange: (change: Partial<PeopleQuery>) => void;
}) {
  const t = useTexts();
  const columns = usePeopleColumns(query, onOpen);
  const shown = columns.filter(({ key }) => isColumnShown(key, isShown));
  return (
    <Table<ManagedPersonView>
      rowKey="accountId"
      size="middle"
      loading={loading}
      dataSource={page.people}
      columns={shown}
      rowSelection={{
        selectedRowKeys: chosen.map(({ accountId }) => accountId),
        // Who was chosen on another page stays chosen.
        preserveSelectedRowKeys: true,
        onChange: (_, people) => onChoose(people.filter((person) => person !== undefined)),
        getCheckboxProps: ({ name }) => ({ 'aria-label': t('accounts:bulk.choose', { name }) }),
      }}
      scroll={{ x: shown.reduce((sum, { width }) => sum + Number(width ?? 0), 50) }}
      showSorterTooltip={false}
      onRow={({ accountId }) => ({ onDoubleClick: () => onOpen(accountId) })}
      pagination={{
        current: query.page ?? 1,
        pageSize: PEOPLE_A_PAGE,
        total: page.total,
        showSizeChanger: false,
        showTotal: (count) => t('accounts:people.total', { count }),
      }}
      onChange={({ current = 1 }, _filters, sorter, { action }) => {
        if (action === 'paginate') onChange({ page: current });
        if (action !== 'sort' || Array.isArray(sorter)) return;
        // The third press of antd's headings sorts by nothing: here it turns round again.
        const order = sorter.order === 'ascend' ? 'ascending' : 'descending';
        onChange({ sort: sorter.columnKey as PeopleSort, order: sorter.order ? order : 'ascending' });
      }}
    />
  );
}
