import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { createFieldSeal, type FieldSeal } from '../../patients/seal.ts';
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
  if (row ? row.keyId !== seal.keyId : !(await isFilledUnder(manager, seal))) throw new Error(OTHER_KEY);
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

/** A damaged row or two must not look like another key. */
const LOOKED_AT = 8;

/**
 * Where nothing says under which key a database was filled: whether nothing in it is sealed, or some value opens. One is enough, since the
 * tag of the cipher tells keys apart without doubt (NIST SP 800-38D, section 7.2); what else does not open is damaged, and not another key's.
 */
export async function isFilledUnder(manager: EntityManager, seal: FieldSeal): Promise<boolean> {
  // Whatever opens is put under a key of nobody, so that a row without a sealed value is told from one that opened.
  const keys = { from: seal, to: createFieldSeal(randomBytes(32)) };
  let failed = false;
  const opens = (open: () => boolean): boolean => {
    try {
      return open();
    } catch {
      failed = true;
      return false;
    }
  };
  const named = await manager.find(NamedPatientRow, { order: { patientKey: 'ASC' }, take: LOOKED_AT });
  if (named.some((row) => opens(() => openNamedPatient(seal, row) !== undefined))) return true;
  for (const place of SEALED_PLACES) {
    const rows = await firstOf(manager, place, LOOKED_AT);
    if (rows.some((row) => opens(() => Object.keys(place.reseal(row, keys)).length > 0))) return true;
  }
  return !failed;
}

async function holdsSealed(manager: EntityManager): Promise<boolean> {
  if (await manager.existsBy(NamedPatientRow, {})) return true;
  for (const place of SEALED_PLACES) if ((await firstOf(manager, place, 1)).length > 0) return true;
  return false;
}

const firstOf = (
  manager: EntityManager,
  { table, key, columns }: (typeof SEALED_PLACES)[number],
  take: number,
): Promise<object[]> =>
  manager.query(`SELECT ${[...key, ...columns].join(', ')} FROM ${table} ORDER BY ${key.join(', ')} LIMIT ${take}`);
