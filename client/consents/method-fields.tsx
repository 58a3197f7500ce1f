import { ConsentMethod } from '../../server/contract/consent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { type ConsentPart, withEvidence, withMethod } from './taken-down.ts';

/** How it is signed: on paper that stays at the hospital, drawn here, or photographed. */
export function MethodFields({ consultationId, consent, patient, onChange }: ConsentPart & { consultationId: string }) {
  const t = useTexts();
  const isInstitution = consent.signer === 'institution';
  return (
    <>
      <fieldset className="form-group form-nested">
        <legend className="field-label">{t('consents:methodLabel')}</legend>
        <Choices
          name="consent-method"
          choices={ConsentMethod.options
            .filter((method) => method !== 'drawn' || !isInstitution)
            .map((value) => ({ value, label: t(`consents:method.${value}`) }))}
          value={consent.method}
          onChoose={(method) => onChange(withMethod(consent, method))}
        />
      </fieldset>
      {consent.method === 'paper' ? (
        <label className="choice form-consent" data-chosen={consent.given}>
          <input
            type="checkbox"
            checked={consent.given}
            onChange={(event) => {
              const given = event.currentTarget.checked;
              const isPatients = given && consent.signer === 'patient' && consent.signerName === '';
              onChange({ ...consent, given, ...(isPatients ? { signerName: patient.name.trim() } : {}) });
            }}
          />
          <span>{t(isInstitution ? 'consents:approved' : 'consents:given')}</span>
        </label>
      ) : (
        <EvidenceField
          consultationId={consultationId}
          method={consent.method}
          sha256={consent.evidenceSha256}
          onChange={(sha256) => onChange(withEvidence(consent, sha256, patient))}
        />
      )}
    </>
  );
}
