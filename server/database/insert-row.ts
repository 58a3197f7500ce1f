import type { EntityManager, EntitySchema, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/**
 * Inserts one whole row. TypeORM's own type for inserted values does not accept JSON columns of a wide type
 * (`Record<string, unknown>`); the row's type is checked here instead.
 */
export async function insertRow<T extends ObjectLiteral>(
  manager: EntityManager,
  schema: EntitySchema<T>,
  row: T,
): Promise<void> {
  await manager.insert(schema, row as QueryDeepPartialEntity<T>);
}

/** Leaves a row of the same key as it is. */
export async function insertIfNew<T extends ObjectLiteral>(
  manager: EntityManager,
  schema: EntitySchema<T>,
  row: T,
): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(schema)
    .values(row as QueryDeepPartialEntity<T>)
    .orIgnore()
    .updateEntity(false)
    .execute();
}
