import type { ChatMessage } from '../../server/contract/chat.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { toFailure } from '../api/failures.ts';
import type { Link } from '../api/link.ts';
import { createBackoff } from '../line/backoff.ts';
import type { Clock } from '../review/clock.ts';
import type { OutboxStore, UnsentMessage } from './outbox-store.ts';

export interface PendingMessage extends UnsentMessage {
  /** The server will not take it; undefined while it is being tried. */
  refusal: Failure | undefined;
  /** The last try came to nothing; another is under way. */
  failing: boolean;
}

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
  const bySequence = new Map<number, ChatMessage>();
  const listeners = new Set<() => void>();
  let pending: PendingMessage[] = [];
  let last = 0;
  let loaded = false;
  let failing = false;
  let reading = false;
  let readAgain = false;
  let sending = false;
  let closed = false;
  const sendRetry = createRetry(clock, () => flush());
  const readRetry = createRetry(clock, () => read());
  let state = snapshot();

  function snapshot(): ChatState {
    const messages = [...bySequence.values()]
      .filter(({ sequence }) => sequence <= last)
      .sort((a, b) => a.sequence - b.sequence);
    return { messages, pending, loaded, failing };
  }
  function changed(): void {
    if (closed) return;
    state = snapshot();
    for (const listener of listeners) listener();
  }

  /** A message further on than the next one stays hidden until those between have been read. */
  function take(message: ChatMessage): void {
    bySequence.set(message.sequence, message);
    while (bySequence.has(last + 1)) last += 1;
    if (message.sequence > last) read();
    remove(message.messageId);
  }
  function remove(messageId: string): void {
    store.forget(messageId);
    pending = pending.filter((one) => one.messageId !== messageId);
  }

  function read(): void {
    readAgain = reading;
    if (reading || closed) return;
    reading = true;
    link.request('chat:since', { consultationId, afterSequence: last }).then(
      (messages) => {
        reading = false;
        loaded = true;
        failing = false;
        readRetry.reset();
        for (const message of messages) take(message);
        changed();
        if (readAgain) read();
      },
      () => {
        reading = false;
        failing = true;
        changed();
        if (!closed) readRetry.later();
      },
    );
  }

  function flush(): void {
    sendRetry.cancel();
    const next = pending.find(({ refusal }) => refusal === undefined);
    if (!next || sending || closed) return;
    sending = true;
    link.request('chat:post', { consultationId, messageId: next.messageId, text: next.text }).then(
      (message) => {
        sending = false;
        sendRetry.reset();
        take(message);
        changed();
        flush();
      },
      (thrown: unknown) => {
        sending = false;
        const failure = toFailure(thrown);
        const passes = isKeptFor(failure);
        pending = pending.map((one) =>
          one.messageId === next.messageId ? { ...one, failing: passes, refusal: passes ? undefined : failure } : one,
        );
        changed();
        if (!passes) flush();
        else if (!closed) sendRetry.later(failure.retryAfterS);
      },
    );
  }

  /** What an earlier window did not get through goes first. */
  async function loadUnsent(): Promise<void> {
    const unsent = await store.load();
    const known = new Set([...pending, ...bySequence.values()].map(({ messageId }) => messageId));
    const left = unsent.filter(({ messageId }) => !known.has(messageId));
    if (closed || left.length === 0) return;
    pending = [...left.map((message) => ({ ...message, refusal: undefined, failing: false })), ...pending];
    changed();
    flush();
  }
  void loadUnsent();

  const stops = [
    link.on('chat:posted', (message) => {
      if (message.consultationId !== consultationId) return;
      take(message);
      changed();
    }),
    link.onConnect(() => {
      readRetry.reset();
      sendRetry.reset();
      read();
      flush();
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
      const message: UnsentMessage = { messageId: newId(), text: text.trim(), writtenAt: now().toISOString() };
      if (message.text === '') return;
      void store.keep(message);
      pending = [...pending, { ...message, refusal: undefined, failing: false }];
      changed();
      flush();
    },
    again(messageId) {
      pending = pending.map((one) => (one.messageId === messageId ? { ...one, refusal: undefined } : one));
      changed();
      flush();
    },
    discard(messageId) {
      remove(messageId);
      changed();
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      sendRetry.cancel();
      readRetry.cancel();
      listeners.clear();
    },
  };
}

/** Runs something later, each time later than before, until reset. */
function createRetry(clock: Clock, run: () => void) {
  const backoff = createBackoff();
  let stop: (() => void) | undefined;
  const cancel = () => {
    stop?.();
    stop = undefined;
  };
  return {
    later(retryAfterS?: number) {
      cancel();
      stop = clock.after(backoff.nextMs(retryAfterS), run);
    },
    reset() {
      cancel();
      backoff.reset();
    },
    cancel,
  };
}
