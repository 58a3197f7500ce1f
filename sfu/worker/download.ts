import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runsHere } from './runs-here.ts';

const DOWNLOAD_TIMEOUT_MS = 20_000;

/** Where mediasoup's own install step puts the worker. */
export function installedWorker(packageDir: string): string {
  return join(packageDir, 'worker', 'out', 'Release', 'mediasoup-worker');
}

/**
 * Lets mediasoup's own install script fetch the prebuilt worker. Quiet, and ended after 20 seconds: a network that swallows packets
 * would keep it for minutes. With `PYTHON=false` the script's own fallback, a build with further downloads, ends at once.
 * @returns the file, or undefined where the network, the release page or this machine does not allow it
 */
export async function downloadWorker(packageDir: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: skip, MEDIASOUP_WORKER_BIN: _unset, ...rest } = env;
  if (skip) return undefined;
  await new Promise<void>((resolve) => {
    const script = spawn(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
      cwd: packageDir,
      env: { ...rest, PYTHON: 'false' },
      stdio: 'ignore',
      timeout: DOWNLOAD_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    script.once('error', () => resolve());
    script.once('exit', () => resolve());
  });
  const file = installedWorker(packageDir);
  if (await runsHere(file)) return file;
  await rm(file, { force: true });
  return undefined;
}
