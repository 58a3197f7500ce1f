import { useQuery } from '@tanstack/react-query';
import type { PractitionerView } from '../../server/contract/practitioner.ts';
import { toFailure } from '../api/failures.ts';
import { useSession } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PersonPhoto } from '../ui/person-photo.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LicenceTag } from './licence-tag.tsx';
import { ownPractitionerQuery } from './people-data.ts';
import './people.css';

/** What is on file of the person's own licence. */
export function OwnLicence() {
  const t = useTexts();
  const practitioner = useQuery(ownPractitionerQuery);
  return (
    <section className="panel" aria-labelledby="own-licence">
      <h2 id="own-licence">{t('accounts:licence.title')}</h2>
      <p>{t('accounts:licence.own.text')}</p>
      {practitioner.isPending && <Skeleton lines={4} lineHeightPx={28} />}
      {practitioner.error && (
        <FailureNotice failure={toFailure(practitioner.error)} onRetry={() => void practitioner.refetch()} />
      )}
      {practitioner.data && <Facts practitioner={practitioner.data} />}
    </section>
  );
}

function Facts({ practitioner }: { practitioner: PractitionerView }) {
  const t = useTexts();
  const formats = useFormats();
  const { person } = useSession();
  const { licenceNumber, category, grade, validFrom, validTo, yearsIndependent, specialties } = practitioner;
  const period = [validFrom, validTo].map((day) => (day === null ? '' : formats.day(day)));
  const facts = {
    number: licenceNumber,
    category: [category && t(`accounts:licence.categories.${category}`), grade && t(`accounts:licence.grades.${grade}`)]
      .filter(Boolean)
      .join(' · '),
    validity: validFrom === null ? period[1] : period.join(' – '),
    practice: yearsIndependent === null ? '' : t('accounts:licence.years', { count: yearsIndependent }),
    specialties: formats.list(specialties),
  };
  return (
    <>
      <p className="person-standing">
        <PersonPhoto
          accountId={practitioner.accountId}
          name={person.name}
          version={practitioner.photoSha256 ?? 'none'}
        />
        <LicenceTag licence={practitioner.licence} />
      </p>
      <dl className="own-licence">
        {(Object.keys(facts) as (keyof typeof facts)[]).map((name) => (
          <div key={name}>
            <dt>{t(`accounts:licence.${name}`)}</dt>
            <dd className={name === 'number' ? 'numbers' : undefined}>{facts[name] || t('accounts:licence.none')}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
