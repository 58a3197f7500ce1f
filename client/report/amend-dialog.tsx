import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import { AmendmentKind } from '../../server/contract/report.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { queryClient } from '../api/query-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { opinionQuery } from '../opinion/opinion-draft.ts';
import { Choices } from '../ui/choices.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';

/** Correction or supplement, and why; then the opinion is open again. */
export function AmendDialog({ consultation, onClose }: { consultation: ConsultationView; onClose: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [kind, setKind] = useState<AmendmentKind>('corrected');
  const { consultationId, version } = consultation;
  return (
    <ReasonDialog
      title={t('report:amend.title')}
      text={t('report:amend.text')}
      confirm={t('report:amend.confirm')}
      onClose={onClose}
      onConfirm={async (reason) => {
        try {
          const draft = await call('report:amend', { params: { consultationId }, body: { version, kind, reason } });
          queryClient.setQueryData(opinionQuery(consultationId).queryKey, draft);
          await queryClient.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
          await navigate(`/consultations/${consultationId}/opinion`);
          return undefined;
        } catch (thrown) {
          void queryClient.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
          return toFailure(thrown);
        }
      }}
    >
      <Choices
        name="amendment-kind"
        choices={AmendmentKind.options.map((value) => ({
          value,
          label: t(`report:amend.kinds.${value}`),
          detail: t(`report:amend.hints.${value}`),
        }))}
        value={kind}
        onChoose={setKind}
      />
    </ReasonDialog>
  );
}
