import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { programArguments } from './program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS = 180_000;

export interface RunningProcess {
  url: string;
  /** Ends the process; SIGKILL leaves it no chance to tidy up. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again as it was, on the same port. */
  restart(): Promise<void>;
  /** All it has written to standard output so far, line by line. */
  output: string[];
  pid(): number;
}

/** A TCP port that nothing listens on just now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Runs a process of the project as `npm start`, `npm run server` and `npm run sfu` do, and waits for its ready line. */
export async function startProcess(
  main: string,
  args: string[],
  environment: Record<string, string>,
): Promise<RunningProcess> {
  const output: string[] = [];
  let url = '';
  let child = await start();

  async function start(): Promise<ChildProcess> {
    const started = spawn(process.execPath, [...programArguments(main), ...args], {
      cwd: root,
      env: { ...process.env, LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: started.stdout });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${main} was not ready in time`)), READY_MS);
      started.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`${main} ended with ${code ?? signal} before it was ready`));
      });
      lines.on('line', (line) => {
        output.push(line);
        const ready = /^ready (http:\S+)$/.exec(line);
        if (!ready) return;
        clearTimeout(timer);
        url = ready[1] ?? '';
        resolve();
      });
    });
    return started;
  }

  return {
    get url() {
      return url;
    },
    output,
    pid: () => child.pid ?? 0,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
    async restart() {
      child = await start();
    },
  };
}
