import { createHash, randomUUID } from 'node:crypto';
import { copyFile, link, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Failure } from '../contract/index.ts';
import { PRIVATE_FILE_MODE } from '../runtime/private-folder.ts';
import { makeFolder, storageFailure, syncFolder, writeFully } from './durable.ts';
import type { FileStore, ReceivedFile } from './file-store.ts';

/** What a crash left in staging is older than this; a request that still streams is younger. */
const STAGING_LIFE_MS = 24 * 3_600_000;
/** How long a row that names a file that was kept may be on its way. */
const NAMING_MS = 3_600_000;

/**
 * A store in `dataDir`: `files/ab/cd/<sha256>`, two levels of 256 folders so that none grows without end, and `staging/`.
 * Both lie on one volume, so that taking a file over is one more name for it.
 */
export async function openFolderFileStore(dataDir: string): Promise<FileStore> {
  const files = join(dataDir, 'files');
  const staging = join(dataDir, 'staging');
  await makeFolder(files);
  await makeFolder(staging);
  await sweep(staging);
  const pathOf = (sha256: string) => join(files, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  return {
    receive: (source, maxBytes) => receive(join(staging, randomUUID()), source, maxBytes),

    async keep(file) {
      const path = pathOf(file.sha256);
      try {
        const size = await findSize(path);
        // The hash is the name, so what lies there already is these bytes, unless a broken disk cut it short.
        if (size === file.sizeBytes && (await isTouched(path))) return;
        if (size !== undefined && size !== file.sizeBytes) await rm(path, { force: true });
        await makeFolder(dirname(path));
        await linkOrCopy(file.path, path, join(staging, randomUUID()));
        await syncFolder(dirname(path));
      } catch (err) {
        throw storageFailure(err);
      }
    },

    async discard(file) {
      await rm(file.path, { force: true });
    },

    async has(sha256) {
      return (await findSize(pathOf(sha256))) !== undefined;
    },

    async open(sha256, range) {
      if (range?.length === 0) return Readable.from([]);
      const handle = await open(pathOf(sha256), 'r');
      return handle.createReadStream(
        range === undefined ? {} : { start: range.start, end: range.start + range.length - 1 },
      );
    },

    forget: (sha256, isNamed) => forget(pathOf(sha256), staging, isNamed),

    async localPath(sha256) {
      return pathOf(sha256);
    },
  };
}

async function receive(path: string, source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile> {
  try {
    const handle = await open(path, 'wx', PRIVATE_FILE_MODE);
    try {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const bytes of source) {
        if (sizeBytes + bytes.length > maxBytes) throw tooLarge();
        await writeFully(handle, bytes, sizeBytes);
        hash.update(bytes);
        sizeBytes += bytes.length;
      }
      await handle.sync();
      return { path, sha256: hash.digest('hex'), sizeBytes };
    } finally {
      await handle.close();
    }
  } catch (err) {
    await rm(path, { force: true });
    throw storageFailure(err);
  }
}

async function forget(
  path: string,
  staging: string,
  isNamed: () => Promise<boolean>,
): Promise<'forgotten' | 'named' | 'young'> {
  const whyKept = async (at: string) =>
    (await isNamed()) ? 'named' : Date.now() - (await stat(at)).mtimeMs < NAMING_MS ? 'young' : undefined;
  const before = await whyKept(path);
  if (before) return before;
  const away = join(staging, randomUUID());
  // Out of sight before the second look: whoever keeps the same bytes from now on puts them there anew.
  await rename(path, away);
  const after = await whyKept(away);
  if (after) await linkOrCopy(away, path, join(staging, randomUUID()));
  await syncFolder(dirname(path));
  await rm(away, { force: true });
  return after ?? 'forgotten';
}

export function tooLarge(): Failure {
  return new Failure('too-large', 'the file is larger than this server takes', { reason: 'file-too-large' });
}

/** File systems without hard links say so in one of these ways. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

async function linkOrCopy(from: string, to: string, temporary: string): Promise<void> {
  try {
    await link(from, to);
  } catch (err) {
    const code = err instanceof Error && 'code' in err ? String(err.code) : '';
    // Somebody else stored the same bytes a moment ago.
    if (code === 'EEXIST') return;
    if (!NO_LINKS.has(code)) throw err;
    try {
      await copyFile(from, temporary);
      const handle = await open(temporary, 'r+');
      await handle.sync().finally(() => handle.close());
      await rename(temporary, to);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

async function findSize(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return undefined;
    throw err;
  }
}

/** Says that the file was kept again, now. @returns whether it is still there. */
async function isTouched(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
    return true;
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return false;
    throw err;
  }
}

async function sweep(staging: string): Promise<void> {
  const now = Date.now();
  for (const name of await readdir(staging)) {
    const path = join(staging, name);
    const found = await stat(path);
    if (now - found.mtimeMs > STAGING_LIFE_MS) await rm(path, { force: true });
  }
}
