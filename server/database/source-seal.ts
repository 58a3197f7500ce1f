import type { DataSource } from 'typeorm';
import type { FieldSeal } from '../patients/seal.ts';

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
