import type { ChatMessage } from '../../server/contract/chat.ts';
import type { Link } from '../api/link.ts';
import type { Clock } from '../review/clock.ts';
import { Outbox, type PendingMessage } from './outbox.ts';
import type { OutboxStore } from './outbox-store.ts';
import { createTranscript } from './transcript.ts';

export interface ChatState {
  /** By sequence, without gaps. */
  messages: readonly ChatMessage[];
  /** In the order in which they were written, after all messages. */
  pending: readonly PendingMessage[];
  loaded: boolean;
  /** The last attempt to read them failed; another is under way. */
  failing: boolean;
}

/** The chat of one case in one window. */
export interface ChatSession {
  readonly state: ChatState;
  onState(listener: () => void): () => void;
  post(text: string): void;
  again(messageId: string): void;
  discard(messageId: string): void;
  close(): void;
}

export interface ChatSessionParts {
  consultationId: string;
  link: Pick<Link, 'request' | 'on' | 'onConnect'>;
  store: OutboxStore;
  clock: Clock;
  newId(): string;
  now(): Date;
}

/** Shows what the server has, in its order, and sends what was written here until the server has it: over outages, reloads and restarts, each message once. */
export function createChatSession({ consultationId, link, store, clock, newId, now }: ChatSessionParts): ChatSession {
  const listeners = new Set<() => void>();
  let closed = false;
  const transcript = createTranscript({
    consultationId,
    link,
    clock,
    onStored: (messageId) => outbox.remove(messageId),
    onChange: changed,
  });
  const outbox = new Outbox({
    consultationId,
    link,
    store,
    clock,
    isStored: transcript.has,
    onPosted: transcript.take,
    onChange: changed,
  });
  let state = snapshot();

  function snapshot(): ChatState {
    const { messages, loaded, failing } = transcript;
    return { messages, pending: outbox.pending, loaded, failing };
  }
  function changed(): void {
    if (closed) return;
    state = snapshot();
    for (const listener of listeners) listener();
  }

  const stops = [
    link.on('chat:posted', (message) => {
      if (message.consultationId !== consultationId) return;
      transcript.take(message);
      changed();
    }),
    link.onConnect(() => {
      transcript.reconnect();
      outbox.reconnect();
    }),
  ];

  return {
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    post(text) {
      const message = { messageId: newId(), text: text.trim(), writtenAt: now().toISOString() };
      if (message.text !== '') outbox.add(message);
    },
    again: (messageId) => outbox.again(messageId),
    discard(messageId) {
      outbox.remove(messageId);
      changed();
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      outbox.close();
      transcript.close();
      listeners.clear();
    },
  };
}
