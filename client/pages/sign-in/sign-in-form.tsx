import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
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
  const ids = { account: useId(), password: useId(), accountError: useId(), passwordError: useId() };
  const passwordField = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
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

  const missing = { account: checked && entry.account.trim() === '', password: checked && entry.password === '' };

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (entry.account.trim() !== '' && entry.password !== '') signIn.mutate(entry);
  }

  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <form onSubmit={submit} noValidate>
      <div className="field">
        <label className="field-label" htmlFor={ids.account}>
          {t('signIn:account')}
        </label>
        <input
          id={ids.account}
          className="field-input"
          name="username"
          autoComplete={offersPasskey ? 'username webauthn' : 'username'}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          value={entry.account}
          aria-invalid={missing.account}
          aria-describedby={ids.accountError}
          onChange={(event) => onEntry({ ...entry, account: event.target.value })}
        />
        <p id={ids.accountError} className="field-error">
          {missing.account && t('signIn:accountMissing')}
        </p>
      </div>
      <div className="field">
        <label className="field-label" htmlFor={ids.password}>
          {t('signIn:password')}
        </label>
        <div className="plain-field-password">
          <input
            ref={passwordField}
            id={ids.password}
            className="field-input"
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            maxLength={256}
            value={entry.password}
            aria-invalid={missing.password}
            aria-describedby={ids.passwordError}
            onChange={(event) => onEntry({ ...entry, password: event.target.value })}
            onKeyUp={watchCapsLock}
            onBlur={() => setCapsLock(false)}
          />
          <button type="button" className="plain-field-show" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? t('signIn:hide') : t('signIn:show')}
          </button>
        </div>
        <p id={ids.passwordError} className="field-error">
          {missing.password ? t('signIn:passwordMissing') : capsLock && t('signIn:capsLock')}
        </p>
      </div>
      {failure && !signIn.isPending && <FailureNotice failure={failure} />}
      <button type="submit" className="button button-primary sign-in-submit" disabled={signIn.isPending}>
        {signIn.isPending ? t('signIn:submitting') : t('signIn:submit')}
      </button>
      {lockWait !== undefined && <p className="sign-in-wait numbers">{t('signIn:lockedFor', { wait: lockWait })}</p>}
    </form>
  );
}
