import type { ReactNode } from 'react';
import type { PersonView } from '../../../server/contract/account.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { PatientView } from '../../../server/contract/patient.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sexAndAge } from '../../patient/case-identity.ts';

/** The case at a glance, beside the images. */
export function CaseSummary({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const formats = useFormats();
  const patient = usePatientLine(view.patient);
  const person = ({ name, title, facilityName }: PersonView) => [name, title, facilityName].filter(Boolean).join(' ');
  const others = view.participants.filter(
    ({ accountId }) => accountId !== view.requester.accountId && accountId !== view.specialist?.accountId,
  );
  return (
    <dl className="case-summary" data-testid="case-summary">
      <Entry label={t('room:summary.patient')}>{patient}</Entry>
      <Entry label={t('room:summary.question')}>{view.question}</Entry>
      <Entry label={t('room:summary.diagnosis')}>
        {view.diagnosis.length > 0 && (
          <ul>
            {view.diagnosis.map(({ code, display }) => (
              <li key={`${code} ${display}`}>
                {display} {code && <code>{code}</code>}
              </li>
            ))}
          </ul>
        )}
      </Entry>
      <Entry label={t('room:summary.history')}>{view.historySummary}</Entry>
      <Entry label={t('room:summary.materials')}>
        {view.materials.length > 0 && (
          <ul>
            {view.materials.map((material) => (
              <li key={material.materialId}>
                {[material.description, material.studyDate && formats.day(material.studyDate)]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        )}
      </Entry>
      <Entry label={t('room:summary.requester')}>{person(view.requester)}</Entry>
      <Entry label={t('room:summary.specialist')}>{view.specialist && person(view.specialist)}</Entry>
      {others.length > 0 && <Entry label={t('room:summary.participants')}>{formats.list(others.map(person))}</Entry>}
    </dl>
  );
}

function Entry({ label, children }: { label: string; children: ReactNode }) {
  const t = useTexts();
  return (
    <>
      <dt>{label}</dt>
      <dd>{children || <span className="case-summary-none">{t('room:summary.none')}</span>}</dd>
    </>
  );
}

/** `王建国 男 63 岁` */
export function usePatientLine(patient: PatientView): string {
  const t = useTexts();
  return [patient.name, ...sexAndAge(t, patient)].filter(Boolean).join(' ');
}
