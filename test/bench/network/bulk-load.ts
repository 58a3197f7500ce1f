import { Readable } from 'node:stream';
import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2/promise';

export type Cell = string | number | null;

/** Rows of one table, made while they are written: millions of them are never in memory together. */
export interface TableRows {
  table: string;
  columns: readonly string[];
  rows: Iterable<readonly Cell[]>;
}

/** Writes rows as fast as a database takes them. No keys are checked: what refers to what is right by construction. */
export interface BulkLoad {
  load(rows: TableRows): Promise<void>;
  execute(sql: string): Promise<void>;
  /** Makes the database as it is in use. */
  finish(): Promise<void>;
}

interface Index {
  name: string;
  sql: string;
}

/** Prepared statements in one transaction a table; indices that were made for themselves are built once all rows are there. */
export function loadSqlite(file: string): BulkLoad {
  const database = new BetterSqlite3(file);
  for (const pragma of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'locking_mode = EXCLUSIVE',
    'foreign_keys = OFF',
    'cache_size = -1000000',
    'temp_store = MEMORY',
  ])
    database.pragma(pragma);
  const dropped: Index[] = [];
  return {
    async load({ table, columns, rows }) {
      const indices = database
        .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?")
        .all(table) as Index[];
      for (const { name } of indices) database.exec(`DROP INDEX "${name}"`);
      dropped.push(...indices);
      const marks = columns.map(() => '?').join(', ');
      const insert = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
      database.exec('BEGIN');
      for (const row of rows) insert.run(row);
      database.exec('COMMIT');
    },
    async execute(sql) {
      database.exec(sql);
    },
    async finish() {
      for (const { sql } of dropped) database.exec(sql);
      database.pragma('journal_mode = WAL');
      database.close();
    },
  };
}

const CHUNK_ROWS = 2_000;

/** One statement a table, into an empty one: MariaDB then sorts its indices once instead of finding the place of each row. */
export async function loadMariaDb(url: string): Promise<BulkLoad> {
  const { pathname, searchParams } = new URL(url);
  const socketPath = searchParams.get('socketPath') ?? '';
  const connection = await mysql.createConnection({ socketPath, user: 'root', database: pathname.slice(1) });
  await connection.query('SET unique_checks = 0, foreign_key_checks = 0');
  return {
    async load({ table, columns, rows }) {
      await connection.query({
        sql: `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${table} CHARACTER SET utf8mb4 (${columns.join(', ')})`,
        infileStreamFactory: () => Readable.from(chunksOf(rows)),
      });
    },
    async execute(sql) {
      await connection.query(sql);
    },
    finish: () => connection.end(),
  };
}

/** Lines of cells with tabs between, as LOAD DATA reads them. */
function* chunksOf(rows: Iterable<readonly Cell[]>): Generator<Buffer> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(row.map(toText).join('\t'));
    if (lines.length < CHUNK_ROWS) continue;
    yield Buffer.from(`${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`);
}

function toText(cell: Cell): string {
  if (cell === null) return '\\N';
  return typeof cell === 'number' ? String(cell) : cell.replaceAll('\\', '\\\\').replaceAll('\t', ' ');
}
