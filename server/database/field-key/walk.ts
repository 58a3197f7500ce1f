import type { QueryRunner } from 'typeorm';
import { eachBatch } from '../migrations/each-row.ts';

export type Row = Record<string, unknown>;

export interface WalkedTable {
  table: string;
  key: string[];
  columns: string[];
}

/** How far it is, for whoever waits. @param rows of this table that were looked at. */
export type TellProgress = (table: string, rows: number) => void;

/** Walks through a table in the order of its key; each batch is one transaction. */
export type EachBatch = (walked: WalkedTable, change: (batch: Row[]) => Promise<void>) => Promise<void>;

export function createWalk(runner: QueryRunner, tell: TellProgress): EachBatch {
  return async ({ table, key, columns }, change) => {
    let rows = 0;
    for await (const batch of eachBatch<Row>(runner, table, key, columns)) {
      await inTransaction(runner, () => change(batch));
      rows += batch.length;
      tell(table, rows);
    }
  };
}

export async function inTransaction(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.startTransaction();
  try {
    await work();
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

/** @param values nothing is written where there are none. */
export async function updateByKey(
  runner: QueryRunner,
  { table, key }: Pick<WalkedTable, 'table' | 'key'>,
  row: Row,
  values: Row,
): Promise<void> {
  const columns = Object.keys(values);
  if (columns.length === 0) return;
  const set = columns.map((column) => `${column} = ?`).join(', ');
  const where = key.map((column) => `${column} = ?`).join(' AND ');
  await runner.query(`UPDATE ${table} SET ${set} WHERE ${where}`, [
    ...Object.values(values),
    ...key.map((column) => row[column]),
  ]);
}

/** SQL: a mark for each. */
export const marksFor = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
