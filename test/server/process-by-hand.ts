import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';
import { programArguments } from '../support/program.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Running {
  child: ChildProcess;
  url: string;
  /** Everything written to standard error and to standard output. */
  logged: () => string;
  printed: () => string;
}

/** Starts a process as a shell does and waits for its ready line. */
export async function start([main = '', ...args]: string[], environment: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, [...programArguments(main), ...args], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', MEDIA_PORT: '0', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, logged]: [string[], string[]] = [[], []];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => logged.push(text));
  await eventually('the ready line', () => {
    assert.equal(child.exitCode, null, logged.join(''));
    return /^ready /m.test(printed.join(''));
  });
  const url = /^ready (\S+)$/m.exec(printed.join(''))?.[1] ?? '';
  return { child, url, logged: () => logged.join(''), printed: () => printed.join('') };
}

interface Health {
  status: string;
  cause?: string;
  sfu?: { workers: number; preparing?: { leftS: number } };
}

export async function readHealth(url: string): Promise<{ status: number; body: Health }> {
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, body: (await response.json()) as Health };
}

/** What lies in the folder, what an earlier start left open included, is for nobody but the user that runs the process. */
export async function assertPrivate(dataDir: string): Promise<void> {
  const found = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const paths = found.map((entry) => join(entry.parentPath, entry.name));
  for (const name of ['huizhen.sqlite', 'huizhen.sqlite-wal', 'field.key', 'room-token-secret', 'files/ab/cd/original'])
    assert.ok(paths.includes(join(dataDir, name)), name);
  const open: string[] = [];
  for (const path of [dataDir, ...paths]) {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) open.push(`${path} ${(mode & 0o777).toString(8)}`);
  }
  assert.deepEqual(open, []);
}
