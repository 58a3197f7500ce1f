import type { Database } from '../../server/database/database.ts';

/** Every sealed value that stands anywhere in the database, as text. */
export async function sealedValues(database: Pick<Database, 'kind' | 'query'>): Promise<Map<string, number>> {
  const tables = (await database.query(
    database.kind === 'mysql'
      ? 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()'
      : "SELECT name FROM sqlite_master WHERE type = 'table'",
  )) as { name: string }[];
  const found = new Map<string, number>();
  for (const { name } of tables)
    for (const row of (await database.query(`SELECT * FROM \`${name}\``)) as Record<string, unknown>[])
      for (const value of Object.values(row)) {
        const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
        const sealed = Buffer.isBuffer(value) ? /^gcm1:.*$/s : /gcm1:[A-Za-z0-9+/]+=*/g;
        for (const one of text.match(sealed) ?? []) found.set(one, (found.get(one) ?? 0) + 1);
      }
  return found;
}
