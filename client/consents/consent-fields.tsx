import type { ConsentScope } from '../../server/contract/consent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { MethodFields } from './method-fields.tsx';
import { SignerFields } from './signer-fields.tsx';
import { type ConsentPart, withChange } from './taken-down.ts';
import { wordingOf } from './wording.ts';
import '../ui/form-parts.css';
import './consents.css';

/** To what the patient consents, who signs, and how: in the application, and on the case afterwards. */
export function ConsentFields({
  consultationId,
  isEmergency,
  optional,
  ...part
}: ConsentPart & {
  consultationId: string;
  isEmergency: boolean;
  /** Scopes that may be left out. What is no part of them is asked for without a choice. */
  optional: readonly ConsentScope[];
}) {
  const t = useTexts();
  const { consent } = part;
  const fixed = consent.scopes.filter((scope) => !optional.includes(scope));
  return (
    <>
      {fixed.map((scope) => (
        <p key={scope} className="form-statement">
          {wordingOf(t, consent, scope)}
        </p>
      ))}
      {consent.signer !== 'institution' && <ScopeFields {...part} optional={optional} />}
      <SignerFields {...part} isEmergency={isEmergency} />
      <MethodFields {...part} consultationId={consultationId} />
    </>
  );
}

function ScopeFields({
  consent,
  optional,
  onChange,
}: Omit<ConsentPart, 'patient'> & { optional: readonly ConsentScope[] }) {
  const t = useTexts();
  return (
    <fieldset className="form-group form-nested consent-scopes">
      <legend className="field-label">{t('consents:scopes')}</legend>
      {optional.map((scope) => (
        <label key={scope} className="choice" data-chosen={consent.scopes.includes(scope)}>
          <input
            type="checkbox"
            name="consent-scope"
            value={scope}
            checked={consent.scopes.includes(scope)}
            onChange={() => onChange(withChange(consent, { scopes: toggled(consent.scopes, scope) }))}
          />
          <span>{wordingOf(t, withChange(consent, {}), scope)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const toggled = (scopes: readonly ConsentScope[], scope: ConsentScope): ConsentScope[] =>
  scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope];
