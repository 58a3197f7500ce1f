import { link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../archive/durable.ts';
import type { Config } from '../config.ts';
import { createFieldSeal, FIELD_KEY_FILE, loadFieldSecret } from '../patients/seal.ts';
import { loadSecret } from '../runtime/secret-file.ts';

const NEXT_FILE = `${FIELD_KEY_FILE}.next`;

export type KeyPlace = 'file' | 'environment';

export interface FieldSecrets {
  from: { secret: Uint8Array; place: KeyPlace };
  to: { secret: Uint8Array; place: KeyPlace };
}

/**
 * The key that a database is under and the one that it shall be under: NEXT_FIELD_SECRET, or, where the former one is a file, a new file
 * beside it, which stays the same until the change is done.
 * @throws Error where FIELD_SECRET is set and NEXT_FIELD_SECRET is not, or is the same
 */
export async function loadFieldSecrets({ dataDir, fieldSecret, nextFieldSecret }: KeySettings): Promise<FieldSecrets> {
  if (fieldSecret !== undefined && nextFieldSecret === undefined)
    throw new Error('FIELD_SECRET is set: the new one belongs into NEXT_FIELD_SECRET');
  const secrets: FieldSecrets = {
    from: { secret: await loadFieldSecret(dataDir, fieldSecret), place: placeOf(fieldSecret) },
    to: { secret: await loadSecret(dataDir, NEXT_FILE, nextFieldSecret), place: placeOf(nextFieldSecret) },
  };
  if (Buffer.compare(secrets.from.secret, secrets.to.secret) === 0)
    throw new Error('NEXT_FIELD_SECRET is the key that is in use');
  return secrets;
}

export type KeySettings = Pick<Config, 'dataDir' | 'fieldSecret' | 'nextFieldSecret'>;

const placeOf = (fromEnvironment: string | undefined): KeyPlace =>
  fromEnvironment === undefined ? 'file' : 'environment';

/**
 * Puts the new key where servers look for it. It may break off anywhere: the former file is there until the new one is in its place.
 * @returns the file of the former key, which opens backups from before; undefined where that one was in no file.
 */
export async function settleKeyFile(dataDir: string, { from, to }: FieldSecrets): Promise<string | undefined> {
  if (from.place === 'environment') return undefined;
  const current = join(dataDir, FIELD_KEY_FILE);
  const former = join(dataDir, `${FIELD_KEY_FILE}.${createFieldSeal(from.secret).keyId}`);
  await link(current, former).catch((err: unknown) => {
    if (!(err instanceof Error && 'code' in err && err.code === 'EEXIST')) throw err;
  });
  if (to.place === 'file') await rename(join(dataDir, NEXT_FILE), current);
  else await rm(current);
  await syncFolder(dataDir);
  return former;
}
