import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { availableParallelism, constants, setPriority, totalmem } from 'node:os';
import { join } from 'node:path';
import { RECIPE_DIR } from './cache.ts';

/** Told what goes on, one line at a time, and about how many seconds are left where that can be told. */
export type Say = (line: string, leftS?: number) => void;

const PROGRESS_INTERVAL_MS = 10_000;
/** What the compiler takes for the worker's largest files, generously. */
const COMPILER_BYTES = 1_000_000_000;

/**
 * Builds the worker in `buildDir`; what an interrupted build left there is used.
 * @returns the file
 * @throws Error with the end of the compiler's output
 */
export async function buildWorker(packageDir: string, buildDir: string, say: Say): Promise<string> {
  await mkdir(buildDir, { recursive: true });
  await link(RECIPE_DIR, join(buildDir, 'recipe'));
  await link(join(packageDir, 'worker'), join(buildDir, 'worker'));
  const logFile = join(buildDir, 'build.log');
  const total = Number(await make(buildDir, ['--silent', 'count']));
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / COMPILER_BYTES)));
  const progress = reportProgress(buildDir, total, say);
  try {
    await make(buildDir, [`-j${jobs}`], logFile);
  } catch (cause) {
    const end = (await readFile(logFile, 'utf8')).split('\n').slice(-20).join('\n');
    throw new Error(`mediasoup-worker could not be built; the whole output is in ${logFile}\n${end}`, { cause });
  } finally {
    progress.close();
  }
  return join(buildDir, 'mediasoup-worker');
}

async function link(target: string, path: string): Promise<void> {
  await rm(path, { force: true });
  await symlink(target, path);
}

/** Runs make; its output goes into the file, or is the result. */
function make(buildDir: string, args: string[], logFile?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('make', ['-f', 'recipe/Makefile', ...args], {
      cwd: buildDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    const forget = endWithUs(child);
    letOthersFirst(child);
    let output = '';
    if (logFile) {
      const log = createWriteStream(logFile);
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      child.once('close', () => log.end());
    } else
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('error', (cause) => reject(new Error('make could not be started', { cause })));
    child.once('close', (code, signal) => {
      forget();
      if (code === 0) resolve(output.trim());
      else reject(new Error(`make ended with ${code ?? signal}`));
    });
  });
}

/** A build that nobody waits for any more must not go on by itself. */
function endWithUs(child: ChildProcess): () => void {
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  return () => process.off('exit', end);
}

/** A server that already answers people goes first; on an idle machine this costs nothing. */
function letOthersFirst({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it: the build is as good at any priority.
  }
}

/** Counts the objects that are there, and from the pace since the start tells what is left. */
function reportProgress(buildDir: string, total: number, say: Say): { close: () => void } {
  const startedAt = Date.now();
  let atStart: number | undefined;
  const tell = async () => {
    const files = await readdir(join(buildDir, 'obj'), { recursive: true }).catch(() => []);
    const done = files.filter((file) => file.endsWith('.o')).length;
    atStart ??= done;
    const elapsedMs = Date.now() - startedAt;
    say(progressLine(done, atStart, total, elapsedMs), secondsLeft(done, atStart, total, elapsedMs));
  };
  const timer = setInterval(() => void tell(), PROGRESS_INTERVAL_MS);
  void tell();
  return { close: () => clearInterval(timer) };
}

/** From the pace since the start; undefined before ten files tell it. */
export function secondsLeft(done: number, atStart: number, total: number, elapsedMs: number): number | undefined {
  const made = done - atStart;
  return made < 10 ? undefined : ((total - done) * elapsedMs) / made / 1000;
}

/** `37 of 210 files, about 6 minutes left`; without a guess before ten files tell the pace. */
export function progressLine(done: number, atStart: number, total: number, elapsedMs: number): string {
  const line = `${done} of ${total} files`;
  const leftS = secondsLeft(done, atStart, total, elapsedMs);
  if (leftS === undefined) return line;
  if (leftS < 60) return `${line}, less than a minute left`;
  const minutes = Math.ceil(leftS / 60);
  return `${line}, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}
