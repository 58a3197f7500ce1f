import { type UIEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChatMessage } from '../../server/contract/chat.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ChatSession, ChatState } from './chat-session.ts';
import { Composer } from './composer.tsx';
import { PendingLine } from './pending-line.tsx';
import './chat.css';

/** Near enough to the end to be carried along by new messages. */
const AT_END_PX = 48;

/** A list that stays at its end, unless somebody reads further up: then they are told of new lines below. */
function useEnd(count: number) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const toEnd = () => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
    setBelow(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each new line.
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setBelow(true);
  }, [count]);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // A column that is dragged wider or narrower stays at its end.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTo({ top: element.scrollHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return {
    list,
    below,
    toEnd,
    onScroll({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent<HTMLOListElement>) {
      atEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PX;
      if (atEnd.current) setBelow(false);
    },
    /** The next line is shown wherever the list is. */
    follow() {
      atEnd.current = true;
    },
  };
}

/**
 * A case's chat: `data-testid="chat"`, its lines `chat-message`, the field `chat-input`, the button `chat-send`.
 * Fills the height that it is given.
 */
export function ChatPanel({
  view,
  chat,
  state,
  accountId,
  mayPost,
  offline,
}: {
  view: { consultationId: string; caseNumber: string };
  chat: ChatSession | undefined;
  state: ChatState;
  accountId: string;
  mayPost: boolean;
  /** The line to the server is down: what is written waits. */
  offline: boolean;
}) {
  const t = useTexts();
  const count = state.messages.length + state.pending.length;
  const { list, below, toEnd, onScroll, follow } = useEnd(count);

  return (
    <section className="chat" aria-label={t('chat:title')} data-testid="chat">
      <ol
        ref={list}
        className="chat-list"
        aria-label={t('chat:list')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be scrollable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        onScroll={onScroll}
      >
        {state.loaded && count === 0 && <li className="chat-empty">{t('chat:empty')}</li>}
        {state.messages.map((message, index) => (
          <Line
            key={message.messageId}
            message={message}
            mine={message.authorId === accountId}
            follows={state.messages[index - 1]?.authorId === message.authorId}
          />
        ))}
        {state.pending.map((message) => (
          <PendingLine
            key={message.messageId}
            message={message}
            offline={offline}
            onAgain={() => chat?.again(message.messageId)}
            onDiscard={() => chat?.discard(message.messageId)}
          />
        ))}
      </ol>
      {below && (
        <button type="button" className="chat-below" onClick={toEnd}>
          {t('chat:newBelow')}
        </button>
      )}
      {state.failing && !offline && (
        <p className="chat-failing" role="status">
          {t('chat:failed')}
        </p>
      )}
      {mayPost && <Composer view={view} onPost={(text) => chat?.post(text)} onPosted={follow} />}
    </section>
  );
}

/** Told to screen readers wherever they are in the room: the last line that somebody else wrote after the chat was opened. */
export function ChatAnnouncer({ state, accountId }: { state: ChatState; accountId: string }) {
  const t = useTexts();
  const [since, setSince] = useState<number>();
  const last = state.messages.findLast(({ authorId }) => authorId !== accountId);
  useEffect(() => {
    if (state.loaded) setSince((known) => known ?? state.messages.at(-1)?.sequence ?? 0);
  }, [state]);
  const isNew = last !== undefined && since !== undefined && last.sequence > since;
  return (
    <p className="visually-hidden" aria-live="polite">
      {isNew && t('chat:newMessage', { name: last.authorName, text: last.text })}
    </p>
  );
}

function Line({ message, mine, follows }: { message: ChatMessage; mine: boolean; follows: boolean }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <li className="chat-line" data-mine={mine} data-testid="chat-message">
      {!follows && (
        <p className="chat-author">
          <b>{mine ? t('chat:you') : message.authorName}</b>
          <time className="numbers" dateTime={message.postedAt}>
            {formats.moment(message.postedAt)}
          </time>
        </p>
      )}
      <p className="chat-text">{message.text}</p>
    </li>
  );
}
