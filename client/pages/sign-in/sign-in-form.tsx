import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type Ref, useId, useRef, useState } from 'react';
import type { SessionView } from '../../../server/contract/account.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useLockWait } from './use-lock-wait.ts';
import '../../accounts/plain-field.css';

export interface Entry {
  account: string;
  password: string;
}

export function SignInForm({
  entry,
  offersPasskey,
  onEntry,
  onSignedIn,
  onFactorNeeded,
}: {
  entry: Entry;
  /** The browser may offer a passkey among what it fills in (WebAuthn level 3 section 5.1.6). */
  offersPasskey: boolean;
  onEntry: (entry: Entry) => void;
  onSignedIn: (session: SessionView) => void;
  /** The password was right, and a second step follows. */
  onFactorNeeded: () => void;
}) {
  const t = useTexts();
  const passwordField = useRef<HTMLInputElement>(null);
  const [checked, setChecked] = useState(false);
  const signIn = useMutation({
    mutationFn: (body: Entry) => call('session:open', { body }),
    onSuccess: onSignedIn,
    onError: (error) => {
      if (toFailure(error).reason === 'second-factor-needed') onFactorNeeded();
      else passwordField.current?.select();
    },
  });
  const failure = signIn.error ? toFailure(signIn.error) : undefined;
  const lockWait = useLockWait(failure);
  const missing = { account: entry.account.trim() === '', password: entry.password === '' };

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!missing.account && !missing.password) signIn.mutate(entry);
  }

  return (
    <form onSubmit={submit} noValidate>
      <AccountField
        value={entry.account}
        isMissing={checked && missing.account}
        offersPasskey={offersPasskey}
        onChange={(account) => onEntry({ ...entry, account })}
      />
      <PasswordField
        ref={passwordField}
        value={entry.password}
        isMissing={checked && missing.password}
        onChange={(password) => onEntry({ ...entry, password })}
      />
      {failure && !signIn.isPending && <FailureNotice failure={failure} />}
      <button type="submit" className="button button-primary sign-in-submit" disabled={signIn.isPending}>
        {signIn.isPending ? t('signIn:submitting') : t('signIn:submit')}
      </button>
      {lockWait !== undefined && <p className="sign-in-wait numbers">{t('signIn:lockedFor', { wait: lockWait })}</p>}
    </form>
  );
}

interface FieldProps {
  value: string;
  isMissing: boolean;
  onChange: (value: string) => void;
}

function AccountField({ value, isMissing, offersPasskey, onChange }: FieldProps & { offersPasskey: boolean }) {
  const t = useTexts();
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t('signIn:account')}
      </label>
      <input
        id={id}
        className="field-input"
        name="username"
        autoComplete={offersPasskey ? 'username webauthn' : 'username'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        value={value}
        aria-invalid={isMissing}
        aria-describedby={`${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-error`} className="field-error">
        {isMissing && t('signIn:accountMissing')}
      </p>
    </div>
  );
}

function PasswordField({ ref, value, isMissing, onChange }: FieldProps & { ref: Ref<HTMLInputElement> }) {
  const t = useTexts();
  const id = useId();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t('signIn:password')}
      </label>
      <div className="plain-field-password">
        <input
          ref={ref}
          id={id}
          className="field-input"
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          maxLength={256}
          value={value}
          aria-invalid={isMissing}
          aria-describedby={`${id}-error`}
          onChange={(event) => onChange(event.target.value)}
          onKeyUp={(event) => setCapsLock(event.getModifierState('CapsLock'))}
          onBlur={() => setCapsLock(false)}
        />
        <button type="button" className="plain-field-show" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? t('signIn:hide') : t('signIn:show')}
        </button>
      </div>
      <p id={`${id}-error`} className="field-error">
        {isMissing ? t('signIn:passwordMissing') : capsLock && t('signIn:capsLock')}
      </p>
    </div>
  );
}
