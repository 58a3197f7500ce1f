import { Link } from 'react-router';
import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StateTag, UrgencyTag } from '../../ui/tags.tsx';

/** The cases of one patient that the reader may open, the latest first. */
export function CasesOfPatient({ cases }: { cases: ConsultationSummary[] }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <section className="panel" aria-labelledby="cases">
      <h2 id="cases">{t('patients:page.cases')}</h2>
      <ul className="patient-cases">
        {cases.map((line) => (
          <li key={line.consultationId}>
            <span className="patient-case-head">
              <Link
                className="numbers"
                to={`/consultations/${line.consultationId}`}
                aria-label={t('workList:open', { caseNumber: line.caseNumber })}
              >
                {line.caseNumber}
              </Link>
              <UrgencyTag urgency={line.urgency} />
              <StateTag state={line.state} />
              <span className="patient-quiet numbers">{formats.moment(line.submittedAt ?? line.changedAt)}</span>
            </span>
            <span>{[line.diagnosisLabel, line.wantedSpecialty].filter(Boolean).join(' · ')}</span>
            <span className="patient-quiet">
              {[line.requesterFacilityName, line.requesterName, line.specialistName].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
