import { useState } from 'react';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { AskingProps } from './questions.tsx';

/** A question and its answers, one a line. */
export function PollForm({ demonstrationId, asking }: AskingProps) {
  const t = useTexts();
  const [text, setText] = useState('');
  const [lines, setLines] = useState('');
  const [isOpen, setOpen] = useState(false);
  const options = lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const isWhole = text.trim() !== '' && options.length >= 2 && options.length <= 6;
  async function open() {
    const body = { text, options };
    if (!(await asking.desk(() => call('poll:open', { params: { demonstrationId }, body })))) return;
    setText('');
    setLines('');
    setOpen(false);
  }
  return (
    <details className="asking-part" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('asking:poll.new')}</summary>
      <form
        className="asking-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) void open();
        }}
      >
        <input
          maxLength={200}
          aria-label={t('asking:poll.question')}
          placeholder={t('asking:poll.question')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <textarea
          rows={3}
          aria-label={t('asking:poll.options')}
          placeholder={t('asking:poll.options')}
          value={lines}
          onChange={(event) => setLines(event.target.value)}
        />
        <div className="asking-row">
          <button type="submit" className="button button-primary" disabled={!isWhole}>
            {t('asking:poll.start')}
          </button>
        </div>
      </form>
    </details>
  );
}
