import { setTimeout as wait } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { Keys } from '../../patients/reseal.ts';
import type { Stores } from '../../store/stores.ts';
import { isBusy, mysqlOptions, openSource, sqliteFileOf, sqliteOptions } from '../source.ts';
import { createStores } from '../stores.ts';
import { findFieldKey, isFilledUnder, newFieldKey, OTHER_KEY } from './check.ts';
import { checkRows, resealRows } from './reseal-rows.ts';
import { FIELD_KEY_ROW, type FieldKey, FieldKeyRow } from './rows.ts';
import { inTransaction, type TellProgress } from './walk.ts';

/** Why the key of a database cannot be changed now. */
export type ResealRefusal = 'in-use' | 'behind' | 'begun-with-another';

export class ResealRefused extends Error {
  readonly why: ResealRefusal;

  constructor(why: ResealRefusal, options?: ErrorOptions) {
    super(`the field key cannot be changed: ${why}`, options);
    this.why = why;
  }
}

export interface ResealSteps {
  keys: Keys;
  /** In the transaction that begins it, or goes on with it. @param recoveryCodesOf how many people had recovery codes, which end: nothing keeps what they are. */
  onBegun: (stores: Stores, recoveryCodesOf: number) => Promise<void>;
  /** Once all rows are under the new key: whatever else is sealed. */
  resealFiles: (stores: Stores) => Promise<void>;
  /** In the transaction that ends it. */
  onDone: (stores: Stores) => Promise<void>;
  tell: TellProgress;
}

/**
 * Puts a database under another key while nobody else has it open. Until the end no server starts on it. It may break off anywhere: called
 * again with the same keys, it goes on, and leaves what is under the new key already.
 * @returns whether there was anything to do: false where all is under the new key.
 * @throws ResealRefused, nothing was changed; Error where the database was filled under neither key.
 */
export async function resealDatabase(url: string, steps: ResealSteps): Promise<boolean> {
  const file = sqliteFileOf(url);
  // One connection: the others that are seen are somebody else's.
  const options = file === undefined ? mysqlOptions(url, 1) : await sqliteOptions(file);
  const source = await openSource(options, steps.keys.from);
  try {
    const runner = source.createQueryRunner();
    try {
      if ((await new MigrationExecutor(source, runner).getPendingMigrations()).length > 0)
        throw new ResealRefused('behind');
      if (file !== undefined) await lockFile(runner);
      return await resealAlone(source, runner, steps);
    } finally {
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

async function resealAlone(source: DataSource, runner: QueryRunner, steps: ResealSteps): Promise<boolean> {
  const { keys, onBegun, resealFiles, onDone, tell } = steps;
  const { manager } = runner;
  const stores = createStores(manager, keys.to);
  const known = await findFieldKey(manager);
  if (!known && !(await isFilledUnder(manager, keys.from))) throw new Error(OTHER_KEY);
  const before = known ?? newFieldKey(keys.from);
  if (before.nextKeyId === null && before.keyId === keys.to.keyId) return false;
  if (before.keyId !== keys.from.keyId) throw new Error(OTHER_KEY);
  if (before.nextKeyId !== null && before.nextKeyId !== keys.to.keyId) throw new ResealRefused('begun-with-another');
  const isShared = source.options.type === 'mysql';
  // Servers refuse as long as the change stands there as begun: it is not begun beside those that are seen.
  if (isShared && (await isInUse(runner))) throw new ResealRefused('in-use');
  await checkRows(runner, keys);
  await put(runner, { ...before, nextKeyId: keys.to.keyId });
  // Whoever has come in between found the former key.
  if (isShared && (await isInUse(runner))) {
    await put(runner, before);
    throw new ResealRefused('in-use');
  }
  await inTransaction(runner, async () => onBegun(stores, await endRecoveryCodes(runner)));
  await resealRows(runner, keys, tell);
  await resealFiles(stores);
  await inTransaction(runner, async () => {
    await onDone(stores);
    await put(runner, newFieldKey(keys.to));
  });
  return true;
}

const put = async (runner: QueryRunner, row: FieldKey): Promise<void> => {
  await runner.manager.upsert(FieldKeyRow, { ...row, rowId: FIELD_KEY_ROW }, ['rowId']);
};

/** A code is kept as its index alone, from which nobody can make the one of another key. @returns whose codes these were, as a number. */
async function endRecoveryCodes(runner: QueryRunner): Promise<number> {
  const [row] = await runner.query(
    'SELECT COUNT(DISTINCT accountId) AS people FROM recovery_code WHERE usedAt IS NULL',
  );
  await runner.query('DELETE FROM recovery_code');
  return Number(row.people);
}

/** Takes the file for this connection alone, until it is closed. A file in WAL leaves it only where nobody else has it open. */
async function lockFile(runner: QueryRunner): Promise<void> {
  try {
    const [mode] = await runner.query('PRAGMA journal_mode = DELETE');
    if (mode.journal_mode !== 'delete') throw new ResealRefused('in-use');
    await runner.query('PRAGMA locking_mode = EXCLUSIVE');
    await runner.query('BEGIN EXCLUSIVE');
    await runner.query('COMMIT');
    // What is told as done is on the disk.
    await runner.query('PRAGMA synchronous = FULL');
  } catch (cause) {
    throw isBusy(cause) ? new ResealRefused('in-use', { cause }) : cause;
  }
}

/** Connections that were closed a moment ago are still listed. */
const [LOOKS, BETWEEN_MS] = [10, 300];

/** Whether anybody else has the database open: servers, which hold their connections, and whoever looks into it by hand. */
async function isInUse(runner: QueryRunner): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await wait(BETWEEN_MS);
    const [row] = await runner.query(
      'SELECT COUNT(*) AS others FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()',
    );
    if (Number(row.others) === 0) return false;
  }
  return true;
}
