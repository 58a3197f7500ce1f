import { useState } from 'react';
import type { FactorKind, FactorProof } from '../../server/contract/second-factor.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PlainField } from './plain-field.tsx';

/** A proof as it is being typed. */
export interface TypedProof {
  kind: FactorKind;
  code: string;
}

export const NO_PROOF: TypedProof = { kind: 'totp', code: '' };

export const isTotpCode = (typed: string): boolean => /^\d{6}$/.test(typed.normalize('NFKC').replace(/\s/g, ''));

/** Undefined where it is not worth sending. */
export function toProof({ kind, code }: TypedProof): FactorProof | undefined {
  if (kind === 'totp') return isTotpCode(code) ? { kind, code } : undefined;
  return code.trim() === '' ? undefined : { kind, code };
}

/** One field for either, and the way from one to the other. @param checked whether sending was tried. */
export function FactorProofField({
  value,
  kinds,
  checked,
  fault,
  autoFocus = false,
  onChange,
}: {
  value: TypedProof;
  /** What the account can prove it with. */
  kinds: readonly FactorKind[];
  checked: boolean;
  /** Why the server refused it. */
  fault?: string | undefined;
  autoFocus?: boolean;
  onChange: (value: TypedProof) => void;
}) {
  const t = useTexts();
  const others = kinds.filter((kind) => kind !== value.kind);
  const isTotp = value.kind === 'totp';
  const missing = checked && !toProof(value);
  return (
    <>
      <PlainField
        key={value.kind}
        label={t(isTotp ? 'secondFactor:code' : 'secondFactor:recoveryCode')}
        hint={t(isTotp ? 'secondFactor:codeHint' : 'secondFactor:recoveryCodeHint')}
        error={
          fault ?? (missing ? t(isTotp ? 'secondFactor:codeMissing' : 'secondFactor:recoveryCodeMissing') : undefined)
        }
        className="one-time-code"
        inputMode={isTotp ? 'numeric' : 'text'}
        autoComplete={isTotp ? 'one-time-code' : 'off'}
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={isTotp ? 7 : 16}
        autoFocus={autoFocus}
        value={value.code}
        onChange={(event) => onChange({ ...value, code: event.target.value })}
      />
      {others.map((kind) => (
        <button
          key={kind}
          type="button"
          className="button button-quiet factor-other"
          onClick={() => onChange({ kind, code: '' })}
        >
          {t(`secondFactor:use.${kind}`)}
        </button>
      ))}
    </>
  );
}

/** The field's value, and starting over where what was typed changes. */
export function useTypedProof(onTyped: () => void) {
  const [proof, setProof] = useState(NO_PROOF);
  return {
    proof,
    clear: () => setProof(({ kind }) => ({ kind, code: '' })),
    type(next: TypedProof) {
      setProof(next);
      onTyped();
    },
  };
}
