import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toFailure } from '../../api/failures.ts';
import { lastSearchKey, patientSearchQuery } from '../../api/patients.ts';
import { usePermission } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoPermission } from '../no-permission.tsx';
import { PatientTable } from './patient-table.tsx';
import '../../ui/row-table.css';
import './patients.css';

export function PatientsPage() {
  return usePermission('patient:search') ? <Patients /> : <NoPermission />;
}

function Patients() {
  const t = useTexts();
  const client = useQueryClient();
  const [search, setSearch] = useState(() => client.getQueryData<string>(lastSearchKey) ?? '');
  const found = useQuery(patientSearchQuery(search));
  const lines = search === '' ? undefined : found.data?.lines;
  return (
    <Page title={t('patients:title')} intro={t('patients:intro')}>
      <search className="patients-search">
        <SearchBox
          className="patients-search-box"
          size="large"
          label={t('patients:search')}
          hint={t('patients:searchHint')}
          value={search}
          onSearch={(text) => {
            client.setQueryData(lastSearchKey, text);
            setSearch(text);
          }}
        />
      </search>
      <p className="visually-hidden" role="status">
        {lines && !found.isPlaceholderData ? t('patients:found', { count: lines.length }) : ''}
      </p>
      {search === '' && <EmptyState title={t('patients:start.title')} text={t('patients:start.text')} />}
      {found.error && <FailureNotice failure={toFailure(found.error)} onRetry={() => void found.refetch()} />}
      {search !== '' && found.isPending && (
        <div className="panel">
          <Skeleton lines={6} lineHeightPx={40} />
        </div>
      )}
      {lines?.length === 0 && <EmptyState title={t('patients:none.title')} text={t('patients:none.text')} />}
      {lines && lines.length > 0 && (
        <div aria-busy={found.isPlaceholderData}>
          <PatientTable lines={lines} />
          {found.data?.more && <p className="patients-more">{t('patients:more', { count: lines.length })}</p>}
        </div>
      )}
    </Page>
  );
}
