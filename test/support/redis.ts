import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';

export interface Redis {
  url: string;
  close(): Promise<void>;
}

const START_TRIES = 100;

/** A Redis of the test's own, in memory, on a free port of loopback. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const url = `redis://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`);
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    // The failed connect itself is thrown below.
    client.on('error', () => undefined);
    try {
      await client.connect();
      client.destroy();
      break;
    } catch (error) {
      if (tries >= START_TRIES) throw error;
      await sleep(50);
    }
  }
  return {
    url,
    async close() {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
