// `npm test`: all tests, in three runs side by side; what failed there once more, alone. What is given goes to each, as `-g <part of a title>`.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, statfs, symlink } from 'node:fs/promises';
import { setPriority, tmpdir, userInfo } from 'node:os';
import { join, relative } from 'node:path';
import { root, say } from './say.mjs';

/** Pages of administrators and registers, where nothing moves: they can wait, and keep the runs about as long as one another. */
const PAGES = [
  'administration',
  'appointments',
  'consent',
  'first-start',
  'import',
  'licence',
  'patients',
  'people-table',
  'policies',
  'second-factor',
  'second-person',
].join('|');
/** The server's folders from `access` to `dicomweb`; half of what its tests take. */
const FIRST_HALF = 'test/server/[a-d]*/**';

/**
 * The first is people's browsers and their calls: a picture that comes late fails them. What lies elsewhere can wait, and gives way. It waits for
 * databases and processes for much of its time, so that one run of it alone leaves a core idle in the end.
 */
const RUNS = [
  {
    what: 'browsers and calls',
    files: ['test/browser/**/*.test.ts', 'test/sfu/**/*.test.ts'],
    without: [`test/browser/@(${PAGES}).test.ts`],
  },
  { what: 'server, first half', files: [`${FIRST_HALF}/*.test.ts`], without: [], givesWay: true },
  {
    what: 'all else',
    files: ['test/**/*.test.ts'],
    without: ['test/sfu/**', `test/browser/!(${PAGES}).test.ts`, FIRST_HALF],
    givesWay: true,
  },
];
const GIVES_WAY = 5;
const MEMORY = '/dev/shm';
/** Several times what all tests have there at once. */
const MEMORY_BYTES = 4 * 1024 ** 3;
/** More than these is a fault of the product, not of a busy machine. */
const MOST_FILES_AGAIN = 6;
const LINES_OF_ERROR = 12;
const given = process.argv.slice(2);
/** Also in the runs whose output goes to a file first. */
const COLOURS = process.stdout.isTTY && !process.env.NO_COLOR ? ['--color'] : [];

const children = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
const folder = await mkdtemp(join(await findTemporaryFolder(), 'huizhen-test-'));
// As any such folder: a test starts a process of another user.
await chmod(folder, 0o1777);
await keepTranspiled();

/** tsx keeps what it transpiled in the temporary folder: that of a run is new each time, and every source would be transpiled anew in each of the runs. */
async function keepTranspiled() {
  const name = `tsx-${userInfo().uid}`;
  await mkdir(join(tmpdir(), name), { recursive: true });
  await symlink(join(tmpdir(), name), join(folder, name));
}

/** In memory where there is room: every act of every test waits for its database's disk, which took two thirds of the time of many. */
async function findTemporaryFolder() {
  if (process.env.TMPDIR) return tmpdir();
  try {
    const { bavail, bsize } = await statfs(MEMORY);
    const [, availableKib] = /^MemAvailable:\s+(\d+)/m.exec(await readFile('/proc/meminfo', 'utf8')) ?? [];
    const hasRoom = bavail * bsize >= MEMORY_BYTES && Number(availableKib) * 1024 >= 2 * MEMORY_BYTES;
    return hasRoom ? MEMORY : tmpdir();
  } catch {
    // No such file system here.
    return tmpdir();
  }
}

/** @returns the exit code, what failed, and where the output is kept if it was not shown at once. */
async function run({ what, files, without, givesWay = false }, index) {
  const failures = join(folder, `failures-${index}`);
  const reporter = ['--reporter', '.setup/reporter.cjs', '--reporter-option', `failures=${failures}`];
  const ignored = without.flatMap((path) => ['--ignore', path]);
  const args = [...files, ...ignored, ...reporter, ...(givesWay ? COLOURS : []), ...given];
  const stdio = givesWay ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const options = { cwd: root, stdio, env: { ...process.env, TMPDIR: folder } };
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args], options);
  children.push(child);
  const kept = givesWay ? join(folder, String(index)) : undefined;
  const output = kept && createWriteStream(kept);
  if (output) {
    setPriority(child.pid, GIVES_WAY);
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
  }
  // A run that was killed has failed too.
  const code = await new Promise((resolve) => child.once('close', (ended) => resolve(ended ?? 1)));
  // Which of them takes longest is said: a core that waits for the others is wasted.
  say(`${what}: ${Math.round(performance.now() / 1000)} s`);
  if (output) await new Promise((resolve) => output.end(resolve));
  return { code, kept, failed: await readFailures(failures) };
}

async function readFailures(path) {
  // The reporter makes the file with the first failure.
  const lines = await readFile(path, 'utf8').catch(() => '');
  return lines.split('\n').filter(Boolean).map(JSON.parse);
}

/** Three runs on two cores starve each other now and then. @returns the files to go over again, if it is these few and nothing else went wrong. */
function chooseSecondGo(ended) {
  const files = [...new Set(ended.flatMap(({ failed }) => failed.map(({ file }) => relative(root, file))))];
  const isAllKnown = ended.every(({ code, failed }) => code === failed.length && failed.every(({ file }) => file));
  return isAllKnown && files.length > 0 && files.length <= MOST_FILES_AGAIN ? files : undefined;
}

/** Said last, where whoever sees only the end of the output finds it. */
function sayFailures(heading, failed) {
  if (failed.length === 0) return;
  say(heading);
  for (const { file, title, error } of failed)
    say(`- ${relative(root, file ?? '')}: ${title}\n${error.split('\n').slice(0, LINES_OF_ERROR).join('\n')}`);
}

const ended = await Promise.all(RUNS.map(run));
for (const { kept } of ended) if (kept) process.stdout.write(await readFile(kept));
const again = chooseSecondGo(ended);
const second =
  again && (await run({ what: `once more, alone: ${again.join(', ')}`, files: again, without: [] }, 'again'));
await rm(folder, { recursive: true, force: true });
sayFailures(
  second ? 'FAILED BESIDE THE OTHER TESTS:' : 'FAILED:',
  ended.flatMap(({ failed }) => failed),
);
if (second) sayFailures('FAILED ALONE AS WELL:', second.failed);
process.exitCode = second ? second.code : (ended.find(({ code }) => code !== 0)?.code ?? 0);
if (second?.code === 0) say('all of these passed when they ran alone');
