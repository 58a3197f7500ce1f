import type { QueryRunner } from 'typeorm';

const BATCH = 200;

/** All rows of a table in the order of its key, some at a time: a hospital's archive does not fit into memory. Rows behind the last may change. */
export async function* eachBatch<T extends object>(
  runner: QueryRunner,
  table: string,
  key: string[],
  columns: string[],
): AsyncGenerator<T[]> {
  const selected = `SELECT ${[...new Set([...key, ...columns])].join(', ')} FROM ${table}`;
  const order = `ORDER BY ${key.join(', ')} LIMIT ${BATCH}`;
  const past = key.map((column, index) => {
    const same = key.slice(0, index).map((before) => `${before} = ?`);
    return `(${[...same, `${column} > ?`].join(' AND ')})`;
  });
  let last: T | undefined;
  do {
    const after = key.map((column) => (last as Record<string, unknown> | undefined)?.[column]);
    const rows: T[] = await (last
      ? runner.query(
          `${selected} WHERE ${past.join(' OR ')} ${order}`,
          key.flatMap((_, index) => after.slice(0, index + 1)),
        )
      : runner.query(`${selected} ${order}`));
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
  } while (last);
}

/** As {@link eachBatch}, row by row. */
export async function* eachRow<T extends object>(
  runner: QueryRunner,
  table: string,
  key: string[],
  columns: string[],
): AsyncGenerator<T> {
  for await (const rows of eachBatch<T>(runner, table, key, columns)) yield* rows;
}
