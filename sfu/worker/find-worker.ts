import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWorker, type Say } from './build.ts';
import { cacheDir, readPackage } from './cache.ts';
import { downloadWorker, installedWorker } from './download.ts';
import { withFileLock } from './lock.ts';
import { ensurePackages } from './packages.ts';
import { runsHere } from './runs-here.ts';

const WORKER = 'mediasoup-worker';

export interface FindWorkerOptions {
  env?: NodeJS.ProcessEnv;
  /** By default to standard error. */
  say?: Say;
}

/**
 * The mediasoup-worker that is there already: named by MEDIASOUP_WORKER_BIN, kept from before, or installed. Quick.
 * @returns the absolute path of a file that runs here; undefined where one has to be made first
 * @throws Error where the named one does not run here
 */
export async function findReadyWorker(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const { MEDIASOUP_WORKER_BIN: named } = env;
  if (named) {
    if (await runsHere(named)) return named;
    throw new Error(`MEDIASOUP_WORKER_BIN: ${named} is not a mediasoup-worker that runs on this machine`);
  }
  const kept = join(await cacheDir(env), WORKER);
  if (await runsHere(kept)) return kept;
  const installed = installedWorker((await readPackage()).dir);
  return (await runsHere(installed)) ? installed : undefined;
}

/**
 * The mediasoup-worker of this machine: the one that is there, else downloaded, or built (about three minutes, once).
 * Quick when there is nothing to do; may be called by several processes at once.
 * @returns the absolute path of a file that runs here
 * @throws Error that says what is missing and what to do
 */
export async function findWorkerBin({ env = process.env, say = sayOnStderr }: FindWorkerOptions = {}): Promise<string> {
  const ready = await findReadyWorker(env);
  if (ready) return ready;
  const keptDir = await cacheDir(env);
  const kept = join(keptDir, WORKER);
  const { dir: packageDir } = await readPackage();

  await mkdir(keptDir, { recursive: true });
  const onWait = () => say('waiting for another process that is making it');
  return await withFileLock(join(keptDir, 'lock'), onWait, async () => {
    if (await runsHere(kept)) return kept;
    const downloaded = await downloadWorker(packageDir, env);
    if (downloaded) {
      await keep(downloaded, kept);
      await rm(downloaded, { force: true });
      return kept;
    }
    say('no prebuilt one to be had, building it from the sources of the npm package (once, about three minutes)');
    await ensurePackages(say);
    const buildDir = join(keptDir, 'build');
    const built = await buildWorker(packageDir, buildDir, say);
    if (!(await runsHere(built))) throw new Error(`${built} was built but does not run on this machine`);
    await keep(built, kept);
    await rm(buildDir, { recursive: true, force: true });
    say(`kept in ${keptDir}`);
    return kept;
  });
}

/** Copies a file to its place so that it appears there whole or not at all. */
async function keep(file: string, place: string): Promise<string> {
  const part = `${place}.${process.pid}.part`;
  await copyFile(file, part);
  await rename(part, place);
  return place;
}

function sayOnStderr(line: string): void {
  process.stderr.write(`mediasoup-worker: ${line}\n`);
}
