import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This folder: Makefile and shim headers. */
export const RECIPE_DIR = fileURLToPath(new URL('.', import.meta.url));

/** The installed npm package: its folder and version. @throws Error where it is not installed. */
export async function readPackage(): Promise<{ dir: string; version: string }> {
  const entry = createRequire(import.meta.url).resolve('mediasoup');
  const dir = join(dirname(entry), '..', '..');
  const { version } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as { version: string };
  return { dir, version };
}

/** Per-user folder for what took long to make and can be made again (XDG Base Directory Specification). */
function cacheHome(env: NodeJS.ProcessEnv): string {
  const { XDG_CACHE_HOME } = env;
  return XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache');
}

/**
 * Where the worker for exactly these sources, this recipe, architecture and distribution is kept.
 * The distribution counts, because a home folder may be shared by machines with different libraries.
 */
export async function cacheDir(env: NodeJS.ProcessEnv): Promise<string> {
  const { dir, version } = await readPackage();
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${await distribution()}`);
  for (const root of [join(RECIPE_DIR, 'Makefile'), join(RECIPE_DIR, 'shim')]) await hashTree(hash, root);
  for (const part of ['src', 'include', 'fbs', 'deps']) await hashTree(hash, join(dir, 'worker', part));
  return join(cacheHome(env), 'huizhen', 'mediasoup-worker', `${version}-${hash.digest('hex').slice(0, 16)}`);
}

async function distribution(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return release
    .split('\n')
    .filter((line) => /^(ID|VERSION_ID)=/.test(line))
    .join(' ');
}

/** Feeds names and contents of a file or folder, in a fixed order. */
async function hashTree(hash: ReturnType<typeof createHash>, root: string): Promise<void> {
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => undefined);
  const files = names
    ? names
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [root];
  for (const file of files)
    hash
      .update(file.slice(dirname(root).length))
      .update('\0')
      .update(await readFile(file));
}
