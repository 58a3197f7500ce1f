import { useLayoutEffect, useRef, useState } from 'react';
import { ReactionKind } from '../../server/contract/asking.ts';
import { call } from '../api/http.ts';
import { randomId } from '../api/random-id.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { AskingProps } from './questions.tsx';

/** As the contract's LiveChatInput. */
const MAX_LENGTH = 300;

/** The conversation beside the picture, and what one may say without words. */
export function LiveChat({ demonstrationId, asking, view }: AskingProps) {
  const t = useTexts();
  const formats = useFormats();
  const list = useRef<HTMLOListElement>(null);
  const [text, setText] = useState('');
  const [messageId, setMessageId] = useState(randomId);
  const mayWrite = view.actions.includes('ask');
  const mayRemove = view.actions.includes('moderate');
  const params = { demonstrationId };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each new line.
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [view.chat.at(-1)?.messageId]);
  async function send() {
    if (!(await asking.other(() => call('live-chat:post', { params, body: { messageId, text } })))) return;
    setText('');
    setMessageId(randomId());
  }
  return (
    <section className="asking-part" aria-labelledby="asking-chat">
      <h2 id="asking-chat">{t('asking:chat.title')}</h2>
      {view.chat.length === 0 && <p className="asking-none">{t('asking:chat.none')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be scrollable by keyboard (WCAG 2.1.1). */}
      <ol ref={list} className="asking-chat" tabIndex={0} aria-label={t('asking:chat.title')} data-testid="asking-chat">
        {view.chat.map((line) => (
          <li key={line.messageId}>
            <p className="asking-by">
              <b>{line.by.name}</b> {line.isStaff ? t('asking:chat.staff') : line.by.facilityName}{' '}
              <time className="numbers" dateTime={line.at}>
                {formats.clock(line.at)}
              </time>
            </p>
            {mayRemove && (
              <button
                type="button"
                className="button button-quiet"
                aria-label={`${t('asking:chat.remove')} ${line.text}`}
                onClick={() =>
                  void asking.desk(() =>
                    call('live-chat:remove', { params: { demonstrationId, messageId: line.messageId } }),
                  )
                }
              >
                {t('asking:chat.remove')}
              </button>
            )}
            <p className="asking-text">{line.text}</p>
          </li>
        ))}
      </ol>
      {mayWrite && (
        <>
          <form
            className="asking-row"
            onSubmit={(event) => {
              event.preventDefault();
              void send();
            }}
          >
            <input
              maxLength={MAX_LENGTH}
              aria-label={t('asking:chat.field')}
              placeholder={t('asking:chat.placeholder', { seconds: view.paceS })}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <button type="submit" className="button" disabled={text.trim() === ''}>
              {t('asking:chat.send')}
            </button>
          </form>
          <div className="asking-row">
            {ReactionKind.options.map((kind) => (
              <button
                key={kind}
                type="button"
                className="button"
                onClick={() => void asking.other(() => call('reaction:send', { params, body: { kind } }))}
              >
                {t(`asking:reaction.${kind}`)}
              </button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}
