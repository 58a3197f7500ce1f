import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { type SharedMariaDb, sharedMariaDb } from './mariadb.ts';
import { migratedFile, migratedUrl, TEST_SEAL } from './migrated.ts';

export interface Opening {
  /** Opens a new, empty database, or the one of a URL, and brings its tables up to date; it is closed after the test. */
  open(url?: string): Promise<Database>;
  /** Of a database that is empty, with its tables up to date: for a test that opens it several times, or changes its tables. */
  newUrl(): Promise<string>;
  /** Of one without tables. */
  newEmptyUrl(): Promise<string>;
}

/** Passwords cost what they cost on purpose, a database shares the machine with browsers, and all updates of MariaDB wait for the disk. */
const TIMEOUT_MS = 180_000;

type Suite = (open: Opening['open'], newUrl: Opening['newUrl'], newEmptyUrl: Opening['newEmptyUrl']) => void;

/** One suite over both databases. What it opened and made is gone after each test. */
export function eachDatabase(title: string, suite: Suite): void {
  describe(`${title} on SQLite`, function () {
    this.timeout(TIMEOUT_MS);
    const folders: string[] = [];
    async function newEmptyUrl(): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'huizhen-sqlite-'));
      folders.push(folder);
      return `sqlite:${join(folder, 'test.sqlite')}`;
    }
    async function newUrl(): Promise<string> {
      const url = await newEmptyUrl();
      await copyFile(await migratedFile(), url.slice('sqlite:'.length));
      return url;
    }
    suite(closingAfterEach(newUrl), newUrl, newEmptyUrl);
    afterEach(async () => {
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
    });
  });

  describe(`${title} on MariaDB`, function () {
    this.timeout(TIMEOUT_MS);
    let mariaDb: SharedMariaDb;
    const taken: string[] = [];
    const made: string[] = [];
    before(async function () {
      this.timeout(240_000);
      mariaDb = await sharedMariaDb();
    });
    async function create(like?: string): Promise<string> {
      const url = await mariaDb.createDatabase(like);
      made.push(url);
      return url;
    }
    async function takeUrl(): Promise<string> {
      const url = free.pop() ?? (await mariaDb.createDatabase(await migratedUrl()));
      taken.push(url);
      return url;
    }
    suite(
      closingAfterEach(takeUrl),
      async () => create(await migratedUrl()),
      () => create(),
    );
    afterEach(async () => {
      for (const url of taken.splice(0)) {
        await mariaDb.refill(url, await migratedUrl());
        free.push(url);
      }
    });
    // With nine thousand tables of tests that are over, updating the tables of one took a minute instead of four seconds.
    after(async () => {
      for (const url of made.splice(0)) await mariaDb.dropDatabase(url);
    });
  });
}

/** Databases of the shared MariaDB that are as they were made: making one with its tables takes many times as long as taking out its rows. */
const free: string[] = [];

function closingAfterEach(takeUrl: () => Promise<string>): Opening['open'] {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  return async (url) => {
    const database = await openDatabase(url ?? (await takeUrl()), TEST_SEAL);
    opened.push(database);
    return database;
  };
}
