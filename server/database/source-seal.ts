import type { DataSource } from 'typeorm';
import type { FieldSeal } from '../patients/seal.ts';
import { openNamedPatient } from './named-patients.ts';
import { NamedPatientRow } from './study/rows.ts';

/** TypeORM makes migrations itself, without arguments: from here they learn the seal. */
const seals = new WeakMap<DataSource, FieldSeal>();

export function giveSeal(source: DataSource, seal: FieldSeal): void {
  seals.set(source, seal);
}

export function sealOf(source: DataSource): FieldSeal {
  const seal = seals.get(source);
  if (!seal) throw new Error('a database was opened without its seal');
  return seal;
}

/** At the start, not when the first case is opened. @throws Error where the database was filled under another key. */
export async function checkSeal(source: DataSource, seal: FieldSeal): Promise<void> {
  const [row] = await source.manager.find(NamedPatientRow, { take: 1 });
  if (!row) return;
  try {
    openNamedPatient(seal, row);
  } catch (cause) {
    throw new Error('FIELD_SECRET (or DATA_DIR/field.key) is not the one that this database was filled under', {
      cause,
    });
  }
}
