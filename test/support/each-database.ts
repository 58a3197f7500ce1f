import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { type MariaDb, startMariaDb } from './mariadb.ts';

/** One suite over both databases: `suite` gets a function that opens a new, empty one; what it opened is closed after each test. */
export function eachDatabase(title: string, suite: (open: () => Promise<Database>) => void): void {
  describe(`${title} on SQLite`, () => {
    const opened = closingAfterEach();
    suite(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'huizhen-sqlite-'));
      return opened.add(await openDatabase(`sqlite:${join(folder, 'test.sqlite')}`), folder);
    });
  });

  describe(`${title} on MariaDB`, () => {
    const opened = closingAfterEach();
    let mariaDb: MariaDb;
    before(async function () {
      this.timeout(120_000);
      mariaDb = await startMariaDb();
    });
    after(() => mariaDb.close());
    suite(async () => opened.add(await openDatabase(await mariaDb.createDatabase())));
  });
}

function closingAfterEach(): { add(database: Database, folder?: string): Database } {
  const opened: { database: Database; folder: string | undefined }[] = [];
  afterEach(async () => {
    for (const { database, folder } of opened.splice(0)) {
      await database.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    }
  });
  return {
    add(database, folder) {
      opened.push({ database, folder });
      return database;
    },
  };
}
