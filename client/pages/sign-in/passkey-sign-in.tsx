import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SessionView } from '../../../server/contract/account.ts';
import type { SecurityKeyAssertion } from '../../../server/contract/security-key.ts';
import {
  answerByAutofill,
  answerByKey,
  askNoMore,
  supportsKeyAutofill,
  supportsKeys,
} from '../../accounts/security-key.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** A challenge is good for ten minutes; a page that stays open asks for another before. */
const RENEW_MS = 9 * 60_000;

/** In place of name and password: a button, and what the browser offers beside the field of the name. */
export function PasskeySignIn({ onSignedIn }: { onSignedIn: (session: SessionView) => void }) {
  const t = useTexts();
  const [isUnused, setUnused] = useState(false);
  const open = useMutation({
    /** @param chosen beside the field of the name; left out: the button was pressed. */
    async mutationFn(chosen?: SecurityKeyAssertion) {
      const assertion = chosen ?? (await answerByKey(await call('passkey:challenge')));
      setUnused(assertion === undefined);
      return assertion && (await call('session:open-by-passkey', { body: { assertion } }));
    },
    onSuccess: (session) => session && onSignedIn(session),
  });
  const { isPending, mutate } = open;
  // One at a time: while the browser asks for a passkey it offers none beside the field.
  useEffect(() => {
    if (isPending || !supportsKeys()) return;
    const closing = new AbortController();
    void offerBesideName(closing.signal, mutate);
    return () => closing.abort();
  }, [isPending, mutate]);
  useEffect(() => askNoMore, []);

  const failure = open.error ? toFailure(open.error) : undefined;
  const note = !supportsKeys() ? 'unsupported' : isUnused && !isPending ? 'unused' : undefined;
  return (
    <div className="passkey">
      <p className="passkey-or" aria-hidden="true">
        {t('signIn:passkey.or')}
      </p>
      <button
        type="button"
        className="button sign-in-submit"
        disabled={isPending || !supportsKeys()}
        onClick={() => {
          setUnused(false);
          mutate(undefined);
        }}
      >
        {t(isPending ? 'signIn:passkey.waiting' : 'signIn:passkey.use')}
      </button>
      <div role="status">{note && <p className="passkey-note">{t(`signIn:passkey.${note}`)}</p>}</div>
      {failure && !isPending && <FailureNotice failure={failure} />}
    </div>
  );
}

/** Until one is chosen. Where nothing can be offered nobody is told: name, password and button are there. */
async function offerBesideName(
  signal: AbortSignal,
  onChosen: (assertion: SecurityKeyAssertion) => void,
): Promise<void> {
  if (!(await supportsKeyAutofill())) return;
  try {
    let answer: SecurityKeyAssertion | 'late' | undefined = 'late';
    while (answer === 'late' && !signal.aborted) {
      const request = await call('passkey:challenge', { signal });
      answer = signal.aborted ? undefined : await answerByAutofill(request, RENEW_MS);
    }
    if (answer && answer !== 'late' && !signal.aborted) onChosen(answer);
  } catch {
    // The button says what is wrong, to whoever presses it.
  }
}
