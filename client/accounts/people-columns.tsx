import type { TableProps } from 'antd';
import type { ManagedPersonView, PeopleQuery, PeopleSort } from '../../server/contract/people.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { LicenceTag } from './licence-tag.tsx';
import { StateTag } from './state-tag.tsx';

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

/** What the table of people says of each. */
export function usePeopleColumns(query: Partial<PeopleQuery>, onOpen: (accountId: string) => void): Columns {
  const t = useTexts();
  const formats = useFormats();
  const sorted = (sort: PeopleSort) => ({
    key: sort,
    sorter: true,
    sortOrder: query.sort === sort ? ORDERS[query.order ?? 'ascending'] : null,
  });
  return [
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
}

/** Whether a column stands in the table, by what of it was left out. */
export const isColumnShown = (key: unknown, isShown: (column: PeopleColumn) => boolean): boolean =>
  key === 'name' || isShown(COLUMN_OF_SORT[String(key)] ?? (key as PeopleColumn));
