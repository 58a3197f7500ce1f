import { Table, type TableProps } from 'antd';
import type { ManagedPersonView, PeoplePage, PeopleQuery, PeopleSort } from '../../server/contract/people.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { LicenceTag } from './licence-tag.tsx';
import { StateTag } from './state-tag.tsx';
import { PEOPLE_A_PAGE } from './use-people-view.ts';

type Columns = NonNullable<TableProps<ManagedPersonView>['columns']>;

/** Those that can be left out; whose line it is always stands first. */
export const PEOPLE_COLUMNS = [
  'login',
  'role',
  'specialty',
  'facility',
  'state',
  'licence',
  'factor',
  'signedIn',
] as const;
export type PeopleColumn = (typeof PEOPLE_COLUMNS)[number];

const ORDERS = { ascending: 'ascend', descending: 'descend' } as const;

/** Where a column is named otherwise than the order that it gives. */
const COLUMN_OF_SORT: Record<string, PeopleColumn> = { 'signed-in': 'signedIn' };

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
  const formats = useFormats();
  const sorted = (sort: PeopleSort) => ({
    key: sort,
    sorter: true,
    sortOrder: query.sort === sort ? ORDERS[query.order ?? 'ascending'] : null,
  });
  const columns: Columns = [
    {
      ...sorted('name'),
      title: t('accounts:people.columns.name'),
      width: 150,
      render: (_, { accountId, name, title }) => (
        <>
          <button
            type="button"
            className="people-open"
            aria-label={t('accounts:people.open', { name })}
            onClick={() => onOpen(accountId)}
          >
            {name}
          </button>
          {title !== '' && <div className="people-title">{title}</div>}
        </>
      ),
    },
    { ...sorted('login'), title: t('accounts:people.columns.login'), dataIndex: 'login', width: 150 },
    {
      ...sorted('role'),
      title: t('accounts:people.columns.role'),
      width: 130,
      render: (_, { role }) => t(`terms:role.${role}`),
    },
    { key: 'specialty', title: t('accounts:people.columns.specialty'), dataIndex: 'specialty', width: 130 },
    { key: 'facility', title: t('accounts:people.columns.facility'), dataIndex: 'facilityName', width: 200 },
    {
      key: 'state',
      title: t('accounts:people.columns.state'),
      width: 100,
      render: (_, { state }) => <StateTag state={state} />,
    },
    {
      key: 'licence',
      title: t('accounts:people.columns.licence'),
      width: 120,
      render: (_, { licence }) => licence && <LicenceTag licence={licence} />,
    },
    {
      key: 'factor',
      title: t('accounts:people.columns.factor'),
      width: 110,
      render: (_, { hasSecondFactor }) => (hasSecondFactor ? t('secondFactor:on') : '—'),
    },
    {
      ...sorted('signed-in'),
      title: t('accounts:people.columns.signedIn'),
      className: 'numbers',
      width: 170,
      render: (_, { signedInAt, isOurs }) => {
        if (signedInAt) return formats.moment(signedInAt);
        return isOurs ? t('accounts:people.never') : '—';
      },
    },
  ];
  const shown = columns.filter(
    ({ key }) => key === 'name' || isShown(COLUMN_OF_SORT[String(key)] ?? (key as PeopleColumn)),
  );
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
