import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedPersonView, PeopleQuery, PersonWithLink } from '../../../server/contract/people.ts';
import { EditPerson } from '../../accounts/edit-person.tsx';
import { LinkSlip } from '../../accounts/link-slip.tsx';
import { NewAppointment } from '../../accounts/new-appointment.tsx';
import { NewPerson } from '../../accounts/new-person.tsx';
import { PeopleBulk } from '../../accounts/people-bulk.tsx';
import { PEOPLE_COLUMNS, type PeopleColumn } from '../../accounts/people-columns.tsx';
import { choicesQuery, peopleQuery } from '../../accounts/people-data.ts';
import { PeopleFilter } from '../../accounts/people-filter.tsx';
import { PeopleTable } from '../../accounts/people-table.tsx';
import { usePeopleView } from '../../accounts/use-people-view.ts';
import { toFailure } from '../../api/failures.ts';
import { usePermission } from '../../api/session.tsx';
import type { Language } from '../../i18n/i18n.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ColumnChoice, useHiddenColumns } from '../../ui/column-choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoPermission } from '../no-permission.tsx';
import '../../accounts/people.css';
import '../../facilities/records.css';

export function PeoplePage() {
  return usePermission('account:manage') ? <People /> : <NoPermission />;
}

/** The people whom an administrator answers for. */
function People() {
  const t = useTexts();
  const language = useLanguage();
  const { query, isNarrowed, change, clear } = usePeopleView();
  const people = useQuery(peopleQuery(query));
  const choices = useQuery(choicesQuery);
  const [opened, setOpened] = useState<'new' | 'appointment' | { accountId: string }>();
  const [made, setMade] = useState<PersonWithLink>();
  const [chosen, setChosen] = useState<ManagedPersonView[]>([]);
  const columns = useHiddenColumns<PeopleColumn>('people');
  const failed = people.error ?? choices.error;
  const close = () => setOpened(undefined);
  const show = (one: PersonWithLink) => {
    close();
    setMade(one);
  };
  return (
    <>
      <div className="people-head">
        <p className="page-intro">{t('accounts:people.intro')}</p>
        <div className="person-acts">
          <button type="button" className="button" disabled={!choices.data} onClick={() => setOpened('appointment')}>
            {t('appointments:new')}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={!choices.data}
            onClick={() => setOpened('new')}
          >
            <PlusIcon />
            {t('accounts:people.invite')}
          </button>
        </div>
      </div>
      <PeopleFilter query={query} choices={choices.data} isNarrowed={isNarrowed} change={change} clear={clear}>
        <a className="button" href={exportAddress(query, language)} download>
          {t('accounts:people.export')}
        </a>
        <ColumnChoice
          columns={PEOPLE_COLUMNS.map((key) => ({ key, title: t(`accounts:people.columns.${key}`) }))}
          isShown={columns.isShown}
          onShow={columns.show}
        />
      </PeopleFilter>
      {chosen.length > 0 && <PeopleBulk people={chosen} onClear={() => setChosen([])} />}
      {failed && (
        <FailureNotice
          failure={toFailure(failed)}
          onRetry={() => void Promise.all([people.refetch(), choices.refetch()])}
        />
      )}
      {people.isPending && (
        <div className="panel">
          <Skeleton lines={8} lineHeightPx={40} />
        </div>
      )}
      {people.data && people.data.total === 0 && (
        <EmptyState
          title={t(`accounts:people.${isNarrowed ? 'noMatch' : 'empty'}.title`)}
          text={t(`accounts:people.${isNarrowed ? 'noMatch' : 'empty'}.text`)}
        />
      )}
      {people.data && people.data.total > 0 && (
        <PeopleTable
          page={people.data}
          query={query}
          loading={people.isPlaceholderData}
          isShown={columns.isShown}
          chosen={chosen}
          onChoose={setChosen}
          onOpen={(accountId) => setOpened({ accountId })}
          onChange={change}
        />
      )}
      {opened === 'new' && choices.data && <NewPerson choices={choices.data} onMade={show} onClose={close} />}
      {opened === 'appointment' && choices.data && <NewAppointment choices={choices.data} onClose={close} />}
      {typeof opened === 'object' && choices.data && (
        <EditPerson accountId={opened.accountId} choices={choices.data} onLink={show} onClose={close} />
      )}
      {made && <LinkSlip made={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

/** Of those whom the table shows, all pages of it. */
function exportAddress({ search, role, facilityId, state, licence }: Partial<PeopleQuery>, language: Language): string {
  const filter = Object.entries({ search, role, facilityId, state, licence }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return `/api/exports/people?${new URLSearchParams([['format', 'xlsx'], ['language', language], ...filter])}`;
}
