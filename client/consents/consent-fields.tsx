import { useId } from 'react';
import { type Consent, ConsentMethod, type ConsentScope, ConsentSigner } from '../../server/contract/consent.ts';
import { Relation } from '../../server/contract/guardian.ts';
import type { PatientDraft } from '../../server/contract/patient.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { withChange, withEvidence, withMethod, withSigner } from './taken-down.ts';
import { wordingOf } from './wording.ts';
import '../ui/form-parts.css';
import './consents.css';

/** To what the patient consents, who signs, and how: in the application, and on the case afterwards. */
export function ConsentFields({
  consultationId,
  consent,
  patient,
  isEmergency,
  optional,
  onChange,
}: {
  consultationId: string;
  consent: Consent;
  patient: Pick<PatientDraft, 'name' | 'guardian'>;
  isEmergency: boolean;
  /** Scopes that may be left out. What is no part of them is asked for without a choice. */
  optional: readonly ConsentScope[];
  onChange: (consent: Consent) => void;
}) {
  const t = useTexts();
  const id = useId();
  const isInstitution = consent.signer === 'institution';
  // Without anybody of the patient's side: in emergencies alone, and where it was chosen before.
  const signers = ConsentSigner.options.filter(
    (signer) => signer !== 'institution' || isEmergency || consent.signer === signer,
  );
  const change = (part: Partial<Consent>) => onChange(withChange(consent, part));
  const fixed = consent.scopes.filter((scope) => !optional.includes(scope));
  return (
    <>
      {fixed.map((scope) => (
        <p key={scope} className="form-statement">
          {wordingOf(t, consent, scope)}
        </p>
      ))}
      {!isInstitution && (
        <fieldset className="form-group form-nested consent-scopes">
          <legend className="field-label">{t('consents:scopes')}</legend>
          {optional.map((scope) => (
            <label key={scope} className="choice" data-chosen={consent.scopes.includes(scope)}>
              <input
                type="checkbox"
                name="consent-scope"
                value={scope}
                checked={consent.scopes.includes(scope)}
                onChange={() => change({ scopes: toggled(consent.scopes, scope) })}
              />
              <span>{wordingOf(t, withChange(consent, {}), scope)}</span>
            </label>
          ))}
        </fieldset>
      )}
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
            <select
              id={`${id}-relation`}
              className="field-input form-medium"
              value={consent.relation ?? ''}
              onChange={(event) => change({ relation: Relation.safeParse(event.currentTarget.value).data ?? null })}
            >
              <option value="">{t('consents:relationMissing')}</option>
              {Relation.options.map((value) => (
                <option key={value} value={value}>
                  {t(`terms:relation.${value}`)}
                </option>
              ))}
            </select>
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

const toggled = (scopes: readonly ConsentScope[], scope: ConsentScope): ConsentScope[] =>
  scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope];
