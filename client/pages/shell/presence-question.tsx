import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Notice } from '../../../server/contract/messages.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useNotice } from '../../api/link-context.tsx';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import './ring.css';

type Check = Notice<'demonstration:check-asked'>;

/** A computer whose clock is ahead is asked all the same; a late answer is told that it is. */
const CLOCK_AHEAD_MS = 5 * 60_000;

/** Asks whoever watches a demonstration whether they are there, wherever in the application they are. */
export function PresenceQuestion() {
  const asked = useRef(new Set<string>());
  const [checks, setChecks] = useState<Check[]>([]);
  useNotice('demonstration:check-asked', (check) => {
    // Told again to a window that has entered again.
    if (asked.current.has(check.checkId)) return;
    asked.current.add(check.checkId);
    setChecks((open) => [...open, check]);
  });
  const check = checks[0];
  if (!check) return null;
  const settled = () => setChecks((open) => open.filter(({ checkId }) => checkId !== check.checkId));
  return <PresenceDialog key={check.checkId} check={check} onSettled={settled} />;
}

/** Above everything, a picture on the full screen too. */
function PresenceDialog({ check, onSettled }: { check: Check; onSettled: () => void }) {
  const t = useTexts();
  const { demonstrationId, checkId, answerBy } = check;
  const answer = useMutation({
    mutationFn: () => call('demonstration:answer-check', { params: { demonstrationId, checkId } }),
    onSuccess: onSettled,
  });
  const settle = useRef(onSettled);
  settle.current = onSettled;
  useEffect(() => {
    const leftMs = Date.parse(answerBy) - Date.now();
    const timer = setTimeout(() => settle.current(), leftMs > 0 ? leftMs : CLOCK_AHEAD_MS);
    return () => clearTimeout(timer);
  }, [answerBy]);
  const open = useCallback((element: HTMLDialogElement | null) => {
    if (!element || element.open) return;
    element.showModal();
    // Not onto the button: whoever is typing must not answer with the next Enter.
    element.focus();
  }, []);
  return (
    <dialog
      ref={open}
      className="ring"
      tabIndex={-1}
      aria-labelledby="presence-title"
      data-tone="light"
      data-testid="presence-question"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="presence-title">{t('demonstrations:presenceCheck.title')}</h2>
      <p className="ring-note">{t('demonstrations:presenceCheck.text')}</p>
      {answer.error && <p role="alert">{failureText(toFailure(answer.error))}</p>}
      <div className="ring-actions">
        <button
          type="button"
          className="button button-primary ring-answer"
          disabled={answer.isPending}
          onClick={() => answer.mutate()}
        >
          {t('demonstrations:presenceCheck.confirm')}
        </button>
        {answer.error && (
          <button type="button" className="button" onClick={onSettled}>
            {t('cancel')}
          </button>
        )}
      </div>
    </dialog>
  );
}
