import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server, type Socket } from 'socket.io';
import type { Caller } from '../access/caller.ts';
import type { ClientToServer, Quality, ServerToClient } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';

/** What a connection carries; the other servers see it too, so it holds plain values only. */
export interface SocketData {
  caller: Caller;
  /** By consultation. */
  qualities: Record<string, Quality>;
}

/** What servers tell each other. */
export interface ServerToServer {
  'stage:changed': (consultationId: string) => void;
}

export type SocketServer = Server<ClientToServer, ServerToClient, ServerToServer, SocketData>;
export type ServerSocket = Socket<ClientToServer, ServerToClient, ServerToServer, SocketData>;

/** The largest message: an annotation or a chat line is a hundredth of it. Files go over HTTP. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

export interface SocketServerParts {
  httpServer: HttpServer;
  /** Set where several servers share the work; one alone needs no Redis. */
  redisUrl: string | undefined;
  log: Logger;
}

export interface SharedSocketServer {
  io: SocketServer;
  isShared: boolean;
  close(): Promise<void>;
}

/** The Socket.IO server on a web server's port; with Redis, rooms reach over all servers. @throws Error where Redis does not answer. */
export async function createSocketServer({
  httpServer,
  redisUrl,
  log,
}: SocketServerParts): Promise<SharedSocketServer> {
  const redis = redisUrl === undefined ? undefined : createClient({ url: redisUrl });
  redis?.on('error', (err: unknown) => log.error({ err }, 'redis does not answer'));
  await redis?.connect();
  const io: SocketServer = new Server({
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    // A dead line is noticed within 13 s: the presenter's role and the ringing hang on it.
    pingInterval: 5_000,
    pingTimeout: 8_000,
    // Another Socket.IO server (the sfu's) may listen on the same port for its own path.
    destroyUpgrade: false,
    ...(redis ? { adapter: createAdapter(redis) } : {}),
  });
  io.attach(httpServer);
  return {
    io,
    isShared: redis !== undefined,
    async close() {
      // Not `io.close()`: that would close the web server, which is not ours.
      io.disconnectSockets(true);
      io.engine.close();
      await io.of('/').adapter.close();
      redis?.destroy();
    },
  };
}
