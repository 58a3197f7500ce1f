import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { createFieldSeal } from '../../server/patients/seal.ts';
import { type MariaDb, sharedMariaDb } from './mariadb.ts';

export interface Opening {
  /** Opens a new, empty database, or the one of a URL, and brings its tables up to date; it is closed after the test. */
  open(url?: string): Promise<Database>;
  /** Of a database that is empty, without tables. */
  newUrl(): Promise<string>;
}

/** Of all databases that a suite opens by itself. */
export const TEST_SEAL = createFieldSeal(Buffer.alloc(32, 7));

/** Passwords cost what they cost on purpose, a database shares the machine with browsers, and all updates of MariaDB wait for the disk. */
const TIMEOUT_MS = 180_000;

/** A database that is empty, with its tables up to date: made once in a process, then copied for each test. */
let migratedFile: Promise<string> | undefined;
let migratedUrl: Promise<string> | undefined;

/** @returns its file. */
async function makeMigratedFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-migrated-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'test.sqlite');
  await migrate(`sqlite:${file}`);
  return file;
}

/** @returns its URL, which it had from the start. */
async function migrate(url: string): Promise<string> {
  await (await openDatabase(url, TEST_SEAL)).close();
  return url;
}

/** One suite over both databases. What it opened and made is gone after each test. */
export function eachDatabase(title: string, suite: (open: Opening['open'], newUrl: Opening['newUrl']) => void): void {
  describe(`${title} on SQLite`, function () {
    this.timeout(TIMEOUT_MS);
    const folders: string[] = [];
    const open = closingAfterEach(async () => {
      migratedFile ??= makeMigratedFile();
      const url = await newUrl();
      await copyFile(await migratedFile, url.slice('sqlite:'.length));
      return url;
    });
    afterEach(async () => {
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
    });
    async function newUrl(): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'huizhen-sqlite-'));
      folders.push(folder);
      return `sqlite:${join(folder, 'test.sqlite')}`;
    }
    suite(open, newUrl);
  });

  describe(`${title} on MariaDB`, function () {
    this.timeout(TIMEOUT_MS);
    let mariaDb: Pick<MariaDb, 'createDatabase' | 'dropDatabase'>;
    const ofTest: string[] = [];
    const ofSuite: string[] = [];
    before(async function () {
      this.timeout(240_000);
      mariaDb = await sharedMariaDb();
    });
    const newUrl = async (): Promise<string> => {
      const url = await mariaDb.createDatabase();
      ofSuite.push(url);
      return url;
    };
    const newMigratedUrl = async () => {
      migratedUrl ??= mariaDb.createDatabase().then(migrate);
      const url = await mariaDb.createDatabase(await migratedUrl);
      ofTest.push(url);
      return url;
    };
    suite(closingAfterEach(newMigratedUrl), newUrl);
    // With nine thousand tables of tests that are over, updating the tables of one took a minute instead of four seconds.
    afterEach(() => dropAll(ofTest));
    after(() => dropAll(ofSuite));
    async function dropAll(urls: string[]): Promise<void> {
      for (const url of urls.splice(0)) await mariaDb.dropDatabase(url);
    }
  });
}

function closingAfterEach(newMigratedUrl: () => Promise<string>): Opening['open'] {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  return async (url) => {
    const database = await openDatabase(url ?? (await newMigratedUrl()), TEST_SEAL);
    opened.push(database);
    return database;
  };
}
