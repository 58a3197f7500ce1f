import type { Clock } from '../../client/review/clock.ts';
import type { ReviewLink } from '../../client/review/review-link.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { Notice, NoticeName, RequestInput, RequestName, RequestReply } from '../../server/contract/messages.ts';
import type { ReviewHub } from './review-world.ts';

const REQUEST_TIMEOUT_MS = 5000;

/** A line with a delay that can break at any moment, losing what is under way in either direction. */
export class TestLink implements ReviewLink {
  readonly #listeners = new Map<string, Set<(notice: never) => void>>();
  readonly #connectListeners = new Set<() => void>();
  readonly #waiting: (() => void)[] = [];
  readonly #underway = new Set<() => void>();
  readonly #hub: ReviewHub;
  readonly #clock: Clock;
  readonly #who: { accountId: string; name: string };
  readonly #delayMs: number;
  #peerId: string | undefined;
  #generation = 0;

  constructor(hub: ReviewHub, clock: Clock, who: { accountId: string; name: string }, delayMs: number) {
    this.#hub = hub;
    this.#clock = clock;
    this.#who = who;
    this.#delayMs = delayMs;
    this.connect();
  }

  get connected(): boolean {
    return this.#peerId !== undefined;
  }

  connect(): void {
    if (this.connected) return;
    this.#generation++;
    this.#peerId = this.#hub.enter(this, this.#who.accountId, this.#who.name);
    for (const listener of this.#connectListeners) listener();
    for (const resume of this.#waiting.splice(0)) resume();
  }

  break(): void {
    if (this.#peerId === undefined) return;
    const peerId = this.#peerId;
    this.#generation++;
    this.#peerId = undefined;
    this.#hub.leave(peerId);
    for (const fail of this.#underway) fail();
    this.#underway.clear();
  }

  receive<N extends NoticeName>(name: N, notice: Notice<N>): void {
    this.#travel(() => {
      for (const listener of this.#listeners.get(name) ?? []) listener(notice as never);
    });
  }

  /** As the application's link: waits for the line while the time allows, fails at once when it breaks on the way. */
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    { timeoutMs = REQUEST_TIMEOUT_MS }: { timeoutMs?: number } = {},
  ): Promise<RequestReply<N>> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Failure('unavailable', 'no answer'));
      let late = false;
      this.#clock.after(timeoutMs, () => {
        late = true;
        fail();
      });
      const send = (): void => {
        const peerId = this.#peerId;
        if (late || peerId === undefined) return;
        this.#underway.add(fail);
        const arrive = (settle: () => void): void =>
          this.#travel(() => {
            this.#underway.delete(fail);
            settle();
          });
        this.#travel(() => {
          this.#hub.handle(peerId, name, input).then(
            (value) => arrive(() => resolve(value as RequestReply<N>)),
            (failure: unknown) => arrive(() => reject(failure as Failure)),
          );
        });
      };
      if (this.connected) send();
      else this.#waiting.push(send);
    });
  }

  send<N extends RequestName>(name: N, input: RequestInput<N>): void {
    const peerId = this.#peerId;
    if (peerId === undefined) return;
    this.#travel(() => {
      this.#hub.handle(peerId, name, input).catch(() => undefined);
    });
  }

  on<N extends NoticeName>(name: N, listener: (notice: Notice<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as (notice: never) => void);
    return () => listeners.delete(listener as (notice: never) => void);
  }

  onConnect(listener: () => void): () => void {
    this.#connectListeners.add(listener);
    if (this.connected) listener();
    return () => this.#connectListeners.delete(listener);
  }

  #travel(arrive: () => void): void {
    const generation = this.#generation;
    this.#clock.after(this.#delayMs, () => {
      if (generation === this.#generation) arrive();
    });
  }
}
