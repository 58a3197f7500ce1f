import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFreePort } from './start-process.ts';

const CONFIGURATION = fileURLToPath(new URL('../../nginx.conf', import.meta.url));

export interface HttpsAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface Nginx {
  /** Where people come in, by TLS with a certificate of its own making, and where by plain HTTP. */
  port: number;
  plainPort: number;
  /** Of all its processes. */
  pids(): Promise<number[]>;
  ask(method: string, path: string, headers?: Record<string, string>, body?: string | Uint8Array): Promise<HttpsAnswer>;
  close(): Promise<void>;
}

/** Debian's nginx with the configuration that ships: the addresses and the name of this machine in it instead of a hospital's, all else as it is. */
export async function startNginx(upstream: { server: string; sfu: string }): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-nginx-'));
  const kept = await mkdtemp('/dev/shm/huizhen-hls-');
  // Started by root, it works as somebody else.
  for (const one of [folder, kept]) await chmod(one, 0o755);
  const [port, plainPort] = [await findFreePort(), await findFreePort()];
  for (const name of ['tls', 'temp']) await mkdir(join(folder, name));
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-keyout', join(folder, 'tls/key.pem'), '-out', join(folder, 'tls/certificate.pem')],
  ]);
  const configuration = (await readFile(CONFIGURATION, 'utf8'))
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 80 default_server;', `listen 127.0.0.1:${plainPort} default_server;`)
    .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
    .replaceAll('huizhen.example.org', 'localhost')
    .replaceAll('/dev/shm/huizhen-hls', join(kept, 'hls'))
    .replaceAll('127.0.0.1:3000', new URL(upstream.server).host)
    .replaceAll('127.0.0.1:3001', new URL(upstream.sfu).host);
  await writeFile(join(folder, 'nginx.conf'), configuration);
  const nginx = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
  });
  for (let tries = 0; ; tries += 1) {
    try {
      await once(get({ host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false }), 'response');
      break;
    } catch (error) {
      if (tries > 50) throw error;
      await sleep(100);
    }
  }
  return {
    port,
    plainPort,
    async pids() {
      const workers = await promisify(execFile)('pgrep', ['-P', String(nginx.pid)]);
      return [nginx.pid ?? 0, ...workers.stdout.trim().split('\n').map(Number)];
    },
    ask: (method, path, headers = {}, body) =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port, method, path, rejectUnauthorized: false };
        const outgoing = request({ ...options, headers: { host: `localhost:${port}`, ...headers } }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
          );
          incoming.on('error', reject);
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    async close() {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
      for (const one of [folder, kept]) await rm(one, { recursive: true, force: true });
    },
  };
}
