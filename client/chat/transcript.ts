import type { ChatMessage } from '../../server/contract/chat.ts';
import type { Link } from '../api/link.ts';
import type { Clock } from '../review/clock.ts';
import { createRetry } from './retry.ts';

export interface TranscriptParts {
  consultationId: string;
  link: Pick<Link, 'request'>;
  clock: Clock;
  /** The server has this message: called once for each way it arrives here. */
  onStored(messageId: string): void;
  onChange(): void;
}

/** The messages that the server has, read from it until none is missing. */
export interface Transcript {
  /** By sequence, without gaps. */
  readonly messages: readonly ChatMessage[];
  readonly loaded: boolean;
  /** The last attempt to read them failed; another is under way. */
  readonly failing: boolean;
  /** Includes messages that are still hidden behind a gap. */
  has(messageId: string): boolean;
  /** Takes a message that arrived by itself; reads what is missing before it. */
  take(message: ChatMessage): void;
  /** The line is back: reads at once what was missed. */
  reconnect(): void;
  close(): void;
}

export function createTranscript({ consultationId, link, clock, onStored, onChange }: TranscriptParts): Transcript {
  const bySequence = new Map<number, ChatMessage>();
  let last = 0;
  let loaded = false;
  let failing = false;
  let reading = false;
  let readAgain = false;
  let closed = false;
  const retry = createRetry(clock, read);

  /** A message further on than the next one stays hidden until those between have been read. */
  function take(message: ChatMessage): void {
    bySequence.set(message.sequence, message);
    while (bySequence.has(last + 1)) last += 1;
    if (message.sequence > last) read();
    onStored(message.messageId);
  }

  function read(): void {
    readAgain = reading;
    if (reading || closed) return;
    reading = true;
    link.request('chat:since', { consultationId, afterSequence: last }).then(taken, () => {
      reading = false;
      failing = true;
      onChange();
      if (!closed) retry.later();
    });
  }
  function taken(messages: readonly ChatMessage[]): void {
    reading = false;
    loaded = true;
    failing = false;
    retry.reset();
    for (const message of messages) take(message);
    onChange();
    if (readAgain) read();
  }

  return {
    get messages() {
      return [...bySequence.values()]
        .filter(({ sequence }) => sequence <= last)
        .sort((a, b) => a.sequence - b.sequence);
    },
    get loaded() {
      return loaded;
    },
    get failing() {
      return failing;
    },
    has: (messageId) => [...bySequence.values()].some((message) => message.messageId === messageId),
    take,
    reconnect() {
      retry.reset();
      read();
    },
    close() {
      closed = true;
      retry.cancel();
    },
  };
}
