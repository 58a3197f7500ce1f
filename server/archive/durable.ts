import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../contract/failure.ts';
import { PRIVATE_FOLDER_MODE } from '../runtime/private-folder.ts';

/** Codes of a disk that takes no more: full, over quota, or over the size the process may write. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Turns "no space" into what a person can act on; anything else is thrown as it is. */
export function storageFailure(thrown: unknown): unknown {
  const isFull =
    thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && FULL.has(thrown.code);
  return isFull
    ? new Failure('unavailable', 'the storage is full', { reason: 'storage-full', retryAfterS: 60, cause: thrown })
    : thrown;
}

/** Makes the entries of a folder survive a power cut; a file's own fsync does not cover its name. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and every missing one above it, names included safe on the disk. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER_MODE });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Writes all bytes at a position: one `write` may take only a part of them. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Reads up to `length` bytes from a position; fewer where the file ends. */
export async function readFully(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  // Not a Buffer, whose `slice` is no copy; allocated as one, which need not be cleared first.
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(length - done, 1 << 30), start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
