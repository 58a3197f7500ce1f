import type { DataSource, EntityManager } from 'typeorm';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertIfNew } from '../insert-row.ts';
import { openNamedPatient } from '../named-patients.ts';
import { NamedPatientRow } from '../study/rows.ts';
import { FIELD_KEY_ROW, FieldKeyRow } from './rows.ts';
import { SEALED_PLACES } from './sealed-places.ts';

/**
 * At the start, not when the first case is opened.
 * @throws Error where the database was filled under another key, or is between two.
 */
export async function checkSeal({ manager }: DataSource, seal: FieldSeal): Promise<void> {
  const row = await findFieldKey(manager);
  if (row && row.nextKeyId !== null)
    throw new Error('the field key is being changed: `npm run admin -- reseal` with the same settings goes on with it');
  if (row ? row.keyId !== seal.keyId : !(await opensAll(manager, seal))) throw new Error(OTHER_KEY);
  if (row || !(await holdsSealed(manager))) return;
  // An empty database is anybody's; from its first sealed value on it says whose it is.
  await insertIfNew(manager, FieldKeyRow, newFieldKey(seal));
}

export const OTHER_KEY =
  'FIELD_SECRET (or DATA_DIR/field.key) is not the one that this database was filled under; where it was changed lately, the one that came then is';

export const newFieldKey = ({ keyId }: FieldSeal) => ({
  rowId: FIELD_KEY_ROW,
  keyId,
  nextKeyId: null,
  changedAt: new Date().toISOString(),
});

export const findFieldKey = (manager: EntityManager) => manager.findOneBy(FieldKeyRow, { rowId: FIELD_KEY_ROW });

/** Whether the first row of each table opens, where nothing says under which key they were sealed. */
export async function opensAll(manager: EntityManager, seal: FieldSeal): Promise<boolean> {
  const [named] = await manager.find(NamedPatientRow, { take: 1 });
  try {
    if (named) openNamedPatient(seal, named);
    for (const place of SEALED_PLACES) {
      const [row] = await firstOf(manager, place);
      // Neither key is another one: what opens under none of them throws.
      if (row) place.reseal(row, { from: seal, to: seal });
    }
    return true;
  } catch {
    return false;
  }
}

async function holdsSealed(manager: EntityManager): Promise<boolean> {
  if (await manager.existsBy(NamedPatientRow, {})) return true;
  for (const place of SEALED_PLACES) if ((await firstOf(manager, place)).length > 0) return true;
  return false;
}

const firstOf = (manager: EntityManager, { table, key, columns }: (typeof SEALED_PLACES)[number]): Promise<object[]> =>
  manager.query(`SELECT ${[...key, ...columns].join(', ')} FROM ${table} LIMIT 1`);
