import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE_MODE } from '../runtime/private-folder.ts';
import { makeFolder, storageFailure, syncFolder, writeFully } from './durable.ts';
import type { ReceivedFile } from './file-store.ts';

/** The received beginnings of uploads. What counts as received is what lies here, so that no crash can make the two differ. */
export interface PartialFiles {
  sizeOf(uploadId: string): Promise<number>;
  /**
   * Adds bytes at `offset`, which must be the present size; they are safe on the disk when this returns.
   * @throws Failure unavailable/storage-full; the file is then as it was before.
   */
  append(uploadId: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** All that was received, with its hash. */
  received(uploadId: string): Promise<ReceivedFile>;
  remove(uploadId: string): Promise<void>;
  /** Uploads that were last written to before this instant. */
  listIdleSince(instant: Date): Promise<string[]>;
}

export async function openPartialFiles(dataDir: string): Promise<PartialFiles> {
  const folder = join(dataDir, 'uploads');
  await makeFolder(folder);
  const pathOf = (uploadId: string) => join(folder, uploadId);

  return {
    async sizeOf(uploadId) {
      try {
        return (await stat(pathOf(uploadId))).size;
      } catch (err) {
        if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return 0;
        throw err;
      }
    },

    async append(uploadId, offset, bytes) {
      const path = pathOf(uploadId);
      try {
        const handle = await open(path, offset === 0 ? 'w' : 'r+', PRIVATE_FILE_MODE);
        try {
          await writeFully(handle, bytes, offset);
          await handle.sync();
        } finally {
          await handle.close();
        }
        if (offset === 0) await syncFolder(folder);
      } catch (err) {
        await cutBack(path, offset);
        throw storageFailure(err);
      }
    },

    async received(uploadId) {
      const path = pathOf(uploadId);
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
        hash.update(bytes);
        sizeBytes += bytes.length;
      }
      return { path, sha256: hash.digest('hex'), sizeBytes };
    },

    async remove(uploadId) {
      await rm(pathOf(uploadId), { force: true });
    },

    async listIdleSince(instant) {
      const idle: string[] = [];
      for (const uploadId of await readdir(folder)) {
        const { mtimeMs } = await stat(pathOf(uploadId));
        if (mtimeMs < instant.getTime()) idle.push(uploadId);
      }
      return idle;
    },
  };
}

/** Half-written bytes must not count as received. */
async function cutBack(path: string, offset: number): Promise<void> {
  if (offset === 0) await rm(path, { force: true });
  else await truncate(path, offset);
}
