import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useMemo } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { consultationsQuery } from '../../api/consultations.ts';
import { toFailure } from '../../api/failures.ts';
import { usePermission } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FullPageNotice } from '../../ui/full-page-notice.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CaseTable } from './case-table.tsx';
import { LeftTexts } from './left-texts.tsx';
import { LISTS, type ListName, sortIntoLists } from './lists.ts';
import './work-list.css';

export function WorkListPage() {
  const t = useTexts();
  const lists = usePermission('consultation:list');
  const audits = usePermission('audit:read');
  if (lists) return <WorkList />;
  if (audits) return <Navigate to="/audit" replace />;
  return <FullPageNotice title={t('workList:noPart.title')} text={t('workList:noPart.text')} />;
}

function WorkList() {
  const t = useTexts();
  const navigate = useNavigate();
  const creates = usePermission('consultation:create');
  const [search, setSearch] = useSearchParams();
  const cases = useQuery(consultationsQuery);
  const lists = useMemo(() => sortIntoLists(cases.data ?? []), [cases.data]);
  const shown = LISTS.find((name) => name === search.get('list')) ?? 'mine';
  const offered = LISTS.filter((name) => name !== 'drafts' || creates || lists.drafts.length > 0);

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
      <Segmented<ListName>
        size="large"
        aria-label={t('workList:title')}
        value={shown}
        options={offered.map((name) => ({
          value: name,
          label: (
            <span>
              {t(`workList:tabs.${name}`)}
              {cases.data && (
                <span className="list-count numbers" data-alert={name === 'mine' && lists.mine.length > 0}>
                  {lists[name].length}
                </span>
              )}
            </span>
          ),
        }))}
        onChange={(name) => setSearch(name === 'mine' ? {} : { list: name }, { replace: true })}
      />
      <section className="work-list" aria-label={t(`workList:tabs.${shown}`)}>
        {cases.error && <FailureNotice failure={toFailure(cases.error)} onRetry={() => void cases.refetch()} />}
        {cases.isPending && (
          <div className="panel">
            <Skeleton lines={6} lineHeightPx={40} />
          </div>
        )}
        {cases.data &&
          (lists[shown].length === 0 ? (
            <div className="panel">
              <EmptyState
                title={t(`workList:empty.${shown}.title`)}
                text={
                  creates && shown !== 'finished' ? t('workList:empty.createText') : t(`workList:empty.${shown}.text`)
                }
              />
            </div>
          ) : (
            <CaseTable cases={lists[shown]} waiting={shown === 'mine'} />
          ))}
      </section>
    </Page>
  );
}
