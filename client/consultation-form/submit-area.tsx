import { useState } from 'react';
import type { ConsultationDraft, ConsultationView } from '../../server/contract/consultation.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { useForm } from './form-context.ts';
import { GapAlert } from './gap-alert.tsx';
import { useSubmit } from './use-submit.ts';

/** Submitting can always be tried; what stands in its way is said then. */
export function SubmitArea({
  view,
  autosave,
  onAttempt,
}: {
  view: ConsultationView;
  autosave: Autosave<ConsultationDraft>;
  onAttempt: () => void;
}) {
  const t = useTexts();
  const { gaps } = useForm();
  const { state, submit } = useSubmit(view.consultationId, autosave, gaps);
  const [attempts, setAttempts] = useState(0);
  const label = view.awaiting === 'completion' ? 'newCase:submit.buttonAgain' : 'newCase:submit.button';
  return (
    <div className="form-submit">
      {state.kind === 'incomplete' && <GapAlert key={attempts} gaps={gaps} />}
      {state.kind === 'not-saved' && (
        <p className="upload-alert" role="alert">
          {t('newCase:submit.notSaved')}
        </p>
      )}
      {state.kind === 'failed' && <FailureNotice failure={state.failure} />}
      <button
        type="button"
        className="button button-primary form-submit-button"
        data-testid="form-submit"
        disabled={state.kind === 'submitting'}
        onClick={() => {
          onAttempt();
          setAttempts(attempts + 1);
          void submit();
        }}
      >
        {t(state.kind === 'submitting' ? 'newCase:submit.submitting' : label)}
      </button>
    </div>
  );
}
