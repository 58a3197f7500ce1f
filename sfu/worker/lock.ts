import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Runs `work` while holding an exclusive lock on a file, so that two builders of one machine do not collide.
 * The kernel's lock of flock(1) is held by a child that lives on our pipe: whatever happens to this process, the lock goes with it.
 * Where there is no flock(1), the work runs unlocked: it is then done twice, not wrong, since results are renamed into place.
 */
export async function withFileLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  let holder = await hold(file, ['--nonblock']);
  if (holder === 'taken') {
    onWait();
    holder = await hold(file, []);
  }
  try {
    return await work();
  } finally {
    if (typeof holder === 'object') holder.stdin?.end();
  }
}

function hold(file: string, flags: string[]): Promise<ChildProcess | 'taken' | 'no-flock'> {
  return new Promise((resolve) => {
    const child = spawn('flock', ['--exclusive', ...flags, file, 'sh', '-c', 'echo held; exec cat'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.once('error', () => resolve('no-flock'));
    child.once('exit', () => resolve('taken'));
    child.stdout.once('data', () => resolve(child));
  });
}
