import type { QueryRunner } from 'typeorm';
import type { Keys } from '../../patients/reseal.ts';
import { resealNamedPatients } from './named-patient-keys.ts';
import { resealRegisterKeys } from './register-keys.ts';
import { SEALED_PLACES } from './sealed-places.ts';
import { createWalk, type TellProgress, updateByKey } from './walk.ts';

/** Looks whether each row can be put under the new key, before anything is changed: one that opens under neither would leave it half done for ever. */
export async function checkRows(runner: QueryRunner, keys: Keys): Promise<void> {
  const walk = createWalk(runner, () => undefined);
  for (const place of SEALED_PLACES)
    await walk(place, async (batch) => {
      for (const row of batch) {
        try {
          place.reseal(row, keys);
        } catch (cause) {
          const key = place.key.map((column) => String(row[column])).join(' ');
          throw new Error(`${place.table} ${key} opens under neither key`, { cause });
        }
      }
    });
}

/** Puts every row under the new key, a few in one transaction each. What broke off goes on where it was: what is changed already is left. */
export async function resealRows(runner: QueryRunner, keys: Keys, tell: TellProgress): Promise<void> {
  const walk = createWalk(runner, tell);
  await resealRegisterKeys(runner, keys, walk);
  await resealNamedPatients(runner, keys, walk);
  for (const place of SEALED_PLACES)
    await walk(place, async (batch) => {
      for (const row of batch) await updateByKey(runner, place, row, place.reseal(row, keys));
    });
}
