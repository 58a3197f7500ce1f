import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SessionView } from '../../../server/contract/account.ts';
import { FactorProofField, toProof, useTypedProof } from '../../accounts/factor-proof-field.tsx';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import '../../accounts/gate.css';
import '../../accounts/second-factor.css';

/** After the right password: the code, or what stands for it. @param onBack to the password again */
export function SecondStep({ onSignedIn, onBack }: { onSignedIn: (session: SessionView) => void; onBack: () => void }) {
  const t = useTexts();
  const pending = useQuery({
    queryKey: ['pending-sign-in'],
    queryFn: ({ signal }) => call('pending-sign-in:read', { signal }),
    gcTime: 0,
    retry: false,
  });
  const [checked, setChecked] = useState(false);
  const confirm = useMutation({
    mutationFn: (proof: NonNullable<ReturnType<typeof toProof>>) => call('session:confirm', { body: { proof } }),
    onSuccess: ({ session, recoveryCodesLeft }) => {
      if (recoveryCodesLeft === null) onSignedIn(session);
    },
    onError: () => {
      setChecked(false);
      clear();
    },
  });
  const { proof, type, clear } = useTypedProof(() => confirm.reset());
  const failed = confirm.error ?? pending.error;
  const failure = failed ? toFailure(failed) : undefined;
  const isOfField = failure?.fields?.includes('proof.code') ?? false;

  if (confirm.data && confirm.data.recoveryCodesLeft !== null) {
    const { session, recoveryCodesLeft } = confirm.data;
    return (
      <div role="status">
        <h2>{t('secondFactor:signIn.recoveredTitle')}</h2>
        <p className="factor-text">{t('secondFactor:signIn.recovered', { count: recoveryCodesLeft })}</p>
        <button
          type="button"
          className="button button-primary sign-in-submit"
          // biome-ignore lint/a11y/noAutofocus: what was pressed is gone; the keyboard goes on here
          autoFocus
          onClick={() => onSignedIn(session)}
        >
          {t('secondFactor:signIn.goOn')}
        </button>
      </div>
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const proven = toProof(proof);
    if (proven) confirm.mutate(proven);
  }

  return (
    <form onSubmit={submit} noValidate>
      <h2 className="second-step-title">{t('secondFactor:signIn.title')}</h2>
      <p className="factor-text">
        {t(proof.kind === 'totp' ? 'secondFactor:signIn.text' : 'secondFactor:signIn.recoveryText')}
      </p>
      <FactorProofField
        value={proof}
        kinds={pending.data?.kinds ?? ['totp']}
        checked={checked}
        fault={failure && isOfField ? failureText(failure) : undefined}
        autoFocus
        onChange={type}
      />
      {failure && !isOfField && <FailureNotice failure={failure} />}
      <button type="submit" className="button button-primary sign-in-submit" disabled={confirm.isPending}>
        {t(confirm.isPending ? 'secondFactor:signIn.submitting' : 'secondFactor:signIn.submit')}
      </button>
      <p className="second-step-lost">{t('secondFactor:signIn.lost')}</p>
      <button type="button" className="button button-quiet factor-other" onClick={onBack}>
        {t('secondFactor:signIn.back')}
      </button>
    </form>
  );
}
