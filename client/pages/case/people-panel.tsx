import type { PersonView } from '../../../server/contract/account.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useTexts } from '../../i18n/use-texts.ts';

export function PeoplePanel({ view }: { view: ConsultationView }) {
  const t = useTexts();
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
          <Person key={person.accountId} person={person} part={t(`terms:role.${person.role}`)} />
        ))}
      </ul>
    </section>
  );
}

function Person({ person, part }: { person: PersonView; part: string }) {
  return (
    <li>
      <span className="case-quiet">{part}</span>
      <span>
        <strong>{person.name}</strong> {person.title}
      </span>
      <span className="case-quiet">{[person.specialty, person.facilityName].filter(Boolean).join(' · ')}</span>
    </li>
  );
}
