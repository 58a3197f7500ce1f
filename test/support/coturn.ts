import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from './start-process.ts';

export interface Coturn {
  port: number;
  tlsPort: number;
  /** What it has written: who allocated what. */
  log(): string;
  close(): Promise<void>;
}

/** Debian's coturn on loopback, with a certificate of its own making: UDP and TCP on one port, TLS on another. */
export async function startCoturn(secret: string): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-coturn-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-keyout', key, '-out', certificate],
  ]);
  const [port, tlsPort] = [await findFreePort(), await findFreePort()];
  const turnserver: ChildProcess = spawn(
    'turnserver',
    [
      ...['-n', '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', '--allow-loopback-peers', '--realm=huizhen'],
      ...[`--listening-port=${port}`, `--tls-listening-port=${tlsPort}`, `--cert=${certificate}`, `--pkey=${key}`],
      ...['--use-auth-secret', `--static-auth-secret=${secret}`, '--no-cli', '--verbose', '--log-file=stdout'],
      ...[`--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'users')}`],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let log = '';
  turnserver.stdout?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  for (let tries = 0; !(await answers(tlsPort)); tries += 1) {
    if (tries > 100 || turnserver.exitCode !== null) throw new Error(`coturn does not answer: ${log}`);
    await sleep(100);
  }
  return {
    port,
    tlsPort,
    log: () => log,
    async close() {
      if (turnserver.exitCode === null) {
        turnserver.kill('SIGKILL');
        await once(turnserver, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
