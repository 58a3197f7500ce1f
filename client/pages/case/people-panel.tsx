import { App } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PersonView } from '../../../server/contract/account.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { isOvertaken } from '../../../server/contract/failure-fate.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { PersonPhoto } from '../../ui/person-photo.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import type { Acts } from './use-acts.ts';
import { ViewersDialog } from './viewers-dialog.tsx';

export function PeoplePanel({ view, acts }: { view: ConsultationView; acts: Acts }) {
  const t = useTexts();
  const formats = useFormats();
  const { message } = App.useApp();
  const [viewersOpen, setViewersOpen] = useState(false);
  const [removing, setRemoving] = useState<PersonView>();
  const { requester, specialist, invitedFacility } = view;
  const others = view.participants.filter(
    ({ accountId }) => accountId !== requester.accountId && accountId !== specialist?.accountId,
  );
  return (
    <section className="panel" aria-labelledby="people">
      <h2 id="people">{t('case:sections.participants')}</h2>
      <ul className="case-people">
        <Person person={requester} part={t('case:requester')} />
        {specialist ? (
          <Person person={specialist} part={t('case:specialist')} />
        ) : (
          <li>
            <span className="case-quiet">{t('case:specialist')}</span>
            <span>{t('case:nobody')}</span>
            <span className="case-quiet">{invitedFacility?.name}</span>
          </li>
        )}
        {others.map((person) => (
          <Person key={person.accountId} person={person} part={t(`terms:role.${person.role}`)}>
            {view.removableIds.includes(person.accountId) && (
              <button
                type="button"
                className="button"
                aria-label={t('case:removeWhom', { name: person.name })}
                onClick={() => setRemoving(person)}
              >
                {t('case:remove')}
              </button>
            )}
          </Person>
        ))}
      </ul>
      <p className="case-viewers-open">
        <button type="button" className="button" onClick={() => setViewersOpen(true)}>
          {t('case:viewers.open')}
        </button>
      </p>
      {viewersOpen && <ViewersDialog view={view} onClose={() => setViewersOpen(false)} />}
      {view.accessEndsAt && (
        <p className="case-quiet" data-testid="access-ends">
          {t('case:accessEnds', { at: formats.moment(view.accessEndsAt) })}
        </p>
      )}
      {removing && (
        <ReasonDialog
          title={t('case:dialogs.remove.title', { name: removing.name })}
          text={t('case:dialogs.remove.text')}
          confirm={t('case:dialogs.remove.confirm')}
          danger
          onClose={() => setRemoving(undefined)}
          onConfirm={async (reason) => {
            const failure = await acts.remove(removing.accountId, reason);
            if (failure && !isOvertaken(failure)) return failure;
            setRemoving(undefined);
            if (!failure) void message.success(t('case:done.remove', { name: removing.name }));
            return undefined;
          }}
        />
      )}
    </section>
  );
}

function Person({ person, part, children }: { person: PersonView; part: string; children?: ReactNode }) {
  return (
    <li className="case-person">
      <PersonPhoto accountId={person.accountId} name={person.name} />
      <span className="case-quiet">{part}</span>
      <span>
        <strong>{person.name}</strong> {person.title}
      </span>
      <span className="case-quiet">{[person.specialty, person.facilityName].filter(Boolean).join(' · ')}</span>
      {children}
    </li>
  );
}
