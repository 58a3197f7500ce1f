import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sexAndAge } from '../../patient/case-identity.ts';
import { StateTag, UrgencyTag } from '../../ui/tags.tsx';

export function CaseHeading({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const { patient } = view;
  return (
    <>
      <div className="case-heading-tags">
        <UrgencyTag urgency={view.urgency} />
        <StateTag state={view.state} />
        {view.meeting !== 'needed' && <span className="tag">{t(`terms:caseKind.${view.kind}`)}</span>}
        <span className="numbers">{view.caseNumber}</span>
      </div>
      <h1>
        {patient.name || t('workList:noPatient')}
        <span className="case-heading-facts">{sexAndAge(t, patient).join(' · ')}</span>
      </h1>
    </>
  );
}
