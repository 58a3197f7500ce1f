import type { Notice, NoticeName, RequestInput, RequestName, RequestReply } from '../../server/contract/messages.ts';
import type { Unsubscribe } from './viewer.ts';

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
}

/** Failures that another try may get over. Everything else is the server's last word. */
const TRANSIENT = new Set(['unavailable', 'internal', 'rate-limited', 'unauthenticated']);

export function isTransient(failure: unknown): boolean {
  if (typeof failure !== 'object' || failure === null || !('code' in failure)) return true;
  return TRANSIENT.has(String(failure.code));
}

export function isNotFound(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && 'code' in failure && failure.code === 'not-found';
}
