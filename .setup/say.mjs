import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export function say(text) {
  process.stderr.write(`huizhen: ${text}\n`);
}

/** Runs a command with its output on standard error. @throws Error that names the command where it fails. */
export function run(command, args, environment = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...environment },
  });
  if (done.error) throw new Error(`${command} could not be started: ${done.error.message}`);
  if (done.status !== 0)
    throw new Error(`\`${command} ${args.join(' ')}\` failed (exit ${done.status ?? done.signal})`);
}
