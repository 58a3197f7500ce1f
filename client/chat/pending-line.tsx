import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { PendingMessage } from './outbox.ts';

/** A message that the server does not have yet, or will not take. */
export function PendingLine({
  message,
  offline,
  onAgain,
  onDiscard,
}: {
  message: PendingMessage;
  offline: boolean;
  onAgain: () => void;
  onDiscard: () => void;
}) {
  const t = useTexts();
  const { refusal, failing } = message;
  const state = offline ? 'chat:pendingOffline' : failing ? 'chat:pendingFailing' : 'chat:pending';
  return (
    <li className="chat-line" data-mine data-pending={refusal ? 'refused' : 'waiting'} data-testid="chat-pending">
      <p className="chat-text">{message.text}</p>
      {refusal ? (
        <div className="chat-refusal" role="alert">
          <p>{t('labelled', { label: t('chat:refused'), value: failureText(refusal) })}</p>
          <button type="button" className="chat-link" onClick={onAgain}>
            {t('chat:again')}
          </button>
          <button type="button" className="chat-link" onClick={onDiscard}>
            {t('chat:discard')}
          </button>
        </div>
      ) : (
        <p className="chat-state">{t(state)}</p>
      )}
    </li>
  );
}
