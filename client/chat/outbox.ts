import type { ChatMessage } from '../../server/contract/chat.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { toFailure } from '../api/failures.ts';
import type { Link } from '../api/link.ts';
import type { Clock } from '../review/clock.ts';
import type { OutboxStore, UnsentMessage } from './outbox-store.ts';
import { createRetry } from './retry.ts';

export interface PendingMessage extends UnsentMessage {
  /** The server will not take it; undefined while it is being tried. */
  refusal: Failure | undefined;
  /** The last try came to nothing; another is under way. */
  failing: boolean;
}

export interface OutboxParts {
  consultationId: string;
  link: Pick<Link, 'request'>;
  store: OutboxStore;
  clock: Clock;
  /** Whether the server is known to have the message: what an earlier window kept may have got through. */
  isStored(messageId: string): boolean;
  /** The server's answer to one that was sent; whoever takes it calls {@link Outbox.remove}. */
  onPosted(message: ChatMessage): void;
  onChange(): void;
}

/** The messages that were written here and are not known to be at the server, sent one at a time in the order of writing. */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #retry;
  #pending: PendingMessage[] = [];
  #sending = false;
  #closed = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#retry = createRetry(parts.clock, () => this.#flush());
    void this.#loadUnsent();
  }

  /** In the order in which they were written. */
  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  add(message: UnsentMessage): void {
    void this.#parts.store.keep(message);
    this.#pending = [...this.#pending, { ...message, refusal: undefined, failing: false }];
    this.#parts.onChange();
    this.#flush();
  }

  /** Tries one again that was refused. */
  again(messageId: string): void {
    this.#pending = this.#pending.map((one) => (one.messageId === messageId ? { ...one, refusal: undefined } : one));
    this.#parts.onChange();
    this.#flush();
  }

  /** Forgets one, here and in the store. */
  remove(messageId: string): void {
    this.#parts.store.forget(messageId);
    this.#pending = this.#pending.filter((one) => one.messageId !== messageId);
  }

  /** The line is back: sends at once. */
  reconnect(): void {
    this.#retry.reset();
    this.#flush();
  }

  close(): void {
    this.#closed = true;
    this.#retry.cancel();
  }

  /** What an earlier window did not get through goes first. */
  async #loadUnsent(): Promise<void> {
    const unsent = await this.#parts.store.load();
    const pending = new Set(this.#pending.map(({ messageId }) => messageId));
    const left = unsent.filter(({ messageId }) => !pending.has(messageId) && !this.#parts.isStored(messageId));
    if (this.#closed || left.length === 0) return;
    this.#pending = [...left.map((message) => ({ ...message, refusal: undefined, failing: false })), ...this.#pending];
    this.#parts.onChange();
    this.#flush();
  }

  #flush(): void {
    this.#retry.cancel();
    const next = this.#pending.find(({ refusal }) => refusal === undefined);
    if (!next || this.#sending || this.#closed) return;
    const { messageId, text } = next;
    this.#sending = true;
    this.#parts.link.request('chat:post', { consultationId: this.#parts.consultationId, messageId, text }).then(
      (message) => this.#posted(message),
      (thrown: unknown) => this.#failed(messageId, toFailure(thrown)),
    );
  }

  #posted(message: ChatMessage): void {
    this.#sending = false;
    this.#retry.reset();
    this.#parts.onPosted(message);
    this.#parts.onChange();
    this.#flush();
  }

  #failed(messageId: string, failure: Failure): void {
    this.#sending = false;
    const passes = isKeptFor(failure);
    this.#pending = this.#pending.map((one) =>
      one.messageId === messageId ? { ...one, failing: passes, refusal: passes ? undefined : failure } : one,
    );
    this.#parts.onChange();
    if (!passes) this.#flush();
    else if (!this.#closed) this.#retry.later(failure.retryAfterS);
  }
}
