import { App } from 'antd';
import { useRef } from 'react';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useNotice } from '../api/link-context.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';

const CLOCK_AHEAD_MS = 5 * 60_000;

/** Asks whoever watches a demonstration whether they are there, wherever in the application they are. */
export function PresenceQuestion() {
  const t = useTexts();
  const { message, modal } = App.useApp();
  const asked = useRef(new Set<string>());
  useNotice('demonstration:check-asked', ({ demonstrationId, checkId, answerBy }) => {
    // Told again to a window that has entered again.
    if (asked.current.has(checkId)) return;
    asked.current.add(checkId);
    // Nothing outside of what is shown on the full screen is seen.
    if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    const dialog = modal.confirm({
      keyboard: false,
      title: t('demonstrations:presenceCheck.title'),
      content: t('demonstrations:presenceCheck.text'),
      okText: t('demonstrations:presenceCheck.confirm'),
      cancelButtonProps: { hidden: true },
      onOk: async () => {
        try {
          await call('demonstration:answer-check', { params: { demonstrationId, checkId } });
        } catch (thrown) {
          void message.error(failureText(toFailure(thrown)));
        }
      },
    });
    // A computer whose clock is ahead is asked all the same; a late answer is told that it is.
    const leftMs = Date.parse(answerBy) - Date.now();
    setTimeout(dialog.destroy, leftMs > 0 ? leftMs : CLOCK_AHEAD_MS);
  });
  return null;
}
