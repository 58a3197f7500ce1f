import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE } from './private-folder.ts';

/**
 * A secret of 32 random bytes or more. On a single machine it lives in a file beside the data, readable by the server's user alone
 * and made at the first start; what several machines share is given by the environment instead.
 */
export async function loadSecret(
  dataDir: string,
  name: string,
  fromEnvironment: string | undefined,
): Promise<Uint8Array> {
  if (fromEnvironment !== undefined) return Buffer.from(fromEnvironment);
  await mkdir(dataDir, { recursive: true, mode: PRIVATE_FOLDER_MODE });
  const path = join(dataDir, name);
  const found = await readIfThere(path);
  if (found) return found;
  const candidate = join(dataDir, `${name}.${randomBytes(6).toString('hex')}`);
  await writeFile(candidate, randomBytes(32), { mode: PRIVATE_FILE_MODE, flag: 'wx', flush: true });
  try {
    // A link appears whole or not at all: of two processes that start at once, one wins and both read the same key.
    await link(candidate, path);
  } catch (err) {
    if (!(err instanceof Error && 'code' in err && err.code === 'EEXIST')) throw err;
  } finally {
    await rm(candidate);
  }
  return readFile(path);
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return undefined;
    throw err;
  }
}
