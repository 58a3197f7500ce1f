import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Link } from '../api/link.ts';
import { randomId } from '../api/random-id.ts';
import type { TextSafe } from '../drafts/text-safe.ts';
import { systemClock } from '../review/clock.ts';
import { type ChatSession, type ChatState, createChatSession } from './chat-session.ts';
import { createOutboxStore } from './outbox-store.ts';

const EMPTY: ChatState = { messages: [], pending: [], loaded: false, failing: false };

/** Holds a case's chat open while the component is there. */
export function useChat({ consultationId, safe, link }: { consultationId: string; safe: TextSafe; link: Link }): {
  chat: ChatSession | undefined;
  state: ChatState;
} {
  const [chat, setChat] = useState<ChatSession>();
  useEffect(() => {
    const created = createChatSession({
      consultationId,
      link,
      store: createOutboxStore(safe, consultationId),
      clock: systemClock,
      newId: randomId,
      now: () => new Date(),
    });
    setChat(created);
    return () => created.close();
  }, [consultationId, safe, link]);
  const state = useSyncExternalStore(
    (listener) => chat?.onState(listener) ?? (() => {}),
    () => chat?.state ?? EMPTY,
  );
  return { chat, state };
}
