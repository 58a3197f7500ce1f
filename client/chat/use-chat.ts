import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Link } from '../api/link.ts';
import { randomId } from '../call/random-id.ts';
import { systemClock } from '../review/clock.ts';
import { type ChatSession, type ChatState, createChatSession } from './chat-session.ts';
import { createOutboxStore } from './outbox-store.ts';

const EMPTY: ChatState = { messages: [], pending: [], loaded: false, failing: false };

/** Holds a case's chat open while the component is there. */
export function useChat({
  consultationId,
  accountId,
  link,
}: {
  consultationId: string;
  accountId: string;
  link: Link;
}): { chat: ChatSession | undefined; state: ChatState } {
  const [chat, setChat] = useState<ChatSession>();
  useEffect(() => {
    const created = createChatSession({
      consultationId,
      link,
      store: createOutboxStore(accountId, consultationId, localStorage),
      clock: systemClock,
      newId: randomId,
      now: () => new Date(),
    });
    setChat(created);
    return () => created.close();
  }, [consultationId, accountId, link]);
  const state = useSyncExternalStore(
    (listener) => chat?.onState(listener) ?? (() => {}),
    () => chat?.state ?? EMPTY,
  );
  return { chat, state };
}
