import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import type { OneTimeLinkDetail } from '../../server/contract/one-time-link.ts';
import { InvalidLink, isInvalidLink, LinkFailure } from '../accounts/invalid-link.tsx';
import { isPasswordComplete, NewPasswordFields, NO_PASSWORD } from '../accounts/new-password.tsx';
import { PlainField } from '../accounts/plain-field.tsx';
import { PlainSheet } from '../accounts/plain-sheet.tsx';
import { useLink } from '../accounts/use-link.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';

/** Where a one-time link leads: its holder chooses a password. Without a link in the address, the code of a slip is typed. */
export function SetPasswordPage() {
  const t = useTexts();
  const link = useLink();
  const { secret, detail, failure } = link;
  const how = t('accounts:link.invalid.howPerson');
  if (secret === undefined) return <CodeForm onCode={link.type} />;
  if (failure && isInvalidLink(failure)) return <InvalidLink failure={failure} how={how} onRetry={link.forget} />;
  if (failure) return <LinkFailure failure={failure} onRetry={link.retry} />;
  if (!detail) return <PlainSheet title={t('accounts:link.checking')}>{null}</PlainSheet>;
  return <PasswordForm secret={secret} detail={detail} how={how} />;
}

function CodeForm({ onCode }: { onCode: (code: string) => void }) {
  const t = useTexts();
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (code.trim() !== '') onCode(code.trim());
  }
  return (
    <PlainSheet title={t('accounts:link.codeTitle')} text={t('accounts:link.codeText')}>
      <form onSubmit={submit} noValidate>
        <PlainField
          label={t('accounts:link.code')}
          className="one-time-code"
          value={code}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={checked && code.trim() === '' ? t('accounts:link.codeMissing') : undefined}
          onChange={(event) => setCode(event.target.value)}
        />
        <button type="submit" className="button button-primary">
          {t('accounts:link.next')}
        </button>
      </form>
    </PlainSheet>
  );
}

function PasswordForm({ secret, detail, how }: { secret: string; detail: OneTimeLinkDetail; how: string }) {
  const t = useTexts();
  const [password, setPassword] = useState(NO_PASSWORD);
  const [checked, setChecked] = useState(false);
  const set = useMutation({ mutationFn: () => call('password:set', { body: { secret, password: password.first } }) });
  const failure = set.error ? toFailure(set.error) : undefined;
  const { person, kind } = detail;

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (isPasswordComplete(password, detail.minPasswordLength)) set.mutate();
  }

  if (failure && isInvalidLink(failure)) return <InvalidLink failure={failure} how={how} />;
  if (set.data)
    return (
      <PlainSheet
        title={t('accounts:password.setDone')}
        text={t('accounts:password.setDoneText', { login: set.data.login })}
      >
        <Link className="button button-primary" to="/sign-in">
          {t('accounts:link.toSignIn')}
        </Link>
      </PlainSheet>
    );
  const text = kind === 'first-administrator' ? 'invitation' : kind;
  const isRefused = failure?.fields?.includes('password') ?? false;
  return (
    <PlainSheet
      title={t('accounts:password.setTitle')}
      text={t(`accounts:password.setText.${text}`, { name: person?.name ?? '' })}
    >
      <form onSubmit={submit} noValidate>
        <PlainField
          label={t('accounts:slip.login')}
          autoComplete="username"
          readOnly
          value={person?.login ?? ''}
          hint={person?.facilityName}
        />
        <NewPasswordFields
          minLength={detail.minPasswordLength}
          value={password}
          checked={checked}
          fault={failure && isRefused ? failureText(failure) : undefined}
          onChange={(next) => {
            setPassword(next);
            if (isRefused) set.reset();
          }}
        />
        {failure && !isRefused && <FailureNotice failure={failure} />}
        <button type="submit" className="button button-primary" disabled={set.isPending}>
          {t('accounts:password.set')}
        </button>
      </form>
    </PlainSheet>
  );
}
