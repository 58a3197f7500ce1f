import type { EntityManager, EntitySchema, FindOptionsWhere, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/**
 * Writes the given columns of the row that still is as `where` says.
 * @returns whether there was one. Drivers that count only rows whose bytes changed are set to count matched rows.
 */
export async function updateRow<T extends ObjectLiteral>(
  manager: EntityManager,
  schema: EntitySchema<T>,
  where: FindOptionsWhere<T>,
  changes: Partial<T>,
): Promise<boolean> {
  const result = await manager.update(schema, where, changes as QueryDeepPartialEntity<T>);
  return result.affected === 1;
}

/**
 * Inserts the row unless one with the same key is there.
 * @returns whether it was inserted. Only for tables whose other constraints cannot fail: MySQL ignores those too.
 */
export async function insertNew<T extends ObjectLiteral>(
  manager: EntityManager,
  schema: EntitySchema<T>,
  row: T,
): Promise<boolean> {
  const isMysql = manager.connection.options.type === 'mysql';
  await manager
    .createQueryBuilder()
    .insert()
    .into(schema)
    .values(row as QueryDeepPartialEntity<T>)
    .orIgnore()
    .updateEntity(false)
    .execute();
  const [count] = (await manager.query(
    isMysql ? 'SELECT ROW_COUNT() AS inserted' : 'SELECT changes() AS inserted',
  )) as {
    inserted: number | string;
  }[];
  return Number(count?.inserted) > 0;
}
