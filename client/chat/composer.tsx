import { useId, useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { isEnter } from '../ui/enter-key.ts';
import { useTypedLine } from './use-typed-line.ts';

/** As the contract's ChatPost. */
const MAX_LENGTH = 2000;

/** Enter sends, Shift+Enter starts a line; Enter that ends the choice of a Chinese word does neither. */
export function Composer({
  view,
  onPost,
  onPosted,
}: {
  view: { consultationId: string; caseNumber: string };
  onPost: (text: string) => void;
  onPosted: () => void;
}) {
  const t = useTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  const note = useId();
  const { text, change } = useTypedLine(view.consultationId, view.caseNumber);
  const tooLong = text.trim().length > MAX_LENGTH;
  const ready = text.trim() !== '' && !tooLong;

  function send() {
    if (!ready) return;
    onPosted();
    onPost(text);
    change('');
    field.current?.focus();
  }

  return (
    <form
      className="chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        className="chat-input"
        data-testid="chat-input"
        rows={2}
        value={text}
        aria-label={t('chat:input')}
        aria-invalid={tooLong}
        aria-describedby={note}
        placeholder={t('chat:placeholder')}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (!isEnter(event) || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" className="button button-primary" data-testid="chat-send" disabled={!ready}>
        {t('chat:send')}
      </button>
      <p id={note} className="chat-note" role={tooLong ? 'alert' : undefined}>
        {tooLong && t('chat:tooLong', { max: MAX_LENGTH })}
      </p>
    </form>
  );
}
