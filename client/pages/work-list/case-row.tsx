import { Link, useNavigate } from 'react-router';
import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import { Sex } from '../../../server/contract/patient.ts';
import { type PictureKind, pictureKinds } from '../../../server/contract/picture-kinds.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { VideoIcon } from '../../ui/icons.tsx';
import { StateTag, UrgencyTag } from '../../ui/tags.tsx';
import { addressOfCase } from './lists.ts';

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
    <tr className="row-opens case-row" data-needs-me={line.needsMe} onClick={() => void navigate(address)}>
      <td>
        <UrgencyTag urgency={line.urgency} />
      </td>
      <td>
        <Link
          className="row-link case-link numbers"
          to={address}
          aria-label={t('workList:open', { caseNumber: line.caseNumber })}
          onClick={(event) => event.stopPropagation()}
        >
          {line.caseNumber}
        </Link>
        {line.callActive && <CallMark line={line} />}
      </td>
      <td>
        <Text value={line.patientLabel} otherwise={t('workList:noPatient')} />
        {patientFacts.length > 0 && <span className="row-second">{patientFacts.join(' · ')}</span>}
      </td>
      <td className="case-diagnosis">
        <Text value={line.diagnosisLabel} otherwise={t('workList:noDiagnosis')} />
        <Examinations examinations={line.examinations} />
      </td>
      <td>
        <Text value={line.wantedSpecialty} otherwise={t('workList:noSpecialty')} />
        <span className="row-second">{t(`terms:caseKind.${line.kind}`)}</span>
      </td>
      <td>
        {line.requesterName}
        <span className="row-second">{line.requesterFacilityName}</span>
      </td>
      <td>
        <Text value={line.specialistName ?? ''} otherwise={t('workList:nobody')} />
      </td>
      <td>
        <StateTag state={line.state} />
      </td>
      <td className="numbers case-time">
        {waiting ? formats.duration(now - Date.parse(line.since)) : formats.moment(line.changedAt)}
      </td>
    </tr>
  );
}

/** A call that is on: whoever may join it enters from here. */
function CallMark({ line }: { line: ConsultationSummary }) {
  const t = useTexts();
  if (!line.actions.includes('join-call'))
    return (
      <span className="case-call">
        <VideoIcon />
        {t('workList:callActive')}
      </span>
    );
  return (
    <Link
      className="case-call"
      to={`/consultations/${line.consultationId}/room`}
      onClick={(event) => event.stopPropagation()}
    >
      <VideoIcon />
      {t('workList:joinCall')}
    </Link>
  );
}

/** `CT · 心电图`: images by their modality, all else by its kind. */
function Examinations({ examinations }: { examinations: ConsultationSummary['examinations'] }) {
  const t = useTexts();
  const names = examinations.flatMap(({ kind, modalities }) =>
    modalities.length > 0 ? modalities : [isPictureKind(kind) ? t(`terms:pictureKind.${kind}`) : kind],
  );
  if (names.length === 0) return null;
  return <span className="row-second case-examinations">{names.join(' · ')}</span>;
}

const isPictureKind = (kind: string): kind is PictureKind => Object.hasOwn(pictureKinds, kind);

function Text({ value, otherwise }: { value: string; otherwise: string }) {
  return value === '' ? <span className="case-missing">{otherwise}</span> : value;
}
