import { useQuery } from '@tanstack/react-query';
import { Input, Table, type TableProps } from 'antd';
import { Link, useSearchParams } from 'react-router';
import {
  type AgreementLine,
  type AgreementQuery,
  AgreementSort,
  AgreementState,
} from '../../server/contract/agreement.ts';
import { toFailure } from '../api/failures.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ColumnChoice, useHiddenColumns } from '../ui/column-choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { AgreementStateTag } from './agreement-state-tag.tsx';
import { Choice } from './field.tsx';
import { PriceText } from './price.tsx';
import { agreementsQuery } from './queries.ts';

const PAGE_SIZE = 20;
/** Those that can be left out; whose agreement it is always stands first. */
const COLUMNS = ['invited', 'services', 'from', 'to', 'state'] as const;
type Column = (typeof COLUMNS)[number];
type Columns = NonNullable<TableProps<AgreementLine>['columns']>;
/** Where a column is named otherwise than the order that it gives. */
const COLUMN_OF_SORT: Record<string, Column> = { 'from-day': 'from', 'to-day': 'to' };
type Narrowed = Pick<AgreementQuery, 'sort' | 'descending' | 'page'> & { q?: string; state?: AgreementState };

/** Filter, order and page stand in the address: a reload and a bookmark show the same. */
function useNarrowed(): [Narrowed, (change: Record<string, string | undefined>) => void] {
  const [search, setSearch] = useSearchParams();
  const q = search.get('q');
  const state = AgreementState.safeParse(search.get('state')).data;
  const narrowed = {
    sort: AgreementSort.safeParse(search.get('sort')).data ?? 'to-day',
    descending: search.get('descending') === 'true',
    page: Math.max(1, Number(search.get('page') ?? 1) || 1),
    ...(q !== null && { q }),
    ...(state && { state }),
  };
  const change = (values: Record<string, string | undefined>) =>
    setSearch(
      (old) => {
        for (const [key, value] of Object.entries(values)) {
          if (value) old.set(key, value);
          else old.delete(key);
        }
        return old;
      },
      { replace: true },
    );
  return [narrowed, change];
}

export function AgreementTable() {
  const t = useTexts();
  const [narrowed, change] = useNarrowed();
  const columns = useHiddenColumns<Column>('agreements');
  const agreements = useQuery(agreementsQuery({ ...narrowed, pageSize: PAGE_SIZE }));
  return (
    <>
      <search className="agreement-filter">
        <Input
          allowClear
          aria-label={t('administration:agreement.search')}
          placeholder={t('administration:agreement.search')}
          value={narrowed.q ?? ''}
          onChange={(event) => change({ q: event.target.value, page: undefined })}
        />
        <Choice
          control={{ 'aria-label': t('administration:agreement.state') }}
          value={narrowed.state ?? ''}
          options={[
            { value: '', label: t('administration:agreement.allStates') },
            ...AgreementState.options.map((value) => ({
              value,
              label: t(`administration:agreement.states.${value}`),
            })),
          ]}
          onChange={(state) => change({ state, page: undefined })}
        />
        {agreements.data && (
          <span role="status">{t('administration:agreement.total', { count: agreements.data.total })}</span>
        )}
        <div className="agreement-filter-end">
          <ColumnChoice
            columns={COLUMNS.map((key) => ({ key, title: t(`administration:agreement.${key}`) }))}
            isShown={columns.isShown}
            onShow={columns.show}
          />
        </div>
      </search>
      {agreements.isPending && <PageSkeleton />}
      {agreements.error && (
        <FailureNotice failure={toFailure(agreements.error)} onRetry={() => void agreements.refetch()} />
      )}
      {agreements.data?.total === 0 && (
        <EmptyState
          title={t('administration:agreement.none')}
          {...(!narrowed.q && !narrowed.state && { text: t('administration:agreement.noneText') })}
        />
      )}
      {agreements.data && agreements.data.total > 0 && (
        <Lines
          lines={agreements.data.agreements}
          total={agreements.data.total}
          narrowed={narrowed}
          isShown={columns.isShown}
          change={change}
        />
      )}
    </>
  );
}

function useColumns({ sort, descending }: Narrowed): Columns {
  const t = useTexts();
  const formats = useFormats();
  const sorting = (key: AgreementQuery['sort']) => ({
    key,
    sorter: true,
    sortOrder: sort === key ? (descending ? ('descend' as const) : ('ascend' as const)) : null,
  });
  return [
    {
      title: t('administration:agreement.inviting'),
      ...sorting('inviting'),
      render: (_, { agreementId, inviting, invited }) => (
        <Link
          to={`/administration/agreements/${agreementId}`}
          aria-label={t('administration:agreement.open', { inviting: inviting.name, invited: invited.name })}
        >
          {inviting.name}
        </Link>
      ),
    },
    {
      title: t('administration:agreement.invited'),
      ...sorting('invited'),
      render: (_, { invited }) => invited.name,
    },
    {
      key: 'services',
      title: t('administration:agreement.services'),
      render: (_, { services }) => services.map((one) => <ServiceText key={one.kind} service={one} />),
    },
    {
      title: t('administration:agreement.from'),
      ...sorting('from-day'),
      className: 'numbers',
      width: 170,
      render: (_, { fromDay }) => formats.day(fromDay),
    },
    {
      title: t('administration:agreement.to'),
      ...sorting('to-day'),
      className: 'numbers',
      width: 170,
      render: (_, { toDay }) => formats.day(toDay),
    },
    {
      key: 'state',
      title: t('administration:agreement.state'),
      width: 200,
      render: (_, line) => <AgreementStateTag line={line} />,
    },
  ];
}

function Lines({
  lines,
  total,
  narrowed,
  isShown,
  change,
}: {
  lines: AgreementLine[];
  total: number;
  narrowed: Narrowed;
  isShown: (column: Column) => boolean;
  change: (values: Record<string, string | undefined>) => void;
}) {
  const columns = useColumns(narrowed);
  return (
    <Table<AgreementLine>
      rowKey="agreementId"
      size="middle"
      dataSource={lines}
      scroll={{ x: 900 }}
      showSorterTooltip={false}
      pagination={{
        current: narrowed.page,
        pageSize: PAGE_SIZE,
        total,
        hideOnSinglePage: true,
        showSizeChanger: false,
      }}
      onChange={({ current }, _, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
        const sort = order ? String(columnKey) : undefined;
        const isSame = sort === narrowed.sort && (order === 'descend') === narrowed.descending;
        change({
          sort,
          descending: order === 'descend' ? 'true' : undefined,
          page: isSame && current && current > 1 ? String(current) : undefined,
        });
      }}
      columns={columns.filter(
        ({ key }) => key === 'inviting' || isShown(COLUMN_OF_SORT[String(key)] ?? (key as Column)),
      )}
    />
  );
}

function ServiceText({ service: { kind, priceFen } }: { service: AgreementLine['services'][number] }) {
  const t = useTexts();
  return (
    <div>
      {t(`terms:caseKind.${kind}`)} · <PriceText priceFen={priceFen} />
    </div>
  );
}
