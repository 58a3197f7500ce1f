import { ConsentScope } from '../../server/contract/consent.ts';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import { ConsentFields } from '../consents/consent-fields.tsx';
import { ConsentsList } from '../consents/consents-list.tsx';
import { emptyConsent } from '../consents/taken-down.ts';
import { useForm } from './form-context.ts';
import { FormGroup } from './form-field.tsx';

const OPTIONAL = ConsentScope.options.filter((scope) => scope !== 'consult');

/** The consent that goes with the application; of one that was sent before, what was signed then. */
export function ConsentSection({ view }: { view: ConsultationView }) {
  const { draft, change } = useForm();
  const { consultationId } = view;
  return (
    <FormGroup field="consent">
      {view.consentedScopes.includes('consult') ? (
        <ConsentsList consultationId={consultationId} consents={view.consents} showsEvidence />
      ) : (
        <ConsentFields
          consultationId={consultationId}
          consent={draft.consent ?? emptyConsent(['consult'])}
          patient={draft.patient}
          isEmergency={draft.urgency === 'emergency'}
          optional={OPTIONAL}
          onChange={(consent) => change({ consent })}
        />
      )}
    </FormGroup>
  );
}
