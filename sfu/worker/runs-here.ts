import { spawn } from 'node:child_process';

/** mediasoup-worker's exit code when it was started without MEDIASOUP_VERSION in the environment (its main.cpp). */
const NO_FATHER = 41;

/** Whether a file is a mediasoup-worker that this machine can run: right architecture, every shared library there. */
export function runsHere(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, [], { env: {}, stdio: 'ignore', timeout: 10_000 });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === NO_FATHER));
  });
}
