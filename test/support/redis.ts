import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';

export interface Redis {
  url: string;
  /** Kills it without warning; what it held is lost. */
  kill(): Promise<void>;
  /** It answers nobody any more, and takes what it is asked all the same, until it goes on. */
  hang(): void;
  goOn(): void;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const START_TRIES = 100;

/** A Redis of the test's own, in memory, on a free port of loopback. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await start();

  async function start(): Promise<ChildProcess> {
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: 'ignore' },
    );
    for (let tries = 0; ; tries += 1) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
      const client = createClient({ url, socket: { reconnectStrategy: false } });
      // The failed connect itself is thrown below.
      client.on('error', () => undefined);
      try {
        await client.connect();
        client.destroy();
        return child;
      } catch (error) {
        if (tries >= START_TRIES) throw error;
        await sleep(50);
      }
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  return {
    url,
    kill: () => end('SIGKILL'),
    hang: () => void server.kill('SIGSTOP'),
    goOn: () => void server.kill('SIGCONT'),
    async restart() {
      server = await start();
    },
    close: () => end('SIGTERM'),
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
