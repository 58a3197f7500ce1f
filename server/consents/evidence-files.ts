import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, storageFailure, syncFolder } from '../archive/durable.ts';
import type { FileStore } from '../archive/file-store.ts';
import { Failure } from '../contract/index.ts';
import { PRIVATE_FILE_MODE } from '../runtime/private-folder.ts';
import { damaged, type EvidenceSeal } from './evidence-seal.ts';

/** What consents are proven by, sealed, under the SHA-256 of the plain bytes. */
export interface EvidenceFiles {
  /**
   * Safe on the disk when this returns. What does not open any more is replaced. It is a transaction of its own.
   * @throws Failure unavailable / storage-full, field-key-changed, field-key-changing
   */
  keep(sha256: string, plain: Uint8Array): Promise<void>;
  /** @throws Failure internal / evidence-missing, evidence-damaged, evidence-other-key */
  read(sha256: string): Promise<Buffer>;
  /**
   * Seals what lies with the originals, in the clear, from before evidence was sealed. It may break off anywhere: done again, it goes on.
   * @param isNamed whether anything but evidence names the original; then that one stays as well.
   * @returns `young`: the original stays for now, since it was kept only lately.
   */
  sealEarlier(sha256: string, isNamed: () => Promise<boolean>): Promise<'sealed' | 'done' | 'young'>;
}

export const evidencePath = (dataDir: string, sha256: string): string =>
  join(dataDir, 'evidence', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

/** Puts the sealed bytes in the place of whatever is there, whole or not at all; safe on the disk when this returns. */
export async function writeSealed(dataDir: string, sha256: string, sealed: Uint8Array): Promise<void> {
  const path = evidencePath(dataDir, sha256);
  // Where the store of originals sweeps what a crash has left.
  const received = join(dataDir, 'staging', randomUUID());
  try {
    await makeFolder(dirname(path));
    await makeFolder(dirname(received));
    const handle = await open(received, 'wx', PRIVATE_FILE_MODE);
    try {
      await handle.writeFile(sealed);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(received, path);
    await syncFolder(dirname(path));
  } catch (err) {
    await rm(received, { force: true });
    throw storageFailure(err);
  }
}

/** A database's transactions: as long as one lasts, nobody begins to change the key. */
export interface KeyHolder {
  write(work: () => Promise<void>): Promise<void>;
}

/**
 * A store in `dataDir`: `evidence/ab/cd/<sha256>`. Nothing of it is ever on the disk in the clear, on its way there neither.
 * @param work whose transactions hold the key: a file under a former one would take the place of one that opens.
 */
export function openEvidenceFiles(
  work: KeyHolder,
  dataDir: string,
  seal: EvidenceSeal,
  originals: FileStore,
): EvidenceFiles {
  async function openSealed(sha256: string): Promise<Buffer | undefined> {
    const sealed = await readFile(evidencePath(dataDir, sha256)).catch(unlessMissing);
    return sealed && seal.open(sealed, sha256);
  }
  async function readOriginal(sha256: string): Promise<Buffer | undefined> {
    const plain = await readFile(await originals.localPath(sha256)).catch(unlessMissing);
    if (plain && hashOf(plain) !== sha256) throw damaged();
    return plain;
  }
  const keep = (sha256: string, plain: Uint8Array): Promise<void> =>
    work.write(async () => {
      const isKept = await openSealed(sha256).then(Boolean, () => false);
      if (isKept) return;
      await writeSealed(dataDir, sha256, seal.seal(plain, sha256));
    });

  return {
    keep,
    async read(sha256) {
      // Between the first look and the second it may have been sealed; it is never in neither place.
      const plain = (await openSealed(sha256)) ?? (await readOriginal(sha256)) ?? (await openSealed(sha256));
      if (!plain) throw new Failure('internal', 'the file of the evidence is gone', { reason: 'evidence-missing' });
      return plain;
    },
    async sealEarlier(sha256, isNamed) {
      const plain = await readOriginal(sha256);
      if (!plain) return 'done';
      await keep(sha256, plain);
      const outcome = await originals.forget(sha256, isNamed);
      return outcome === 'forgotten' ? 'sealed' : outcome === 'young' ? 'young' : 'done';
    },
  };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function unlessMissing(err: unknown): undefined {
  if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return undefined;
  throw err;
}
