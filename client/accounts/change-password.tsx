import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type FormEvent, useState } from 'react';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useSession } from '../api/session.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { isPasswordComplete, NewPasswordFields, NO_PASSWORD } from './new-password.tsx';
import { OWN_SESSIONS_KEY } from './own-sessions.tsx';
import { PlainField } from './plain-field.tsx';
import './plain-sheet.css';

export function ChangePassword() {
  const t = useTexts();
  const client = useQueryClient();
  const { minPasswordLength } = useSession();
  const { message } = App.useApp();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState(NO_PASSWORD);
  const [checked, setChecked] = useState(false);
  const change = useMutation({
    mutationFn: () => call('password:change', { body: { oldPassword: old, newPassword: password.first } }),
    onSuccess() {
      setOld('');
      setPassword(NO_PASSWORD);
      setChecked(false);
      message.success(t('accounts:password.changed'));
      void client.invalidateQueries({ queryKey: OWN_SESSIONS_KEY });
    },
  });
  const failure = change.error ? toFailure(change.error) : undefined;
  const faultOf = (field: string) => (failure?.fields?.includes(field) ? failureText(failure) : undefined);
  const forget = () => {
    if (failure) change.reset();
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (old !== '' && isPasswordComplete(password, minPasswordLength)) change.mutate();
  }

  return (
    <section className="panel" aria-labelledby="change-password">
      <h2 id="change-password">{t('accounts:password.change')}</h2>
      <p>{t('accounts:password.changeText')}</p>
      <form onSubmit={submit} noValidate>
        <PlainField
          label={t('accounts:password.old')}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={old}
          error={faultOf('oldPassword') ?? (checked && old === '' ? t('accounts:password.missing') : undefined)}
          onChange={(event) => {
            setOld(event.target.value);
            forget();
          }}
        />
        <NewPasswordFields
          minLength={minPasswordLength}
          value={password}
          checked={checked}
          fault={faultOf('newPassword')}
          onChange={(next) => {
            setPassword(next);
            forget();
          }}
        />
        {failure && !failure.fields && <FailureNotice failure={failure} />}
        <button type="submit" className="button button-primary" disabled={change.isPending}>
          {t('accounts:password.change')}
        </button>
      </form>
    </section>
  );
}
