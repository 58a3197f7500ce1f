import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { programArguments } from './program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Done {
  code: number | null;
  out: string;
  err: string;
}

/** As `npm run admin --` runs it, beside a server or alone. */
export function operate(dataDir: string, ...words: string[]): Promise<Done> {
  return operateWith({ DATA_DIR: dataDir, DATABASE_URL: '' }, ...words);
}

/** As {@link operate}, with settings of its own. */
export function operateWith(environment: Record<string, string>, ...words: string[]): Promise<Done> {
  const child = spawn(process.execPath, [...programArguments('server/admin.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, PORT: '3456', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') })));
}
