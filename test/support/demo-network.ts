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

/** The name of the database of a server that is told nothing else. */
const FILE = 'huizhen.sqlite';
/** What argon2 takes at the least. A hash carries its cost with it, so that only the demo people of tests are cheap to check. */
const CHEAP = { type: argon2.argon2id, memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

let made: Promise<string> | undefined;

/** Puts the demo network, without cases, where a server with this DATA_DIR finds it: made once in a process, then copied. */
export async function placeDemoNetwork(dataDir: string): Promise<void> {
  made ??= make();
  await copyFile(join(await made, FILE), join(dataDir, FILE));
}

async function make(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-network-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // No patient is in it: it opens under any key.
  const database = await openDatabase(`sqlite:${join(folder, FILE)}`, createFieldSeal(randomBytes(32)));
  try {
    await seedDemo(database, new Date());
    await cheapenSignIn(database);
  } finally {
    await database.close();
  }
  return folder;
}

/** Signing the demo people in, or failing to, costs next to nothing from now on. */
export async function cheapenSignIn(database: Database): Promise<void> {
  await database.query(`UPDATE account SET passwordHash = '${await argon2.hash(DEMO_PASSWORD, CHEAP)}'`);
}
