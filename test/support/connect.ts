import { io, type Socket } from 'socket.io-client';
import {
  type ClientToServer,
  CONTRACT_VERSION,
  type FailureView,
  type Notice,
  type NoticeName,
  type Reply,
  type RequestInput,
  type RequestName,
  type RequestReply,
  type ServerToClient,
} from '../../server/contract/index.ts';

/** One window of a signed-in person, as another implementer would connect one from the contract. */
export interface Connection {
  socket: Socket<ServerToClient, ClientToServer>;
  /** @throws SocketRefusedError where the answer is a failure. */
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestReply<N>>;
  /** The raw acknowledgement of anything, contract or not. */
  ask(name: string, ...args: unknown[]): Promise<Reply<unknown>>;
  /** The next notice of this name that fits, or one that came already and nobody has taken; each is given once. */
  next<N extends NoticeName>(name: N, fits?: (notice: Notice<N>) => boolean): Promise<Notice<N>>;
  /** Notices of this name that nobody has taken yet. */
  pending<N extends NoticeName>(name: N): Notice<N>[];
  close(): void;
}

export class SocketRefusedError extends Error {
  readonly failure: FailureView;
  constructor(name: string, failure: FailureView) {
    super(`${name}: ${JSON.stringify(failure)}`);
    this.failure = failure;
  }
}

const TIMEOUT_MS = 15_000;

export interface ConnectOptions {
  contractVersion?: number;
  origin?: string;
  /** In which the window's page is shown. */
  appointmentId?: string;
  /** Of a machine, in the place of a cookie. */
  token?: string;
  /** Tries again by itself after a lost connection, as a browser's window does. */
  reconnection?: boolean;
}

/** @throws Error with the failure in `data` where the server refuses. */
export async function connect(url: string, cookie: string, options: ConnectOptions = {}): Promise<Connection> {
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    auth: {
      contractVersion: options.contractVersion ?? CONTRACT_VERSION,
      ...(options.appointmentId === undefined ? {} : { appointmentId: options.appointmentId }),
    },
    extraHeaders: {
      cookie,
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
    transports: ['websocket'],
    forceNew: true,
    reconnection: options.reconnection ?? false,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  });
  const untaken: { name: string; notice: unknown }[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((name: string, notice: unknown) => {
    untaken.push({ name, notice });
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  }).catch((error: unknown) => {
    socket.disconnect();
    throw error;
  });

  const ask = (name: string, ...args: unknown[]): Promise<Reply<unknown>> =>
    socket.timeout(TIMEOUT_MS).emitWithAck(name as RequestName, ...(args as [never])) as Promise<Reply<unknown>>;

  return {
    socket,
    ask,
    async request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestReply<N>> {
      const answer = await ask(name, input);
      if (!answer.ok) throw new SocketRefusedError(name, answer.failure);
      return answer.value as RequestReply<N>;
    },
    next<N extends NoticeName>(name: N, fits: (notice: Notice<N>) => boolean = () => true): Promise<Notice<N>> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no ${name}; there came ${untaken.map((one) => one.name).join(', ') || 'nothing'}`));
        }, TIMEOUT_MS);
        const look = (): void => {
          const index = untaken.findIndex((one) => one.name === name && fits(one.notice as Notice<N>));
          const [found] = index < 0 ? [] : untaken.splice(index, 1);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found.notice as Notice<N>);
        };
        waiting.add(look);
        look();
      });
    },
    pending: <N extends NoticeName>(name: N) =>
      untaken.filter((one) => one.name === name).map((one) => one.notice as Notice<N>),
    close: () => {
      socket.disconnect();
    },
  };
}
