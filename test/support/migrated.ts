import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/database/database.ts';
import { createFieldSeal } from '../../server/patients/seal.ts';
import { sharedMariaDb } from './mariadb.ts';

/** Of all databases that a suite opens by itself. */
export const TEST_SEAL = createFieldSeal(Buffer.alloc(32, 7));

let file: Promise<string> | undefined;
let url: Promise<string> | undefined;

/** A database that is empty, with its tables up to date: made once in a process, to be copied. @returns the file. */
export function migratedFile(): Promise<string> {
  file ??= makeFile();
  return file;
}

/** As {@link migratedFile}, on the shared MariaDB. @returns the URL. */
export function migratedUrl(): Promise<string> {
  url ??= sharedMariaDb()
    .then((mariaDb) => mariaDb.createDatabase())
    .then(migrate);
  return url;
}

async function makeFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-migrated-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const made = join(folder, 'test.sqlite');
  await migrate(`sqlite:${made}`);
  return made;
}

/** @returns the URL, which it had from the start. */
async function migrate(of: string): Promise<string> {
  await (await openDatabase(of, TEST_SEAL)).close();
  return of;
}
