import type { QueryRunner } from 'typeorm';

/** What a column of each type is called in the words of SQLite and of MySQL. */
const TYPES = {
  ascii: (length: number) => [`varchar(${length})`, `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`],
  text: (length: number) => [`varchar(${length})`, `varchar(${length})`],
  long: () => ['text', 'longtext'],
  integer: () => ['integer', 'bigint'],
  flag: () => ['integer', 'tinyint'],
} as const;

export interface AddedColumn {
  name: string;
  type: keyof typeof TYPES;
  length?: number;
  /** As SQL; left out: the column is null where nothing was written. */
  default?: string;
}

/** Adds columns to a table that others refer to: TypeORM would make SQLite's table anew. */
export async function addColumns(runner: QueryRunner, table: string, columns: readonly AddedColumn[]): Promise<void> {
  const at = runner.connection.options.type === 'mysql' ? 1 : 0;
  for (const { name, type, length = 0, default: value } of columns) {
    const end = value === undefined ? 'NULL' : `NOT NULL DEFAULT ${value}`;
    await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${TYPES[type](length)[at]} ${end}`);
  }
}

export async function dropColumns(runner: QueryRunner, table: string, names: readonly string[]): Promise<void> {
  for (const name of names) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
}
