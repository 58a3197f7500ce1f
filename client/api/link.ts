import { io, type Socket } from 'socket.io-client';
import { Failure } from '../../server/contract/failure.ts';
import { FailureView } from '../../server/contract/failure-view.ts';
import {
  type Notice,
  type NoticeName,
  notices,
  type RequestInput,
  type RequestName,
  type RequestReply,
  requests,
} from '../../server/contract/messages.ts';
import { CONTRACT_VERSION } from '../../server/contract/version.ts';
import { brokenContract, failureFromView } from './failures.ts';
import { interrupt } from './interruptions.ts';
import { type LinkState, watchLinkState } from './link-state.ts';
import { sessionRefused } from './lost-session.ts';
import { createVolatileSender } from './volatile-sender.ts';

/** The signed-in person's live connection to the server. It reconnects for ever. */
export interface Link {
  /**
   * Asks and waits for the answer. While the line is down it waits for it to come back, as long as the time allows;
   * listeners of `onConnect` run before such a waiting request is sent.
   * @throws Failure: the server's own, or `unavailable` when no answer came in time (the request may still have been carried out).
   */
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options?: { timeoutMs?: number },
  ): Promise<RequestReply<N>>;
  /** Without an answer and without a queue: of several inputs under one name that the line cannot take yet, the latest wins; a broken line drops it. */
  send<N extends RequestName>(name: N, input: RequestInput<N>): void;
  on<N extends NoticeName>(name: N, listener: (notice: Notice<N>) => void): () => void;
  /** Called after each connect, the first included: what was missed meanwhile has to be asked for. Called at once where the line is up. */
  onConnect(listener: () => void): () => void;
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  close(): void;
}

const RETRY_MAX_MS = 3_000;

/** @param appointmentId in which the page is shown: the server says so where the session acts in another one by now. */
export function createLink(appointmentId: string): Link {
  const socket: Socket = io({
    auth: { contractVersion: CONTRACT_VERSION, appointmentId },
    // Straight to WebSocket: one round trip less, and no sticky sessions needed. Polling is for proxies that break it.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: RETRY_MAX_MS,
    randomizationFactor: 0.3,
    timeout: 8_000,
  });
  const unqueued = createVolatileSender(socket);
  const lineState = watchLinkState(() => socket.connected);
  const waiters = createWaiters(socket);
  const connectListeners = new Set<() => void>();
  let closed = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  /** Socket.IO does not retry after the server itself refused or closed the connection. */
  function retryRefused(): void {
    clearTimeout(retryTimer);
    if (!closed) retryTimer = setTimeout(() => socket.connect(), RETRY_MAX_MS);
  }

  socket.on('connect', () => {
    lineState.set('connected');
    for (const listener of connectListeners) listener();
    waiters.resume();
  });
  socket.on('disconnect', (reason) => {
    unqueued.clear();
    if (closed) return;
    lineState.set(navigator.onLine ? 'connecting' : 'offline');
    if (!socket.active && reason !== 'io client disconnect') retryRefused();
  });
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    const refusal = FailureView.safeParse(error.data);
    const code = refusal.success ? refusal.data.code : undefined;
    if (code === 'version-mismatch') interrupt({ kind: 'outdated' });
    else if (code === 'unauthenticated') {
      sessionRefused();
      // Where the person has signed in again meanwhile, this window goes on; where not, it closes the link.
      retryRefused();
    } else if (refusal.data?.reason === 'appointment-ended') interrupt({ kind: 'appointment-left' });
    else if (!socket.active) retryRefused();
  });

  return {
    async request(name, input, { timeoutMs = 5_000 } = {}) {
      const deadline = performance.now() + timeoutMs;
      await waiters.connected(timeoutMs);
      return ask(socket, name, input, Math.max(1, deadline - performance.now()));
    },
    send: (name, input) => unqueued.send(name, input),
    on: (name, listener) => hear(socket, name, listener),
    onConnect(listener) {
      connectListeners.add(listener);
      if (socket.connected) listener();
      return () => connectListeners.delete(listener);
    },
    get state() {
      return lineState.state;
    },
    onState: lineState.onState,
    close() {
      closed = true;
      clearTimeout(retryTimer);
      unqueued.clear();
      lineState.close();
      socket.disconnect();
    },
  };
}

/** Those who wait for the line to come back. */
function createWaiters(socket: Socket) {
  const waiting = new Set<() => void>();
  return {
    /** @throws Failure unavailable where it does not come back in time */
    connected(timeoutMs: number): Promise<void> {
      if (socket.connected) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(resume);
          reject(new Failure('unavailable', 'the line is down'));
        }, timeoutMs);
        const resume = () => {
          clearTimeout(timer);
          resolve();
        };
        waiting.add(resume);
      });
    },
    resume(): void {
      for (const resume of waiting) resume();
      waiting.clear();
    },
  };
}

async function ask<N extends RequestName>(
  socket: Socket,
  name: N,
  input: RequestInput<N>,
  timeoutMs: number,
): Promise<RequestReply<N>> {
  const answer: unknown = await socket
    .timeout(timeoutMs)
    .emitWithAck(name, input)
    .catch((cause: unknown) => {
      throw new Failure('unavailable', `no answer to ${name}`, { cause });
    });
  return parseReply(name, answer);
}

function hear<N extends NoticeName>(socket: Socket, name: N, listener: (notice: Notice<N>) => void): () => void {
  const receive = (raw: unknown) => {
    const parsed = notices[name].safeParse(raw);
    if (parsed.success) listener(parsed.data as Notice<N>);
    else brokenContract(name, parsed.error);
  };
  socket.on(name as string, receive);
  return () => {
    socket.off(name as string, receive);
  };
}

function parseReply<N extends RequestName>(name: N, answer: unknown): RequestReply<N> {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) {
      const value = requests[name].reply.safeParse(answer.value);
      if (value.success) return value.data as RequestReply<N>;
      throw brokenContract(name, value.error);
    }
    if (answer.ok === false && 'failure' in answer) {
      const failure = FailureView.safeParse(answer.failure);
      if (failure.success) throw failureFromView(failure.data);
    }
  }
  throw brokenContract(name, 'no acknowledgement of the agreed form');
}
