import assert from 'node:assert/strict';
import type { DataSource, ObjectLiteral } from 'typeorm';
import { AccessesOfASubject1700000000111 } from '../../../server/database/migrations/0111-accesses-of-a-subject.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { seedDemo } from '../../../server/demo/seed.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

/** Down to the version before this one; the register before it is tried with patients who can be opened. */
const FIRST = migrations.indexOf(AccessesOfASubject1700000000111);
/** Tables of which rows go that the earlier version could not read: notices about what it does not know, counters of it. */
const THINNED = new Set(['notice', 'counter', 'migrations']);
/** Columns whose content an earlier version writes otherwise. */
const REWRITTEN = new Set(['practitioner_photo.data', 'consultation.consent']);

type Tables = Map<string, ObjectLiteral[]>;

/** All rows of all tables, each table in the order of its rows' text. */
async function readAll(source: DataSource): Promise<Tables> {
  const isMysql = source.options.type === 'mysql';
  const names: { name: string }[] = await source.query(
    isMysql
      ? 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()'
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  const tables: Tables = new Map();
  for (const { name } of names) tables.set(name, await source.query(`SELECT * FROM \`${name}\``));
  return tables;
}

interface Column {
  name: string;
  type: string;
}

async function columnsOf(source: DataSource, table: string): Promise<Column[]> {
  return source.options.type === 'mysql'
    ? source.query(
        'SELECT COLUMN_NAME AS name, DATA_TYPE AS type FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?',
        [table],
      )
    : source.query('SELECT name, type FROM pragma_table_info(?)', [table]);
}

/** Something of the right form in every column: an id, an instant, a day, a number, a list. */
function sampleOf({ name, type }: Column): unknown {
  // No version goes back between two keys.
  if (name === 'nextKeyId') return null;
  if (/int/i.test(type)) return 1;
  if (/blob/i.test(type)) return Buffer.from('bytes');
  if (/text/i.test(type)) return '[]';
  if (/At$/.test(name)) return '2026-12-01T01:00:00.000Z';
  if (/Day$|^valid|^licence(From|To)$/.test(name)) return '2026-12-01';
  // The main appointment bears the account's id; what was done in another one an earlier version forgets.
  return (name === 'appointmentId' ? 'accountId' : name).slice(0, 7);
}

/** Gives each table that is empty a row, which nothing refers to. */
async function fillEmpty(source: DataSource): Promise<void> {
  const isMysql = source.options.type === 'mysql';
  const runner = source.createQueryRunner();
  await runner.query(isMysql ? 'SET FOREIGN_KEY_CHECKS = 0' : 'PRAGMA foreign_keys = OFF');
  try {
    for (const [table, rows] of await readAll(source)) {
      if (rows.length > 0) continue;
      const columns = await columnsOf(source, table);
      const names = columns.map(({ name }) => `\`${name}\``).join(', ');
      const marks = columns.map(() => '?').join(', ');
      await runner.query(`INSERT INTO \`${table}\` (${names}) VALUES (${marks})`, columns.map(sampleOf));
    }
  } finally {
    await runner.query(isMysql ? 'SET FOREIGN_KEY_CHECKS = 1' : 'PRAGMA foreign_keys = ON');
    await runner.release();
  }
}

/** What is in both has the same rows, in the columns that both have. */
function assertKept(before: Tables, after: Tables, step: string): void {
  for (const [table, rows] of after) {
    const former = before.get(table);
    if (!former || THINNED.has(table)) continue;
    const columns = Object.keys(rows[0] ?? {}).filter(
      (column) => column in (former[0] ?? {}) && !REWRITTEN.has(`${table}.${column}`),
    );
    const text = (all: ObjectLiteral[]) =>
      all.map((row) => JSON.stringify(columns.map((column) => String(row[column])))).sort();
    assert.equal(rows.length, former.length, `${table} after ${step}`);
    assert.deepEqual(text(rows), text(former), `${table} after ${step}`);
  }
}

eachDatabase('a database with a row in every table', (open, newUrl) => {
  it('keeps, one version back after another and all the way here again, every row that a version knows of', async () => {
    const url = await newUrl();
    await seedDemo(await open(url), new Date());
    const source = await openOlderDatabase(url, migrations);
    try {
      await fillEmpty(source);
      let before = await readAll(source);
      assert.ok([...before.values()].every((rows) => rows.length > 0));
      for (let left = migrations.length; left > FIRST; left -= 1) {
        await source.undoLastMigration();
        const after = await readAll(source);
        assertKept(before, after, `taking back ${migrations[left - 1]?.name}`);
        before = after;
      }
      await source.runMigrations();
      assertKept(before, await readAll(source), 'coming here again');
    } finally {
      await source.destroy();
    }
  });
});
