import { Link, useNavigate } from 'react-router';
import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import { Sex } from '../../../server/contract/patient.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { VideoIcon } from '../../ui/icons.tsx';
import { StateTag, UrgencyTag } from '../../ui/tags.tsx';
import { addressOfCase, waitingSince } from './lists.ts';

export function CaseRow({ line, waiting, now }: { line: ConsultationSummary; waiting: boolean; now: number }) {
  const t = useTexts();
  const formats = useFormats();
  const navigate = useNavigate();
  const address = addressOfCase(line);
  const sex = Sex.safeParse(line.patientSex).data;
  const patientFacts = [
    sex && t(`terms:sex.${sex}`),
    line.patientAgeYears !== null && t('terms:age', { years: line.patientAgeYears }),
  ].filter(Boolean);

  return (
    // The link in the line is the way for keyboard and screen reader; the click anywhere else is a larger target for the mouse.
    <tr className="case-row" data-needs-me={line.needsMe} onClick={() => void navigate(address)}>
      <td>
        <UrgencyTag urgency={line.urgency} />
      </td>
      <td>
        <Link
          className="case-link numbers"
          to={address}
          aria-label={t('workList:open', { caseNumber: line.caseNumber })}
          onClick={(event) => event.stopPropagation()}
        >
          {line.caseNumber}
        </Link>
        {line.callActive && (
          <span className="case-call">
            <VideoIcon />
            {t('workList:callActive')}
          </span>
        )}
      </td>
      <td>
        <Text value={line.patientLabel} otherwise={t('workList:noPatient')} />
        {patientFacts.length > 0 && <span className="case-second">{patientFacts.join(' · ')}</span>}
      </td>
      <td className="case-diagnosis">
        <Text value={line.diagnosisLabel} otherwise={t('workList:noDiagnosis')} />
      </td>
      <td>
        <Text value={line.wantedSpecialty} otherwise={t('workList:noSpecialty')} />
        <span className="case-second">{t(`terms:serviceForm.${line.serviceForm}`)}</span>
      </td>
      <td>
        {line.requesterName}
        <span className="case-second">{line.requesterFacilityName}</span>
      </td>
      <td>
        <Text value={line.specialistName ?? ''} otherwise={t('workList:nobody')} />
      </td>
      <td>
        <StateTag state={line.state} />
      </td>
      <td className="numbers case-time">
        {waiting ? formats.duration(now - Date.parse(waitingSince(line))) : formats.moment(line.changedAt)}
      </td>
    </tr>
  );
}

function Text({ value, otherwise }: { value: string; otherwise: string }) {
  return value === '' ? <span className="case-missing">{otherwise}</span> : value;
}
