import { App } from 'antd';
import { useRef } from 'react';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useNotice } from '../api/link-context.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Asks whoever watches a demonstration whether they are there, wherever in the application they are. */
export function PresenceQuestion() {
  const t = useTexts();
  const { message, modal } = App.useApp();
  const asked = useRef(new Set<string>());
  useNotice('demonstration:check-asked', ({ demonstrationId, checkId, answerBy }) => {
    // Told again to a window that has entered again.
    if (asked.current.has(checkId)) return;
    asked.current.add(checkId);
    const dialog = modal.confirm({
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
    setTimeout(dialog.destroy, Math.max(0, Date.parse(answerBy) - Date.now()));
  });
  return null;
}
