// `npm test`: all tests, in two runs side by side. What is given goes to both, as `-g <part of a title>`.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, say } from './say.mjs';

/** People's browsers and their calls: a picture that comes late fails them. Whatever lies elsewhere can wait, and gives way. */
const TIMELY = ['test/browser/**/*.test.ts', 'test/sfu/**/*.test.ts'];
/** Pages of administrators and registers, where nothing moves: they can wait too, and keep both runs about as long. */
const PAGES = [
  'administration',
  'appointments',
  'first-start',
  'import',
  'licence',
  'patients',
  'people-table',
  'policies',
  'second-factor',
].join('|');
const GIVES_WAY = 5;
const given = process.argv.slice(2);
/** Also in the second run, whose output goes to a file first. */
const COLOURS = process.stdout.isTTY && !process.env.NO_COLOR ? ['--color'] : [];

const children = [];
function mocha(args, stdio) {
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args, ...given], { cwd: root, stdio });
  children.push(child);
  return child;
}
/** A run that was killed has failed too. Which of both takes longer is said: a core that waits for the other is wasted. */
const ended = (child, what) =>
  new Promise((resolve) =>
    child.once('close', (code) => {
      say(`${what}: ${Math.round(performance.now() / 1000)} s`);
      resolve(code ?? 1);
    }),
  );
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });

const folder = await mkdtemp(join(tmpdir(), 'huizhen-test-'));
const kept = join(folder, 'output');
const output = createWriteStream(kept);
const timely = mocha([...TIMELY, '--ignore', `test/browser/@(${PAGES}).test.ts`], 'inherit');
const yielding = mocha(
  ['test/**/*.test.ts', '--ignore', 'test/sfu/**', '--ignore', `test/browser/!(${PAGES}).test.ts`, ...COLOURS],
  ['ignore', 'pipe', 'pipe'],
);
setPriority(yielding.pid, GIVES_WAY);
yielding.stdout.pipe(output, { end: false });
yielding.stderr.pipe(output, { end: false });

const codes = await Promise.all([ended(timely, 'browsers and calls'), ended(yielding, 'all else')]);
await new Promise((resolve) => output.end(resolve));
process.stdout.write(await readFile(kept));
await rm(folder, { recursive: true, force: true });
process.exitCode = codes.find((code) => code !== 0) ?? 0;
