import type { EntityManager } from 'typeorm';
import { Failure } from '../../contract/index.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertIfNew } from '../insert-row.ts';
import { newFieldKey } from './check.ts';
import { FIELD_KEY_ROW, type FieldKey, FieldKeyRow } from './rows.ts';

/** Stops a server whose key is no longer that of the database. */
export interface KeyGuard {
  /** The server's own, which refuses as long as the database is seen to be under another key. */
  seal: FieldSeal;
  /**
   * Around each transaction that writes: until its end nobody can begin to change the key. The first that seals says whose the database is.
   * @throws Failure unavailable / field-key-changed, field-key-changing; the transaction has to end with it
   */
  hold<T>(manager: EntityManager, work: () => Promise<T>): Promise<T>;
  /** For whoever only reads. @throws likewise */
  look(manager: EntityManager): Promise<void>;
}

export function createKeyGuard(own: FieldSeal): KeyGuard {
  let fault: Fault | undefined;
  let hasSealed = false;
  const judge = (row: Pick<FieldKey, 'keyId' | 'nextKeyId'> | undefined): void => {
    fault = row && faultOf(row, own.keyId);
    if (fault) throw refusal(fault);
  };
  const whileGood =
    <Args extends unknown[], Result>(work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (fault) throw refusal(fault);
      return work(...args);
    };
  const sealing =
    <Plain extends { length: number }, Sealed>(seal: (plain: Plain, context: string) => Sealed) =>
    (plain: Plain, context: string): Sealed => {
      hasSealed ||= plain.length > 0;
      return seal(plain, context);
    };
  return {
    seal: {
      keyId: own.keyId,
      seal: whileGood(sealing(own.seal)),
      open: whileGood(own.open),
      sealBytes: whileGood(sealing(own.sealBytes)),
      openBytes: whileGood(own.openBytes),
      index: whileGood(own.index),
    },
    async hold(manager, work) {
      const held = await selectKey(manager, true);
      judge(held);
      const result = await work();
      // An empty database is anybody's.
      if (!held && hasSealed) {
        await insertIfNew(manager, FieldKeyRow, newFieldKey(own));
        judge(await selectKey(manager, true));
      }
      return result;
    },
    look: async (manager) => judge(await selectKey(manager, false)),
  };
}

type Fault = 'field-key-changed' | 'field-key-changing';

const faultOf = ({ keyId, nextKeyId }: Pick<FieldKey, 'keyId' | 'nextKeyId'>, ownKeyId: string): Fault | undefined =>
  keyId !== ownKeyId ? 'field-key-changed' : nextKeyId !== null ? 'field-key-changing' : undefined;

const MESSAGES: Record<Fault, string> = {
  'field-key-changed': 'the database is under another field key than this server: start it again with the key of now',
  'field-key-changing': 'the field key of the database is being changed, for which this server has to be stopped',
};

const refusal = (reason: Fault): Failure =>
  new Failure('unavailable', MESSAGES[reason], { reason, retryAfterS: RETRY_AFTER_S });

const RETRY_AFTER_S = 60;

/** @param isHeld nobody writes it until the transaction ends. SQLite has its one place for writers for that. */
async function selectKey(manager: EntityManager, isHeld: boolean): Promise<FieldKey | undefined> {
  const lock = isHeld && manager.connection.options.type === 'mysql' ? ' LOCK IN SHARE MODE' : '';
  const rows: FieldKey[] = await manager.query(
    `SELECT keyId, nextKeyId FROM field_key WHERE rowId = ${FIELD_KEY_ROW}${lock}`,
  );
  return rows[0];
}
