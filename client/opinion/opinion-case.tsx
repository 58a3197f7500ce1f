import type { ConsultationView } from '../../server/contract/consultation.ts';
import { diagnosisText } from '../consultation-form/diagnosis-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** What was asked, to have before one's eyes while answering. */
export function OpinionCase({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const formats = useFormats();
  const { patient, requester } = view;
  const lines = [
    {
      title: t('opinion:sign.patient'),
      text: [
        patient.name,
        patient.sex && t(`terms:sex.${patient.sex}`),
        patient.birthDate && formats.day(patient.birthDate),
      ]
        .filter(Boolean)
        .join(' · '),
    },
    { title: t('case:requester'), text: `${requester.name} ${requester.title} ${requester.facilityName}` },
    { title: t('case:kind'), text: t(`terms:caseKind.${view.kind}`) },
    { title: t('case:question'), text: view.question },
    { title: t('case:diagnosis'), text: view.diagnosis.map(diagnosisText).join('\n') },
    { title: t('case:history'), text: view.historySummary },
  ];
  return (
    <aside className="panel opinion-case">
      <dl>
        {lines.map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text || t('none')}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
