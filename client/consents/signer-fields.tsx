import { useId } from 'react';
import { type Consent, ConsentSigner } from '../../server/contract/consent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RelationSelect } from '../patient/relation-select.tsx';
import { Choices } from '../ui/choices.tsx';
import { type ConsentPart, withChange, withSigner } from './taken-down.ts';

/** Who signs, by name; a relative says which, a hospital says why. */
export function SignerFields({ consent, patient, isEmergency, onChange }: ConsentPart & { isEmergency: boolean }) {
  const t = useTexts();
  const id = useId();
  const isInstitution = consent.signer === 'institution';
  // Without anybody of the patient's side: in emergencies alone, and where it was chosen before.
  const signers = ConsentSigner.options.filter(
    (signer) => signer !== 'institution' || isEmergency || consent.signer === signer,
  );
  const change = (part: Partial<Consent>) => onChange(withChange(consent, part));
  return (
    <>
      <fieldset className="form-group form-nested">
        <legend className="field-label">{t('consents:signer')}</legend>
        <Choices
          name="signer"
          choices={signers.map((value) => ({ value, label: t(`terms:signer.${value}`) }))}
          value={consent.signer}
          onChoose={(signer) => onChange(withSigner(consent, signer, patient))}
        />
      </fieldset>
      <div className="consent-who">
        <div>
          <label className="field-label" htmlFor={`${id}-name`}>
            {t(isInstitution ? 'consents:approverName' : 'consents:signerName')}
          </label>
          <input
            id={`${id}-name`}
            className="field-input form-medium"
            autoComplete="off"
            maxLength={64}
            value={consent.signerName}
            onChange={(event) => change({ signerName: event.currentTarget.value })}
          />
        </div>
        {consent.signer === 'relative' && (
          <div>
            <label className="field-label" htmlFor={`${id}-relation`}>
              {t('consents:relation')}
            </label>
            <RelationSelect
              id={`${id}-relation`}
              className="field-input form-medium"
              value={consent.relation}
              missing={t('consents:relationMissing')}
              onChange={(relation) => change({ relation })}
            />
          </div>
        )}
      </div>
      {isInstitution && (
        <div className="form-nested">
          <label className="field-label" htmlFor={`${id}-reason`}>
            {t('consents:reason')}
          </label>
          <textarea
            id={`${id}-reason`}
            className="field-input form-text"
            rows={2}
            maxLength={1000}
            value={consent.reason}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  );
}
