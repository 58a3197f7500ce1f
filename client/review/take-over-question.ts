import type { Clock } from './clock.ts';
import { isTransient, type ReviewLink } from './review-link.ts';

/** An answer that is not acknowledged by then is given again: it counts for ten seconds only. */
const ANSWER_TIMEOUT_MS = 2_000;
const ANSWER_RETRY_MS = 300;

/** Somebody asks me to hand over. `answer`: given, and not acknowledged by the server yet. */
export interface Asked {
  accountId: string;
  name: string;
  answerByMs: number;
  answer?: boolean;
}

export interface TakeOverQuestionParts {
  link: ReviewLink;
  clock: Clock;
  consultationId: string;
  onChange(): void;
}

/** The question whether this window hands over, from when it is put until the server has the answer. */
export class TakeOverQuestion {
  readonly #parts: TakeOverQuestionParts;
  #asked: Asked | null = null;
  #cancelEnd: (() => void) | undefined;

  constructor(parts: TakeOverQuestionParts) {
    this.#parts = parts;
  }

  get asked(): Asked | null {
    return this.#asked;
  }

  put({ accountId, name, answerWithinS }: { accountId: string; name: string; answerWithinS: number }): void {
    const { clock } = this.#parts;
    const waitMs = answerWithinS * 1000;
    this.#cancelEnd?.();
    this.#cancelEnd = clock.after(waitMs, () => this.#set(null));
    this.#set({ accountId, name, answerByMs: clock.nowMs() + waitMs });
  }

  answer(grant: boolean): void {
    const asked = this.#asked;
    if (!asked) return;
    this.#set({ ...asked, answer: grant });
    if (asked.answer === undefined) this.#send(asked.accountId);
  }

  /** This window has nothing to hand over any more. Without a word: whoever calls tells of it. */
  forget(): void {
    this.stop();
    this.#asked = null;
  }

  stop(): void {
    this.#cancelEnd?.();
  }

  /** Until the server has it, or the question is gone: an answer that is lost would give the role away. */
  #send(accountId: string): void {
    const { link, clock, consultationId } = this.#parts;
    const asked = this.#asked;
    if (asked?.accountId !== accountId || asked.answer === undefined) return;
    const grant = asked.answer;
    link.request('presenter:answer', { consultationId, accountId, grant }, { timeoutMs: ANSWER_TIMEOUT_MS }).then(
      () => {
        if (this.#asked?.accountId !== accountId) return;
        if (this.#asked.answer !== grant) this.#send(accountId);
        else this.#end();
      },
      (failure: unknown) => {
        if (isTransient(failure)) clock.after(ANSWER_RETRY_MS, () => this.#send(accountId));
        else if (this.#asked?.accountId === accountId) this.#end();
      },
    );
  }

  #end(): void {
    this.#cancelEnd?.();
    this.#set(null);
  }

  #set(asked: Asked | null): void {
    this.#asked = asked;
    this.#parts.onChange();
  }
}
