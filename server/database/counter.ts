import type { EntityManager } from 'typeorm';

/**
 * The next number of a named series, from 1. The series' row stays locked until the transaction ends, so numbers become
 * visible in their order and one that was rolled back is given to the next.
 */
export async function nextCount(manager: EntityManager, name: string): Promise<number> {
  const isMysql = manager.connection.options.type === 'mysql';
  await manager.query(
    isMysql
      ? 'INSERT INTO counter (name, lastValue) VALUES (?, 1) ON DUPLICATE KEY UPDATE lastValue = lastValue + 1'
      : 'INSERT INTO counter (name, lastValue) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET lastValue = lastValue + 1',
    [name],
  );
  const [row] = (await manager.query('SELECT lastValue FROM counter WHERE name = ?', [name])) as {
    lastValue: number | string;
  }[];
  if (!row) throw new Error(`no counter ${name}`);
  return Number(row.lastValue);
}

/** The last number that was given, 0 before the first. */
export async function lastCount(manager: EntityManager, name: string): Promise<number> {
  const [row] = (await manager.query('SELECT lastValue FROM counter WHERE name = ?', [name])) as {
    lastValue: number | string;
  }[];
  return row ? Number(row.lastValue) : 0;
}
