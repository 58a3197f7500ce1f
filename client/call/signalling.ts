import { io } from 'socket.io-client';
import { Failure } from '../../server/contract/failure.ts';
import { FailureView } from '../../server/contract/failure-view.ts';
import {
  notices,
  requests,
  type SfuNotice,
  type SfuNoticeName,
  type SfuRequestInput,
  type SfuRequestName,
  type SfuRequestReply,
} from '../../sfu/contract/messages.ts';
import { SFU_CONTRACT_VERSION, SFU_SOCKET_PATH } from '../../sfu/contract/version.ts';
import { failureFromView } from '../api/failures.ts';

export type SfuMessage = { [N in SfuNoticeName]: { name: N; notice: SfuNotice<N> } }[SfuNoticeName];

/** One connection to the sfu, from its making to its loss; it is never revived. */
export interface Signalling {
  /** @throws Failure: the sfu's own, or `unavailable` when the connection is gone or nothing came in time. */
  request<N extends SfuRequestName>(name: N, input: SfuRequestInput<N>): Promise<SfuRequestReply<N>>;
  close(): void;
}

export interface SignallingParts {
  /** Empty: this origin; it may have a path. */
  sfuUrl: string;
  token: string;
  onMessage(message: SfuMessage): void;
  /** Told once, unless it was closed from here. */
  onLost(): void;
}

export type Connect = (parts: SignallingParts) => Promise<Signalling>;

const CONNECT_TIMEOUT_MS = 8_000;
/** Longer than any answer takes over a line that can still carry a voice. */
const ANSWER_TIMEOUT_MS = 6_000;

/** @throws Failure: why the sfu refused, or `unavailable`. */
export const connectSignalling: Connect = ({ sfuUrl, token, onMessage, onLost }) =>
  new Promise((resolve, reject) => {
    const { origin, pathname } = new URL(sfuUrl, window.location.origin);
    const socket = io(origin, {
      // Of several sfus behind one address each has a path of its own.
      path: `${pathname.replace(/\/$/, '')}${SFU_SOCKET_PATH}`,
      auth: { token, contractVersion: SFU_CONTRACT_VERSION },
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      // Each attempt needs its own token and its own patience: see backoff.ts.
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
    });
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      socket.disconnect();
      onLost();
    };
    const request = async <N extends SfuRequestName>(name: N, input: SfuRequestInput<N>) => {
      if (lost) throw new Failure('unavailable', 'the connection to the sfu is gone');
      const answer: unknown = await socket
        .timeout(ANSWER_TIMEOUT_MS)
        .emitWithAck(name, input)
        .catch((cause: unknown) => {
          // An sfu that does not answer is as good as gone; a new connection finds out.
          lose();
          throw new Failure('unavailable', `no answer to ${name}`, { cause });
        });
      return parseReply(name, answer);
    };

    for (const name of Object.keys(notices) as SfuNoticeName[]) {
      socket.on(name, (raw: unknown) => {
        const parsed = notices[name].safeParse(raw);
        if (parsed.success) onMessage({ name, notice: parsed.data } as SfuMessage);
        else reportError(new Failure('internal', `the notice ${name} breaks the contract`, { cause: parsed.error }));
      });
    }
    socket.once('connect', () =>
      resolve({
        request,
        close() {
          lost = true;
          socket.disconnect();
        },
      }),
    );
    socket.once('connect_error', (error: Error & { data?: unknown }) => {
      lost = true;
      socket.disconnect();
      const refusal = FailureView.safeParse(error.data);
      reject(
        refusal.success
          ? failureFromView(refusal.data)
          : new Failure('unavailable', 'the sfu could not be reached', { reason: 'sfu-unreachable', cause: error }),
      );
    });
    socket.on('disconnect', lose);
  });

function parseReply<N extends SfuRequestName>(name: N, answer: unknown): SfuRequestReply<N> {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) {
      const value = requests[name].reply.safeParse(answer.value);
      if (value.success) return value.data as SfuRequestReply<N>;
    }
    if (answer.ok === false && 'failure' in answer) {
      const failure = FailureView.safeParse(answer.failure);
      if (failure.success) throw failureFromView(failure.data);
    }
  }
  throw new Failure('internal', `the reply to ${name} breaks the contract`);
}
