import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWorker } from './build.ts';
import { cacheDir, readPackage } from './cache.ts';
import { downloadWorker, installedWorker } from './download.ts';
import { withFileLock } from './lock.ts';
import { ensurePackages } from './packages.ts';
import { runsHere } from './runs-here.ts';

export interface FindWorkerOptions {
  env?: NodeJS.ProcessEnv;
  /** Told what goes on, one line at a time; by default to standard error. */
  say?: (line: string) => void;
}

/**
 * The mediasoup-worker of this machine: named by MEDIASOUP_WORKER_BIN, kept from before, installed, downloaded, or built (about three
 * minutes, once). Quick when there is nothing to do; may be called by several processes at once.
 * @returns the absolute path of a file that runs here
 * @throws Error that says what is missing and what to do
 */
export async function findWorkerBin({ env = process.env, say = sayOnStderr }: FindWorkerOptions = {}): Promise<string> {
  const { MEDIASOUP_WORKER_BIN: named } = env;
  if (named) {
    if (await runsHere(named)) return named;
    throw new Error(`MEDIASOUP_WORKER_BIN: ${named} is not a mediasoup-worker that runs on this machine`);
  }
  const keptDir = await cacheDir(env);
  const kept = join(keptDir, 'mediasoup-worker');
  if (await runsHere(kept)) return kept;
  const { dir: packageDir } = await readPackage();
  const installed = installedWorker(packageDir);
  if (await runsHere(installed)) return installed;

  await mkdir(keptDir, { recursive: true });
  const onWait = () => say('waiting for another process that is making it');
  return await withFileLock(join(keptDir, 'lock'), onWait, async () => {
    if (await runsHere(kept)) return kept;
    const downloaded = await downloadWorker(packageDir, env);
    if (downloaded) return await keep(downloaded, kept);
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
