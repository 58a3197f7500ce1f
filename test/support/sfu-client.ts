import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Reply } from '../../server/contract/messages.ts';
import type {
  SfuNotice,
  SfuNoticeName,
  SfuRequestInput,
  SfuRequestName,
  SfuRequestReply,
} from '../../sfu/contract/messages.ts';
import { SFU_CONTRACT_VERSION, SFU_SOCKET_PATH } from '../../sfu/contract/version.ts';
import { mintRoomToken, type RoomTokenGrant } from '../../sfu/room-token.ts';

const HEARD_TIMEOUT_MS = 10_000;

/** A token for a room, with a person made up; what matters to the test is given. */
export function tokenFor(roomId: string, secret: string, grant: Partial<RoomTokenGrant> = {}): string {
  return mintRoomToken(
    {
      roomId,
      accountId: randomUUID(),
      signInId: randomUUID(),
      signInEndsAt: new Date(Date.now() + 3_600_000).toISOString(),
      displayName: '李医生',
      facilityName: '县人民医院',
      role: 'physician',
      mayPublish: ['audio', 'video', 'screen'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      ...grant,
    },
    secret,
  );
}

/** One real connection to an sfu, and all that it was told. */
export class SfuClient {
  readonly socket: Socket;
  readonly heard: { name: string; notice: unknown }[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: string, notice: unknown) => {
      this.heard.push({ name, notice });
      for (const listener of this.#listeners) listener();
    });
  }

  /** The whole answer, for tests of what goes wrong. */
  ask<N extends SfuRequestName>(name: N, input: SfuRequestInput<N>): Promise<Reply<SfuRequestReply<N>>> {
    return this.askRaw(name, input) as Promise<Reply<SfuRequestReply<N>>>;
  }

  /** Sends what no honest client would. */
  askRaw(name: string, input: unknown): Promise<Reply<unknown>> {
    return this.socket.timeout(HEARD_TIMEOUT_MS).emitWithAck(name, input);
  }

  /** The value of an answer. @throws Error with the failure */
  async get<N extends SfuRequestName>(name: N, input: SfuRequestInput<N>): Promise<SfuRequestReply<N>> {
    const reply = await this.ask(name, input);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.failure)}`);
    return reply.value;
  }

  join(sessionId: string = randomUUID(), resume = false): Promise<SfuRequestReply<'room:join'>> {
    return this.get('room:join', { sessionId, resume });
  }

  /** The newest notice of a name that was heard and not yet taken. @throws Error where there is none */
  latest<N extends SfuNoticeName>(name: N): SfuNotice<N> {
    const entry = this.heard.findLast((one) => one.name === name);
    if (!entry) throw new Error(`${name} was not heard`);
    return entry.notice as SfuNotice<N>;
  }

  /** The first notice of a name that fits, heard already or to come. Each notice is returned once. */
  async next<N extends SfuNoticeName>(
    name: N,
    fits: (notice: SfuNotice<N>) => boolean = () => true,
  ): Promise<SfuNotice<N>> {
    const take = () => {
      const index = this.heard.findIndex((entry) => entry.name === name && fits(entry.notice as SfuNotice<N>));
      return index < 0 ? undefined : (this.heard.splice(index, 1)[0]?.notice as SfuNotice<N>);
    };
    return await this.#until(take, `${name} was not heard`);
  }

  async disconnected(): Promise<void> {
    if (!this.socket.connected) return;
    await new Promise<void>((resolve) => this.socket.once('disconnect', () => resolve()));
  }

  /** Cuts the connection as a broken line does: without a farewell. */
  cut(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.disconnect();
  }

  #until<T>(take: () => T | undefined, complaint: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = take();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        const names = this.heard.map(({ name }) => name).join(', ');
        reject(new Error(`${complaint}; heard: ${names || 'nothing'}`));
      }, HEARD_TIMEOUT_MS);
      this.#listeners.add(look);
      look();
    });
  }
}

/** Connects with a token. @throws what `connect_error` carried, with the failure in `data` */
export async function connectSfu(
  url: string,
  token: string,
  auth: Record<string, unknown> = { contractVersion: SFU_CONTRACT_VERSION },
  transports: string[] = ['websocket'],
): Promise<SfuClient> {
  const socket = io(url, {
    path: SFU_SOCKET_PATH,
    transports,
    reconnection: false,
    forceNew: true,
    auth: { token, ...auth },
  });
  const client = new SfuClient(socket);
  await new Promise<void>((resolve, reject) => {
    const refused = (error: Error) => {
      socket.disconnect();
      reject(error);
    };
    socket.once('connect_error', refused);
    socket.once('connect', () => {
      socket.off('connect_error', refused);
      resolve();
    });
  });
  return client;
}
