import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import {
  MAX_COUNTED,
  type WorkListCounts,
  type WorkListDesk,
  type WorkListFilter,
  type WorkListName,
} from '../../../server/contract/work-list.ts';
import { toFailure } from '../../api/failures.ts';
import { useAdministers, usePermission } from '../../api/session.tsx';
import { workListCountsQuery, workListDeskQuery } from '../../api/work-list.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FullPageNotice } from '../../ui/full-page-notice.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Cases } from './cases.tsx';
import { FilterBar, SortChoice } from './filter-bar.tsx';
import { LeftTexts } from './left-texts.tsx';
import { filterFor, firstList, LISTS } from './lists.ts';
import { RunningCalls } from './running-calls.tsx';
import { StateFilter } from './state-filter.tsx';
import { useListView } from './use-filter.ts';
import '../../ui/row-table.css';
import './work-list.css';

export function WorkListPage() {
  const t = useTexts();
  const lists = usePermission('consultation:list');
  const audits = usePermission('audit:read');
  const administers = useAdministers();
  const watches = usePermission('demonstration:watch');
  if (lists) return <WorkList />;
  if (audits) return <Navigate to="/audit" replace />;
  if (administers) return <Navigate to="/administration" replace />;
  if (watches) return <Navigate to="/demonstrations" replace />;
  return <FullPageNotice title={t('workList:noPart.title')} text={t('workList:noPart.text')} />;
}

function WorkList() {
  const t = useTexts();
  const navigate = useNavigate();
  const creates = usePermission('consultation:create');
  const desk = useQuery(workListDeskQuery);
  return (
    <Page
      title={t('workList:title')}
      actions={
        creates && (
          <button
            type="button"
            className="button button-primary new-consultation"
            title={t('workList:newHint')}
            onClick={() => void navigate('/consultations/new')}
          >
            <PlusIcon />
            {t('workList:newConsultation')}
          </button>
        )
      }
    >
      <LeftTexts />
      {desk.data && <Lists desk={desk.data} />}
      {desk.error && <FailureNotice failure={toFailure(desk.error)} onRetry={() => void desk.refetch()} />}
      {desk.isPending && (
        <div className="panel">
          <Skeleton lines={6} lineHeightPx={40} />
        </div>
      )}
    </Page>
  );
}

function Lists({ desk }: { desk: WorkListDesk }) {
  const t = useTexts();
  const creates = usePermission('consultation:create');
  const [search, setSearch] = useSearchParams();
  const view = useListView();
  // Chosen once: a list that empties under the person's hands must not change before their eyes.
  const [first] = useState(() => firstList(desk.counts));
  const shown = LISTS.find((name) => name === search.get('list')) ?? first;
  const sort = view.sort ?? (shown === 'mine' ? 'waiting' : 'newest');
  const filter = filterFor(shown, view.filter, desk.states);
  const isNarrowed = Object.keys(filter).length > 0;
  const counts = useCounts(view.filter, desk);
  const offered = LISTS.filter((name) => name !== 'drafts' || creates || desk.counts.drafts > 0);
  return (
    <>
      <RunningCalls calls={desk.calls} />
      <div className="list-heads">
        <Segmented<WorkListName>
          size="large"
          aria-label={t('workList:title')}
          value={shown}
          options={offered.map((name) => ({
            value: name,
            label: (
              <span>
                {t(`workList:tabs.${name}`)}
                <Count of={counts?.[name]} isAlert={name === 'mine'} />
              </span>
            ),
          }))}
          onChange={(name) => setSearch({ list: name }, { replace: true })}
        />
        <StateFilter states={desk.states[shown]} filter={filter} narrow={view.narrow} />
        <SortChoice list={shown} sort={sort} onSort={view.order} />
      </div>
      <FilterBar {...view} filter={filter} isNarrowed={isNarrowed} facilities={desk.facilities} />
      <Cases list={shown} filter={filter} sort={sort} isNarrowed={isNarrowed} onClear={view.clear} />
    </>
  );
}

/** How many there are, where they were counted. */
function Count({ of: count, isAlert }: { of: number | null | undefined; isAlert: boolean }) {
  if (count === undefined || count === null) return null;
  return (
    <span className="list-count numbers" data-alert={isAlert && count > 0}>
      {count > MAX_COUNTED ? `${MAX_COUNTED}+` : count}
    </span>
  );
}

/** What each tab would show if it were chosen: a list that does not know the chosen state is not narrowed by it. */
function useCounts(filter: WorkListFilter, { counts: all, states }: WorkListDesk): WorkListCounts | undefined {
  const { state, ...stateless } = filter;
  const isNarrowed = Object.keys(stateless).length > 0;
  const within = useQuery({ ...workListCountsQuery(filter), enabled: state !== undefined });
  const beside = useQuery({ ...workListCountsQuery(stateless), enabled: isNarrowed });
  const others = isNarrowed ? beside.data : all;
  if (state === undefined || !others) return others;
  const chosen = within.data;
  if (!chosen) return undefined;
  const of = <Name extends WorkListName>(name: Name): WorkListCounts[Name] =>
    (filterFor(name, filter, states).state === undefined ? others : chosen)[name];
  return { mine: of('mine'), running: of('running'), finished: of('finished'), drafts: of('drafts') };
}
