import type { Server as HttpServer } from 'node:http';
import type { RedisClientType } from 'redis';
import { Server, type Socket } from 'socket.io';
import type { Caller } from '../access/caller.ts';
import type { ClientToServer, Quality, ServerToClient } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { OtherServers } from '../showing/service.ts';

/** What a connection carries; the other servers see it too, so it holds plain values only. */
export interface SocketData {
  caller: Caller;
  /** By consultation. */
  qualities: Record<string, Quality>;
}

/** What servers tell each other. */
export interface ServerToServer {
  'presenting:changed': (consultationId: string) => void;
  'showing:changed': (demonstrationId: string) => void;
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
  /** What a server has changed no other one may go on believing otherwise. */
  others: OtherServers;
  close(): Promise<void>;
}

/** The Socket.IO server on a web server's port; with Redis, rooms reach over all servers. Waits until Redis answers. */
export async function createSocketServer({
  httpServer,
  redisUrl,
  log,
}: SocketServerParts): Promise<SharedSocketServer> {
  const redis = redisUrl === undefined ? undefined : await connectRedis(redisUrl, log);
  const io: SocketServer = new Server({
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    // A dead line is noticed within 13 s: the presenter's role and the ringing hang on it.
    pingInterval: 5_000,
    pingTimeout: 8_000,
    // Another Socket.IO server (the sfu's) may listen on the same port for its own path.
    destroyUpgrade: false,
    ...(redis ? { adapter: await adapterOver(redis) } : {}),
  });
  io.attach(httpServer);
  return {
    io,
    isShared: redis !== undefined,
    others: {
      tellShowing(demonstrationId) {
        if (redis) io.serverSideEmit('showing:changed', demonstrationId);
      },
      onShowing: (listener) => void io.on('showing:changed', listener),
    },
    async close() {
      // Not `io.close()`: that would close the web server, which is not ours.
      io.disconnectSockets(true);
      io.engine.close();
      await io.of('/').adapter.close();
      redis?.destroy();
    },
  };
}

/** Loaded where there is a Redis: most servers have none, and would start later for it. */
async function adapterOver(redis: RedisClientType) {
  const { createAdapter } = await import('@socket.io/redis-streams-adapter');
  return createAdapter(redis);
}

/** While Redis is gone a notice waits this long for it, and then reaches this server's windows alone. */
const REDIS_PATIENCE_MS = 500;

async function connectRedis(url: string, log: Logger): Promise<RedisClientType> {
  const { createClient } = await import('redis');
  const redis: RedisClientType = createClient({ url, commandOptions: { timeout: REDIS_PATIENCE_MS } });
  redis.on('error', (err: unknown) => log.error({ err }, 'redis does not answer'));
  // The adapter publishes without waiting for the outcome: an outage would end the process as an unhandled rejection.
  const publish = redis.publish.bind(redis);
  Object.assign(redis, {
    publish: (...message: Parameters<typeof publish>) =>
      publish(...message).catch((err: unknown) => {
        log.warn({ err }, 'the other servers were not reached');
        return 0;
      }),
  });
  await redis.connect();
  return redis;
}
