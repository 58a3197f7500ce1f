import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import argon2 from 'argon2';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { seedDemo } from '../../server/demo/seed.ts';
import { createFieldSeal } from '../../server/patients/seal.ts';
import { sharedMariaDb } from './mariadb.ts';
import { migratedFile, migratedUrl } from './migrated.ts';

/** The name of the database of a server that is told nothing else. */
const FILE = 'huizhen.sqlite';
/** What argon2 takes at the least. A hash carries its cost with it, so that only the demo people of tests are cheap to check. */
const CHEAP = { type: argon2.argon2id, memoryCost: 8, timeCost: 1, parallelism: 1 } as const;
/** Agreements begin when the network is made: no test has set its clock before. */
const MADE_AT = new Date(performance.timeOrigin);
/** Longer than a run takes; a clock that is set later finds other days than a network that is made then. */
const GOOD_FOR_MS = 3_600_000;

let madeFile: Promise<string> | undefined;
let madeUrl: Promise<string> | undefined;

/** Puts the demo network, without cases, where a server with this DATA_DIR finds it: made once in a process, then copied. */
export function placeDemoNetwork(dataDir: string): Promise<void> {
  return placeDemoFile(join(dataDir, FILE));
}

/** As {@link placeDemoNetwork}, as this file, which is not there yet. */
export async function placeDemoFile(file: string): Promise<void> {
  madeFile ??= makeFile();
  await copyFile(await madeFile, file);
}

/** Whether a network that is made at this time is as the one that is copied. */
export function isAsMade(now: Date): boolean {
  const agedMs = now.getTime() - MADE_AT.getTime();
  return agedMs >= 0 && agedMs < GOOD_FOR_MS;
}

/** @returns the URL of a new database of the shared MariaDB with the demo network, without cases: made once in a process, then copied. */
export async function newDemoDatabase(): Promise<string> {
  const mariaDb = await sharedMariaDb();
  madeUrl ??= migratedUrl().then((empty) => mariaDb.createDatabase(empty).then(fill));
  return mariaDb.createDatabase(await madeUrl);
}

async function makeFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-network-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, FILE);
  await copyFile(await migratedFile(), file);
  await fill(`sqlite:${file}`);
  return file;
}

/** @returns the URL, which it had from the start. */
async function fill(url: string): Promise<string> {
  // No patient is in it: it opens under any key.
  const database = await openDatabase(url, createFieldSeal(randomBytes(32)));
  try {
    await seedDemo(database, MADE_AT);
    await cheapenSignIn(database);
  } finally {
    await database.close();
  }
  return url;
}

/** Signing the demo people in, or failing to, costs next to nothing from now on. */
export async function cheapenSignIn(database: Database): Promise<void> {
  await database.query(`UPDATE account SET passwordHash = '${await argon2.hash(DEMO_PASSWORD, CHEAP)}'`);
}
