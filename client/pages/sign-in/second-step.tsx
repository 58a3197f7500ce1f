import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { SessionView } from '../../../server/contract/account.ts';
import type { PendingSignInView } from '../../../server/contract/second-factor.ts';
import { FactorProofField } from '../../accounts/factor-proof-field.tsx';
import { useFactorProof } from '../../accounts/use-factor-proof.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import '../../accounts/plain-sheet.css';
import '../../accounts/second-factor.css';

/** After the right password: a security key, a code, or what stands for them. @param onBack to the password again */
export function SecondStep({ onSignedIn, onBack }: { onSignedIn: (session: SessionView) => void; onBack: () => void }) {
  const t = useTexts();
  const pending = useQuery({
    queryKey: ['pending-sign-in'],
    queryFn: ({ signal }) => call('pending-sign-in:read', { signal }),
    gcTime: 0,
    retry: false,
  });
  return (
    <>
      <h2 className="second-step-title">{t('secondFactor:signIn.title')}</h2>
      {pending.isPending && <Skeleton lines={3} lineHeightPx={40} />}
      {pending.error && <FailureNotice failure={toFailure(pending.error)} />}
      {pending.data && <Confirm kinds={pending.data.kinds} onSignedIn={onSignedIn} />}
      <p className="second-step-lost">{t('secondFactor:signIn.lost')}</p>
      <button type="button" className="button button-quiet factor-other" onClick={onBack}>
        {t('secondFactor:signIn.back')}
      </button>
    </>
  );
}

function Confirm({
  kinds,
  onSignedIn,
}: Pick<PendingSignInView, 'kinds'> & { onSignedIn: (session: SessionView) => void }) {
  const t = useTexts();
  const confirm = useMutation({
    async mutationFn() {
      const proof = await factor.take();
      return proof && (await call('session:confirm', { body: { proof } }));
    },
    onSuccess(answer) {
      if (answer?.recoveryCodesLeft === null) onSignedIn(answer.session);
    },
    onError: () => factor.clear(),
  });
  const factor = useFactorProof({
    kinds,
    askChallenge: () => call('pending-sign-in:challenge'),
    onChange: () => confirm.reset(),
  });
  const failure = confirm.error ? toFailure(confirm.error) : undefined;
  const isOfField = failure?.fields?.some((field) => field.startsWith('proof')) ?? false;
  const isByKey = factor.kind === 'security-key';
  if (confirm.data && confirm.data.recoveryCodesLeft !== null)
    return <Recovered {...confirm.data} recoveryCodesLeft={confirm.data.recoveryCodesLeft} onSignedIn={onSignedIn} />;
  if (kinds.length === 0) return <p className="factor-text">{t('secondFactor:signIn.elsewhere')}</p>;

  function submit(event: FormEvent) {
    event.preventDefault();
    confirm.mutate();
  }
  return (
    <form onSubmit={submit} noValidate>
      <p className="factor-text">{t(`secondFactor:signIn.textOf.${factor.kind}`)}</p>
      <FactorProofField factor={factor} fault={failure && isOfField ? failureText(failure) : undefined} autoFocus />
      {failure && !isOfField && <FailureNotice failure={failure} />}
      <button
        key={String(isByKey)}
        type="submit"
        className="button button-primary sign-in-submit"
        // biome-ignore lint/a11y/noAutofocus: a key has no field; the keyboard goes on here
        autoFocus={isByKey}
        disabled={confirm.isPending}
      >
        {t(
          confirm.isPending
            ? isByKey
              ? 'secondFactor:key.waiting'
              : 'secondFactor:signIn.submitting'
            : isByKey
              ? 'secondFactor:key.use'
              : 'secondFactor:signIn.submit',
        )}
      </button>
    </form>
  );
}

/** After a recovery code: how many are left, before going on. */
function Recovered({
  session,
  recoveryCodesLeft,
  onSignedIn,
}: {
  session: SessionView;
  recoveryCodesLeft: number;
  onSignedIn: (session: SessionView) => void;
}) {
  const t = useTexts();
  return (
    <div role="status">
      <h3>{t('secondFactor:signIn.recoveredTitle')}</h3>
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
