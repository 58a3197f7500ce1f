import { chmod, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** For the owner alone. */
export const PRIVATE_FOLDER_MODE = 0o700;
export const PRIVATE_FILE_MODE = 0o600;

/** What anybody but the owner may do: one of these is one too many. */
const OTHERS = 0o077;

/**
 * Makes a folder that only the process's own user can enter, or closes the one that is there with all that lies in it. A folder
 * that was closed already is not walked through: nobody else could have reached what lies deeper.
 * @throws Error that names the folder where it cannot be closed: another user's, or a file system that keeps no modes.
 */
export async function securePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER_MODE });
  // Windows answers for access by lists that follow the user's profile, and keeps no modes.
  if (process.platform === 'win32') return;
  const wasOpen = ((await stat(folder)).mode & OTHERS) !== 0;
  if (wasOpen) await closeTo(folder, PRIVATE_FOLDER_MODE);
  await closeEntries(folder, wasOpen);
}

/** Closes one file, if it is there, to everybody but its owner. @throws as {@link securePrivateFolder} */
export async function securePrivateFile(path: string): Promise<void> {
  if (process.platform !== 'win32' && (await isOpen(path))) await closeTo(path, PRIVATE_FILE_MODE);
}

async function closeEntries(folder: string, isDeep: boolean): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) await securePrivateFile(path);
    else if (entry.isDirectory()) {
      if (await isOpen(path)) await closeTo(path, PRIVATE_FOLDER_MODE);
      if (isDeep) await closeEntries(path, true);
    }
  }
}

async function isOpen(path: string): Promise<boolean> {
  try {
    return ((await lstat(path)).mode & OTHERS) !== 0;
  } catch (err) {
    // Another process of ours has taken it away meanwhile.
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return false;
    throw err;
  }
}

async function closeTo(path: string, mode: number): Promise<void> {
  try {
    await chmod(path, mode);
  } catch (err) {
    const code = err instanceof Error && 'code' in err ? String(err.code) : 'unknown';
    if (code === 'ENOENT') return;
    throw new Error(
      `${path} can be read by other users and cannot be closed to them (${code}): make it the own folder of the user that runs this process`,
      { cause: err },
    );
  }
  if (await isOpen(path))
    throw new Error(
      `${path} can be read by other users and its file system keeps no modes: put DATA_DIR on one that does`,
    );
}
