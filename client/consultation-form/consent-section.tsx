import { type Consent, Consent as ConsentSchema } from '../../server/contract/consultation.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { NO_CONSENT } from './draft.ts';
import { useForm } from './form-context.ts';
import { FormGroup } from './form-field.tsx';

export function ConsentSection() {
  const t = useTexts();
  const { draft, change } = useForm();
  const consent = draft.consent ?? NO_CONSENT;
  // Without anybody of the patient's side: in emergencies alone, and where it was chosen before.
  const signers = ConsentSchema.shape.signer.options.filter(
    (signer) => signer !== 'institution' || draft.urgency === 'emergency' || consent.signer === signer,
  );
  const isInstitution = draft.consent?.signer === 'institution';
  const patientName = draft.patient.name.trim();
  const changeConsent = (part: Partial<Consent>) => change({ consent: { ...consent, ...part } });

  /** Who signs for themselves is the patient: no need to type the name again, nor to keep it when another signs. */
  function chooseSigner(signer: Consent['signer']): void {
    const isPatients = consent.signerName === '' || consent.signerName === patientName;
    const signerName = signer === 'patient' ? patientName : isPatients ? '' : consent.signerName;
    changeConsent({ signer, signerName });
  }

  return (
    <FormGroup field="consent">
      <p className="form-statement">{t(isInstitution ? 'newCase:consent.institutionText' : 'newCase:consent.text')}</p>
      <fieldset className="form-group form-nested">
        <legend className="field-label">{t('newCase:consent.signer')}</legend>
        <Choices
          name="signer"
          choices={signers.map((value) => ({ value, label: t(`terms:signer.${value}`) }))}
          value={draft.consent?.signer ?? null}
          onChoose={chooseSigner}
        />
      </fieldset>
      <label className="field-label" htmlFor="consent-signer-name">
        {t(isInstitution ? 'newCase:consent.approverName' : 'newCase:consent.signerName')}
      </label>
      <input
        id="consent-signer-name"
        className="field-input form-medium"
        autoComplete="off"
        maxLength={64}
        value={consent.signerName}
        onChange={(event) => changeConsent({ signerName: event.currentTarget.value })}
      />
      <label className="choice form-consent" data-chosen={consent.given}>
        <input
          type="checkbox"
          checked={consent.given}
          onChange={(event) => {
            const given = event.currentTarget.checked;
            const isPatients = given && consent.signer === 'patient' && consent.signerName === '';
            changeConsent({ given, ...(isPatients ? { signerName: patientName } : {}) });
          }}
        />
        <span>{t(isInstitution ? 'newCase:consent.approved' : 'newCase:consent.given')}</span>
      </label>
    </FormGroup>
  );
}
