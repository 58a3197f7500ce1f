import { Link } from 'react-router';
import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { VideoIcon } from '../../ui/icons.tsx';

/** Calls that are on in one's cases, whichever list is shown: whoever put one off finds it here. */
export function RunningCalls({ calls }: { calls: ConsultationSummary[] }) {
  const t = useTexts();
  if (calls.length === 0) return null;
  return (
    <ul className="running-calls" aria-label={t('workList:callActive')} data-testid="running-calls">
      {calls.map((line) => (
        <li key={line.consultationId}>
          <VideoIcon />
          <span>
            {t('workList:callActive')} · <span className="numbers">{line.caseNumber}</span> · {line.patientLabel} ·{' '}
            {line.requesterFacilityName}
          </span>
          <Link className="button button-primary" to={`/consultations/${line.consultationId}/room`}>
            {t('workList:join')}
          </Link>
        </li>
      ))}
    </ul>
  );
}
