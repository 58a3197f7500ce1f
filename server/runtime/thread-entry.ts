import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
/** Where `.setup/threads.mjs` puts them. */
const BUILT = new URL('.build/threads/', ROOT);

/**
 * What a thread is started with so that it runs a module in TypeScript. From the one file that it was built into, with all it
 * imports, it is there three times as fast; from its sources where there is no such file, or any of them has changed since.
 * @param built names that file in the folder of built threads.
 */
export function threadEntry(module: URL, built: string, folder = BUILT): URL {
  return isUpToDate(folder) ? new URL(`${built}.mjs`, folder) : fromSources(module);
}

function fromSources(module: URL): URL {
  const source = `import '${new URL('thread-loader.mjs', import.meta.url)}'; await import('${module}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

const known = new Map<string, boolean>();

/** Whether every source is still what it was when a folder's files were built of them; looked at once. */
export function isUpToDate(folder: URL): boolean {
  const isSame = known.get(folder.href) ?? compareSources(folder);
  known.set(folder.href, isSame);
  return isSame;
}

function compareSources(folder: URL): boolean {
  try {
    const sources: Record<string, string> = JSON.parse(readFileSync(new URL('sources.json', folder), 'utf8'));
    return Object.entries(sources).every(([path, sha256]) => sha256Of(new URL(path, ROOT)) === sha256);
  } catch {
    // Nothing was built, or a source is gone.
    return false;
  }
}

const sha256Of = (file: URL): string => createHash('sha256').update(readFileSync(file)).digest('hex');
