import { Modal } from 'antd';
import { useState } from 'react';
import { ConsentScope, type ConsentTerms } from '../../server/contract/consent.ts';
import { type ConsentProblem, findConsentProblem } from '../../server/contract/consent-problems.ts';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { ConsentFields } from './consent-fields.tsx';
import { emptyConsent } from './taken-down.ts';

/** One more consent, on a case that was sent already. */
export function GiveDialog({
  view,
  today,
  onConfirm,
  onClose,
}: {
  view: ConsultationView;
  /** `YYYY-MM-DD` */
  today: string;
  onConfirm: (terms: ConsentTerms) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const [consent, setConsent] = useState(() => emptyConsent([]));
  const [problem, setProblem] = useState<ConsentProblem>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const { consultationId, patient, urgency } = view;

  async function submit(): Promise<void> {
    const found = findConsentProblem(consent, { patient, urgency, today });
    setProblem(found);
    if (found) return;
    const { given: _, ...terms } = consent;
    setBusy(true);
    setFailure(await onConfirm(terms).finally(() => setBusy(false)));
  }

  return (
    <Modal
      open
      width={760}
      title={t('consents:giveDialog.title')}
      okText={t('consents:giveDialog.confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: busy }}
      onOk={() => void submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t('consents:giveDialog.text')}</p>
      <ConsentFields
        consultationId={consultationId}
        consent={consent}
        patient={patient}
        isEmergency={false}
        // The one to the consultation came with the request, or was taken back for good.
        optional={ConsentScope.options.filter((scope) => scope !== 'consult')}
        onChange={(next) => {
          setConsent(next);
          setProblem(undefined);
        }}
      />
      {problem && (
        <p className="field-error" role="alert">
          {t(`newCase:problems.${problem}`)}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </Modal>
  );
}
