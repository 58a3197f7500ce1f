import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { PlainField } from './plain-field.tsx';

/** As typed, twice: what nobody sees is easily mistyped. */
export interface NewPassword {
  first: string;
  second: string;
}

export const NO_PASSWORD: NewPassword = { first: '', second: '' };

/** Characters as a person counts them, by the rule that the server counts by. */
const lengthOf = (password: string): number => [...password.normalize('NFKC')].length;

/** Whether it is worth sending. Whether it is easily guessed, only the server knows. */
export function isPasswordComplete({ first, second }: NewPassword, minLength: number): boolean {
  return lengthOf(first) >= minLength && first === second;
}

/** The two fields of a new password. @param checked whether sending was tried: before it nobody is told off. */
export function NewPasswordFields({
  value,
  minLength,
  checked,
  fault,
  onChange,
}: {
  value: NewPassword;
  /** In characters, as the platform's policy has it now. */
  minLength: number;
  checked: boolean;
  /** Why the server refused it. */
  fault?: string | undefined;
  onChange: (value: NewPassword) => void;
}) {
  const t = useTexts();
  const [shown, setShown] = useState(false);
  const missing = minLength - lengthOf(value.first);
  const type = shown ? 'text' : 'password';
  const common = { type, autoComplete: 'new-password', maxLength: 256, spellCheck: false };
  return (
    <>
      <PlainField
        {...common}
        label={t('accounts:password.new')}
        hint={t('accounts:password.hint', { length: minLength })}
        error={fault ?? (checked && missing > 0 ? t('accounts:password.tooShort', { count: missing }) : undefined)}
        value={value.first}
        onChange={(event) => onChange({ ...value, first: event.target.value })}
        after={
          <button type="button" className="plain-field-show" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? t('accounts:password.hide') : t('accounts:password.show')}
          </button>
        }
      />
      <PlainField
        {...common}
        label={t('accounts:password.repeat')}
        error={checked && value.first !== value.second ? t('accounts:password.differs') : undefined}
        value={value.second}
        onChange={(event) => onChange({ ...value, second: event.target.value })}
      />
    </>
  );
}
