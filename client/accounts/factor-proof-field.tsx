import { useTexts } from '../i18n/use-texts.ts';
import { PlainField } from './plain-field.tsx';
import type { FactorProofState } from './use-factor-proof.ts';
import './second-factor.css';

/** One field for a code of either kind, or what to do with a security key, and the way from one to the other. */
export function FactorProofField({
  factor,
  fault,
  autoFocus = false,
}: {
  factor: FactorProofState;
  /** Why the server refused it. */
  fault?: string | undefined;
  autoFocus?: boolean;
}) {
  const t = useTexts();
  return (
    <>
      {factor.kind === 'security-key' ? (
        <div className="factor-key">
          <p>{t('secondFactor:key.useText')}</p>
          <p className="field-error" role="alert">
            {fault ?? (factor.isUnused ? t('secondFactor:key.unused') : undefined)}
          </p>
        </div>
      ) : (
        <CodeField factor={factor} isTotp={factor.kind === 'totp'} fault={fault} autoFocus={autoFocus} />
      )}
      <div className="factor-others">
        {factor.others.map((kind) => (
          <button
            key={kind}
            type="button"
            className="button button-quiet factor-other"
            onClick={() => factor.choose(kind)}
          >
            {t(`secondFactor:use.${kind}`)}
          </button>
        ))}
      </div>
    </>
  );
}

function CodeField({
  factor,
  isTotp,
  fault,
  autoFocus,
}: {
  factor: FactorProofState;
  isTotp: boolean;
  fault: string | undefined;
  autoFocus: boolean;
}) {
  const t = useTexts();
  const missing = t(isTotp ? 'secondFactor:codeMissing' : 'secondFactor:recoveryCodeMissing');
  return (
    <PlainField
      key={factor.kind}
      label={t(isTotp ? 'secondFactor:code' : 'secondFactor:recoveryCode')}
      hint={t(isTotp ? 'secondFactor:codeHint' : 'secondFactor:recoveryCodeHint')}
      error={fault ?? (factor.isMissing ? missing : undefined)}
      className="one-time-code"
      inputMode={isTotp ? 'numeric' : 'text'}
      autoComplete={isTotp ? 'one-time-code' : 'off'}
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={isTotp ? 7 : 16}
      autoFocus={autoFocus}
      value={factor.code}
      onChange={(event) => factor.type(event.target.value)}
    />
  );
}
