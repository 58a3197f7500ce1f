import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { Guardian } from '../../../server/contract/guardian.ts';
import { papersOf } from '../../../server/contract/patient-problems.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ageText } from '../../patient/case-identity.ts';
import { useRevealed } from '../../patient/use-revealed.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import '../../patient/patient-facts.css';

export function PatientPanel({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const formats = useFormats();
  const { revealed, isPending, error, toggle } = useRevealed(() =>
    call('patient:reveal', { params: { consultationId: view.consultationId } }),
  );

  const { patient } = view;
  const { idNumber, phone } = revealed ?? patient;
  const isMasked = `${patient.idNumber}${patient.phone}${patient.guardian?.phone ?? ''}`.includes('*');
  const guardian = (revealed ?? patient).guardian;
  const { document, absence, note, phoneAbsent } = papersOf(patient);
  const noDocument = [t('terms:document.none'), absence && t(`terms:absence.${absence}`), note]
    .filter(Boolean)
    .join(' · ');
  const facts: [string, string][] = [
    [t('case:name'), patient.name],
    [t('case:sex'), patient.sex ? t(`terms:sex.${patient.sex}`) : ''],
    [t('case:age'), ageText(t, patient)],
    [t('case:birthDate'), patient.birthDate && formats.day(patient.birthDate)],
    document === 'none' ? [t('case:document'), noDocument] : [t(`terms:document.${document}`), idNumber],
    [t('case:phone'), phoneAbsent ? t('case:noPhone') : phone],
  ];
  if (guardian) facts.push([t('case:guardian'), guardianText(t, guardian)]);
  return (
    <section className="panel" aria-labelledby="patient">
      <h2 id="patient">{t('case:sections.patient')}</h2>
      <dl className="patient-facts numbers">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || <span className="case-quiet">{t('case:notFilled')}</span>}</dd>
          </div>
        ))}
      </dl>
      {view.actions.includes('reveal-patient') && isMasked && (
        <p className="patient-reveal">
          <button type="button" className="button" disabled={isPending} onClick={toggle}>
            {revealed ? t('case:hide') : t('case:reveal')}
          </button>
          <span className="case-quiet">{t('case:revealHint')}</span>
        </p>
      )}
      {error && <FailureNotice failure={toFailure(error)} />}
    </section>
  );
}

function guardianText(t: ReturnType<typeof useTexts>, { name, relation, phone }: Guardian): string {
  return [name, relation && t(`terms:relation.${relation}`), phone].filter(Boolean).join(' · ');
}
