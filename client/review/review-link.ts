import { Failure } from '../../server/contract/failure.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import type { Notice, NoticeName, RequestInput, RequestName, RequestReply } from '../../server/contract/messages.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';

/** The part of the application's connection that the review needs. */
export interface ReviewLink {
  /** @throws Failure: what the server answered; `unavailable` where no answer came. */
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options?: { timeoutMs?: number },
  ): Promise<RequestReply<N>>;
  /** May be lost; never waits for a line that is down. */
  send<N extends RequestName>(name: N, input: RequestInput<N>): void;
  on<N extends NoticeName>(name: N, listener: (notice: Notice<N>) => void): Unsubscribe;
  /** The line is there, for the first time or again. Called at once where it is up. */
  onConnect(listener: () => void): Unsubscribe;
  /** Left out: no. Else this window is not told of every mark, and a missing revision is no fault of the line. */
  isPartial?(): boolean;
}

/** Whether another try may get over it. What is no Failure, a fault of the page's own, is not the server's last word either. */
export function isTransient(thrown: unknown): boolean {
  return !(thrown instanceof Failure) || isKeptFor(thrown);
}

export function isNotFound(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && 'code' in failure && failure.code === 'not-found';
}
